"""The entries of the conflict book, as an exclusive buyer hands them in: read from the events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brownie import web3
from eth_abi import encode
from eth_utils import keccak

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["chained", "opening"]

Entry = tuple[int, int, int, int, int]


def opening(desk: Desk, category: int = 0, twin: int | None = None) -> list[Entry]:
    """The grants of a twin in a category, in their order.

    Each exclusive grant dropped those before it that had passed their end as granted.
    """
    entries: list[Entry] = []
    for log in _granted(desk, desk.twin if twin is None else twin):
        scope, pay = log["args"]["terms"]["scope"], log["args"]["terms"]["pay"]
        if scope["category"] != category:
            continue
        if scope["exclusive"]:
            second = web3.eth.get_block(log["blockNumber"])["timestamp"]
            entries = [entry for entry in entries if entry[2] > second]
        start = log["args"]["start"]
        span = (start, start + pay["term"])
        entries.append((log["args"]["licenseId"], *span, scope["uses"], scope["markets"]))
    return entries


def chained(entries: list[Entry]) -> int:
    """The hash by which the book knows its entries: 248 bits of a chain."""
    granted = 0
    for entry in entries:
        whole = encode(["uint256", "uint256", *["uint256"] * 4], [granted, *entry])
        granted = int.from_bytes(keccak(whole), "big") % 2**248
    return granted


def _granted(desk: Desk, twin: int) -> list[Any]:
    contract = web3.eth.contract(address=desk.licenses.address, abi=desk.licenses.abi)
    event = contract.events.LicenseGranted()
    return list(event.get_logs(from_block=0, argument_filters={"twinId": twin}))
