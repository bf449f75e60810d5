"""The five branches of the error tree, and how an error becomes a sentence.

What each refusal and each bad input is called stands in the modules beside this one.
"""

from __future__ import annotations

import inspect
import string
from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, ClassVar

__all__ = [
    "BadInput",
    "KeyTrouble",
    "NotFound",
    "NotReady",
    "Refused",
    "TwinRightsError",
]


class TwinRightsError(Exception):
    """Whatever this package refuses, with its values as attributes and one plain sentence.

    A subclass names its values by annotations, in order, and says its sentence with them in braces.
    `exit_code` is what the command line ends with.
    """

    exit_code: ClassVar[int] = 1
    sentence: ClassVar[str] = ""

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.fields()
        rest = names[len(values) :]
        if len(values) > len(names) or set(named) != set(rest):
            raise TypeError(f"{type(self).__name__} takes ({', '.join(names)})")
        given = (*values, *(named[name] for name in rest))
        super().__init__(*given)
        for name, value in zip(names, given, strict=True):
            setattr(self, name, value)

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Return the names of the values, in order."""
        return tuple(inspect.get_annotations(cls))

    def values(self) -> dict[str, Any]:
        """Return the values by name, for machines."""
        return {name: getattr(self, name) for name in self.fields()}

    def __str__(self) -> str:
        return _Words().vformat(self.sentence, (), self.values())


class BadInput(TwinRightsError):
    """What was given cannot be right; nothing was sent."""

    exit_code = 1


class Refused(TwinRightsError):
    """A contract refused the deed; nothing has changed on the chain."""

    exit_code = 3


class NotReady(TwinRightsError):
    """No node, another chain, or other contracts than were asked for."""

    exit_code = 4


class NotFound(TwinRightsError):
    """What was asked for is not there."""

    exit_code = 5


class KeyTrouble(TwinRightsError):
    """A key cannot be had, or must not be used here."""

    exit_code = 6


class _Words(string.Formatter):
    """Says values as people read them: `{uses:uses}`, `{end:time}`, `{license_id:id}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "id":
            return short(value)
        if format_spec == "time":
            return moment(value)
        if format_spec == "span":
            return span(value)
        if format_spec == "units":
            # Whoever knows the currency puts words in its place.
            return value if isinstance(value, str) else f"{value:,} units"
        if format_spec == "coin":
            return f"{Decimal(value).scaleb(-18).normalize():f}"
        if format_spec == "percent":
            return f"{value / 100:g} %"
        if format_spec == "list":
            return ", ".join(value)
        if format_spec in _LISTS:
            return _listed(value, format_spec)
        return str(super().format_field(value, format_spec))


_LISTS = ("uses", "markets", "category", "reason")


def short(value: int | bytes | str) -> str:
    """Return an id or digest as its first and last digits."""
    if isinstance(value, str):
        return value
    digits = f"{value:064x}" if isinstance(value, int) else bytes(value).hex()
    return f"0x{digits[:8]}…{digits[-4:]}"


def moment(seconds: int) -> str:
    """Return UNIX seconds as a date and time in UTC."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"


def span(seconds: int) -> str:
    """Return a length of time in days where they are whole, else in seconds."""
    days, rest = divmod(seconds, 86_400)
    if rest or not days:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{days} day{'' if days == 1 else 's'}"


def _listed(value: int, kind: str) -> str:
    # The lists raise errors of this tree, so they can be asked only once both are there.
    from twinrights import words

    if kind == "uses":
        return words.use_words(value) or "no use"
    if kind == "markets":
        return words.market_words(value) or "no market"
    if kind == "category":
        return words.category_label(value)
    return _REASONS[value] if value < len(_REASONS) else f"reason {value}"


_REASONS: Sequence[str] = (
    "nothing stands against it",
    "no license has this id",
    "the license is not yours, and its licensee has not named you a reporter",
    "the license has not started",
    "the license has ended",
    "the license is not paid through today: top it up",
    "the license does not grant this use",
    "the license does not grant this market",
    "fewer images are left than that",
)
"""In the order of `twinrights.terms.Reason`."""
