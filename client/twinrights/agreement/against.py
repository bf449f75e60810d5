"""What an agreement says otherwise than the terms that were drafted, signed or granted under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from twinrights import memo, words
from twinrights.agreement.document import Agreement
from twinrights.money import Currency
from twinrights.terms import WHOLE_BPS, ZERO_ADDRESS, RateCard, Share, Terms
from twinrights.typed_data import card_digest, with_memo

__all__ = ["Difference", "differences"]

AMOUNTS = {"fee", "committed", "floor", "day_rate", "image_rate"}
TIMES = {"start", "valid_until"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the agreement says one thing and the terms another."""

    field: str
    agreed: str
    found: str


def differences(
    agreement: Agreement,
    message: Terms | RateCard,
    *,
    chain_id: int,
    contract: str,
    currencies: Sequence[Currency],
) -> tuple[Difference, ...]:
    """Return where an agreement differs from an offer, a rate card, or a booking from its card.

    Memos are left to `twinrights.memo`: they follow from the fields. `currencies` are our list.
    """
    place = [("chain", agreement.chain_id, chain_id), ("contract", agreement.contract, contract)]
    known = next((c for c in currencies if c.address == agreement.currency.address), None)
    if known is None:
        place.append(("currency", agreement.currency.address, "not on the list"))
    else:
        place.append(("currency", agreement.currency, known))
    agreed = agreement.agreed
    if isinstance(agreed, RateCard) and isinstance(message, Terms):
        fields = _of_booking(agreed, message, agreement, currencies)
    elif type(agreed) is not type(message):
        fields = iter(
            [("kind", agreement.kind, "ratecard" if agreement.kind == "offer" else "offer")]
        )
    else:
        fields = _of_same(agreed, message)
    return tuple(
        Difference(name, _text(name, ours, agreement), _text(name, theirs, agreement))
        for name, ours, theirs in (*place, *fields)
        if ours != theirs
    )


def _of_same(agreed: Any, message: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(agreed, Terms):
        yield from _fields(agreed.scope, message.scope)
        yield from _fields(agreed.pay, message.pay)
        yield "shares", agreed.shares, message.shares
    else:
        yield from _fields(agreed, message)


def _fields(agreed: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    for name in agreed.__dataclass_fields__:
        if name != "memo":
            yield name, getattr(agreed, name), getattr(found, name)


def _of_booking(
    card: RateCard, terms: Terms, agreement: Agreement, currencies: Sequence[Currency]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield what a booking shows of its card, then the card's digest, which holds the rest."""
    scope, pay = terms.scope, terms.pay
    yield "twin_id", card.twin_id, pay.twin_id
    if card.licensee != ZERO_ADDRESS:
        yield "licensee", card.licensee, scope.licensee
    for name in ("epoch", "valid_until", "category", "notice", "agreement"):
        yield name, getattr(card, name), getattr(scope, name)
    yield "currency", card.currency, pay.currency
    yield "floor", card.floor, pay.committed
    yield "shares", card.shares, terms.shares
    digests = [_digest(card, agreement, known) for known in (currencies, ())]
    yield "card", scope.card if scope.card in digests else digests[0], scope.card


def _digest(card: RateCard, agreement: Agreement, currencies: Sequence[Currency]) -> bytes:
    """Return the digest of the card that was signed, its memo written with those currencies."""
    worded = with_memo(card, memo.render(card, currencies=currencies))
    return card_digest(worded, chain_id=agreement.chain_id, contract=agreement.contract)


def _text(name: str, value: Any, agreement: Agreement) -> str:
    """Return a value as people compare it."""
    if isinstance(value, Currency):
        return f"{value.symbol} of {value.decimals} decimals"
    if isinstance(value, bytes):
        return f"0x{value.hex()}" if any(value) else "none"
    if name == "shares":
        return ", ".join(map(_share, value)) or "none"
    if name in AMOUNTS:
        return agreement.currency.words(value)
    if name in TIMES:
        return _moment(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if name == "twin_id":
            return f"0x{value:064x}"
        if name == "uses":
            return words.use_words(value) or "none"
        if name == "markets":
            return words.market_words(value)
    return str(value)


def _share(share: Share) -> str:
    return f"{words.role_name(share.role)} {share.bps / WHOLE_BPS:.2%} to {share.payee}"


def _moment(seconds: int) -> str:
    if not seconds:
        return "when accepted"
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
