"""What a plan says: the same figures for machines, as a table for people, and as a sheet."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from twinrights import words
from twinrights.campaign.buy import due
from twinrights.campaign.plan import Line, Plan
from twinrights.cli import look, show
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session
from twinrights.errors import InTheWay, Refused
from twinrights.memo.phrases import counted

__all__ = ["answer", "write"]

COLUMNS = (
    *("row", "twin", "uses", "markets", "category", "exclusive", "start", "end", "quota"),
    *("reference", "fee", "least_deposit", "currency", "state", "says", "license"),
)
"""Of the sheet that is written."""


def answer(session: Session, planned: Plan, count: int, *, is_stopped: bool) -> Answer:
    """Answer with a plan; `count` were bought now, or none because a line is refused."""
    lines = [_line_value(session, line) for line in planned.lines]
    totals, twins = _totals(session, planned), _by_twin(session, planned)
    value = {
        "licensee": planned.licensee,
        "block": planned.block,
        "bought_now": count,
        "lines": lines,
        "twins": twins,
        "totals": totals,
    }
    said: list[RenderableType] = [_table(lines)]
    if any(twin["licenses"] > 1 for twin in twins):
        said.append(_twins_table(twins))
    said += [Text(sentence) for sentence in _sentences(planned, totals, count, is_stopped)]
    return Answer(value, Group(*said), exit_code=Refused.exit_code if planned.refused else 0)


def _line_value(session: Session, line: Line) -> show.Value:
    wish, known = line.wish, look.currencies(session)
    pay = line.terms.pay if line.terms else None
    state = "bought" if line.grant else "refused" if line.against else "open"
    category = line.terms.scope.category if line.terms else wish.category
    start = line.grant.start if line.grant else wish.start
    return {
        "row": wish.row,
        "twin": show.identifier(wish.twin_id),
        "uses": words.use_names(wish.uses),
        "markets": words.market_words(wish.markets),
        "category": None if category is None else words.category_name(category),
        "exclusive": wish.exclusive,
        "start": show.when(start) or "when granted",
        "end": show.when(start + wish.term) if start else f"after {show.span(wish.term)}",
        "quota": wish.quota,
        "reference": wish.reference or None,
        "fee": show.money(pay.fee, pay.currency, known) if pay else None,
        "least_deposit": show.money(line.least, pay.currency, known) if pay else None,
        "state": state,
        "license": show.identifier(line.grant.license_id) if line.grant else None,
        "code": type(line.against).__name__ if line.against else None,
        "says": _says(session, line),
        **_way(line),
    }


def _says(session: Session, line: Line) -> str | None:
    """Return why a line is refused."""
    if line.against is None:
        return None
    if line.terms is None:
        return str(line.against)
    money = session.chain.currency(line.terms.pay.currency)
    return str(look.with_amounts(line.against, money))


def _way(line: Line) -> show.Value:
    """Return which license stands in the way of a line, and when it does no more."""
    if not isinstance(line.against, InTheWay):
        return {"conflict": None, "free_from": None}
    return {
        "conflict": show.identifier(line.against.license_id),
        "free_from": show.when(line.against.until),
    }


def _by_twin(session: Session, planned: Plan) -> list[show.Value]:
    """Return what each twin costs, in each currency."""
    known = look.currencies(session)
    fees: Counter[tuple[int, str]] = Counter()
    counts: Counter[tuple[int, str]] = Counter()
    for line in planned.lines:
        if line.terms and not line.against:
            key = (line.wish.twin_id, line.terms.pay.currency)
            fees[key] += line.terms.pay.fee
            counts[key] += 1
    return [
        {
            "twin": show.identifier(twin_id),
            "licenses": counts[twin_id, currency],
            "fee": show.money(fee, currency, known),
        }
        for (twin_id, currency), fee in fees.items()
    ]


def _totals(session: Session, planned: Plan) -> list[show.Value]:
    """Return in each currency what is to be bought, and what the licensee has for it."""
    chain, known = session.chain, look.currencies(session)
    whole, least = due(planned.open, least=False), due(planned.open, least=True)
    bought = due([line for line in planned.lines if line.grant], least=False)
    totals = []
    for currency in dict.fromkeys((*whole, *bought)):
        balance = chain.balance(chain.currency(currency), planned.licensee)
        amounts = {
            "fee": whole[currency],
            "least_deposit": least[currency],
            "bought": bought[currency],
            "balance": balance,
            "allowance": chain.royalties.allowance(currency, planned.licensee),
            "missing": max(0, whole[currency] - balance),
        }
        totals.append({name: show.money(units, currency, known) for name, units in amounts.items()})
    return totals


def _table(lines: Sequence[show.Value]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("row", "twin", "uses", "markets"):
        table.add_column(name)
    for name in ("from", "before", "images"):
        table.add_column(name, no_wrap=True)
    for name in ("fee", "least deposit"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", overflow="fold", min_width=24)
    for line in lines:
        table.add_row(*map(Text, _cells(line)))
    return table


def _cells(line: show.Value) -> Iterator[str]:
    yield str(line["row"])
    yield f"{line['twin'][:10]}…"
    yield ", ".join(line["uses"]) + (" (exclusive)" if line["exclusive"] else "")
    yield line["markets"]
    yield _brief(line["start"])
    yield _brief(line["end"])
    yield str(line["quota"])
    for name in ("fee", "least_deposit"):
        yield f"{line[name]['amount']} {line[name]['currency']}" if line[name] else "-"
    yield f"bought: {line['license'][:10]}…" if line["license"] else line["says"] or ""


def _brief(time: str) -> str:
    """Return a time to the minute, a midnight as its day."""
    day, clock, seconds = time.partition("T")
    return day if not clock or seconds == "00:00:00Z" else f"{day} {seconds[:5]}"


def _twins_table(twins: Sequence[show.Value]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("twin")
    table.add_column("licenses", justify="right")
    table.add_column("fee", justify="right")
    for twin in twins:
        fee = f"{twin['fee']['amount']} {twin['fee']['currency']}"
        table.add_row(f"{twin['twin'][:10]}…", str(twin["licenses"]), fee)
    return table


def _sentences(
    planned: Plan, totals: Sequence[show.Value], count: int, is_stopped: bool
) -> Iterator[str]:
    yield ""
    if count:
        yield f"{_licenses(count)} bought now."
    bought = len(planned.lines) - len(planned.open) - len(planned.refused)
    yield (
        f"{counted(len(planned.lines), 'line')}: {len(planned.open)} can be bought, "
        f"{bought} bought, {len(planned.refused)} refused."
    )
    for total in totals:
        said = {name: f"{one['amount']} {one['currency']}" for name, one in total.items()}
        if planned.open:
            yield f"To buy: {said['fee']}, at least {said['least_deposit']} of it at once."
        missing = "" if total["missing"]["units"] == "0" else f"; {said['missing']} are missing"
        yield f"The licensee has {said['balance']} and allows {said['allowance']}{missing}."
    if is_stopped:
        yield "Nothing was bought: put the refused lines right, or add --skip-refused."


def _licenses(count: int) -> str:
    return f"{count} license{'' if count == 1 else 's'}"


def write(session: Session, planned: Plan, path: Path) -> None:
    """Write the lines as CSV: amounts as plain numbers with their currency beside."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for line in planned.lines:
            value = _line_value(session, line)
            fee, least = value["fee"], value["least_deposit"]
            plain = {
                **value,
                "uses": "+".join(value["uses"]),
                "markets": "+".join(words.market_names(line.wish.markets)),
                "exclusive": "yes" if value["exclusive"] else "no",
                "fee": fee and fee["amount"].replace(",", ""),
                "least_deposit": least and least["amount"].replace(",", ""),
                "currency": fee and fee["currency"],
            }
            writer.writerow(plain[name] for name in COLUMNS)
