"""What is unusual about an offer, so that nobody signs it by habit: five rules, each a sentence.

An offer is held against a rate card of the same twin, what its owner usually asks. Nothing here
refuses anything: an owner may sign what is unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from twinrights import words
from twinrights.errors import BadValue
from twinrights.memo.phrases import Purse, counted, percent, span
from twinrights.money import Currency, quote
from twinrights.terms import WHOLE_BPS, RateCard, Terms
from twinrights.typed_data import Message

__all__ = ["Unusual", "unusual"]

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Unusual:
    """One thing that is unusual: the rule that found it, and a sentence for who signs."""

    rule: str
    sentence: str


def unusual(
    message: Message, *, card: RateCard | None = None, currencies: Iterable[Currency] = ()
) -> tuple[Unusual, ...]:
    """Return what is unusual about a message, in the order of the rules.

    Without a card, and of what is no offer, only the currency can be judged.

    Raises:
        BadValue: the card is of another twin, or the message is no offer.
    """
    known = tuple(currencies)
    if card is not None and not (
        isinstance(message, Terms) and message.pay.twin_id == card.twin_id
    ):
        raise BadValue("card", "only an offer is compared with a rate card, of the same twin")
    found: list[tuple[str, str | None]] = []
    if isinstance(message, Terms) and card is not None:
        purse = Purse(known)
        found = [(rule, find(message, card, purse)) for rule, find in RULES.items()]
    if isinstance(message, (Terms, RateCard)):
        found.append(("currency", _currency(message, known)))
    return tuple(Unusual(rule, sentence) for rule, sentence in found if sentence)


def _term(terms: Terms, card: RateCard, _: Purse) -> str | None:
    if terms.pay.term <= card.max_days * DAY:
        return None
    return (
        f"It lasts {span(terms.pay.term)}; your rate card sells at most "
        f"{counted(card.max_days, 'day')}."
    )


def _outside(terms: Terms, card: RateCard, _: Purse) -> str | None:
    uses, markets = _on_sale(card)
    parts = []
    if beyond := terms.scope.uses & ~uses:
        parts.append(words.use_words(beyond))
    if beyond := terms.scope.markets & ~markets:
        parts.append(words.market_words(beyond, names=True))
    if terms.scope.exclusive and not card.exclusive_factor:
        parts.append("exclusivity")
    if not parts:
        return None
    return f"It grants what your rate card does not sell: {'; '.join(parts)}."


def _fee(terms: Terms, card: RateCard, purse: Purse) -> str | None:
    scope, pay = terms.scope, terms.pay
    if pay.currency.lower() != card.currency.lower():
        return "It is paid in another currency than your rate card, so the fee was not compared."
    uses, markets = _on_sale(card)
    # What the card does not sell has no price there: the rest alone must be worth the fee.
    asked = quote(
        card,
        days=-(-pay.term // DAY),
        uses=scope.uses & uses,
        markets=scope.markets & markets,
        exclusive=scope.exclusive and bool(card.exclusive_factor),
        quota=pay.quota,
    )
    if pay.fee >= asked:
        return None
    beyond = scope.uses & ~uses or scope.markets & ~markets
    what = "the part of this that it sells" if beyond else "the same"
    return (
        f"The fee is {purse.words(pay.fee, pay.currency)}; your rate card asks "
        f"{purse.words(asked, card.currency)} for {what}."
    )


def _shares(terms: Terms, card: RateCard, _: Purse) -> str | None:
    if _parts(terms) == _parts(card):
        return None
    mine, usual = (WHOLE_BPS - sum(part.bps for part in of.shares) for of in (terms, card))
    if mine == usual:
        return (
            f"You receive {percent(mine)} as on your rate card, but the others are not the same or "
            "have other parts."
        )
    return f"You receive {percent(mine)}; on your rate card it is {percent(usual)}."


def _currency(message: Terms | RateCard, known: tuple[Currency, ...]) -> str | None:
    address = message.pay.currency if isinstance(message, Terms) else message.currency
    if address.lower() in {currency.address.lower() for currency in known}:
        return None
    return f"It is paid in the unknown currency {address}: it may be worth nothing."


RULES: Mapping[str, Callable[[Terms, RateCard, Purse], str | None]] = MappingProxyType(
    {"term": _term, "outside": _outside, "fee": _fee, "shares": _shares}
)
"""Four of the five rules: those that need a card."""


def _on_sale(card: RateCard) -> tuple[int, int]:
    uses = sum({1 << rate.use for rate in card.uses})
    markets = 0
    for rate in card.markets:
        markets |= rate.markets
    return uses, markets


def _parts(message: Terms | RateCard) -> set[tuple[str, int, int]]:
    return {(share.payee.lower(), share.bps, share.role) for share in message.shares}
