"""Brands accept offers and book from rate cards."""

from __future__ import annotations

from twinrights.demo.deals import Deal, Fate
from twinrights.demo.stage import DAY, Stage
from twinrights.terms import License, Pay, Scope, Share, Terms

__all__ = ["accept", "book", "offer_of", "sell"]

COMMITTED_BPS = 2_500
SURRENDERED_COMMITTED_BPS = 4_000
LAPSING_DEPOSIT_BPS = 3_000
OFFER_DAYS = 7
"""How long an offer can be accepted."""


def sell(stage: Stage) -> None:
    """Make a license of every deal of the plan."""
    for deal in stage.teller.each("licenses sold, by offer or from a rate card", stage.deals()):
        license = accept(stage, deal) if deal.is_offer else book(stage, deal)
        stage.licenses[deal.key] = license.id


def accept(stage: Stage, deal: Deal, terms: Terms | None = None) -> License:
    """Let the model sign an offer, and the brand accept it."""
    terms = terms or offer_of(stage, deal)
    offer = stage.chain.sign(terms, signer=stage.cast.models[deal.model.slug])
    lapsing = terms.pay.fee * LAPSING_DEPOSIT_BPS // 10_000
    return stage.chain.licenses.accept(
        offer,
        payer=stage.cast.brands[deal.brand.slug],
        deposit=lapsing if deal.fate is Fate.LAPSES else None,
    )


def offer_of(
    stage: Stage, deal: Deal, *, uses: int | None = None, shares: tuple[Share, ...] | None = None
) -> Terms:
    """Return the terms of an offer, at what her rate card gives for the same.

    It starts with the bookings; where no time can pass, in the second in which it is accepted.
    """
    fee = stage.fee(deal)
    part = SURRENDERED_COMMITTED_BPS if deal.fate is Fate.SURRENDERED else COMMITTED_BPS
    scope = Scope(
        memo="",
        licensee=stage.cast.brands[deal.brand.slug].address,
        epoch=0,
        valid_until=stage.chain.now() + OFFER_DAYS * DAY,
        start=stage.season if stage.can_wait else 0,
        category=deal.model.category,
        exclusive=deal.is_exclusive,
        uses=deal.uses if uses is None else uses,
        markets=deal.markets,
        notice=deal.model.notice_days * DAY,
        ref=stage.seed.salt("reference", *deal.key),
    )
    pay = Pay(
        twin_id=stage.twins[deal.model.slug],
        currency=stage.currency.address,
        fee=fee,
        committed=fee * part // 10_000,
        term=deal.days * DAY,
        quota=deal.quota,
    )
    return Terms(scope, pay, stage.cast.shares(deal.model) if shares is None else shares)


def book(stage: Stage, deal: Deal, *, start: int | None = None, fee: int | None = None) -> License:
    """Let the brand book from the model's rate card, without asking her."""
    return stage.chain.licenses.book(
        stage.cards[deal.model.slug],
        payer=stage.cast.brands[deal.brand.slug],
        start=stage.season if start is None else start,
        days=deal.days,
        uses=deal.uses,
        markets=deal.markets,
        quota=deal.quota,
        exclusive=deal.is_exclusive,
        ref=stage.seed.salt("reference", *deal.key),
        fee=fee,
    )
