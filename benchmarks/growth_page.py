"""The growth of gas as drawings and words, from `growth.json`.

They are `docs/growth-*.svg` and `docs/growth.md`, whose own words are in `growth_page.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Any

from benchmarks import gas_page
from benchmarks.floors import transfers
from benchmarks.gas import BOOK

__all__ = ["BLOCK", "CAP", "DATA", "POOL", "files", "fits", "kept", "line", "statements"]

DATA = Path(__file__).with_name("growth.json")
TEMPLATE = Path(__file__).with_name("growth_page.md")
DOCS = Path(__file__).parent.parent / "docs"

POOL = 128 * 1024
"""Bytes of the largest transaction that the pools of Geth and Reth take; a block takes larger."""
CAP = 2**24
"""Gas that one transaction may use since Osaka (EIP-7825)."""
BLOCK = 30_000_000
"""Gas of a block of the year in which Shanghai came."""
ENVELOPE = 200
"""More than a transaction has beside its calldata: nonce, fees, address, signature."""

INK, GREEN, RED, PAPER, GRID = "#3a3a44", "#28503f", "#b3423a", "#fbfaf7", "#dcd8cc"

Point = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """A line of a drawing: its words, points and color.

    Figures stand above it or `below` it, its words and its last figure below where `words_below`.
    """

    words: str
    points: tuple[Point, ...]
    color: str
    is_dashed: bool = False
    below: bool = False
    words_below: bool = False


def kept() -> dict[str, list[dict[str, Any]]]:
    """Return what `growth.json` holds."""
    found: dict[str, list[dict[str, Any]]] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def line(points: Sequence[Point]) -> tuple[float, float]:
    """Return where the line of least squares through points begins, and its slope."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    return mean_y - slope * mean_x, slope


