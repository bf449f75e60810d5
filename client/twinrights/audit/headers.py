"""The chain of headers from the deployment to the head, and what is wrong with it.

A node that holds the contracts' state can be made to change it without a transaction; where that
leaves a mark in the headers, it is named here. No view is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from web3 import Web3

from twinrights.audit.findings import Finding, Severity, Subject, text, utc

__all__ = ["Header", "broken", "read"]

STRIDE = 50
"""Headers between two words to `progress`."""


@dataclass(frozen=True, slots=True)
class Header:
    """Of a block what the audit needs.

    `is_still` says that by the rules of its fork nothing but a transaction can have changed the
    state in it, and that it holds none.
    """

    number: int
    hash: bytes
    parent: bytes
    time: int
    state_root: bytes
    is_still: bool


def read(
    web3: Web3, *, first: int, last: int, progress: Callable[[str, int, int], None] | None = None
) -> list[Header]:
    """Return the headers of all blocks from `first` to `last`."""
    headers = []
    for number in range(first, last + 1):
        headers.append(_header(web3.eth.get_block(number)))
        done = number - first + 1
        if progress and (done % STRIDE == 0 or number == last):
            progress("reading headers", done, last - first + 1)
    return headers


def broken(headers: Sequence[Header]) -> Iterator[Finding]:
    """Yield what is wrong from each header to the next.

    A gap, a clock that runs back, and a state that changed in a block without a transaction.
    """
    for before, header in pairwise(headers):
        if header.parent != before.hash:
            yield _finding(
                "HeaderGap",
                header,
                f"does not follow block {before.number}: history was exchanged or left out",
                expected=before.hash,
                found=header.parent,
            )
        if header.time < before.time:
            yield _finding(
                "ClockRanBack",
                header,
                f"is older than block {before.number}",
                expected=f"{utc(before.time)} or later",
                found=utc(header.time),
            )
        if header.is_still and header.state_root != before.state_root:
            yield _finding(
                "StateWithoutTransaction",
                header,
                "holds no transaction, yet the state changed in it: somebody wrote into the node",
                expected=before.state_root,
                found=header.state_root,
            )


def _header(block: Any) -> Header:
    # Mining rewards, withdrawals and (from Cancun on) system calls change the state by themselves.
    changes_itself = (
        block.get("difficulty", 0) != 0
        or bool(block.get("withdrawals"))
        or block.get("parentBeaconBlockRoot") is not None
    )
    return Header(
        number=block["number"],
        hash=bytes(block["hash"]),
        parent=bytes(block["parentHash"]),
        time=block["timestamp"],
        state_root=bytes(block["stateRoot"]),
        is_still=not block["transactions"] and not changes_itself,
    )


def _finding(code: str, header: Header, what: str, *, expected: object, found: object) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        subject=Subject("block", header.number),
        expected=text(expected),
        found=text(found),
        sentence=f"Block {header.number} {what}.",
        block=header.number,
    )
