"""What the demo is given: who takes part, at which prices, and which pictures they make.

Amounts are in the smallest unit of the demo's currency, shares in basis points, weights in 1/10,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from twinrights.terms import MarketRate, UseRate

__all__ = ["CREW", "PAID_AS", "Brand", "Crew", "Given", "Model", "Picture"]

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
