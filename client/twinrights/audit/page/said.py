"""How a page says things: names of wallets and twins, days, amounts, counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from twinrights.audit.findings import short
from twinrights.audit.page.markup import Element, el
from twinrights.audit.report import Report

__all__ = ["Said", "across", "count", "day", "moment", "month", "percent"]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one report: `names` are what people call accounts, by their addresses."""

    report: Report
    names: Mapping[str, str]
    owners: Mapping[int, str]

    @classmethod
    def of(cls, report: Report, names: Mapping[str, str]) -> Said:
        """Return the words of a report."""
        return cls(report, names, {twin.id: twin.owner for twin in report.twins})

    def wallet(self, address: str) -> str:
        """Return what people call a wallet, or its address by its ends."""
        return self.names.get(address) or short(address)

    def twin(self, twin_id: int) -> str:
        """Return what people call the owner of a twin, or the twin's id by its ends."""
        return self.names.get(self.owners.get(twin_id, "")) or f"twin {short(twin_id)}"

    def money(self, units: int, currency: str) -> str:
        """Return an amount with all decimals and its symbol."""
        return self.report.coins.say(units, currency)

    def symbol(self, currency: str) -> str:
        """Return the symbol of a currency, or its address by its ends."""
        return self.report.coins.symbol(currency) or f"units of {short(currency)}"

    def number(self, units: int, currency: str) -> Element:
        """Return an amount without its symbol, the decimals dimmed; for columns of one currency."""
        text = self.money(units, currency).partition(" ")[0]
        whole, point, decimals = text.partition(".")
        return el("span", whole, el("span", f"{point}{decimals}", class_="dim") if point else None)


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 license", "66 licenses"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def day(seconds: int) -> str:
    """Return the day of a second in UTC, as people say it: "1 Feb 2027"."""
    try:
        when = datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
    return f"{when.day} {when:%b} {when.year}"


def month(seconds: int) -> str:
    """Return the month of a second in UTC: "Feb 2027"."""
    return day(seconds).partition(" ")[2]


def percent(part: int, whole: int) -> str:
    """Return where a part stands in a whole, as a style wants it, to a hundredth of a percent."""
    hundredths = part * 10_000 // (whole or 1)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def across(marks: Iterable[tuple[int, str]], since: int, until: int) -> Element:
    """Return the words under an axis of time; the last ones end at their mark."""
    spans = []
    for time, text in marks:
        is_last = (time - since) * 100 > (until - since) * 88
        place = f"left:{percent(time - since, until - since)}"
        spans.append(el("span", text, style=place, class_="end" if is_last else None))
    return el("div", spans, class_="across", aria_hidden="true")


def moment(seconds: int) -> str:
    """Return the day and minute of a second in UTC."""
    try:
        when = datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
    return f"{when.day} {when:%b} {when.year}, {when:%H:%M} UTC"
