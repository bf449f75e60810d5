"""Which licenses there shall be: what each brand takes of whom, by roster and pictures alone.

Every brand licenses every twin it has a picture of. Uses, markets, days and quota vary from deal to
deal by their place in the list, so that the same input always gives the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from twinrights import words
from twinrights.demo.deals import Deal, Fate, Plan, Shoot, common, fee_of
from twinrights.demo.given import DECIMALS, Brand, Given, Model, Picture
from twinrights.errors import BadValue

__all__ = ["check_treasuries", "free", "plan"]

DAYS = (14, 30, 60, 90, 180)
QUOTAS = (12, 20, 30)
COUNTRIES = ("SE", "DE", "GB", "US", "FR", "NL", "NO", "DK", "JP", "EE")
EXCLUSIVES = 3
SPECIAL_DAYS = {Fate.LAPSES: 90, Fate.NOTICED: 180, Fate.SURRENDERED: 180, Fate.DECLINED: 30}


def plan(given: Given) -> Plan:
    """Return the plan that this input gives."""
    pictures = tuple(picture for picture in given.pictures if can_be_recorded(given, picture))
    pairs = paired(given, pictures)
    exclusive = exclusives(given, pictures, pairs)
    deals = [
        deal_of(place, model, brand, needed(given, pictures, model, brand))
        for place, (model, brand) in enumerate(pairs)
    ]
    deals = [apart(deal, exclusive) for deal in deals]
    deals = with_fates(deals)
    shoots = tuple(shoots_of(pictures, deals))
    declined = replace(deals[-1], is_offer=False, is_exclusive=False, fate=Fate.DECLINED)
    left_out = tuple(picture for picture in given.pictures if picture not in pictures)
    return Plan((*deals, clamped(declined)), shoots, left_out)


def free(played: Plan) -> Plan:
    """Return a plan of offers alone, for no fee; what makes a turn special is its money."""
    offers = (
        replace(deal, is_offer=True, is_exclusive=False, fate=Fate.NONE)
        for deal in played.deals
        if deal.fate is not Fate.DECLINED
    )
    return replace(played, deals=tuple(offers), is_free=True)


def check_treasuries(given: Given, played: Plan) -> None:
    """Do nothing if every brand can pay what is planned for it.

    Raises:
        BadValue: one cannot.
    """
    for brand in given.brands:
        need = sum(fee_of(deal) for deal in played.deals if deal.brand == brand)
        if need > brand.treasury:
            have, cost = (f"{units / 10**DECIMALS:,.2f}" for units in (brand.treasury, need))
            raise BadValue(f"treasury of {brand.slug}", f"it is {have}, its licenses cost {cost}")


def can_be_recorded(given: Given, picture: Picture) -> bool:
    models = shown(given, picture)
    return bool(common(sold_uses(one) for one in models) and common(map(sold_markets, models)))


def paired(given: Given, pictures: tuple[Picture, ...]) -> list[tuple[Model, Brand]]:
    """Return each model with each brand that has a picture of her; else with the first brand."""
    by_slug = {brand.slug: brand for brand in given.brands}
    pairs: list[tuple[Model, Brand]] = []
    for model in given.models:
        wanted = [picture.brand for picture in pictures if model.slug in picture.twins]
        for slug in dict.fromkeys(wanted or [given.brands[0].slug]):
            pairs.append((model, by_slug[slug]))
    return pairs


def needed(
    given: Given, pictures: tuple[Picture, ...], model: Model, brand: Brand
) -> tuple[int, int]:
    """Return the use and the market that the group pictures of this pair have in common."""
    uses = markets = 0
    for picture in pictures:
        if len(picture.twins) > 1 and model.slug in picture.twins and picture.brand == brand.slug:
            models = shown(given, picture)
            use = common(map(sold_uses, models))
            uses |= use & -use
            markets |= one_country(common(map(sold_markets, models)))
    return uses, markets


def exclusives(
    given: Given, pictures: tuple[Picture, ...], pairs: Iterable[tuple[Model, Brand]]
) -> dict[str, str]:
    """Return the twins that are licensed exclusively, each with the brand that has her alone."""
    in_groups = {twin for picture in pictures if len(picture.twins) > 1 for twin in picture.twins}
    brands = Counter(model.slug for model, _ in pairs)
    fit = [
        model.slug
        for model in given.models
        if model.exclusive_factor
        and len(model.uses) > 1
        and model.slug not in in_groups
        and brands[model.slug] > 1
    ]
    return dict.fromkeys(fit[:EXCLUSIVES], given.brands[0].slug)


def deal_of(place: int, model: Model, brand: Brand, need: tuple[int, int]) -> Deal:
    """Return a deal whose size is given by its place in the list."""
    count = len(model.uses)
    numbers = {model.uses[(place // 3 + step) % count].use for step in range(1 + place % 4)}
    uses = sum(1 << number for number in numbers) | need[0]
    deal = Deal(
        model,
        brand,
        uses=uses,
        markets=territory(model, place) | need[1],
        days=DAYS[place % len(DAYS)],
        quota=QUOTAS[place % len(QUOTAS)],
        is_offer=place % 3 == 2,
    )
    return clamped(deal)


def territory(model: Model, place: int) -> int:
    """Return one country, the first group, or that and a country of the last group."""
    first, last = model.markets[0].markets, model.markets[-1].markets
    if place % 4 == 0:
        return one_country(first)
    return first if place % 4 != 3 else first | one_country(last & ~first)


def apart(deal: Deal, exclusive: Mapping[str, str]) -> Deal:
    """Return a deal of an exclusive twin: her first uses are one brand's alone, not the others."""
    holder = exclusive.get(deal.model.slug)
    if holder is None:
        return deal
    middle = len(deal.model.uses) // 2
    first = sum(1 << rate.use for rate in deal.model.uses[:middle])
    rest = sum(1 << rate.use for rate in deal.model.uses[middle:])
    if deal.brand.slug == holder:
        return replace(deal, uses=first, is_offer=False, is_exclusive=True)
    return replace(deal, uses=rest)


