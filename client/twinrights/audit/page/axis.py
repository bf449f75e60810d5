"""Where the marks of an axis stand: round amounts, and first days of months, weeks or years."""

from __future__ import annotations

from datetime import datetime, timezone

__all__ = ["Mark", "amounts", "days"]

Mark = tuple[int, str]
"""A value and what is written at it."""

DAY = 86_400
STEPS = (1, 2, 5)

NO_DATE = 252_460_800_000
"""A second of the year 9970: a clock that shows more has no days to write."""


def amounts(most: int, *, decimals: int, count: int = 4) -> list[Mark]:
    """Return round amounts from 0 up to `most` (in the smallest unit), about `count` of them."""
    one = 10**decimals
    step, size = 1, 1
    while most // step > count:
        size = size * 10 if step == 5 * size else size
        step = next((each * size for each in STEPS if each * size > step), 10 * size)
    marks = []
    for value in range(0, most + 1, step):
        whole, rest = divmod(value, one)
        decimal = f".{rest:0{decimals}d}".rstrip("0") if rest else ""
        marks.append((value, f"{whole:,}{decimal}"))
    return marks


def days(since: int, until: int, *, count: int = 6) -> list[Mark]:
    """Return first days (UTC) of spans in [since, until], at most `count`."""
    if until >= NO_DATE:
        return []
    first = datetime.fromtimestamp(since, timezone.utc)
    last = datetime.fromtimestamp(until, timezone.utc)
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600):
        found = []
        for number in range(first.year * 12, (last.year + 1) * 12, months):
            month = datetime(number // 12, number % 12 + 1, 1, tzinfo=timezone.utc)
            if since <= int(month.timestamp()) <= until:
                found.append(month)
        if 1 < len(found) <= count:
            return _shortened(found)
        if len(found) <= 1:
            break
    step = max(1, -(-(until - since) // (count * DAY)))
    midnight = -(-since // DAY) * DAY
    return [
        (second, f"{datetime.fromtimestamp(second, timezone.utc):%d %b}".lstrip("0"))
        for second in range(midnight, until + 1, step * DAY)
    ][:count]


def _shortened(months: list[datetime]) -> list[Mark]:
    """Return months with their year where it is another than before."""
    years = [0, *(month.year for month in months)]
    return [
        (
            int(month.timestamp()),
            f"{month:%b}" if month.year == before else f"{month:%b} {month.year}",
        )
        for month, before in zip(months, years, strict=False)
    ]
