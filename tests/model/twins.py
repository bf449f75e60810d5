"""Twins: consent, policy, epoch, serials, retiring; and the words that move nothing (laws 1-4)."""

from __future__ import annotations

from typing import Any

from tests.model.digests import hash_struct, signing_digest, twin_id
from tests.model.papers import Consent, EpochRaise, Flag, Policy, Retirement, SerialRaise
from tests.model.refused import require
from tests.model.signatures import Signature, require_before, require_signed
from tests.model.world import Twin, World

__all__ = [
    "act",
    "flag",
    "known_twin",
    "mint",
    "next_nonce",
    "raise_epoch",
    "raise_least_serial",
    "retire",
    "set_policy",
    "vouch",
    "withdraw_vouch",
]

WHOLE_BPS = 10_000
NONCES_OF_AN_EPOCH = 65_536


def mint(world: World, consent: Consent, signature: Signature | None) -> None:
    """A twin exists only by its model's own signed consent, whose digest is its id (law 1)."""
    require_before(world, consent.deadline)
    id = twin_id(world.twins_place, consent)
    require(id not in world.twins, "TwinExists", id)
    require_signed(world, consent.owner, id, signature)

    # Law 4: nothing is allowed by default.
    world.twins[id] = Twin(owner=consent.owner)


def set_policy(world: World, policy: Policy, signature: Signature | None) -> None:
    """What the owner allows from now on; running licenses are not touched (law 4)."""
    twin = act(world, policy, known_twin(world, policy.twin_id).owner, signature)
    require(not twin.is_retired, "TwinIsRetired", policy.twin_id)
    require(policy.least_owner_bps <= WHOLE_BPS, "LeastShareOverWhole", policy.least_owner_bps)

    world.change_twin(
        policy.twin_id,
        uses=policy.uses,
        categories=policy.categories,
        least_owner_bps=policy.least_owner_bps,
    )


def raise_epoch(world: World, paper: EpochRaise, signature: Signature | None) -> None:
    """Every signature of the owner dies, also one that was signed ahead (law 3)."""
    twin = act(world, paper, known_twin(world, paper.twin_id).owner, signature)

    world.change_twin(paper.twin_id, epoch=twin.epoch + 1, nonce=next_nonce(twin))


def raise_least_serial(world: World, paper: SerialRaise, signature: Signature | None) -> None:
    """Rate cards below this serial are void; the least serial only rises (law 3)."""
    twin = act(world, paper, known_twin(world, paper.twin_id).owner, signature)
    is_higher = paper.least_serial > twin.least_serial
    require(is_higher, "SerialNotHigher", paper.least_serial, twin.least_serial)

    world.change_twin(paper.twin_id, least_serial=paper.least_serial)


def retire(world: World, paper: Retirement, signature: Signature | None) -> None:
    """New licenses end for good: the policy allows nothing for ever. Never burns (law 2)."""
    twin = act(world, paper, known_twin(world, paper.twin_id).owner, signature)
    require(not twin.is_retired, "TwinIsRetired", paper.twin_id)

    world.change_twin(paper.twin_id, is_retired=True, uses=0, categories=0, least_owner_bps=0)


def vouch(world: World, subject: int, commitment: int, until: int) -> None:
    """Anyone may say it; it grants nothing and takes nothing."""


def withdraw_vouch(world: World, subject: int, commitment: int) -> None:
    """Anyone may take it back."""


def flag(world: World, paper: Flag, signature: Signature | None) -> None:
    """The owner's doubt in public: nothing moves but her nonce."""
    act(world, paper, known_twin(world, paper.twin_id).owner, signature)


def act(world: World, paper: Any, signer: int, signature: Signature | None) -> Twin:
    """What every signed act on a twin must pass. It raises the nonce, so it passes once (law 3)."""
    twin = world.twins[paper.twin_id]
    require_before(world, paper.deadline)
    require(paper.nonce == twin.nonce, "NonceWrong", paper.nonce, twin.nonce)
    digest = signing_digest(world.twins_place, hash_struct(paper))
    require_signed(world, signer, digest, signature)

    world.change_twin(paper.twin_id, nonce=twin.nonce + 1)
    return world.twins[paper.twin_id]


def next_nonce(twin: Twin) -> int:
    """The first nonce of the next epoch: each has 65,536 of its own (law 3)."""
    return (twin.nonce // NONCES_OF_AN_EPOCH + 1) * NONCES_OF_AN_EPOCH


def known_twin(world: World, id: int) -> Twin:
    require(id in world.twins, "TwinUnknown", id)
    return world.twins[id]
