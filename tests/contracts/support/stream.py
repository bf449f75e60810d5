"""The law of a license's money, written a second time: laws 13, 14 and 15 in plain Python.

Amounts in the smallest unit, times in seconds. Nothing here asks the chain.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["WHOLE", "covered", "earned", "split", "split_between"]

WHOLE = 10_000


def covered(whole: int, deposited: int, fee: int) -> int:
    """How many whole seconds or images of `whole` a deposit pays for."""
    return whole * deposited // fee if fee else whole


def earned(
    *, fee: int, deposited: int, term: int, quota: int, start: int, end: int, at: int, used: int = 0
) -> int:
    """What a license that has not been settled has earned by the second `at`."""
    elapsed = max(0, min(at, end) - start)
    by_time = fee * elapsed // term
    by_images = -(-fee * used // quota)
    return min(deposited, max(by_time, by_images))


def split(total: int, bps: Sequence[int]) -> list[int]:
    """The others' parts of a total in their order, then the owner's."""
    parts, rest, rest_bps = [], total, WHOLE
    for share in bps:
        part = rest * share // rest_bps
        parts.append(part)
        rest, rest_bps = rest - part, rest_bps - share
    return [*parts, rest]


def split_between(before: int, after: int, bps: Sequence[int]) -> list[int]:
    """What a pay-out sends when `before` has been collected and `after` is earned."""
    return [new - old for new, old in zip(split(after, bps), split(before, bps), strict=True)]
