"""Moves of a twin: signed by owner or guardian, accepted by the new wallet, sent by anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contracts.support.acts import Act, act
from tests.contracts.support.clock import next_second
from tests.contracts.support.desk import DAY, MODEL_KEY
from tests.contracts.support.keys import GUARDIAN_KEY, NEW_KEY

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["GUARDIANS_DELAY", "OWNERS_DELAY", "READY_FOR", "at_once", "complete", "propose"]

OWNERS_DELAY = 7 * DAY
GUARDIANS_DELAY = 14 * DAY
READY_FOR = 30 * DAY


def propose(
    desk: Desk,
    signed: Act | None = None,
    *,
    by_guardian: bool = False,
    signature: bytes | None = None,
    acceptance: bytes | None = None,
    consent: Any = None,
    sender: Any = None,
) -> Any:
    """Propose a move, by the owner unless by the guardian; all that is not named is right."""
    signed = signed or act(desk, "Move")
    signature = (
        signed.sign(GUARDIAN_KEY if by_guardian else MODEL_KEY) if signature is None else signature
    )
    acceptance = signed.sign(NEW_KEY) if acceptance is None else acceptance
    sent_by = {"from": sender or desk.relay}
    if not by_guardian:
        return desk.twins.proposeMove(signed.values, signature, acceptance, sent_by)
    consent = consent or desk.consents[desk.twin]
    return desk.twins.proposeRescue(signed.values, consent, signature, acceptance, sent_by)


def at_once(
    desk: Desk,
    signed: Act | None = None,
    *,
    owners: bytes | None = None,
    guardians: bytes | None = None,
    acceptance: bytes | None = None,
    consent: Any = None,
    sender: Any = None,
) -> Any:
    """Move the twin by owner and guardian together; all that is not named is right."""
    signed = signed or act(desk, "MoveAtOnce")
    return desk.twins.move(
        signed.values,
        consent or desk.consents[desk.twin],
        signed.sign(MODEL_KEY) if owners is None else owners,
        signed.sign(GUARDIAN_KEY) if guardians is None else guardians,
        signed.sign(NEW_KEY) if acceptance is None else acceptance,
        {"from": sender or desk.relay},
    )


def complete(desk: Desk, *, at: int | None = None, by: Any = None) -> Any:
    """Complete the pending move, in a second if named."""
    return desk.twins.completeMove(desk.twin, {"from": by or desk.stranger, **next_second(at)})
