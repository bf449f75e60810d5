"""The memo of a rate card: what anyone who books from it gets, and what it costs."""

from __future__ import annotations

from twinrights import words
from twinrights.memo.offer import agreement_words
from twinrights.memo.phrases import (
    EARNED,
    UNPAID,
    Purse,
    category_word,
    counted,
    factor,
    id_words,
    is_zero,
    notice_words,
    shares_words,
    span,
    until,
    use_word,
    wallet_words,
)
from twinrights.terms import RateCard

__all__ = ["rate_card"]


def rate_card(card: RateCard, purse: Purse) -> list[str]:
    """Return the sentences of a rate card."""
    who = "anyone" if is_zero(card.licensee) else f"the wallet {wallet_words(card.licensee)}"
    return [
        f"From this rate card, number {card.serial}, {who} can book licenses of my digital twin "
        f"{id_words(card.twin_id)} without asking me, {until(card.valid_until)}.",
        *_weights(card),
        _price(card, purse),
        *purse.warning(card.currency),
        _exclusive(card),
        f"A booking is for {_days(card)} and at most {counted(card.max_quota, 'image')}.",
        _start(card),
        *shares_words(card.shares, pay=None, purse=purse),
        notice_words(card.notice),
        UNPAID,
        *agreement_words(card.agreement),
    ]


def _weights(card: RateCard) -> list[str]:
    uses = "; ".join(f"{use_word(rate.use)} {factor(rate.weight)}" for rate in card.uses)
    markets = "; ".join(
        f"{words.market_words(rate.markets)} {factor(rate.weight)}" for rate in card.markets
    )
    return [
        f"Uses and their weights: {uses or 'none'}.",
        f"Markets and their weights, each market in the first group that lists it: "
        f"{markets or 'none'}.",
        f"Category: {category_word(card.category)}.",
    ]


def _price(card: RateCard, purse: Purse) -> str:
    def price(units: int) -> str:
        return purse.words(units, card.currency)

    least = ""
    if card.floor:
        floor = price(card.floor)
        least = f"; it costs at least {floor}, due even if the licensee leaves early by itself"
    return (
        f"A booking costs {price(card.day_rate)} for each day, times the weights of its uses added "
        f"up, times the weights of its markets added up, and {price(card.image_rate)} for each "
        f"image{least}. {EARNED}"
    )


def _exclusive(card: RateCard) -> str:
    if not card.exclusive_factor:
        return "Exclusive licenses are not sold."
    return (
        f"For {factor(card.exclusive_factor)} times the price of its days it is exclusive: in this "
        "category nobody else is then licensed for its uses in its markets at the same time."
    )


def _days(card: RateCard) -> str:
    if card.min_days == card.max_days:
        return counted(card.max_days, "day")
    return f"{card.min_days:,} to {counted(card.max_days, 'day')}"


def _start(card: RateCard) -> str:
    if not card.lead_time:
        return "It can start as soon as it is booked, and only before its start I can decline it."
    return (
        f"It starts no sooner than {span(card.lead_time)} after it is booked, and before its start "
        "I can decline it."
    )
