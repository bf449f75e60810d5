"""Rebuilds every balance, quota, end, head and book from events alone, and judges them by the laws.

Plain Python over what `twinrights.audit.events` read. Nothing here asks the contracts anything,
and nothing is borrowed from the client: where a formula or hash is needed it is written a second
time, in `arithmetic` and `digests`.

Each deed is judged in its own block: by the policy, the epoch, the ends and the quota of then. What
events do not carry is not judged: see `NOT_JUDGED`.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from itertools import groupby

from eth_utils.address import to_checksum_address

from twinrights.audit.digests import domain
from twinrights.audit.events import CURRENCY, TWINS, Event
from twinrights.audit.findings import Coins, Finding, Severity, Subject
from twinrights.audit.replay.handlers import HANDLERS
from twinrights.audit.replay.transfers import match
from twinrights.audit.state import License
from twinrights.audit.world import World

__all__ = ["NOT_JUDGED", "rebuild"]

NOT_JUDGED = (
    "Signatures stand in calldata, not in events: that owners signed is judged by the contracts' "
    "code, which is checked against this package's.",
    "The prices of a rate card stand in calldata: that a booking's fee is what its card gives is "
    "judged by the contracts' code, and what the card's memo says is judged by nobody here.",
    "Who sent a notice, a surrender or a withdrawal stands in no event; where its money went does.",
)
"""What cannot be said from events alone, one sentence each."""


def rebuild(
    events: Sequence[Event],
    transfers: Sequence[Event],
    *,
    chain_id: int,
    twins: str,
    licenses: str,
    coins: Coins | None = None,
) -> World:
    """Return what the events amount to, and what in them breaks a law.

    `events` and `transfers` are those of `twinrights.audit.events`, both in order; `coins` names
    the currencies in sentences.
    """
    world = World(
        twins_separator=domain("TwinRights Twin", chain_id=chain_id, contract=twins),
        licenses_separator=domain("TwinRights License", chain_id=chain_id, contract=licenses),
        licenses_address=to_checksum_address(licenses),
        coins=coins or Coins(),
    )
    for _, group in groupby(merge(events, transfers), key=lambda event: (event.block, event.place)):
        _replay(world, list(group))
    _close(world)
    return world


def _replay(world: World, transaction: Sequence[Event]) -> None:
    """Replay the events of one transaction, then hold its transfers against them."""
    own = [event for event in transaction if event.contract != CURRENCY]
    for at, event in enumerate(own):
        handler = HANDLERS.get((event.contract, event.name))
        if handler is None:
            _unknown(world, event)
            continue
        handler(world, event, own[at + 1] if at + 1 < len(own) else None)
    for contract, token in sorted(world.minted):
        world.find(
            "TokenUnexplained",
            Subject(contract, token),
            "was made without a consent or a grant",
            expected="TwinMinted or LicenseGranted",
            found="none",
            law=1 if contract == TWINS else 5,
            event=transaction[-1],
        )
    world.minted.clear()
    paid = [event for event in transaction if event.contract == CURRENCY]
    match(world, paid, transaction[-1])


def _unknown(world: World, event: Event) -> None:
    world.find(
        "EventUnknown",
        Subject("contract", event.address),
        f"logged something in block {event.block} that this package's contracts cannot log",
        expected="an event of the packaged ABI",
        found="another",
        law=None,
        event=event,
    )


def _close(world: World) -> None:
    """Find what must be even at the end: a settled license has paid out all that it kept."""
    for license in world.licenses.values():
        missing = license.deposited - license.collected
        if license.is_settled and missing:
            world.findings.append(_unpaid(world, license, missing))


def _unpaid(world: World, license: License, missing: int) -> Finding:
    subject = Subject("license", license.id)
    what = world.coins.say(missing, license.currency)
    return Finding(
        code="SettledUnpaid",
        severity=Severity.ERROR,
        subject=subject,
        expected=str(license.deposited),
        found=str(license.collected),
        sentence=f"License {subject.shown} was settled, but {what} of what it had earned was never "
        "paid out.",
        amount=missing,
        currency=license.currency,
        law=17,
    )
