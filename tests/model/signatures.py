"""Whose signature it is, and until when it may be used (laws 1 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.refused import require
from tests.model.world import World

__all__ = ["UNSIGNED", "Signature", "require_before", "require_signed"]


@dataclass(frozen=True)
class Signature:
    """A key's word for one digest."""

    key: int
    digest: int


UNSIGNED = None
"""The empty signature: enough only from the signer itself."""


def require_signed(world: World, signer: int, digest: int, signature: Signature | None) -> None:
    """Refuse what the signer has neither signed nor sent."""
    require(signer != 0, "SignatureInvalid", signer)  # nobody is there to sign
    if signature is UNSIGNED and world.sender == signer:
        return

    # Law 1: the key of the wallet itself, else the key that a contract wallet answers for.
    keys = {signer, world.keys.get(signer, signer)}
    is_signed = signature is not None and signature.digest == digest and signature.key in keys
    require(is_signed, "SignatureInvalid", signer)


def require_before(world: World, deadline: int) -> None:
    """Half-open, like every time: the deadline itself is too late (law 6)."""
    require(world.now < deadline, "SignatureExpired", deadline)
