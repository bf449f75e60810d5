"""Holds the currencies' own logs against what one transaction's events must have moved (law 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from twinrights.audit.events import UNKNOWN, Event
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.state import Move
from twinrights.audit.world import World

__all__ = ["match"]

Key = tuple[str, bool, str, int]
"""Currency, whether it came in, the other party, and the amount."""


def match(world: World, transfers: Iterable[Event], last: Event) -> None:
    """Name each move without a transfer and each transfer without a move; forget the moves.

    `last` is the last event of the transaction.
    """
    moves: dict[Key, list[Move]] = {}
    for move in world.moves:
        key = (move.currency, move.incoming, move.other, move.amount)
        moves.setdefault(key, []).append(move)
    logged = Counter(_booked(world, transfers))

    for key, expected in moves.items():
        for move in expected[logged[key] :]:
            _missing(world, move, last)
    for key, count in logged.items():
        for _ in range(count - len(moves.get(key, ()))):
            _unexplained(world, key, last)
    world.moves.clear()


def _booked(world: World, transfers: Iterable[Event]) -> Iterable[Key]:
    """Yield the transfers that moved something; add them to what the contract must hold."""
    for event in transfers:
        if event.name == UNKNOWN:
            _unreadable(world, event)
            continue
        sender, receiver, amount = event["from"], event["to"], event["amount"]
        if sender == receiver or not amount:
            continue
        incoming = receiver == world.licenses_address
        world.net[event.address] += amount if incoming else -amount
        yield event.address, incoming, sender if incoming else receiver, amount


def _missing(world: World, move: Move, last: Event) -> None:
    what = world.coins.say(move.amount, move.currency)
    way = f"never came from {move.other}" if move.incoming else f"never went to {move.other}"
    world.find(
        "TransferMissing",
        move.subject,
        f"says that {what} moved, but by the currency's own log it {way}",
        expected=move.amount,
        found=0,
        law=12,
        event=last,
        amount=move.amount,
        currency=move.currency,
    )


def _unexplained(world: World, key: Key, last: Event) -> None:
    currency, incoming, other, amount = key
    what = world.coins.say(amount, currency)
    if incoming:
        world.find(
            "Surplus",
            Subject("account", other),
            f"sent {what} to the license contract without any deed: it belongs to no license",
            expected=0,
            found=amount,
            law=12,
            event=last,
            amount=amount,
            currency=currency,
            severity=Severity.NOTE,
        )
        return
    world.find(
        "TransferUnexplained",
        Subject("account", other),
        f"received {what} from the license contract, and no event says why",
        expected=0,
        found=amount,
        law=12,
        event=last,
        amount=amount,
        currency=currency,
    )


def _unreadable(world: World, event: Event) -> None:
    world.find(
        "TransferUnreadable",
        Subject("currency", event.address),
        "logged a transfer that is none of ERC-20",
        expected="Transfer(address,address,uint256)",
        found="another shape",
        law=18,
        event=event,
        severity=Severity.WARNING,
    )
