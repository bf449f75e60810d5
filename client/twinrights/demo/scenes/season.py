"""The season: images are recorded, and a few licenses take another turn than the rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from twinrights.demo.deals import Deal, Fate, Shoot
from twinrights.demo.stage import DAY, Stage
from twinrights.media.images import sha256_of
from twinrights.media.manifest import Manifest
from twinrights.terms import Decline, License, Notice, Reason

__all__ = [
    "booking_declined",
    "images_recorded",
    "lapsed_and_recovered",
    "last_day",
    "notice_given",
    "notice_settled",
    "surrendered",
]

Act = TypeVar("Act", Decline, Notice)


def images_recorded(stage: Stage) -> None:
    """Record every picture under the license of each twin that it shows.

    A picture of three twins is one tree, recorded under three licenses in one transaction.
    """
    shoots = [shoot for shoot in stage.shoots() if is_live(stage, shoot)]
    for shoot in stage.teller.each("images hashed and recorded", shoots):
        stage.chain.usage.record(
            [stage.license_of(deal) for deal in shoot.deals],
            manifest_of(stage, shoot),
            payer=stage.cast.reporters[shoot.deals[0].brand.slug],
            uses=shoot.uses,
            markets=shoot.markets,
            manifest_path=stage.manifests / f"{shoot.name}.json" if stage.manifests else None,
        )
        stage.recorded.append(shoot)


def manifest_of(stage: Stage, shoot: Shoot) -> Manifest:
    """Return the list of a shoot's pictures, salted so that a second telling makes the same."""
    files = [sha256_of(picture.path) for picture in shoot.pictures]
    numbers = count()
    return Manifest.of(files, random=lambda _: stage.seed.salt("image", shoot.name, next(numbers)))


def is_live(stage: Stage, shoot: Shoot) -> bool:
    """Return whether each license of a shoot has started: without waiting only offers have."""
    return all(stage.chain.licenses.is_live(stage.license_of(deal)) for deal in shoot.deals)


def booking_declined(stage: Stage) -> None:
    """Let a model decline a booking before its start: the brand has everything back at once."""
    deal = stage.deal_of(Fate.DECLINED)
    if deal is None:
        return
    license = state(stage, deal)
    brand = stage.cast.brands[deal.brand.slug].address

    before = stage.chain.balance(stage.currency, brand)
    act(stage, deal, Decline, stage.chain.licenses.decline)
    refunded = stage.chain.balance(stage.currency, brand) - before

    require(refunded == license.deposited, "a declined booking is refunded whole")
    stage.settled.add(license.id)
    stage.ended(deal, f"before its start: all of {stage.money(refunded)} went back at once")


def notice_given(stage: Stage) -> None:
    """Let a model give notice: the license ends when the notice of its terms has passed."""
    deal = stage.deal_of(Fate.NOTICED)
    if deal is None:
        return
    end = act(stage, deal, Notice, stage.chain.licenses.give_notice).end
    stage.teller.say(f"{deal.model.name} gives {deal.brand.name} notice: ends {stage.date(end)}")


def notice_settled(stage: Stage) -> None:
    """Settle the license that got notice: what it has not earned goes back."""
    deal = stage.deal_of(Fate.NOTICED)
    if deal is None:
        return
    license_id = stage.license_of(deal)
    terms, license = stage.chain.licenses.terms(license_id), state(stage, deal)

    paid = stage.chain.royalties.pay_out(license_id, payer=stage.cast.relayer)

    require(paid.is_settled and paid.refund > 0, "a license ended with notice refunds the rest")
    stage.settle(paid)
    stage.ended(
        deal,
        f"{deal.model.notice_days} days' notice: ended {stage.date(license.end)}, not "
        f"{stage.date(terms.end)}; {stage.money(paid.refund)} went back",
    )


def last_day(stage: Stage) -> int:
    """Return when the special licenses have come to their end: a hundred days in, or later."""
    deal = stage.deal_of(Fate.NOTICED)
    end = state(stage, deal).end if deal else 0
    return max(stage.season + 100 * DAY, end + DAY)


def surrendered(stage: Stage) -> None:
    """Let a brand leave early: it owes what it had committed to, the rest comes back."""
    deal = stage.deal_of(Fate.SURRENDERED)
    if deal is None:
        return
    license_id = stage.license_of(deal)
    committed = stage.chain.licenses.terms(license_id).pay.committed
    earned = stage.chain.royalties.earned(license_id)

    paid = stage.chain.licenses.surrender(license_id, payer=stage.cast.brands[deal.brand.slug])

    collected = state(stage, deal).collected
    require(collected == committed > earned, "a surrender pays what was committed")
    stage.settled.add(license_id)
    stage.ended(
        deal,
        f"{stage.money(earned)} earned, {stage.money(committed)} committed and paid; "
        f"{stage.money(paid.refund)} went back",
    )


def lapsed_and_recovered(stage: Stage) -> None:
    """Find a license unpaid, top it up late, and find it live again."""
    deal = stage.deal_of(Fate.LAPSES)
    if deal is None:
        return
    license = state(stage, deal)
    require(reason_against(stage, deal) is Reason.UNPAID, "an unpaid license may not publish")
    fee = stage.chain.licenses.terms(license.id).pay.fee
    stage.chain.royalties.top_up(license.id, fee, payer=stage.cast.brands[deal.brand.slug])
    require(reason_against(stage, deal) is Reason.NONE, "a topped-up license may publish")
    stage.ended(
        deal,
        f"unpaid from {stage.date(license.paid_through)}, mayPublish said UNPAID; "
        f"{stage.money(fee - license.deposited)} paid in late, live again",
    )


def reason_against(stage: Stage, deal: Deal) -> Reason:
    """Return what stands against publishing one more image of a deal now."""
    return stage.chain.licenses.may_publish(
        stage.license_of(deal),
        who=stage.cast.brands[deal.brand.slug].address,
        uses=deal.uses,
        markets=deal.markets,
        images=1,
    )


def act(stage: Stage, deal: Deal, kind: type[Act], send: Callable[..., License]) -> License:
    """Let the model sign an act on a license, and the relayer send it; return the license."""
    message = kind(
        memo="",
        license_id=stage.license_of(deal),
        nonce=stage.chain.twins.get(stage.twins[deal.model.slug]).authority.nonce,
        deadline=stage.chain.now() + DAY,
    )
    signed = stage.chain.sign(message, signer=stage.cast.models[deal.model.slug])
    return send(signed, payer=stage.cast.relayer)


def state(stage: Stage, deal: Deal) -> License:
    return stage.chain.licenses.get(stage.license_of(deal))


def require(holds: bool, law: str) -> None:
    if not holds:
        raise RuntimeError(f"the chain does not hold what it must: {law}")
