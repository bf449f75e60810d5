"""What the contracts refuse, each by an error of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from twinrights import words
from twinrights.demo.deals import Deal
from twinrights.demo.scenes.sales import accept, book, offer_of
from twinrights.demo.stage import DAY, Stage
from twinrights.errors import (
    CommittedOverFee,
    ExclusivityConflict,
    FeeNotQuoted,
    MayNotPublish,
    OwnerShareTooLow,
    SignatureRevoked,
    UsesOffLimits,
)
from twinrights.terms import WHOLE_BPS, Revocation, Share

__all__ = ["grants_refused", "outside_market_refused", "revoked_card_refused"]


def grants_refused(stage: Stage) -> None:
    """Try to buy what a policy, a price or somebody's exclusivity forbids."""
    if offered := stage.first(lambda deal: deal.is_offer):
        use_off_limits_refused(stage, offered)
        small_share_refused(stage, offered)
    if booked := stage.first(lambda one: not one.is_offer and stage.fee(one) > one.model.floor):
        low_price_refused(stage, booked)
    if exclusive := stage.first(lambda deal: deal.is_exclusive):
        rival_refused(stage, exclusive)


def use_off_limits_refused(stage: Stage, deal: Deal) -> None:
    """Let a model sign, by mistake, an offer for a use that her own policy does not allow."""
    every_use = sum(1 << word.number for word in words.use_list().words)
    if forbidden := every_use & ~deal.model.uses_allowed:
        use = 1 << (forbidden.bit_length() - 1)
        terms = offer_of(stage, deal, uses=use)
        what = f"{deal.brand.name} takes {deal.model.name} for {words.use_words(use)}"
        stage.refused(UsesOffLimits, what, lambda: accept(stage, deal, terms))


def small_share_refused(stage: Stage, deal: Deal) -> None:
    """Let a model sign, by mistake, an offer that leaves her less than her policy demands."""
    if not deal.model.least_owner_bps:
        return
    first = stage.cast.shares(deal.model)[0]
    shares = (Share(first.payee, WHOLE_BPS - deal.model.least_owner_bps + 1, first.role),)
    left = f"{(deal.model.least_owner_bps - 1) / 100:g} %"
    terms = offer_of(stage, deal, shares=shares)
    what = f"an offer that leaves {deal.model.name} {left} of her fee"
    stage.refused(OwnerShareTooLow, what, lambda: accept(stage, deal, terms))


def low_price_refused(stage: Stage, deal: Deal) -> None:
    """Try a booking for less than the card's floor, and for less than the card gives."""
    floor, fee = deal.model.floor, stage.fee(deal)
    who = f"{deal.brand.name} books {deal.model.name}"
    what = f"{who} for less than her floor of {stage.money(floor)}"
    stage.refused(CommittedOverFee, what, lambda: book(stage, deal, fee=floor - 1))
    what = f"{who} for her floor, where her card gives {stage.money(fee)}"
    stage.refused(FeeNotQuoted, what, lambda: book(stage, deal, fee=floor))


def rival_refused(stage: Stage, deal: Deal) -> None:
    """Try to book what another brand has for itself."""
    rivals = (one for one in stage.cast.playing(stage.given) if one.slug != deal.brand.slug)
    rival = next(rivals)
    wish = replace(deal, brand=rival, is_exclusive=False, days=deal.model.min_days)
    what = f"{rival.name} books {deal.model.name} where {deal.brand.name} has her alone"
    stage.refused(ExclusivityConflict, what, lambda: book(stage, wish))


def outside_market_refused(stage: Stage) -> None:
    """Try to record a picture for a country that its license does not cover."""
    for shoot in stage.recorded:
        deal = shoot.deals[0]
        if markets := [bit for bit in known_markets() if not bit & deal.markets]:
            return refuse_in(stage, deal, shoot.pictures[0].path, markets[0])


def refuse_in(stage: Stage, deal: Deal, picture: Path, market: int) -> None:
    """Try to record a picture for a country."""
    what = f"{deal.brand.name} publishes {picture.name} in {words.market_words(market, names=True)}"
    stage.refused(
        MayNotPublish,
        what,
        lambda: stage.chain.usage.record(
            stage.license_of(deal),
            picture,
            payer=stage.cast.reporters[deal.brand.slug],
            uses=deal.uses & -deal.uses,
            markets=market,
        ),
    )


def known_markets() -> list[int]:
    """Return countries of which any license leaves out at least one, unless it is for the world."""
    return [words.markets(code) for code in ("US", "JP", "BR")]


def revoked_card_refused(stage: Stage) -> None:
    """Let a model withdraw her rate card, and a brand try to book from it."""
    deal = stage.first(lambda deal: not deal.is_offer and not deal.is_exclusive)
    if deal is None:
        return
    withdraw_card(stage, deal)
    start = stage.chain.now() + deal.model.lead_hours * 3600 + DAY
    what = f"{deal.brand.name} books {deal.model.name} from the card that she has withdrawn"
    stage.refused(SignatureRevoked, what, lambda: book(stage, deal, start=start))


def withdraw_card(stage: Stage, deal: Deal) -> None:
    """Let a model withdraw her rate card."""
    chain = stage.chain
    act = Revocation(
        memo="",
        twin_id=stage.twins[deal.model.slug],
        digest=stage.cards[deal.model.slug].digest,
        deadline=chain.now() + DAY,
    )
    signed = chain.sign(act, signer=stage.cast.models[deal.model.slug])
    chain.licenses.revoke(signed, payer=stage.cast.relayer)
