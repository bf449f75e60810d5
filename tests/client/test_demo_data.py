"""The demo's input: every row is one that the contracts would take, every picture is there."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from scripts import draw_figures
from twinrights import words

DATA = Path(words.__file__).parents[1] / "demo" / "data"
IMAGES = DATA / "images"
CREW = ("photographer", "stylist", "hair", "make_up")
PAID_AS = {"agency_commission": "agency", "agency_service_fee": "agency"}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(cell: str, between: str = "+") -> dict[str, Decimal]:
    return {
        name: Decimal(figure)
        for name, figure in (part.rsplit(":", 1) for part in cell.split(between))
    }


ROSTER = table(DATA / "roster.csv")
BRANDS = table(DATA / "brands.csv")
CREWS = table(DATA / "crews.csv")
PICTURES = table(IMAGES / "images.csv")

each_row = pytest.mark.parametrize("row", ROSTER, ids=[row["twin"] for row in ROSTER])
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=[row["file"] for row in PICTURES])


def test_there_are_thirty_models_three_brands_and_their_crews():
    assert len({row["twin"] for row in ROSTER}) == len({row["name"] for row in ROSTER}) == 30
    assert BRANDS[0]["name"] == "H&M"
    assert len(BRANDS) == 3
    roles = [row["role"] for row in CREWS]
    counts = {role: roles.count(role) for role in roles}
    assert counts == {
        "agency": 4,
        "photographer": 5,
        "stylist": 5,
        "hair": 3,
        "make_up": 5,
        "reporter": 3,
    }
    assert len({row["slug"] for row in CREWS}) == len(CREWS)


def test_each_brand_has_a_reporter_a_color_and_money():
    reporters = {row["slug"] for row in CREWS if row["role"] == "reporter"}
    for brand in BRANDS:
        assert brand["reporter"] in reporters
        assert int(brand["accent"].removeprefix("#"), 16) < 1 << 24
        assert Decimal(brand["treasury"]) > 500_000


@each_row
def test_a_rate_card_sells_only_what_the_policy_allows(row):
    sold = words.uses(pairs(row["uses"]))
    allowed = words.uses(row["uses_allowed"])
    assert sold
    assert not sold & ~allowed
    assert not allowed & words.uses("ai_training")
    assert 1 << words.category(row["category"]) & words.categories(row["categories_allowed"])


@each_row
def test_weights_and_groups_are_what_a_rate_card_can_hold(row):
    weights = pairs(row["uses"])
    groups = pairs(row["market_groups"], "|")
    assert 4 <= len(weights) <= 8
    assert 2 <= len(groups) <= 4
    for weight in (*weights.values(), *groups.values()):
        assert weight == int(weight)
        assert 0 < weight < 1 << 16
    seen = 0
    for group in groups:
        assert words.markets(group) & ~seen, "a group that no country can touch"
        seen |= words.markets(group)
    assert seen & words.markets("SE")


@each_row
def test_shares_leave_the_owner_well_above_her_least(row):
    shares = pairs(row["shares"])
    for role, percent in shares.items():
        assert words.role(role) > 0
        assert percent * 100 == int(percent * 100)
        assert row[PAID_AS.get(role, role)], f"nobody to pay as {role}"
    assert {role for role in CREW if row[role]} == shares.keys() & set(CREW)
    assert 100 - sum(shares.values()) >= Decimal(row["least_owner_share"]) + 4


@each_row
def test_everybody_named_in_a_row_stands_in_the_crews(row):
    by_slug = {member["slug"]: member["role"] for member in CREWS}
    for role in ("agency", *CREW):
        assert not row[role] or by_slug[row[role]] == role
    assert row["agency"]


@each_row
def test_prices_and_times_are_within_the_laws(row):
    assert 150 <= Decimal(row["day_rate"]) <= 900
    assert 500 <= Decimal(row["floor"]) <= 3000
    assert 0 < Decimal(row["image_rate"]) < 100
    assert not row["exclusivity"] or Decimal(row["exclusivity"]) > 1
    assert 0 < int(row["min_days"]) < int(row["max_days"]) <= 5 * 365
    assert int(row["max_quota"]) > 0
    assert int(row["lead_hours"]) >= 24
    assert 0 < int(row["notice_days"]) <= 90


def test_some_models_keep_uses_categories_and_exclusivity_to_themselves():
    assert any("out_of_home" not in row["uses_allowed"] for row in ROSTER)
    assert any("lingerie_and_swimwear" not in row["categories_allowed"] for row in ROSTER)
    assert any(not row["exclusivity"] for row in ROSTER)


def test_each_twin_has_two_pictures_and_there_are_groups_of_three():
    alone = [row["twins"] for row in PICTURES if "+" not in row["twins"]]
    groups = [row["twins"].split("+") for row in PICTURES if "+" in row["twins"]]
    twins = {row["twin"] for row in ROSTER}
    assert sorted(alone) == sorted([*twins] * 2)
    assert len(groups) >= 4
    assert all(len(set(group)) == 3 and set(group) <= twins for group in groups)
    assert {row["brand"] for row in PICTURES} == {row["slug"] for row in BRANDS}


def test_no_two_pictures_are_the_same_file_and_none_is_unlisted():
    files = sorted(IMAGES.glob("*.jpg"))
    assert [file.name for file in files] == sorted(row["file"] for row in PICTURES)
    assert len(files) >= 66
    assert len({hashlib.sha256(file.read_bytes()).digest() for file in files}) == len(files)
    assert sum(file.stat().st_size for file in files) < 5_000_000


@each_picture
def test_a_picture_is_a_jpeg_of_at_least_800_pixels(picture):
    width, height = jpeg_size((IMAGES / picture["file"]).read_bytes())
    assert min(width, height) >= 800
    assert (IMAGES / picture["file"]).stat().st_size <= 72_000
    assert picture["garment"]
    assert picture["title"]


@pytest.mark.parametrize("name", ["kofi-01.jpg", "leila-02.jpg", "group-03.jpg"])
def test_the_script_draws_the_pictures_that_are_here(name):
    looks = {row["twin"]: row for row in table(draw_figures.LOOKS)}
    accents = {row["slug"]: row["accent"] for row in BRANDS}
    listed = {each.file: each for each in draw_figures.pictures(ROSTER, looks)}
    assert list(listed) == [row["file"] for row in PICTURES]
    again = draw_figures.draw(listed[name], looks, accents)
    with Image.open(IMAGES / name) as stored:
        apart = ImageStat.Stat(ImageChops.difference(again, stored.convert("RGB"))).mean
    assert max(apart) < 4  # of 255: what JPEG leaves out


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Return width and height from a JPEG's frame header (ITU T.81, B.2.2)."""
    assert data[:2] == b"\xff\xd8"
    assert data[-2:] == b"\xff\xd9"
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    height, width = (int.from_bytes(data[at + 5 + n : at + 7 + n], "big") for n in (0, 2))
    return width, height
