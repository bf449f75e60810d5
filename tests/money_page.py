"""Reads docs/money.md: its tables, its figures, and the sums that are written out beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from twinrights import words

__all__ = ["PAGE", "Asked", "Card", "Row", "asked", "card", "read", "results", "rows", "weigh"]

PAGE = Path(__file__).parents[1] / "docs" / "money.md"
UNIT = 10**6
"""One dollar of the page in its last units."""

Table = list[list[str]]


@dataclass(frozen=True)
class Row:
    """One line of a table of sums."""

    section: str
    what: str
    worked_out: str
    result: str


@dataclass(frozen=True)
class Card:
    """The page's rate card: amounts in the last unit, weights in 1/10,000, shares in bps."""

    day_rate: int
    image_rate: int
    floor: int
    min_days: int
    max_days: int
    max_quota: int
    notice: int
    exclusive_factor: int
    uses: tuple[tuple[int, int], ...]
    markets: tuple[tuple[int, int], ...]
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Asked:
    """What a licensee asks for, in the contracts' own masks."""

    days: int
    uses: int
    markets: int
    exclusive: bool
    quota: int


def read() -> dict[str, list[Table]]:
    """Return the tables under each heading of the page, each with its head row first."""
    sections: dict[str, list[Table]] = {}
    tables: list[Table] = []
    is_open = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            tables = sections.setdefault(line.lstrip("# "), [])
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            is_open = False
        elif not is_open:
            tables.append([cells])
            is_open = True
        elif not set("".join(cells)) <= set("-:"):
            tables[-1].append(cells)
    return sections


def rows() -> list[Row]:
    """Return every line of every table of sums, in the page's order."""
    return [
        Row(section, *cells)
        for section, tables in read().items()
        for table in tables
        if table[0] == ["what", "worked out", "result"]
        for cells in table[1:]
    ]


def results(section: str) -> dict[str, int]:
    """Return a section's results: money in the last unit, weights in 1/10,000, counts."""
    found = [row for row in rows() if row.section == section]
    figures = {row.what: _figure(row.result) for row in found}
    assert len(figures) == len(found), f"{section}: one line stands there twice"
    return figures


def card() -> Card:
    """Return the rate card of the page."""
    prices, bounds, uses, groups, shares = (dict(table[1:]) for table in read()["The rate card"])
    parts = [(name, _figure(percent)) for name, percent in shares.items()]
    others = [(name, bps) for name, bps in parts if name != "owner"]
    assert sum(bps for _, bps in parts) == 10_000
    return Card(
        day_rate=_figure(prices["day rate"]),
        image_rate=_figure(prices["image rate"]),
        floor=_figure(prices["floor"]),
        min_days=_figure(bounds["least days"]),
        max_days=_figure(bounds["most days"]),
        max_quota=_figure(bounds["most images"]),
        notice=_figure(bounds["days of notice"]) * 86_400,
        exclusive_factor=_figure(bounds["factor for exclusivity"]),
        uses=tuple((_bit(words.uses([name])), _figure(weight)) for name, weight in uses.items()),
        markets=tuple((words.markets(group.split()), _figure(w)) for group, w in groups.items()),
        shares=tuple(others),
    )


def asked(section: str) -> Asked:
    """Return what the licensee of a section asks for."""
    answers = dict(next(t for t in read()[section] if t[0] == ["asked for", "answer"])[1:])
    return Asked(
        days=int(answers["days"]),
        uses=words.uses(answers["uses"].split(", ")),
        markets=words.markets(answers["markets"].split(", ")),
        exclusive={"yes": True, "no": False}[answers["exclusive"]],
        quota=int(answers["quota"]),
    )


def weigh(worked_out: str, result: str) -> tuple[Fraction, Fraction]:
    """Return what a written sum comes to, and the result that the page gives for it."""
    places = len(result.partition(".")[2])

    def rounded(how: object) -> object:
        return lambda x: Fraction(how(x * 10**places), 10**places)  # type: ignore[operator]

    source = re.sub(r"\d[\d,]*(?:\.\d+)?", lambda m: f"n('{m[0].replace(',', '')}')", worked_out)
    for sign, code in _SIGNS.items():
        source = source.replace(sign, code)
    names = {"n": Fraction, "up": rounded(ceil), "down": rounded(floor), "max": max, "min": min}
    return eval(source, {"__builtins__": {}}, names), Fraction(result.replace(",", ""))


_SIGNS = {"⌊": "down(", "⌋": ")", "⌈": "up(", "⌉": ")", "×": "*", "÷": "/", "−": "-", ";": ","}


def _figure(text: str) -> int:
    """Six decimals are money, four a weight, two a percentage, none a count."""
    whole, _, decimals = text.replace(",", "").partition(".")
    assert len(decimals) in (0, 2, 4, 6), text
    return int(whole + decimals)


def _bit(mask: int) -> int:
    return mask.bit_length() - 1
