"""How many images were declared for which use in which market: a table whose cells are shaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from twinrights import words
from twinrights.audit.page.markup import Element, el, table
from twinrights.audit.page.said import Said, count
from twinrights.terms import Kind

__all__ = ["section"]

MOST = 8
"""Columns that fit on a phone."""

SHADES = 6

Images = Mapping[tuple[int, int], int]
"""Images by the number of a use and the bits of a set of markets."""


def section(said: Said) -> Element | None:
    """Return the table; None where nothing was declared."""
    images = _images(said)
    if not images:
        return None
    uses = _most({use: sum(images[use, m] for u, m in images if u == use) for use, _ in images})
    columns = _columns(images)
    most = max(images.values())
    rows = []
    for use in uses:
        cells = [
            el(
                "td",
                number or el("span", "–", class_="none"),
                class_=_shade(number, most),
                data_use=words.use_names(1 << use)[0],
                data_markets=_codes(markets),
            )
            for markets in columns
            for number in [images[use, markets & -markets]]
        ]
        label = words.use_labels(1 << use)[0]
        rows.append(el("tr", el("th", label, scope="row"), cells))
    left = _left_out(images, columns)
    return el(
        "section",
        el("h2", "Uses by market"),
        el(
            "p",
            "Images that were declared for each use in each market. An image counts once under "
            "each license, in each use and market that it was declared for; markets with the same "
            "figures share a column.",
            class_="lead",
        ),
        el(
            "div",
            table(
                "Images declared, by use and market",
                ("use", *(_heading(markets) for markets in columns)),
                rows,
                class_="heat",
            ),
        ),
        el("p", f"Not shown for lack of room: {words.market_words(left)}.", class_="note")
        if left
        else None,
        _statements(said),
        class_="uses",
    )


def _images(said: Said) -> Images:
    """Return the images of each use and single market."""
    images: Counter[tuple[int, int]] = Counter()
    for batch in said.report.usage:
        if batch.kind is Kind.DECLARED:
            for use in _bits(batch.uses):
                for market in _bits(batch.markets):
                    images[use, 1 << market] += batch.images
    return images


def _columns(images: Images) -> list[int]:
    """Return sets of markets whose figures are the same, those with the most images first."""
    figures: dict[int, tuple[tuple[int, int], ...]] = {}
    for market in {market for _, market in images}:
        figures[market] = tuple(sorted((u, n) for (u, m), n in images.items() if m == market))
    alike: Counter[tuple[tuple[int, int], ...]] = Counter()
    for market, figure in figures.items():
        alike[figure] |= market
    order = sorted(alike, key=lambda figure: (-sum(n for _, n in figure), alike[figure]))
    return [alike[figure] for figure in order[:MOST]]


def _left_out(images: Images, columns: list[int]) -> int:
    every = 0
    for _, market in images:
        every |= market
    return every & ~sum(columns)


def _most(totals: Mapping[int, int]) -> list[int]:
    return sorted(totals, key=lambda each: (-totals[each], each))


def _heading(markets: int) -> Element:
    names = words.market_words(markets)
    return el("span", names)


def _codes(markets: int) -> str:
    return " ".join(words.market_names(markets))


def _shade(number: int, most: int) -> str:
    return f"h{-(-number * SHADES // most)}"


def _statements(said: Said) -> Element | None:
    """Return what was stated after the fact, which grants nothing."""
    late = [batch for batch in said.report.usage if batch.kind is not Kind.DECLARED]
    if not late:
        return None
    parts = [
        f"{count(sum(b.images for b in late if b.kind is kind), 'image')} stated as {name}"
        for kind, name in ((Kind.LATE, "published late"), (Kind.REMOVED, "removed"))
        if any(batch.kind is kind for batch in late)
    ]
    return el("p", f"Beside these: {' and '.join(parts)}.", class_="note")


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
