"""The demo's input: one's own in place of the shipped, and what is said of a bad row."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from twinrights.demo import roster
from twinrights.errors import BadFile, BadRow, FileMissing

SHIPPED = roster.DATA


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def models() -> list[dict[str, str]]:
    return table(SHIPPED / "roster.csv")[:5]


REFUSED = {
    "day_rate": [
        ("abc", "'abc' is not a number"),
        ("1.2345678", "'1.2345678' is not a number of at most 6 decimals"),
        ("-1", "'-1' is not within 0 to 1000000000"),
        ("", "it is empty"),
        ("NaN", "'NaN' is not a number"),
        ("1.00000000000000000000000000001", ""),
    ],
    "uses": [
        ("own_shp:100", "unknown use 'own_shp': did you mean own_shop"),
        ("own_shop", "'own_shop' is no pair of a name and a number with ':' between"),
        ("own_shop:1+own_shop:2", "'own_shop' stands twice"),
        ("own_shop:0", "'0' is not within 1 to 4294967295"),
        ("ai_training:100", "her policy does not allow 'ai_training' (uses_allowed)"),
    ],
    "market_groups": [
        ("NORDIC:100", "unknown market 'NORDIC'"),
        ("NORDICS:100|SE:5", "earlier groups hold all of 'SE'"),
    ],
    "category": [
        ("fashon", "unknown category 'fashon': did you mean fashion"),
        ("tobacco", ""),
        ("home", "her policy does not allow it (categories_allowed)"),
    ],
    "least_owner_share": [("52.505", "'52.505' is not a number of at most 2 decimals")],
    "max_days": [("6", "'6' is not within 7 to 1827"), ("4000", "'4000' is not within 7 to 1827")],
    "notice_days": [("91", "'91' is not within 0 to 90")],
    "shares": [
        ("stylist:48", "they leave her 52 %, least_owner_share is 52.5 %"),
        ("retoucher:2", "nobody of a row can be paid as 'retoucher'"),
        ("agencie:10", "unknown role 'agencie'"),
    ],
    "stylist": [
        ("nobody", "'nobody' is no stylist of the crews"),
        ("otto", "'otto' is no stylist"),
    ],
    "agency": [("", "it is empty")],
    "twin": [
        ("../up", "'../up' is no short name: only letters, digits, - and _"),
        ("ebba", "'ebba' stands in an earlier row, too"),
    ],
}


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [(column, *case) for column, cases in REFUSED.items() for case in cases],
)
def test_a_bad_cell_is_refused_with_file_row_and_column(tmp_path, models, column, cell, problem):
    bad = 2 if column == "twin" else 0
    models[bad][column] = cell
    path = write(tmp_path / "mine.csv", models)
    with pytest.raises(BadRow, match=re.escape(f"column {column}: {problem}")) as refused:
        roster.load(roster=path)
    assert refused.value.path == str(path)
    assert refused.value.row == bad + 2


def test_a_share_for_a_role_that_nobody_holds_is_refused(tmp_path, models):
    assert not models[3]["hair"]
    models[3]["shares"] += "+hair:1"
    path = write(tmp_path / "mine.csv", models)
    with pytest.raises(BadRow, match=r"row 5: column shares: nobody is named to be paid as 'hair'"):
        roster.load(roster=path)


def test_a_row_with_a_cell_too_many_or_too_few_is_refused(tmp_path, models):
    path = write(tmp_path / "mine.csv", models)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.rstrip("\n") + ",more\n", encoding="utf-8")
    with pytest.raises(BadRow, match="row 6: it has not 23 cells"):
        roster.load(roster=path)
    path.write_text(whole + "alva,Alva\n", encoding="utf-8")
    with pytest.raises(BadRow, match="row 7: it has not 23 cells"):
        roster.load(roster=path)


def test_a_table_without_a_column_or_without_rows_or_that_is_no_text_is_refused(tmp_path, models):
    path = tmp_path / "mine.csv"
    with pytest.raises(FileMissing):
        roster.load(roster=path)
    write(path, [{name: row[name] for name in row if name != "floor"} for row in models])
    with pytest.raises(BadFile, match="lacks the column 'floor'"):
        roster.load(roster=path)
    path.write_text(",".join(models[0]) + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match="it holds no model"):
        roster.load(roster=path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile, match="cannot be read"):
        roster.load(roster=path)


def test_a_brand_or_crew_row_that_cannot_be_right_is_refused(tmp_path, models):
    brands = table(SHIPPED / "brands.csv")
    brands[1]["reporter"] = "otto"
    path = write(tmp_path / "brands.csv", brands)
    with pytest.raises(BadRow, match="row 3: column reporter: 'otto' is no reporter of the crews"):
        roster.load(brands=path)

    crews = table(SHIPPED / "crews.csv")
    crews[4]["role"] = "retoucher"
    write(tmp_path / "crews.csv", crews)
    path = write(tmp_path / "roster.csv", models)
    with pytest.raises(BadRow, match=r"crews\.csv, row 6: column role: 'retoucher' is"):
        roster.load(roster=path)


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("file", "gone.jpg", "there is no 'gone.jpg' beside the list"),
        ("twins", "alva+nobody", "'nobody' is no twin of the roster"),
        ("twins", "alva+alva", "a twin stands twice"),
        ("brand", "nobody", "'nobody' is no brand of the list"),
    ],
)
def test_a_row_of_ones_own_pictures_must_be_right(tmp_path, column, cell, problem):
    pictures = table(SHIPPED / "images" / "images.csv")[:3]
    for picture in pictures:
        (tmp_path / picture["file"]).write_bytes(b"picture")
    pictures[1][column] = cell
    write(tmp_path / "images.csv", pictures)
    with pytest.raises(BadRow, match=re.escape(f"row 3: column {column}: {problem}")):
        roster.load(images=tmp_path)


def test_shipped_pictures_of_others_are_left_out_of_ones_own_roster(tmp_path, models):
    given = roster.load(roster=write(tmp_path / "mine.csv", models))
    mine = {row["twin"] for row in models}
    assert {model.slug for model in given.models} == mine
    assert all(set(picture.twins) <= mine for picture in given.pictures)
    assert len(given.pictures) + given.left_out == 66


def test_the_shipped_input_is_whole():
    given = roster.load()
    assert (len(given.models), len(given.brands), len(given.pictures)) == (30, 3, 66)
    assert given.left_out == 0
    alva = given.models[0]
    assert alva.day_rate == 420_000000
    assert alva.shares["agency_service_fee"] == 1666
    assert alva.payee("agency_commission") == alva.payee("agency_service_fee") == "halvmane"
    assert alva.exclusive_factor == 25_000
