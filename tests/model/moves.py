"""Guardian and moves: how a twin outlives a lost key, and is not for sale (law 2)."""

from __future__ import annotations

from tests.model.digests import hash_struct, signing_digest, twin_id
from tests.model.papers import Consent, GuardianChange, Move, MoveAtOnce, MoveDrop
from tests.model.refused import require
from tests.model.signatures import Signature, require_signed
from tests.model.twins import act, known_twin, next_nonce
from tests.model.world import PendingMove, World

__all__ = [
    "complete_move",
    "drop_move",
    "guardian_of",
    "move",
    "payee_of",
    "pending_move",
    "propose_move",
    "propose_rescue",
    "set_guardian",
]

DAY = 86_400
OWNERS_DELAY = 7 * DAY
GUARDIANS_DELAY = 14 * DAY
READY_FOR = 30 * DAY


def set_guardian(world: World, paper: GuardianChange, signature: Signature | None) -> None:
    """The owner replaces the guardian at once; a move that the guardian proposed is dropped."""
    act(world, paper, known_twin(world, paper.twin_id).owner, signature)

    pending = pending_move(world, paper.twin_id)
    if pending and pending.by_guardian:
        world.change_twin(paper.twin_id, proposed=None)
    world.change_twin(paper.twin_id, guardian=paper.guardian)


def move(
    world: World,
    paper: MoveAtOnce,
    consent: Consent,
    owners: Signature | None,
    guardians: Signature | None,
    acceptance: Signature | None,
) -> None:
    """At once, when owner and guardian sign and the new wallet accepts."""
    owner = known_twin(world, paper.twin_id).owner
    guardian = guardian_of(world, paper.twin_id, consent)
    act(world, paper, owner, owners)
    digest = signing_digest(world.twins_place, hash_struct(paper))
    require_signed(world, guardian, digest, guardians)
    require_signed(world, paper.to, digest, acceptance)

    _move_to(world, paper.twin_id, paper.to)


def propose_move(
    world: World, paper: Move, signature: Signature | None, acceptance: Signature | None
) -> None:
    """By the owner alone: ready after 7 days."""
    owner = known_twin(world, paper.twin_id).owner
    _propose(world, paper, owner, signature, acceptance, by_guardian=False)


def propose_rescue(
    world: World,
    paper: Move,
    consent: Consent,
    signature: Signature | None,
    acceptance: Signature | None,
) -> None:
    """By the guardian alone: ready after 14 days, in which the owner can drop it."""
    guardian = guardian_of(world, paper.twin_id, consent)
    _propose(world, paper, guardian, signature, acceptance, by_guardian=True)


def _propose(
    world: World,
    paper: Move,
    signer: int,
    signature: Signature | None,
    acceptance: Signature | None,
    *,
    by_guardian: bool,
) -> None:
    """One move at a time, and only to a wallet that has accepted."""
    act(world, paper, signer, signature)
    digest = signing_digest(world.twins_place, hash_struct(paper))
    require_signed(world, paper.to, digest, acceptance)
    pending = pending_move(world, paper.twin_id)
    require(pending is None, "MovePending", paper.twin_id, pending.to if pending else 0)

    ready_at = world.now + (GUARDIANS_DELAY if by_guardian else OWNERS_DELAY)
    world.change_twin(paper.twin_id, proposed=PendingMove(paper.to, ready_at, by_guardian))


def drop_move(world: World, paper: MoveDrop, signature: Signature | None) -> None:
    """Nobody moves a twin against its owner's key."""
    act(world, paper, known_twin(world, paper.twin_id).owner, signature)
    require(pending_move(world, paper.twin_id) is not None, "NoMovePending", paper.twin_id)

    world.change_twin(paper.twin_id, proposed=None)


def complete_move(world: World, twin_id: int) -> None:
    """By anyone, once it is ready and not yet void."""
    pending = pending_move(world, twin_id)
    require(pending is not None, "NoMovePending", twin_id)
    assert pending
    require(world.now >= pending.ready_at, "MoveNotReady", twin_id, pending.ready_at)

    _move_to(world, twin_id, pending.to)


def _move_to(world: World, twin_id: int, to: int) -> None:
    """A move raises the epoch (law 3), ends what was pending, and changes no running license."""
    twin = world.twins[twin_id]
    nonce = next_nonce(twin)
    world.change_twin(twin_id, owner=to, epoch=twin.epoch + 1, nonce=nonce, proposed=None)


def pending_move(world: World, twin_id: int) -> PendingMove | None:
    """The move that waits; it is void 30 days after it was ready."""
    proposed = world.twins[twin_id].proposed if twin_id in world.twins else None
    return proposed if proposed and world.now < proposed.ready_at + READY_FOR else None


def guardian_of(world: World, id: int, consent: Consent) -> int:
    """The owner's choice, or the first: whom the consent names, whose digest is the twin's id."""
    twin = known_twin(world, id)
    if twin.guardian is not None:
        return twin.guardian
    given = twin_id(world.twins_place, consent)
    require(given == id, "ConsentDiffers", given, id)
    return consent.guardian


def payee_of(world: World, twin_id: int) -> int:
    """Who is paid what is due to the owner; zero while a move is pending: it waits (law 2)."""
    owner = known_twin(world, twin_id).owner
    return 0 if pending_move(world, twin_id) else owner
