"""The money rules of the laws, written a second time from `docs/design.md`, laws 13 to 15.

The client has these formulas in `twinrights.money`, the contracts in their libraries. An auditor
who borrowed either could only find that it agrees with itself, so the repetition is intended.
Integers only; amounts in the smallest unit of the currency, times in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["WHOLE", "covered", "division", "earned"]

WHOLE = 10_000
"""The whole in basis points."""


def covered(whole: int, *, deposited: int, fee: int) -> int:
    """Return how much of a term or quota a deposit covers, rounded down; all if the fee is 0."""
    return whole if fee == 0 else whole * deposited // fee


def earned(
    *,
    fee: int,
    deposited: int,
    start: int,
    end: int,
    at: int,
    term: int,
    used: int,
    quota: int,
) -> int:
    """Return what a license has earned by `at`.

    By time rounded down or by images rounded up, whichever is ahead; at most the deposit.
    """
    elapsed = max(0, min(at, end) - start)
    # A history without a term or quota, or with too many shares, is still judged to its end.
    by_time = fee * elapsed // (term or 1)
    by_images = -(-fee * used // (quota or 1))
    return min(deposited, max(by_time, by_images))


def division(total: int, parts: Sequence[int]) -> list[int]:
    """Return a total divided by basis points: the others in order, last what is left to the owner.

    Nested: each part is taken, rounded down, from what the earlier ones left.
    """
    divided, rest, rest_bps = [], total, WHOLE
    for bps in parts:
        part = rest * bps // rest_bps if rest_bps > 0 else 0
        divided.append(part)
        rest -= part
        rest_bps -= bps
    return [*divided, rest]