def with_fates(deals: list[Deal]) -> list[Deal]:
    """Return the deals with one each that lapses, gets notice, is surrendered: offers all three."""
    free = [place for place, deal in enumerate(deals) if not deal.is_exclusive]
    free.sort(key=lambda place: (not deals[place].is_offer, deals[place].model.notice_days))
    for place, fate in zip(free, (Fate.NOTICED, Fate.LAPSES, Fate.SURRENDERED), strict=False):
        days = SPECIAL_DAYS[fate]
        deals[place] = replace(deals[place], fate=fate, is_offer=True, days=days, quota=QUOTAS[-1])
    return deals


def shoots_of(pictures: tuple[Picture, ...], deals: list[Deal]) -> Iterator[Shoot]:
    """Yield what is recorded together: pictures of the same twins for the same brand."""
    by_pair = {(deal.model.slug, deal.brand.slug): deal for deal in deals}
    together: dict[tuple[tuple[str, ...], str], list[Picture]] = {}
    for picture in pictures:
        together.setdefault((picture.twins, picture.brand), []).append(picture)
    for (twins, brand), group in together.items():
        yield Shoot(tuple(group), tuple(by_pair[twin, brand] for twin in twins))


def clamped(deal: Deal) -> Deal:
    """Return a deal within the bounds of her rate card, where it is booked from that."""
    if deal.is_offer:
        return deal
    model, days = deal.model, SPECIAL_DAYS.get(deal.fate, deal.days)
    days = max(model.min_days, min(days, model.max_days))
    return replace(deal, days=days, quota=min(deal.quota, model.max_quota))


def shown(given: Given, picture: Picture) -> list[Model]:
    return [model for model in given.models if model.slug in picture.twins]


def sold_uses(model: Model) -> int:
    return sum(1 << rate.use for rate in model.uses)


def sold_markets(model: Model) -> int:
    return common_or(rate.markets for rate in model.markets)


def one_country(mask: int) -> int:
    """Return one market of a mask: of those that readers know first, else the first there is."""
    known = (words.markets(code) for code in COUNTRIES)
    return next((market for market in known if market & mask), mask & -mask)


def common_or(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result
