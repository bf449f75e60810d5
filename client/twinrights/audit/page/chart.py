"""What the licenses of a currency earned over time, by role, and what was paid out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twinrights import words
from twinrights.audit.page import axis
from twinrights.audit.page.markup import Element, el
from twinrights.audit.page.said import Said, across, day, percent
from twinrights.audit.state import Flow

__all__ = ["HEIGHT", "SAMPLES", "WIDTH", "chart"]

WIDTH, HEIGHT = 1_000, 300
"""Of a chart's own units; it is stretched to the place that it has."""

SAMPLES = 120
"""Points of time between which a chart draws straight lines."""

Point = tuple[int, int]
"""A second and an amount."""


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where seconds and amounts lie in a chart, in tenths of its units."""

    since: int
    until: int
    most: int

    def line(self, points: Iterable[Point]) -> str:
        """Return points as SVG writes them."""
        return " ".join(f"{_tenth(self.x(time))},{_tenth(self.y(sum_))}" for time, sum_ in points)

    def x(self, time: int) -> int:
        return (time - self.since) * WIDTH * 10 // (self.until - self.since)

    def y(self, amount: int) -> int:
        return HEIGHT * 10 - amount * HEIGHT * 10 // self.most


def chart(said: Said, currency: str) -> Element | None:
    """Return the chart; None where no time has passed since the first grant."""
    ledger = said.report.ledger
    granted = [each.granted_at for each in said.report.licenses if each.currency == currency]
    since, until = min(granted), ledger.now.time
    if since >= until:
        return None
    times = [*(since + (until - since) * place // SAMPLES for place in range(SAMPLES)), until]
    cuts = [*map(ledger.cut, times[:-1]), ledger.now]
    earned = [ledger.earned(currency, cut) for cut in cuts]
    paid = _paid(said, currency)
    whole = sum(earned[-1].values())
    plane = _Plane(since, until, max(whole, paid[-1][1], 1))
    label = (
        f"Stacked areas from {day(since)} to {day(until)}: {said.money(whole, currency)} earned "
        f"in all, {said.money(paid[-1][1], currency)} of it paid out. The tables have every figure."
    )
    marks = axis.amounts(plane.most, decimals=said.report.coins.decimals(currency) or 0)
    svg = el(
        "svg",
        [_grid(plane, amount) for amount, _ in marks],
        _areas(plane, times, earned),
        el("polyline", points=plane.line(paid), class_="halo"),
        el("polyline", points=plane.line(paid), class_="paid"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )
    up = [
        el("span", text, style=f"bottom:{percent(amount, plane.most)}")
        for amount, text in marks[1:]
    ]
    return el(
        "figure",
        el("figcaption", f"Earned in all, in {said.symbol(currency)}"),
        el("div", svg, el("div", up, class_="up", aria_hidden="true"), class_="plot"),
        across(axis.days(since, until), since, until),
        _legend(earned[-1]),
        class_="chart",
    )


def _areas(plane: _Plane, times: Sequence[int], earned: Sequence[dict[int, int]]) -> list[Element]:
    """Return an area for each role, the owner's lowest."""
    areas, below = [], [0] * len(times)
    for role in earned[-1]:
        above = [low + each[role] for low, each in zip(below, earned, strict=True)]
        outline = [*zip(times, above, strict=True), *reversed([*zip(times, below, strict=True)])]
        points = plane.line(outline)
        name = words.role_name(role)
        areas.append(el("polygon", points=points, class_=f"area r{role}", data_role=name))
        below = above
    return areas


def _paid(said: Said, currency: str) -> list[Point]:
    """Return what had been paid out, as steps at the seconds of the pay-outs."""
    ledger, paid, steps = said.report.ledger, 0, []
    for posting in ledger.world.postings:
        if posting.currency == currency and posting.flow is Flow.SHARE:
            steps.append((posting.event.time, paid))
            paid += posting.amount
            steps.append((posting.event.time, paid))
    first = min(each.granted_at for each in said.report.licenses if each.currency == currency)
    return [(first, 0), *dict.fromkeys(steps), (ledger.now.time, paid)]


def _grid(plane: _Plane, amount: int) -> Element:
    y = _tenth(plane.y(amount))
    return el("line", x1=0, x2=WIDTH, y1=y, y2=y, class_="grid", data_amount=amount)


def _legend(roles: Iterable[int]) -> Element:
    entries = [
        el("li", el("i", class_=f"r{role}"), words.role_label(role))
        for role in reversed(list(roles))
    ]
    paid = el("li", el("i", class_="paid"), "paid out, in all")
    return el("ul", entries, paid, class_="legend")


def _tenth(value: int) -> str:
    """Return a tenth of a whole number, as charts write it."""
    whole, rest = divmod(value, 10)
    return f"{whole}.{rest}" if rest else str(whole)
