"""The fields of any message in words, as its schema lists them: no kind needs a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from eth_utils.address import to_checksum_address

from twinrights import words
from twinrights.memo.phrases import (
    Purse,
    category_word,
    counted,
    factor,
    is_zero,
    moment,
    percent,
    span,
    until,
    use_word,
)
from twinrights.money import Currency, split
from twinrights.terms import WHOLE_BPS, MarketRate, Share, Terms, UseRate
from twinrights.typed_data import Message
from twinrights.typed_data.schema import Field, fields_of

__all__ = ["KEYS", "Row", "rows_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what it is called, what it says, and how much it matters to who reads it."""

    name: str
    label: str
    lines: tuple[str, ...]
    is_technical: bool = False


KEYS = ("fee", "day_rate", "floor", "shares", "start", "end", "uses", "markets")
"""What an owner looks for first in offers and rate cards, in this order."""

TECHNICAL = frozenset({"card", "epoch", "nonce", "ref", "salt"})
"""What no memo speaks of."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "bps": "part",
        "committed": "due in any case",
        "deadline": "can be sent",
        "epoch": "epoch of the twin",
        "exclusive_factor": "factor for exclusivity",
        "fee": "fee for everything",
        "floor": "least fee",
        "day_rate": "price of a day",
        "image_rate": "price of an image",
        "least_owner_bps": "least part for you",
        "least_serial": "least number that is good",
        "licensee": "who may use it",
        "lead_time": "earliest start",
        "max_days": "longest booking",
        "max_quota": "most images",
        "min_days": "shortest booking",
        "notice": "your notice",
        "quota": "most images",
        "ref": "reference",
        "replica": "hash of the replica",
        "serial": "number of the card",
        "shares": "who receives what",
        "start": "from",
        "term": "how long",
        "to": "new wallet",
        "twin_id": "digital twin",
        "license_id": "license",
        "valid_until": "can be taken",
    }
)


def rows_of(message: Message, *, currencies: tuple[Currency, ...]) -> tuple[Row, ...]:
    """Return the fields of a message in the order in which it is signed, but for the memo."""
    return tuple(_rows(message, _Teller(message, currencies)))


class _Teller:
    """Says values in words; amounts in the currency of the message."""

    def __init__(self, message: Message, currencies: tuple[Currency, ...]) -> None:
        self.message = message
        self.currencies = {known.address.lower(): known for known in currencies}
        self.purse = Purse(currencies)

    @property
    def currency(self) -> str:
        holder = self.message.pay if isinstance(self.message, Terms) else self.message
        return str(getattr(holder, "currency", ""))

    def money(self, units: int) -> str:
        return self.purse.words(units, self.currency)

    def named(self, address: str) -> tuple[str, ...]:
        known = self.currencies.get(address.lower())
        return (known.symbol if known else "unknown", to_checksum_address(address))

    def shares(self, shares: tuple[Share, ...]) -> tuple[str, ...]:
        fee = self.message.pay.fee if isinstance(self.message, Terms) else 0
        whole = sum(share.bps for share in shares)
        is_sound = whole <= WHOLE_BPS and all(share.bps > 0 for share in shares)
        parts = split(fee, shares) if fee and is_sound else []
        sums = [f", {self.money(part)}" for part in parts] or [""] * (len(shares) + 1)
        lines = [f"you: {percent(WHOLE_BPS - whole)}{sums[-1]}"]
        for share, part in zip(shares, sums, strict=False):
            lines.append(f"{words.role_label(share.role)}: {percent(share.bps)}{part}")
            lines.append(to_checksum_address(share.payee))
        return tuple(lines)


def _rows(value: Any, teller: _Teller) -> Iterator[Row]:
    for field in fields_of(type(value)):
        name, found = field.attribute, getattr(value, field.attribute)
        if name == "memo":
            continue
        if field.struct and not field.is_list:
            yield from _rows(found, teller)
            continue
        yield Row(
            name=name,
            label=_label(field),
            lines=_lines(field, found, teller),
            is_technical=name in TECHNICAL,
        )
        if name == "term":
            yield _end(teller.message)


def _label(field: Field) -> str:
    name = field.attribute
    said = LABELS.get(name, name.replace("_", " ").removesuffix(" id"))
    return f"{said}, with their weights" if field.struct in (UseRate, MarketRate) else said


def _lines(field: Field, value: Any, teller: _Teller) -> tuple[str, ...]:
    if field.is_list:
        if field.struct is Share:
            return teller.shares(value)
        return tuple(_listed(item, teller) for item in value) or ("none",)
    if field.attribute == "currency":
        return teller.named(value)
    return (_plain(field, value, teller),)


def _listed(item: Any, teller: _Teller) -> str:
    if isinstance(item, UseRate):
        return f"{use_word(item.use)}: {factor(item.weight)}"
    if isinstance(item, MarketRate):
        return f"{words.market_words(item.markets, names=True)}: {factor(item.weight)}"
    return "; ".join(f"{row.label} {', '.join(row.lines)}" for row in _rows(item, teller))


def _plain(field: Field, value: Any, teller: _Teller) -> str:
    if say := SAID.get(field.attribute):
        return say(value, teller)
    if field.attribute.endswith("_id"):
        return f"0x{value:064x}" if value else "none"
    if field.abi_type == "address":
        return "nobody" if is_zero(value) else str(to_checksum_address(value))
    if field.abi_type == "bytes32":
        return f"0x{bytes(value).hex()}" if any(value) else "none"
    if field.abi_type == "bool":
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _end(message: Message) -> Row:
    assert isinstance(message, Terms)
    start, term = message.scope.start, message.pay.term
    said = until(start + term) if start else f"{span(term)} after it is accepted"
    return Row("end", "to", (said,))


SAID: Mapping[str, Callable[[Any, _Teller], str]] = MappingProxyType(
    {
        "uses": lambda value, _: words.use_words(value) or "none",
        "markets": lambda value, _: words.market_words(value, names=True),
        "category": lambda value, _: category_word(value),
        "categories": lambda value, _: words.category_words(value) or "none",
        "fee": lambda value, teller: teller.money(value) if value else "none",
        "committed": lambda value, teller: teller.money(value),
        "floor": lambda value, teller: teller.money(value),
        "day_rate": lambda value, teller: teller.money(value),
        "image_rate": lambda value, teller: teller.money(value),
        "bps": lambda value, _: percent(value),
        "least_owner_bps": lambda value, _: percent(value),
        "role": lambda value, _: words.role_label(value),
        "exclusive": lambda value, _: (
            "yes: nobody else in this category at the same time" if value else "no"
        ),
        "exclusive_factor": lambda value, _: factor(value) if value else "not sold",
        "licensee": lambda value, _: (
            "anyone" if is_zero(value) else str(to_checksum_address(value))
        ),
        "start": lambda value, _: f"{moment(value)} (UTC)" if value else "when it is accepted",
        "term": lambda value, _: span(value),
        "notice": lambda value, _: span(value) if value else "none: you can end it at once",
        "lead_time": lambda value, _: f"{span(value)} after it is booked",
        "min_days": lambda value, _: counted(value, "day"),
        "max_days": lambda value, _: counted(value, "day"),
        "quota": lambda value, _: counted(value, "image"),
        "max_quota": lambda value, _: counted(value, "image"),
        "deadline": lambda value, _: until(value),
        "valid_until": lambda value, _: until(value),
    }
)
"""How fields are said that a number alone would not explain, by their names in `terms`."""
