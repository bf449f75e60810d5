"""The terms of a booking: the fields that are a rate card's own, and what the licensee chose.

`TwinLicense.book` demands exactly these, field by field, and the fee to the unit (law 5).
"""

from __future__ import annotations

from twinrights import money
from twinrights.errors import CardNotForSender, DaysOutOfRange, QuotaOverCard
from twinrights.terms import ZERO_ADDRESS, ZERO_HASH, Pay, RateCard, Scope, Terms
from twinrights.typed_data import digest

__all__ = ["booking_terms"]

DAY = 86_400


def booking_terms(
    card: RateCard,
    *,
    chain_id: int,
    contract: str,
    licensee: str,
    start: int,
    days: int,
    uses: int,
    markets: int,
    quota: int,
    exclusive: bool = False,
    ref: bytes = ZERO_HASH,
) -> Terms:
    """Return the terms of a booking at exactly what the card asks for it.

    Start and epoch are left to the chain, which knows the time and the twin.

    Raises:
        CardNotForSender, DaysOutOfRange, QuotaOverCard, UsesNotSold, MarketsNotSold,
        ExclusiveNotSold: the card does not sell that, as the contract would say.
    """
    if card.licensee.lower() not in (ZERO_ADDRESS, licensee.lower()):
        raise CardNotForSender(card.licensee)
    if not card.min_days <= days <= card.max_days:
        raise DaysOutOfRange(days * DAY, card.min_days, card.max_days)
    if quota > card.max_quota:
        raise QuotaOverCard(quota, card.max_quota)
    fee = money.quote(card, days=days, uses=uses, markets=markets, exclusive=exclusive, quota=quota)
    scope = Scope(
        memo=card.memo,
        licensee=licensee,
        epoch=card.epoch,
        valid_until=card.valid_until,
        start=start,
        category=card.category,
        exclusive=exclusive,
        uses=uses,
        markets=markets,
        notice=card.notice,
        agreement=card.agreement,
        card=digest(card, chain_id=chain_id, contract=contract),
        ref=ref,
    )
    pay = Pay(card.twin_id, card.currency, fee, card.floor, days * DAY, quota)
    return Terms(scope, pay, card.shares)
