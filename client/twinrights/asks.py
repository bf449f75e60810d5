"""What callers may write for uses, markets and times, as the chain takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from twinrights import words
from twinrights.errors import BadDate
from twinrights.terms import License

__all__ = ["LicenseLike", "Words", "license_id_of", "market_mask", "seconds", "use_mask"]

Words = int | str | Iterable[str]
"""A mask, or text such as "own_shop+email" or "SE+NO", or a list of such."""

LicenseLike = int | License
"""A license, or its id."""


def use_mask(asked: Words) -> int:
    """Return the mask of the uses asked; raises UnknownWord."""
    return asked if isinstance(asked, int) else words.uses(asked)


def market_mask(asked: Words) -> int:
    """Return the mask of the markets asked; raises UnknownWord."""
    return asked if isinstance(asked, int) else words.markets(asked)


def seconds(time: datetime | int) -> int:
    """Return a time in UNIX seconds.

    Raises:
        BadDate: a datetime that does not say its time zone.
    """
    if isinstance(time, int):
        return time
    if time.tzinfo is None:
        raise BadDate(str(time), "it does not say its time zone")
    return int(time.timestamp())


def license_id_of(asked: LicenseLike) -> int:
    """Return the id of a license."""
    return asked if isinstance(asked, int) else asked.id
