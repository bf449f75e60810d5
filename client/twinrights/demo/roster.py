"""Reads what the demo is given, models, brands, crews and pictures, from CSV files, and checks it.

The columns are explained in `data/README.md`. Everything is checked here, before a chain is
touched. Amounts are in millionths of a dollar, the smallest unit of a stablecoin with six decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from twinrights import words
from twinrights.demo.given import CREW, DECIMALS, PAID_AS, Brand, Crew, Given, Model, Picture
from twinrights.errors import BadFile
from twinrights.sheet import Row, rows
from twinrights.terms import WHOLE_BPS, MarketRate, UseRate

__all__ = ["DATA", "load"]

DATA = Path(__file__).parent / "data"

BEYOND_ROLES = ("agency", "reporter")

SLUG = re.compile(r"[\w-]{1,64}")
"""Files are called after it."""

MAX_AMOUNT = 10**9 * 10**DECIMALS
MAX_WEIGHT = (1 << 32) - 1
MAX_COUNT = (1 << 32) - 1
MAX_DAYS = 1827
MAX_LEAD_HOURS = 24 * 365

MODELS = tuple(
    name
    for line in (
        "twin name agency photographer stylist hair make_up uses market_groups category",
        "categories_allowed uses_allowed least_owner_share day_rate image_rate floor exclusivity",
        "min_days max_days max_quota lead_hours notice_days shares",
    )
    for name in line.split()
)
BRANDS = ("slug", "name", "treasury", "accent", "reporter")
CREWS = ("slug", "role", "name")
PICTURES = ("file", "twins", "garment", "title", "brand")


Named = TypeVar("Named", Crew, Model, Brand)


def load(
    *, roster: Path | None = None, brands: Path | None = None, images: Path | None = None
) -> Given:
    """Return the input: the files that ship with the package, or one's own in their place.

    `images` is a folder with an `images.csv`. Crews are read from a `crews.csv` beside one's own
    roster, where there is one.

    Raises:
        FileMissing, BadFile: a file is not there or is no such table.
        BadRow: a row cannot be right; it says file, row and column.
    """
    roster_path = roster or DATA / "roster.csv"
    crews_path = roster_path.parent / "crews.csv"
    crews_path = crews_path if crews_path.is_file() else DATA / "crews.csv"
    brands_path = brands or DATA / "brands.csv"
    pictures_path = (images or DATA / "images") / "images.csv"

    crews = {crew.slug: crew for crew in unique(map(read_crew, rows(crews_path, CREWS)))}
    models = unique(read_model(row, crews) for row in rows(roster_path, MODELS))
    buyers = unique(read_brand(row, crews) for row in rows(brands_path, BRANDS))
    require(models, roster_path, "it holds no model")
    require(buyers, brands_path, "it holds no brand")

    listed = rows(pictures_path, PICTURES)
    known = ({model.slug for model in models}, {brand.slug for brand in buyers})
    is_shipped = images is None
    read = [read_picture(row, *known, is_shipped=is_shipped) for row in listed]
    pictures = tuple(picture for picture in read if picture is not None)
    require(pictures, pictures_path, "no picture shows a twin of the roster")
    return Given(models, buyers, crews, pictures, len(read) - len(pictures))


def read_crew(row: Row) -> tuple[Row, Crew]:
    role = row.read(
        "role", lambda text: text if text in ("agency", "reporter") else crew_role(text)
    )
    return row, Crew(row.text("slug"), role, row.text("name"))


def slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError(f"{text!r} is no short name: only letters, digits, - and _")
    return text


def crew_role(text: str) -> str:
    if text in BEYOND_ROLES:
        return text
    name = words.role_name(words.role(text))
    if name not in CREW:
        raise ValueError(f"{name!r} is nobody's here, only {', '.join((*BEYOND_ROLES, *CREW))}")
    return name


def read_model(row: Row, crews: Mapping[str, Crew]) -> tuple[Row, Model]:
    policy_uses = row.read("uses_allowed", words.uses)
    policy_categories = row.read("categories_allowed", words.categories)
    category = row.read("category", words.category)
    if not policy_categories >> category & 1:
        raise row.wrong("category", "her policy does not allow it (categories_allowed)")
    min_days = row.whole("min_days", least=1, most=MAX_DAYS)
    model = Model(
        slug=row.read("twin", slug),
        name=row.text("name"),
        crew=read_crew_of(row, crews),
        shares=read_shares(row),
        category=category,
        categories_allowed=policy_categories,
        uses_allowed=policy_uses,
        least_owner_bps=row.scaled("least_owner_share", 2, most=WHOLE_BPS),
        uses=read_uses(row, policy_uses),
        markets=read_markets(row),
        day_rate=row.scaled("day_rate", DECIMALS, most=MAX_AMOUNT),
        image_rate=row.scaled("image_rate", DECIMALS, most=MAX_AMOUNT),
        floor=row.scaled("floor", DECIMALS, least=1, most=MAX_AMOUNT),
        exclusive_factor=(
            row.scaled("exclusivity", 4, least=WHOLE_BPS, most=MAX_WEIGHT)
            if row.cells["exclusivity"]
            else 0
        ),
        min_days=min_days,
        max_days=row.whole("max_days", least=min_days, most=MAX_DAYS),
        max_quota=row.whole("max_quota", least=1, most=MAX_COUNT),
        lead_hours=row.whole("lead_hours", most=MAX_LEAD_HOURS),
        notice_days=row.whole("notice_days", most=90),
    )
    check_shares(row, model)
    return row, model


def read_crew_of(row: Row, crews: Mapping[str, Crew]) -> dict[str, str]:
    crew = {}
    for role in ("agency", *CREW):
        if slug := row.cells[role] if role != "agency" else row.text(role):
            if slug not in crews or crews[slug].role != role:
                raise row.wrong(role, f"{slug!r} is no {role} of the crews")
            crew[role] = slug
    return crew


def read_uses(row: Row, allowed: int) -> tuple[UseRate, ...]:
    weights = row.pairs("uses", between="+", places=0, most=MAX_WEIGHT)
    sold = row.read(
        "uses", lambda _: {words.use_list().find(name).number: name for name in weights}
    )
    if off_limits := [name for number, name in sold.items() if not allowed >> number & 1]:
        raise row.wrong("uses", f"her policy does not allow {off_limits[0]!r} (uses_allowed)")
    return tuple(UseRate(number, weights[name]) for number, name in sold.items())


def read_markets(row: Row) -> tuple[MarketRate, ...]:
    weights = row.pairs("market_groups", between="|", places=0, most=MAX_WEIGHT)
    groups = row.read("market_groups", lambda _: {name: words.markets(name) for name in weights})
    seen = 0
    for name, mask in groups.items():
        if not mask & ~seen:
            raise row.wrong("market_groups", f"earlier groups hold all of {name!r}")
        seen |= mask
    return tuple(MarketRate(mask, weights[name]) for name, mask in groups.items())


def read_shares(row: Row) -> dict[str, int]:
    parts = row.pairs("shares", between="+", places=2, most=WHOLE_BPS)
    named = row.read("shares", lambda _: {words.role_name(words.role(n)): n for n in parts})
    return {role: parts[name] for role, name in named.items()}


def check_shares(row: Row, model: Model) -> None:
    for role in model.shares:
        if role not in PAID_AS and role not in CREW:
            raise row.wrong("shares", f"nobody of a row can be paid as {role!r}")
        if not model.payee(role):
            raise row.wrong("shares", f"nobody is named to be paid as {role!r}")
    left = WHOLE_BPS - sum(model.shares.values())
    if left < model.least_owner_bps:
        least = f"{model.least_owner_bps / 100:g} %"
        raise row.wrong("shares", f"they leave her {left / 100:g} %, least_owner_share is {least}")


def read_brand(row: Row, crews: Mapping[str, Crew]) -> tuple[Row, Brand]:
    reporter = row.text("reporter")
    if reporter not in crews or crews[reporter].role != "reporter":
        raise row.wrong("reporter", f"{reporter!r} is no reporter of the crews")
    return row, Brand(
        slug=row.read("slug", slug),
        name=row.text("name"),
        treasury=row.scaled("treasury", DECIMALS, least=1, most=MAX_AMOUNT),
        accent=row.text("accent"),
        reporter=reporter,
    )


def read_picture(
    row: Row, twins: set[str], brands: set[str], *, is_shipped: bool
) -> Picture | None:
    shown = tuple(name.strip() for name in row.text("twins").split("+"))
    brand = row.text("brand")
    strangers = [name for name in shown if name not in twins]
    if is_shipped and (strangers or brand not in brands):
        return None
    if strangers:
        raise row.wrong("twins", f"{strangers[0]!r} is no twin of the roster")
    if len(set(shown)) != len(shown):
        raise row.wrong("twins", "a twin stands twice")
    if brand not in brands:
        raise row.wrong("brand", f"{brand!r} is no brand of the list")
    path = row.path.parent / row.text("file")
    if not path.is_file():
        raise row.wrong("file", f"there is no {path.name!r} beside the list")
    return Picture(path, shown, row.text("title"), brand)


def unique(pairs: Iterable[tuple[Row, Named]]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for row, item in pairs:
        if item.slug in found:
            column = "twin" if "twin" in row.cells else "slug"
            raise row.wrong(column, f"{item.slug!r} stands in an earlier row, too")
        found[item.slug] = item
    return tuple(found.values())


def require(found: tuple[object, ...], path: Path, problem: str) -> None:
    if not found:
        raise BadFile(str(path), problem)