def fits(begin: float, slope: float, most: int) -> int:
    """Return the largest count whose value on a line is at most so much."""
    return int((most - begin) // slope)


def points(rows: Sequence[Mapping[str, Any]], x: str, y: str) -> tuple[Point, ...]:
    """Return two columns of rows."""
    return tuple((row[x], row[y]) for row in rows)


def facts(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return every figure of the page's sentences."""
    grant, pay_out, record = found["grant"], found["pay_out"], found["record"]
    free = [row["gas_shanghai"] for row in grant]
    begin, slope = line(points(grant, "licenses", "exclusive_shanghai"))
    begin_dropping, slope_dropping = line(points(grant, "licenses", "exclusive_dropping_shanghai"))
    size, entry = line(points(grant, "licenses", "exclusive_bytes_shanghai"))
    floor_begin, floor_slope = line(points(grant, "licenses", "exclusive_floor_prague"))
    begin_out, slope_out = line(points(pay_out, "wallets", "gas"))
    _, slope_beside = line(points(found["grant_beside_exclusives"], "exclusives", "gas"))
    booking = next(r["gas"] for r in gas_page.beside() if r["operation"] == BOOK.operation)
    in_pool = fits(size, entry, POOL - ENVELOPE)
    in_cap = fits(floor_begin, floor_slope, CAP)
    return {
        "free": free[0],
        "free_spread": max(free) - min(free),
        "beside_none": found["grant_beside_exclusives"][0]["gas"],
        "beside_most": found["grant_beside_exclusives"][-1]["gas"],
        "beside_slope": slope_beside,
        "begin": begin,
        "slope": slope,
        "slope_dropping": slope_dropping,
        "floor_slope": floor_slope,
        "entry": entry,
        "most": grant[-1]["exclusive_shanghai"],
        "most_prague": grant[-1]["exclusive_prague"],
        "in_pool": in_pool,
        "in_block": fits(begin_dropping, slope_dropping, BLOCK),
        "in_cap": in_cap,
        "booking": booking,
        "in_pool_after": in_pool + 1,
        "in_cap_after": in_cap + 1,
        "attack": (in_pool + 1) * booking,
        "attack_cap": (in_cap + 1) * booking,
        "pay_begin": begin_out,
        "pay_slope": slope_out,
        "pay_most": pay_out[-1]["gas"],
        "transfer": transfers(2).gas - transfers(1).gas,
        "record_least": min(row["gas"] for row in record),
        "record_most": max(row["gas"] for row in record),
    }


def statements(found: Mapping[str, Any]) -> str:
    """Return a sentence for each curve."""
    of = facts(found)
    return "\n".join(
        (
            f"a non-exclusive grant: flat, {of['free']:,} gas, within {of['free_spread']}",
            f"an exclusive grant: linear, {of['begin']:,.0f} + {of['slope']:,.0f} an entry",
            f"a pay-out: linear, {of['pay_begin']:,.0f} + {of['pay_slope']:,.0f} a wallet",
            f"a record: flat, {of['record_least']:,} to {of['record_most']:,} gas",
        )
    )


def files(found: Mapping[str, Any]) -> dict[Path, str]:
    """Return the page and its drawings, by their places."""
    grant = found["grant"]
    free = Curve(
        "non-exclusive: flat",
        points(grant, "licenses", "gas_shanghai"),
        GREEN,
        below=True,
        words_below=True,
    )
    exclusive = Curve(
        "exclusive: linear", points(grant, "licenses", "exclusive_shanghai"), RED, words_below=True
    )
    prague = Curve(
        "exclusive, where calldata has a floor (Prague)",
        points(grant, "licenses", "exclusive_prague"),
        RED,
        is_dashed=True,
    )
    pay_out = Curve("pay out", points(found["pay_out"], "wallets", "gas"), GREEN)
    record = Curve("record a batch", points(found["record"], "images", "gas"), GREEN)
    return {
        DOCS / "growth-grant.svg": _drawn(
            "A grant, against the entries of the conflict book",
            "entries: licenses of the twin and category (both axes: each step ten times the last)",
            (prague, exclusive, free),
            across=_Log(1, 1_000),
            up=_Log(10_000, 10_000_000),
        ),
        DOCS / "growth-pay-out.svg": _drawn(
            "A pay-out, against the wallets that it pays",
            "wallets",
            (pay_out,),
            across=_Even(0, 16, 4),
            up=_Even(0, 250_000, 50_000),
        ),
        DOCS / "growth-record.svg": _drawn(
            "A record, against the images of the batch",
            "images in the tree (each step is ten times the last)",
            (record,),
            across=_Log(1, 1_000_000),
            up=_Even(0, 60_000, 10_000),
        ),
        DOCS / "growth.md": _page(found),
    }


def _page(found: Mapping[str, Any]) -> str:
    grant = "".join(
        f"| {r['licenses']:,} | {r['gas_shanghai']:,} | {r['exclusive_shanghai']:,} "
        f"| {r['exclusive_dropping_shanghai']:,} | {r['exclusive_prague']:,} "
        f"| {r['exclusive_bytes_shanghai']:,} |\n"
        for r in found["grant"]
    )
    beside = "".join(
        f"| {r['exclusives']} | {r['gas']:,} |\n" for r in found["grant_beside_exclusives"]
    )
    pay_out = "".join(f"| {r['wallets']} | {r['gas']:,} |\n" for r in found["pay_out"])
    record = "".join(
        f"| {r['images']:,} | {r['gas']:,} | `{r['root'][:18]}…` |\n" for r in found["record"]
    )
    return TEMPLATE.read_text(encoding="utf-8").format(
        grant=grant, beside=beside, pay_out=pay_out, record=record, **facts(found)
    )


@dataclass(frozen=True)
class _Even:
    """An axis with even steps."""

    first: int
    last: int
    step: int

    def place(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        return (value - self.first) / (self.last - self.first)

    def ticks(self) -> list[int]:
        """Return the values that are named."""
        return list(range(self.first, self.last + 1, self.step))


@dataclass(frozen=True)
class _Log:
    """An axis on which each step is ten times the last."""

    first: int
    last: int

    def place(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        return log10(value / self.first) / log10(self.last / self.first)

    def ticks(self) -> list[int]:
        """Return the values that are named."""
        found, value = [], self.first
        while value <= self.last:
            found.append(value)
            value *= 10
        return found


WIDTH, HEIGHT = 880, 420
LEFT, RIGHT, TOP, BOTTOM = 110, 36, 70, 64
PAD = 40
"""Between the frame and the first and last figure."""


def _drawn(title: str, across_words: str, curves: Sequence[Curve], *, across: Any, up: Any) -> str:
    def x(value: float) -> float:
        return LEFT + PAD + across.place(value) * (WIDTH - LEFT - RIGHT - 2 * PAD)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM)

    said = "; ".join(
        f"{c.words}: " + ", ".join(f"{gas:,.0f} gas at {at:,.0f}" for at, gas in c.points)
        for c in curves
    )
    font = "system-ui, -apple-system, Segoe UI, sans-serif"
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{font}" font-size="14">',
        f"  <title>{title}</title>",
        f"  <desc>Gas. {said}.</desc>",
        f'  <rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="{PAPER}"/>',
        f'  <text x="36" y="38" font-size="17" font-weight="600" fill="{INK}">{title}</text>',
    ]
    grid = []
    for tick in up.ticks():
        at = y(tick)
        grid.append(f'  <path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        grid.append(_text(LEFT - 12, at + 5, f"{tick:,}", INK, "end"))
    for tick in across.ticks():
        at = x(tick)
        grid.append(f'  <path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{GRID}"/>')
        grid.append(_text(at, HEIGHT - BOTTOM + 22, f"{tick:,}", INK, "middle"))
    middle = (LEFT + WIDTH - RIGHT) / 2
    grid.append(_text(middle, HEIGHT - 16, across_words, INK, "middle"))
    grid.append(_text(LEFT - 12, TOP - 12, "gas", INK, "end"))
    body = [part for curve in curves for part in _curve(curve, x, y)]
    return "\n".join((*head, *grid, *body, "</svg>")) + "\n"


def _curve(curve: Curve, x: Callable[[float], float], y: Callable[[float], float]) -> list[str]:
    way = "L".join(f"{x(at):.1f} {y(gas):.1f}" for at, gas in curve.points)
    dashes = ' stroke-dasharray="6 5"' if curve.is_dashed else ""
    parts = [f'  <path d="M{way}" fill="none" stroke="{curve.color}" stroke-width="2.4"{dashes}/>']
    for at, gas in curve.points:
        parts.append(f'  <circle cx="{x(at):.1f}" cy="{y(gas):.1f}" r="4" fill="{curve.color}"/>')
        # Two curves that begin at one point are named once, by the solid one.
        if not curve.is_dashed or at == curve.points[-1][0]:
            is_below = curve.below or (curve.words_below and at == curve.points[-1][0])
            away = 24 if is_below else -12
            parts.append(_text(x(at), y(gas) + away, f"{gas:,.0f}", curve.color, "middle"))
    return [*parts, _named(curve, x, y)]


def _named(curve: Curve, x: Callable[[float], float], y: Callable[[float], float]) -> str:
    """Return the curve's words, beside the middle of its last stretch."""
    (a, first), (b, last) = curve.points[-2:]
    at, gas = (x(a) + x(b)) / 2, (y(first) + y(last)) / 2
    if curve.is_dashed:
        return _text(at - 14, gas - 6, curve.words, curve.color, "end")
    away = 46 if curve.words_below else -34
    return _text(at, gas + away, curve.words, curve.color, "middle")


def _text(x: float, y: float, words: str, color: str, anchor: str) -> str:
    return f'  <text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{words}</text>'
