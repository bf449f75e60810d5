"""docs/review.md leaves no function out, and names tests and findings that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from twinrights.artifacts import load

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "review.md").read_text(encoding="utf-8")
SECTIONS = {
    "TwinLicense": ("TwinLicense",),
    "DigitalTwin and TokenMetadata": ("DigitalTwin", "TokenMetadata"),
}
"""The contracts of each section; the first one's functions go without its name."""

ROOMS = (
    *("TwinLicense.sol", "RoyaltyStream.sol", "Exclusivity.sol", "UsageLedger.sol"),
    *("LicenseState.sol", "libraries/StreamMath.sol", "libraries/ShareMath.sol"),
    *("libraries/Push.sol", "libraries/Quote.sol"),
)
"""Where money passes, and what decides about it."""

FUNCTION = ["function", "who may call", "what was tried", "finding", "held by"]
INSIDE = ["inside", "called by", "what was tried", "finding", "held by"]
FINDING = ["finding", "", "what it is", "what became of it", "held by"]


def rows(section: str, heads: list[str]) -> Iterator[list[str]]:
    """Yield the rows of a section's table that has these heads."""
    _, rest = PAGE.split(f"\n## {section}\n")
    table: list[str] = []
    for line in rest.split("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if "|" in line else []
        if not cells:
            table = []
        elif not table:
            table = [cell.strip() for cell in line.split("|")[1:-1]]
        elif table == heads and "---" not in line:
            assert len(cells) == len(heads), line
            yield cells


def functions_of(contract: str) -> list[str]:
    return [each["name"] for each in load(contract).abi if each["type"] == "function"]


def inside(room: str) -> set[str]:
    """Return the functions of a source that only the contract itself calls."""
    source = (TESTS.parent / "contracts" / room).read_text(encoding="utf-8")
    names = re.findall(
        r"^    function (\w+)\([^{;]*?\b(?:private|internal)\b", source, re.MULTILINE
    )
    return {name if name[0] == "_" else f"{Path(room).stem}.{name}" for name in names}


def holding() -> set[str]:
    """Return the tests that the tables name."""
    return {
        row[-1]
        for each in SECTIONS
        for head in (FUNCTION, INSIDE, FINDING)
        for row in rows(each, head)
    }


@pytest.mark.parametrize("section", SECTIONS)
def test_each_function_has_its_row(section: str) -> None:
    reviewed = [
        name for row in rows(section, FUNCTION) for name in re.findall(r"`([^`]+)`", row[0])
    ]
    first, *others = SECTIONS[section]
    expected = {*functions_of(first)}
    expected |= {f"{other}.{name}" for other in others for name in functions_of(other)}
    assert len(reviewed) == len(set(reviewed))
    assert set(reviewed) == expected


def test_each_function_that_money_passes_inside_has_its_row() -> None:
    reviewed = [
        name for row in rows("TwinLicense", INSIDE) for name in re.findall(r"`([^`]+)`", row[0])
    ]
    # What the EIP-712 domain is called is no deed.
    expected = set().union(*map(inside, ROOMS)) - {"_domainNameAndVersion"}
    assert len(reviewed) == len(set(reviewed))
    assert set(reviewed) == expected


@pytest.mark.parametrize("section", SECTIONS)
def test_each_row_says_who_what_and_the_outcome(section: str) -> None:
    for row in (*rows(section, FUNCTION), *rows(section, INSIDE), *rows(section, FINDING)):
        assert all(row[:1] + row[2:]), row


@pytest.mark.parametrize("section", SECTIONS)
def test_each_finding_that_a_row_names_is_told_once(section: str) -> None:
    told = [row[0] for row in rows(section, FINDING)]
    named = {
        name
        for row in (*rows(section, FUNCTION), *rows(section, INSIDE))
        if row[3] != "none"
        for name in row[3].split(", ")
    }
    assert len(told) == len(set(told))
    assert named <= set(told)


@pytest.mark.parametrize("test", sorted(holding()))
def test_each_test_that_holds_something_is_there(test: str) -> None:
    file, *names = test.strip("`").split("::")
    source = (TESTS / file).read_text(encoding="utf-8")
    for name in names:
        assert re.search(rf"^ *(?:def|class) {name}\b", source, re.MULTILINE)
