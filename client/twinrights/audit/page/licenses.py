"""Every license as a bar in time, by twin: what was granted, paid for, cut short, exclusive."""

from __future__ import annotations

from collections.abc import Sequence

from twinrights.audit.page import axis
from twinrights.audit.page.markup import Element, el
from twinrights.audit.page.said import Said, across, count, day
from twinrights.audit.state import License
from twinrights.terms import Reason

__all__ = ["WIDTH", "section", "state"]

WIDTH, HEIGHT = 1_000, 14
"""Of a bar's own units; it is stretched to the place that it has."""

ENDINGS = {
    "Declined": "declined",
    "Surrendered": "surrendered",
    "LapseEnded": "ended unpaid",
    "NoticeGiven": "ended by notice",
}

COLOURS = 6

FARTHEST = 10 * 365 * 86_400
"""Seconds after the newest block that bars reach: a start may be in any year that 40 bits hold."""

LAPSES = {
    Reason.NONE: "live",
    Reason.NOT_STARTED: "not started",
    Reason.ENDED: "ended",
    Reason.UNPAID: "unpaid",
}


def section(said: Said) -> Element | None:
    """Return all licenses, each a row with its bar; None where there are none."""
    licenses = said.report.licenses
    if not licenses:
        return None
    now = said.report.time
    since = min(now, *(each.start for each in licenses))
    until = min(max(now, *(each.granted_end for each in licenses)), now + FARTHEST)
    licensees = list(dict.fromkeys(each.licensee for each in licenses))
    of_twin: dict[int, list[License]] = {}
    for each in licenses:
        of_twin.setdefault(each.twin_id, []).append(each)
    groups = [
        el(
            "section",
            el("h3", said.twin(twin_id)),
            [_row(said, each, licensees, since, until) for each in held],
            class_="twin",
        )
        for twin_id, held in of_twin.items()
    ]
    live = sum(state(said, each) == "live" for each in licenses)
    return el(
        "section",
        el("h2", "Licenses in time"),
        el(
            "p",
            f"{count(len(licenses), 'license')} of {count(len(of_twin), 'twin')}, {live} live "
            f"on {day(now)}. Each row says in words what its bar shows.",
            class_="lead",
        ),
        _legend(said, licensees),
        el("div", _axis(since, until), groups, _axis(since, until), class_="timeline"),
        class_="licenses",
    )


def state(said: Said, license: License) -> str:
    """Return what has become of a license: live, not started, unpaid, or how it ended."""
    happened = {event.name for event, _ in said.report.ledger.world.lives[license.id]}
    lapse = license.lapse(said.report.time)
    if license.end < license.granted_end:
        how = next((name for name in ENDINGS if name in happened), "")
        if how == "NoticeGiven" and lapse is not Reason.ENDED:
            return f"{LAPSES[lapse]}, notice given"
        if how:
            return ENDINGS[how]
    return LAPSES[lapse]


def _row(said: Said, license: License, licensees: Sequence[str], since: int, until: int) -> Element:
    colour = f"c{licensees.index(license.licensee) % COLOURS}"
    marks = [state(said, license), "exclusive" if license.is_exclusive else None]
    start, last = day(license.start), day(max(license.start, license.end - 1))
    symbol = said.symbol(license.currency)
    early = license.end < license.granted_end
    return el(
        "div",
        el("p", el("i", class_=colour), said.wallet(license.licensee), class_="who"),
        _bar(license, colour, said.report.time, since, until),
        el(
            "p",
            f"{start} – {last}",
            el("small", f"granted through {day(license.granted_end - 1)}") if early else None,
            class_="when",
        ),
        el("p", ", ".join(filter(None, marks)), class_="state"),
        el("p", said.number(license.fee, license.currency), f" {symbol}", class_="fee"),
        class_="license",
        data_license=f"0x{license.id:064x}",
    )


def _bar(license: License, colour: str, now: int, since: int, until: int) -> Element:
    """Return what was granted (outlined), what is paid for (full), and where it really ends."""

    def x(time: int) -> int:
        return (min(max(time, since), until) - since) * WIDTH // (until - since or 1)

    def box(
        begins: int, ends: int, class_: str, *, y: int = 2, height: int = HEIGHT - 4
    ) -> Element:
        left = min(x(begins), WIDTH - 2)
        width = max(x(ends) - left, 2)
        return el("rect", x=left, y=y, width=width, height=height, class_=class_)

    end = max(license.start, license.end)
    paid = min(end, license.paid_through)
    grid = [
        el("line", x1=x(time), x2=x(time), y1=0, y2=HEIGHT, class_="grid")
        for time, _ in axis.days(since, until)
    ]
    parts = [box(license.start, license.granted_end, "granted")]
    if paid > license.start:
        parts.append(box(license.start, paid, f"paid {colour}"))
    if end > paid:
        parts.append(box(max(paid, license.start), end, f"unpaid {colour}"))
    if license.is_exclusive:
        parts.append(box(license.start, end, "exclusive", y=HEIGHT // 2 - 1, height=2))
    if license.end < license.granted_end:
        parts.append(el("line", x1=x(end), x2=x(end), y1=0, y2=HEIGHT, class_="early"))
    parts.append(el("line", x1=x(now), x2=x(now), y1=0, y2=HEIGHT, class_="now"))
    return el(
        "svg",
        grid,
        parts,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _axis(since: int, until: int) -> Element:
    return el("div", across(axis.days(since, until), since, until), class_="axis")


def _legend(said: Said, licensees: Sequence[str]) -> Element:
    brands = [
        el("li", el("i", class_=f"c{place % COLOURS}"), said.wallet(address))
        for place, address in enumerate(licensees[: 2 * COLOURS])
    ]
    meaning = (
        ("granted", "granted"),
        ("unpaid c0", "not paid for"),
        ("exclusive", "exclusive"),
        ("early", "ended early"),
        ("now", f"{day(said.report.time)}, the newest block"),
    )
    keys = [el("li", el("i", class_=f"key {class_}"), text) for class_, text in meaning]
    return el("ul", brands, keys, class_="legend")
