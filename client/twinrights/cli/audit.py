"""`twinrights audit`: history and money checked against each other, trusting nobody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from twinrights.cli import look, read
from twinrights.cli.answer import Answer, as_people_read, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.money import Currency

if TYPE_CHECKING:
    from twinrights.audit.report import Report

__all__ = ["group"]

group = family("audit", "Audit: rebuild everything from events and compare it with the chain.")

DIFFERS = 2
"""The exit code of an audit that found something."""

MONEY = (
    "deposited",
    "collected",
    "refunded",
    "payable",
    "earned_uncollected",
    "unearned",
    "balance",
)
BATCH = ("license", "licensee", "number", "kind", "time", "images", "uses", "markets", "against")


@command(group, "run")
def run(
    session: Session,
    twin: Annotated[
        str | None, typer.Option(metavar="TWIN", help="Add the usage history of this twin.")
    ] = None,
    brand: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Add that of this licensee.")
    ] = None,
    license: Annotated[
        str | None, typer.Option(metavar="LICENSE", help="Add that of this license.")
    ] = None,
    block: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Up to this block; the head unless given.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as one page of HTML, with charts, too."),
    ] = None,
) -> Answer:
    """Rebuild balances, quotas, exclusivity and histories from events, and compare with the chain.

    Exit code 2 means that something differs: the findings name it, with the amount at stake.
    """
    from twinrights.audit.page.document import document
    from twinrights.audit.run import audit

    page = read.place(report, field="--report") if report else None
    chain = session.chain
    if block is not None:
        look.as_of(session, block)
    names = {
        "twin_id": look.twin_of(session, twin).id if twin else None,
        "licensee": session.account(brand) if brand else None,
        "license_id": look.license_of(session, license).id if license else None,
    }
    with session.progress() as told:
        found = audit(chain.web3, chain.deployment, block=block, progress=told, store=session.store)
    value = found.to_json()
    if any(name is not None for name in names.values()):
        value["history"] = found.history_json(**names)
    if page is not None:
        page.write_text(document(found), encoding="utf-8")
    for sentence in found.unread:
        session.remark(sentence)
    return Answer(value, in_words(found, value), exit_code=0 if found.ok else DIFFERS)


def in_words(report: Report, value: dict[str, Any]) -> RenderableType:
    """Return a report for people: what was read, the money, the findings, the history."""
    said = ("chain_id", "block", "time", "events", "twins", "licenses", "usage_batches", "images")
    parts: list[RenderableType] = [
        as_people_read({name: value[name] for name in (*said, "compared", "files_held")}),
        *_titled("Money", [_money(each) for each in value["totals"]]),
    ]
    if "history" in value:
        parts += _titled("History", value["history"], *BATCH)
    parts += _titled("Vouches", value["vouches"], "wallet", "voucher", "until")
    parts += _titled("Flags", value["flags"], "twin", "license", "image", "time")
    parts += _titled("Remarks", [_finding(report, each) for each in report.remarks])
    parts += _titled("Findings", [_finding(report, each) for each in report.findings])
    money = "agrees to the last unit" if report.reconciled else "does not agree"
    verdict = "Nothing differs" if report.ok else f"{len(report.findings)} found"
    return Group(*parts, Text(f"\n{verdict}; the money {money}."))


def _titled(title: str, rows: list[dict[str, Any]], *columns: str) -> list[RenderableType]:
    if not rows:
        return []
    # Currencies differ in who has been paid: every row shows every column.
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    table = listed([{name: row.get(name) for name in names} for row in rows], *names).words
    return [Text(f"\n{title}"), table or ""]


def _money(totals: dict[str, Any]) -> dict[str, Any]:
    """Return the totals of a currency with the point where people put it."""
    decimals = totals["decimals"] or 0
    amounts = {**{name: totals[name] for name in MONEY}, **totals["paid"]}
    unit = Currency(symbol="", decimals=decimals, address=totals["currency"])
    written = {
        name: None if amount is None else unit.format(int(amount))
        for name, amount in amounts.items()
    }
    return {"currency": totals["symbol"] or totals["currency"], **written}


def _finding(report: Report, finding: Any) -> dict[str, Any]:
    currency = finding.currency
    amount = None if currency is None else report.coins.say(finding.amount or 0, currency)
    return {"code": finding.code, "amount": amount, "sentence": finding.sentence}
