"""What is sold and recorded in the demo, as plain values: deals, shoots, the plan of them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from twinrights.demo.given import Brand, Model, Picture
from twinrights.money import quote

__all__ = ["Deal", "Fate", "Plan", "Shoot", "common", "fee_of"]


class Fate(Enum):
    """What becomes of a license beside running to its end."""

    NONE = "runs"
    LAPSES = "lapses and recovers"
    NOTICED = "is ended with notice"
    SURRENDERED = "is surrendered"
    DECLINED = "is declined"


@dataclass(frozen=True, slots=True)
class Deal:
    """A license that shall be; masks are those of `twinrights.words`."""

    model: Model
    brand: Brand
    uses: int
    markets: int
    days: int
    quota: int
    is_offer: bool = False
    is_exclusive: bool = False
    fate: Fate = Fate.NONE

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells deals apart: twin, brand, and whether it is the one that is declined."""
        return self.model.slug, self.brand.slug, self.fate is Fate.DECLINED


@dataclass(frozen=True, slots=True)
class Shoot:
    """Pictures that are recorded together, under the license of each twin they show."""

    pictures: tuple[Picture, ...]
    deals: tuple[Deal, ...]

    @property
    def name(self) -> str:
        """What its list of images is called: the twins, then the brand."""
        return "-".join((*(deal.model.slug for deal in self.deals), self.deals[0].brand.slug))

    @property
    def uses(self) -> int:
        """The uses that every one of the licenses grants."""
        return common(deal.uses for deal in self.deals)

    @property
    def markets(self) -> int:
        """The markets that every one of the licenses grants."""
        return common(deal.markets for deal in self.deals)


@dataclass(frozen=True, slots=True)
class Plan:
    """All deals in the order they are made, the declined booking last, and what is recorded."""

    deals: tuple[Deal, ...]
    shoots: tuple[Shoot, ...]
    left_out: tuple[Picture, ...]
    """Group pictures that no use and market is sold for by all whom they show."""
    is_free: bool = False
    """Whether every license is an offer for no fee: on a chain that has no test money."""

    def of(self, fate: Fate) -> Deal | None:
        """Return the first deal of a fate."""
        return next((deal for deal in self.deals if deal.fate is fate), None)

    @property
    def exclusives(self) -> tuple[Deal, ...]:
        """The exclusive deals."""
        return tuple(deal for deal in self.deals if deal.is_exclusive)


def fee_of(deal: Deal) -> int:
    """Return what the model's rate card gives for a deal, in the smallest unit."""
    return quote(
        deal.model.card(),
        days=deal.days,
        uses=deal.uses,
        markets=deal.markets,
        exclusive=deal.is_exclusive,
        quota=deal.quota,
    )


def common(masks: Iterable[int]) -> int:
    """Return what all masks have in common."""
    result = ~0
    for mask in masks:
        result &= mask
    return result
