"""What the demo is given: who takes part, at which prices, and which pictures they make.

Amounts are in the smallest unit of the currency, shares in basis points, weights in 1/10,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from twinrights.terms import ZERO_ADDRESS, ZERO_HASH, MarketRate, RateCard, Share, UseRate

__all__ = ["CREW", "DECIMALS", "PAID_AS", "Brand", "Crew", "Given", "Model", "Picture"]

DECIMALS = 6
"""Of the currency in which all amounts are."""

CREW = ("photographer", "stylist", "hair", "make_up")
"""Who may stand beside a model in her row, beside her agency."""

PAID_AS = {"agency_commission": "agency", "agency_service_fee": "agency"}
"""Which member of a row is paid in a role that is not called like the member."""


@dataclass(frozen=True, slots=True)
class Crew:
    """An agency, a crew member or a reporter."""

    slug: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Model:
    """A row of the roster: a model, her crew, her prices and her policy."""

    slug: str
    name: str
    crew: Mapping[str, str]
    """Slugs by what they are to her: agency, photographer, stylist, hair, make_up."""
    shares: Mapping[str, int]
    """Basis points of the fee by role, in the order of the row."""
    category: int
    categories_allowed: int
    uses_allowed: int
    least_owner_bps: int
    uses: tuple[UseRate, ...]
    markets: tuple[MarketRate, ...]
    day_rate: int
    image_rate: int
    floor: int
    exclusive_factor: int
    """In 1/10,000; 0 is not sold."""
    min_days: int
    max_days: int
    max_quota: int
    lead_hours: int
    notice_days: int

    def payee(self, role: str) -> str:
        """Return the slug of whom she names for a role."""
        return self.crew.get(PAID_AS.get(role, role), "")

    def card(
        self,
        *,
        twin_id: int = 0,
        currency: str = ZERO_ADDRESS,
        valid_until: int = 0,
        shares: tuple[Share, ...] = (),
    ) -> RateCard:
        """Return her rate card, for anyone to book from."""
        return RateCard(
            memo="",
            twin_id=twin_id,
            licensee=ZERO_ADDRESS,
            epoch=0,
            serial=1,
            valid_until=valid_until,
            category=self.category,
            currency=currency,
            notice=self.notice_days * 86_400,
            agreement=ZERO_HASH,
            floor=self.floor,
            day_rate=self.day_rate,
            image_rate=self.image_rate,
            exclusive_factor=self.exclusive_factor,
            min_days=self.min_days,
            max_days=self.max_days,
            max_quota=self.max_quota,
            lead_time=self.lead_hours * 3_600,
            uses=self.uses,
            markets=self.markets,
            shares=shares,
        )


@dataclass(frozen=True, slots=True)
class Brand:
    """A licensee, what it starts with, and who records its usage."""

    slug: str
    name: str
    treasury: int
    accent: str
    reporter: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file: whom it shows and which brand it was made for."""

    path: Path
    twins: tuple[str, ...]
    title: str
    brand: str


@dataclass(frozen=True, slots=True)
class Given:
    """All that the demo is given."""

    models: tuple[Model, ...]
    brands: tuple[Brand, ...]
    crews: Mapping[str, Crew]
    pictures: tuple[Picture, ...]
    left_out: int = 0
    """Shipped pictures that show or were made for somebody who is not in one's own lists."""

    def few(self, count: int) -> Given:
        """Return the first models alone, with the pictures that show nobody else."""
        models = self.models[:count]
        slugs = {model.slug for model in models}
        pictures = tuple(one for one in self.pictures if slugs.issuperset(one.twins))
        return replace(self, models=models, pictures=pictures)
