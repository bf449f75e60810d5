"""The least gas that each operation could take, put together from its parts.

A floor is a contract that does the deed and nothing else: it is sent by whoever may, checks no
signature, runs no instruction of its own, and packs all that it keeps of one thing into one slot.
Gas of instructions after EIP-2929 and EIP-3529; bytes of calldata after EIP-2028.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.gas import (
    BOOK,
    BUY,
    BUY_EXCLUSIVE,
    COMPLETE_MOVE,
    DECLINE,
    DROP_MOVE,
    LAPSE,
    MINT_FIRST,
    MINT_SECOND,
    MOVE,
    NOTICE,
    PAY_OUT,
    PROPOSE_MOVE,
    RECORD,
    SURRENDER,
    TOP_UP,
    WITHDRAW,
    Row,
)

__all__ = ["FLOORS", "Part", "floor"]

COLD_READ = 2_100
WARM = 100
NEW_SLOT = 20_000 + COLD_READ
CHANGED_SLOT = 2_900 + COLD_READ
CLEARED_SLOT = CHANGED_SLOT - 4_800
"""Less what EIP-3529 gives back."""

COLD_CALL = 2_600
ZERO_BYTE, OTHER_BYTE = 4, 16

NUMBER = 2
"""Bytes of a number that are not zero: one of some ten thousand."""
MONEY, TIME, ADDRESS, DIGEST = 5, 4, 20, 32
ENTRY = 2 * TIME + 2 * 4
"""Bytes of a license for a comparison: start, end, uses, and markets by a number."""


@dataclass(frozen=True)
class Part:
    """A part of a floor: what it is for, and its gas."""

    what: str
    gas: int


TRANSACTION = Part("the transaction", 21_000)


def calldata(what: str, *words: int) -> Part:
    """Return the gas of a selector and words, each with so many bytes that are not zero."""
    zeros = sum(32 - used for used in words)
    return Part(f"calldata: {what}", ZERO_BYTE * zeros + OTHER_BYTE * (4 + sum(words)))


def log(what: str, *, topics: int, data: int = 0) -> Part:
    """Return the gas of an event with its topics, the signature among them, and bytes of data."""
    return Part(f"log: {what}", 375 + 375 * topics + 8 * data)


def slot(what: str, gas: int) -> Part:
    """Return the gas of a slot that is read, made, changed or cleared."""
    return Part(f"slot: {what}", gas)


def transfers(count: int) -> Part:
    """Return the gas of transfers of an ERC-20 out of one balance to wallets that hold some."""
    first = COLD_CALL + 2 * CHANGED_SLOT
    more = WARM + WARM + CHANGED_SLOT
    gas = first + (count - 1) * more + count * TRANSFER.gas
    return Part(f"{count} transfers of an ERC-20" if count > 1 else "a transfer of an ERC-20", gas)


TRANSFER = log("Transfer", topics=3, data=32)
MOVED = log("Transfer of an ERC-721", topics=4)
HAPPENED = log("what happened, to which", topics=2, data=32)
TAKEN = Part(
    "a transferFrom of an ERC-20, its standing allowance read",
    COLD_CALL + COLD_READ + 2 * CHANGED_SLOT + TRANSFER.gas,
)
OWNER_READ = slot("the owner, read", COLD_READ)
SHARES_READ = slot("the shares, read", COLD_READ)

_MINT = (
    TRANSACTION,
    calldata("wallet and number", ADDRESS, NUMBER),
    slot("the owner, new", NEW_SLOT),
    MOVED,
)
_BUY = (
    TRANSACTION,
    calldata("twin, deposit, term", NUMBER, MONEY, TIME),
    slot("what is offered, read", COLD_READ),
    slot("the license, new", NEW_SLOT),
    slot("its stream, new", NEW_SLOT),
    log("the license", topics=3, data=64),
    log("its stream", topics=3, data=64),
    TAKEN,
)
_ENDED = (
    TRANSACTION,
    calldata("license", NUMBER),
    OWNER_READ,
    slot("the license, changed", CHANGED_SLOT),
    HAPPENED,
)

FLOORS: dict[Row, tuple[Part, ...]] = {
    MINT_FIRST: (*_MINT, slot("the wallet's count, new", NEW_SLOT)),
    MINT_SECOND: (*_MINT, slot("the wallet's count, changed", CHANGED_SLOT)),
    BUY: _BUY,
    BOOK: (*_BUY, slot("the prices, read", COLD_READ)),
    BUY_EXCLUSIVE: (
        *_BUY,
        Part("calldata: 20 licenses to compare with", 20 * ENTRY * OTHER_BYTE),
        slot("the hash of them all, changed", CHANGED_SLOT),
    ),
    RECORD: (
        TRANSACTION,
        calldata("root and license", DIGEST, NUMBER),
        slot("the newest root, changed", CHANGED_SLOT),
        HAPPENED,
    ),
    PAY_OUT: (
        TRANSACTION,
        calldata("license", NUMBER),
        SHARES_READ,
        slot("the stream, changed", CHANGED_SLOT),
        transfers(4),
    ),
    TOP_UP: (
        TRANSACTION,
        calldata("license and amount", NUMBER, MONEY),
        slot("the stream, changed", CHANGED_SLOT),
        TAKEN,
    ),
    WITHDRAW: (
        TRANSACTION,
        calldata("of what", NUMBER),
        slot("what is payable, cleared", CLEARED_SLOT),
        transfers(1),
    ),
    NOTICE: _ENDED,
    LAPSE: _ENDED,
    SURRENDER: (
        TRANSACTION,
        calldata("license", NUMBER),
        SHARES_READ,
        slot("the license with its stream, changed", CHANGED_SLOT),
        transfers(5),
    ),
    DECLINE: (
        TRANSACTION,
        calldata("license", NUMBER),
        OWNER_READ,
        slot("the license with its stream, changed", CHANGED_SLOT),
        transfers(1),
    ),
    PROPOSE_MOVE: (
        TRANSACTION,
        calldata("twin and wallet", NUMBER, ADDRESS),
        OWNER_READ,
        slot("the pending move, new", NEW_SLOT),
        HAPPENED,
    ),
    DROP_MOVE: (
        TRANSACTION,
        calldata("twin", NUMBER),
        OWNER_READ,
        slot("the pending move, cleared", CLEARED_SLOT),
        HAPPENED,
    ),
    COMPLETE_MOVE: (
        TRANSACTION,
        calldata("twin", NUMBER),
        slot("the pending move, cleared", CLEARED_SLOT),
        slot("the owner, changed", CHANGED_SLOT),
        slot("the old wallet's count, changed", CHANGED_SLOT),
        slot("the new wallet's count, new", NEW_SLOT),
        MOVED,
    ),
    MOVE: (
        TRANSACTION,
        calldata("twin and wallet", NUMBER, ADDRESS),
        slot("the owner, changed", CHANGED_SLOT),
        slot("the old wallet's count, changed", CHANGED_SLOT),
        slot("the new wallet's count, changed", CHANGED_SLOT),
        MOVED,
    ),
}
"""What each row cannot do without."""


def floor(row: Row) -> int:
    """Return the least gas of a row."""
    return sum(part.gas for part in FLOORS[row])
