"""Values into what machines and people read: words for masks, ISO times, amounts with currency.

Every function returns JSON: ids and hashes as hexadecimal text, money as {amount, currency, units}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from twinrights import words
from twinrights.terms import (
    WHOLE_BPS,
    ZERO_ADDRESS,
    Pay,
    RateCard,
    Scope,
    Share,
    Terms,
)

if TYPE_CHECKING:
    from twinrights.money import Currency

__all__ = [
    "Currencies",
    "Value",
    "digest",
    "identifier",
    "message_value",
    "money",
    "percent",
    "share_values",
    "span",
    "when",
]

Value = dict[str, Any]
Currencies = Mapping[str, "Currency"]
"""The currencies of a chain by their addresses."""

FACTOR = 10_000


def identifier(number: int) -> str:
    """Return the id of a twin or a license, whole."""
    return f"0x{number:064x}"


def digest(value: bytes) -> str | None:
    """Return a hash; None where there is none."""
    return f"0x{value.hex()}" if any(value) else None


def when(seconds: int) -> str | None:
    """Return UNIX seconds as ISO 8601 in UTC; None for 0."""
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"


def span(seconds: int) -> str:
    """Return a length of time as it is read back: `30d`, `12h`, `90s`."""
    for unit, size in (("d", 86_400), ("h", 3_600)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def percent(basis_points: int) -> str:
    """Return basis points as a percentage."""
    return f"{basis_points / 100:g} %"


def money(units: int, currency: str, currencies: Currencies) -> Value:
    """Return an amount as people write it, with its currency, and in the smallest unit."""
    known = currencies.get(currency)
    if known is None:
        return {"amount": str(units), "currency": f"units of {currency}", "units": str(units)}
    return {"amount": known.format(units), "currency": known.symbol, "units": str(units)}


def message_value(message: Any, currencies: Currencies) -> Value:
    """Return a signable message: its memo first, then every field that the memo speaks of."""
    if isinstance(message, Terms):
        return _terms(message, currencies)
    if isinstance(message, RateCard):
        return _card(message, currencies)
    names = type(message).__dataclass_fields__
    return {name: _field(name, getattr(message, name)) for name in names}


def share_values(shares: tuple[Share, ...]) -> list[Value]:
    """Return who has which part of a fee, the owner's last."""
    rest = WHOLE_BPS - sum(share.bps for share in shares)
    rows = [
        {"role": words.role_name(part.role), "share": percent(part.bps), "payee": part.payee}
        for part in shares
    ]
    return [*rows, {"role": "owner", "share": percent(rest), "payee": "the twin's owner"}]


def _terms(terms: Terms, currencies: Currencies) -> Value:
    scope, pay = terms.scope, terms.pay
    return {
        "memo": scope.memo,
        "twin": identifier(pay.twin_id),
        "licensee": scope.licensee,
        **_scope(scope),
        **_pay(pay, currencies),
        "shares": share_values(terms.shares),
    }


def _scope(scope: Scope) -> Value:
    return {
        "uses": words.use_names(scope.uses),
        "markets": words.market_words(scope.markets),
        "category": words.category_name(scope.category),
        "exclusive": scope.exclusive,
        "start": when(scope.start) or "when accepted",
        "notice": span(scope.notice),
        "valid_until": when(scope.valid_until),
        "epoch": scope.epoch,
        "agreement": digest(scope.agreement),
        "card": digest(scope.card),
        "ref": digest(scope.ref),
    }


def _pay(pay: Pay, currencies: Currencies) -> Value:
    return {
        "term": span(pay.term),
        "quota": pay.quota,
        "fee": money(pay.fee, pay.currency, currencies),
        "committed": money(pay.committed, pay.currency, currencies),
    }


def _card(card: RateCard, currencies: Currencies) -> Value:
    def price(units: int) -> Value:
        return money(units, card.currency, currencies)

    anyone = card.licensee == ZERO_ADDRESS
    return {
        "memo": card.memo,
        "twin": identifier(card.twin_id),
        "licensee": "anyone" if anyone else card.licensee,
        "uses": {words.use_list().name(rate.use): _factor(rate.weight) for rate in card.uses},
        "markets": {words.market_words(r.markets): _factor(r.weight) for r in card.markets},
        "category": words.category_name(card.category),
        "floor": price(card.floor),
        "day_rate": price(card.day_rate),
        "image_rate": price(card.image_rate),
        "exclusive_factor": _factor(card.exclusive_factor) if card.exclusive_factor else None,
        "days": f"{card.min_days} to {card.max_days}",
        "max_quota": card.max_quota,
        "lead_time": span(card.lead_time),
        "notice": span(card.notice),
        "valid_until": when(card.valid_until),
        "epoch": card.epoch,
        "serial": card.serial,
        "agreement": digest(card.agreement),
        "shares": share_values(card.shares),
    }


def _factor(weight: int) -> str:
    return f"{weight / FACTOR:g}"


def _field(name: str, value: Any) -> Any:
    if name in ("twin_id", "license_id"):
        return identifier(value)
    if name == "deadline":
        return when(value)
    if name == "uses":
        return words.use_names(value)
    if name == "categories":
        return words.category_names(value)
    if name == "least_owner_bps":
        return percent(value)
    return digest(value) if isinstance(value, bytes) else value
