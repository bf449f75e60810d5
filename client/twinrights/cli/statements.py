"""What a statement says: the same sums for machines, and as tables for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from twinrights.cli import show
from twinrights.cli.answer import Answer, as_people_read, listed

if TYPE_CHECKING:
    from twinrights.statements.statement import Line, Statement

__all__ = ["answer"]

DIFFERS = 2
"""The exit code of accounts that do not tie."""

TOTALS = (
    *("opening", "deposited", "earned", "moved", "paid_out", "refunded", "paid"),
    *("closing", "uncollected", "prepaid", "waiting"),
)
LINES = (
    *("month", "role", "license", "gross", "deposited", "earned", "paid"),
    *("closing", "waiting"),
)
TIES = ("name", "accounts", "books")


def answer(statement: Statement, currencies: show.Currencies) -> Answer:
    """Return the answer of a statement."""
    value = {
        "wallet": statement.wallet,
        "from": show.when(statement.since),
        "until": show.when(statement.until),
        "totals": [
            {
                "role": role,
                "currency": show.money(0, currency, currencies)["currency"],
                **_amounts(sums, currency, currencies),
            }
            for (role, currency), sums in statement.totals.items()
        ],
        "lines": [_line(line, currencies) for line in statement.lines],
        "ties": [
            {
                "name": tie.name,
                "accounts": show.money(tie.accounts, tie.currency, currencies),
                "books": show.money(tie.books, tie.currency, currencies),
                "holds": tie.holds,
            }
            for tie in statement.ties
        ],
        "laws_broken": statement.broken,
        "ok": statement.ok,
    }
    return Answer(value, _in_words(value), exit_code=0 if statement.ok else DIFFERS)


def _line(line: Line, currencies: show.Currencies) -> show.Value:
    return {
        "month": (show.when(line.since) or "")[:7],
        "from": show.when(line.since),
        "until": show.when(line.until),
        "role": line.role,
        "twin": show.identifier(line.twin_id),
        "license": show.identifier(line.account.license_id),
        "licensee": line.licensee,
        **_amounts(line.amounts, line.currency, currencies),
    }


def _amounts(
    amounts: Mapping[str, int | None], currency: str, currencies: show.Currencies
) -> show.Value:
    return {
        name: None if amount is None else show.money(amount, currency, currencies)
        for name, amount in amounts.items()
    }


def _in_words(value: show.Value) -> RenderableType:
    """Return a statement for people: the sums of each role, the lines, and whether it ties."""
    parts: list[RenderableType] = [
        as_people_read({name: value[name] for name in ("wallet", "from", "until")})
    ]
    lines, totals = value["lines"], _transposed(value["totals"])
    used = [name for name in LINES if any(line[name] is not None for line in lines)]
    for title, rows, columns in (
        ("By month and license", lines, used),
        ("In all", totals, list(totals[0]) if totals else []),
        ("Does not tie", [tie for tie in value["ties"] if not tie["holds"]], TIES),
    ):
        if rows:
            parts += [Text(f"\n{title}"), listed(rows, *columns).words or ""]
    if not value["lines"]:
        parts.append(Text("\nNothing was earned, paid in or paid out."))
    tied = all(tie["holds"] for tie in value["ties"])
    verdict = "The accounts of everybody tie" if tied else "The accounts of everybody DO NOT tie"
    parts.append(Text(f"\n{verdict} to the contract's books, to the last unit."))
    if value["laws_broken"]:
        times = "once" if value["laws_broken"] == 1 else f"{value['laws_broken']} times"
        parts.append(Text(f"The history breaks a law {times}: `twinrights audit run` says where."))
    return Group(*parts)


def _transposed(totals: list[show.Value]) -> list[show.Value]:
    """Return a row for each figure, with a column for each role and currency."""
    return [
        {"": name.replace("_", " ")}
        | {f"{each['role']}, {each['currency']}": each[name] for each in totals}
        for name in TOTALS
        if any(each[name] is not None for each in totals)
    ]
