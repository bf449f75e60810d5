"""Turns of speech that memos share: dates, spans, ids, amounts, who receives what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from eth_utils.address import to_checksum_address

from twinrights import words
from twinrights.money import Currency, split
from twinrights.terms import WHOLE_BPS, ZERO_ADDRESS, Pay, Share
from twinrights.words import Vocabulary

__all__ = [
    "EARNED",
    "UNPAID",
    "Purse",
    "category_word",
    "counted",
    "factor",
    "id_words",
    "is_zero",
    "moment",
    "notice_words",
    "percent",
    "shares_words",
    "span",
    "until",
    "use_word",
    "wallet_words",
]

DAY = 86_400
HOUR = 3_600
MOST_NOTICE = 90 * DAY
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
LAST = 253_402_300_800
"""The first second of the year 10000, from which no calendar here can say a day."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

EARNED = "It is earned by the second, or by the images used where those run ahead."
UNPAID = (
    "Any time that is not paid for is without a license, and stays so even if it is paid for later."
)


class Purse:
    """The currencies that a memo may call by their symbols."""

    def __init__(self, currencies: Iterable[Currency]) -> None:
        self._known = {currency.address.lower(): currency for currency in currencies}

    def words(self, units: int, address: str) -> str:
        """Return an amount with its symbol; of an unknown currency, in its smallest units."""
        known = self._known.get(address.lower())
        if known:
            return known.words(units)
        return counted(units, "unit")

    def warning(self, address: str) -> list[str]:
        """Return the sentence on a currency that is not known; nothing of one that is."""
        if address.lower() in self._known:
            return []
        whole = to_checksum_address(address)
        return [f"The units are of the unknown currency {whole}: nobody here says what it is."]


def category_word(number: int) -> str:
    """Return a category by its name, or by a number that the list has no place for."""
    return _word(number, words.category_list())


def use_word(number: int) -> str:
    """Return a use by its name, or by a number that the list has no place for."""
    return _word(number, words.use_list())


def id_words(value: int | bytes) -> str:
    """Return an id or a hash by its first and last digits."""
    digits = f"{value:064x}" if isinstance(value, int) else bytes(value).hex()
    return f"0x{digits[:8]}…{digits[-4:]}"


def wallet_words(address: str) -> str:
    """Return a wallet by its first and last digits."""
    whole = to_checksum_address(address)
    return f"{whole[:10]}…{whole[-4:]}"


def is_zero(address: str) -> bool:
    """Return whether nobody is meant."""
    return address.lower() == ZERO_ADDRESS


def moment(seconds: int) -> str:
    """Return a second in UTC: "1 March 2027", or "1 March 2027, 14:30" where it is not midnight."""
    if seconds >= LAST:
        return f"second {seconds}"
    when = EPOCH + timedelta(seconds=seconds)
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    if seconds % DAY == 0:
        return day
    return f"{day}, {when:%H:%M:%S}" if when.second else f"{day}, {when:%H:%M}"


def until(end: int) -> str:
    """Return the end of what lasts to just before a second; a whole last day is named itself."""
    if end >= LAST:
        return "without a last day"
    if end and end % DAY == 0:
        return f"through {moment(end - DAY)} (UTC)"
    return f"until {moment(end)} (UTC)"


def span(seconds: int) -> str:
    """Return a length of time in the largest unit of which it is a whole number."""
    for size, name in ((DAY, "day"), (HOUR, "hour"), (60, "minute")):
        if seconds and seconds % size == 0:
            return counted(seconds // size, name)
    return counted(seconds, "second")


def counted(number: int, name: str) -> str:
    """Return "1 day", "30 days", "1,000 images"."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def percent(bps: int) -> str:
    """Return basis points: "70 %", "16.66 %"."""
    return f"{_plain(bps, 2)} %"


def factor(weight: int) -> str:
    """Return a weight in 1/10,000: "0.11", "2.5"."""
    return _plain(weight, 4)


def notice_words(notice: int) -> str:
    """Return how the owner can end a license."""
    if not notice:
        return "I can end it at any time, at once."
    return f"I can end it at any time with a notice of {span(min(notice, MOST_NOTICE))}."


def shares_words(shares: Sequence[Share], *, pay: Pay | None, purse: Purse) -> list[str]:
    """Return who receives which part, the owner first; with `pay`, also what of the whole fee."""
    amounts = _parts(shares, pay, purse)
    owner = WHOLE_BPS - sum(share.bps for share in shares)
    others = [
        f"{words.role_label(share.role)} {percent(share.bps)}{amount} to the wallet "
        f"{wallet_words(share.payee)}"
        for share, amount in zip(shares, amounts, strict=False)
    ]
    if not others:
        return [f"I receive all that is earned{amounts[-1]}."]
    return [
        f"I receive at least {percent(owner)} of what is earned{amounts[-1]}.",
        f"Others receive: {'; '.join(others)}.",
    ]


def _parts(shares: Sequence[Share], pay: Pay | None, purse: Purse) -> list[str]:
    """Return each part of the whole fee in brackets; nothing where the shares divide nothing."""
    sums = sum(share.bps for share in shares)
    is_sound = sums <= WHOLE_BPS and all(share.bps > 0 for share in shares)
    if pay is None or not pay.fee or not is_sound:
        return [""] * (len(shares) + 1)
    parts = [purse.words(part, pay.currency) for part in split(pay.fee, shares)]
    return [*(f" ({part})" for part in parts[:-1]), f" ({parts[-1]} of the whole fee)"]


def _plain(number: int, places: int) -> str:
    value = Decimal(number).scaleb(-places)
    return f"{value:f}".rstrip("0").rstrip(".") if places else f"{value:f}"


def _word(number: int, known: Vocabulary) -> str:
    return known.label(number) if number < known.width else f"{known.kind} {number}"
