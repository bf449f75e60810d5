"""Who vouches for a wallet, in words: the same ones everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from typing import Protocol

__all__ = ["Word", "vouched_words"]

MOST = 3
"""Anyone may vouch for anyone, a thousand times; people are told of the first few by name."""


class Word(Protocol):
    """What the chain, or an audit of it, knows of a vouch."""

    @property
    def voucher(self) -> str:
        """Who vouches."""

    @property
    def until(self) -> int:
        """The first second at which it is said no longer."""


def vouched_words(vouches: Iterable[Word], *, called: Callable[[str], str] = str) -> str:
    """Return who vouches: "vouched for by 0x…: until 2027-03-01", or "nobody vouches".

    `called` says what people call a wallet.
    """
    last: dict[str, int] = {}
    for vouch in vouches:
        last[vouch.voucher] = max(vouch.until, last.get(vouch.voucher, 0))
    if not last:
        return "nobody vouches"
    named = [f"{called(who)}: until {_day(until)}" for who, until in list(last.items())[:MOST]]
    others = len(last) - len(named)
    more = f"; and {others} more" if others else ""
    return f"vouched for by {'; '.join(named)}{more}"


def _day(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d}"
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
