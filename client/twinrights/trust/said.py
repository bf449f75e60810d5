"""Who vouches for a wallet, in words: the same ones everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from twinrights.trust.room import Vouch

__all__ = ["vouched_words"]

MOST = 3
"""Anyone may vouch for anyone, a thousand times; people are told of the first few by name."""


def vouched_words(vouches: Sequence[Vouch]) -> str:
    """Return who vouches: "vouched for by 0x…: until 2027-03-01", or "nobody vouches"."""
    last = {vouch.voucher: max(_until(vouches, vouch.voucher)) for vouch in vouches}
    if not last:
        return "nobody vouches"
    named = [f"{voucher}: until {_day(until)}" for voucher, until in list(last.items())[:MOST]]
    others = len(last) - len(named)
    more = f"; and {others} more" if others else ""
    return f"vouched for by {'; '.join(named)}{more}"


def _until(vouches: Sequence[Vouch], voucher: str) -> list[int]:
    return [vouch.until for vouch in vouches if vouch.voucher == voucher]


def _day(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d}"
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
