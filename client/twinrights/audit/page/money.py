"""The money of a report, a section for each currency: the chart, and tables to the last unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from twinrights import words
from twinrights.audit.ledger import Cut, months
from twinrights.audit.page.chart import chart
from twinrights.audit.page.markup import Element, el, table
from twinrights.audit.page.said import Said, count, month
from twinrights.audit.state import Flow
from twinrights.audit.ties import ties
from twinrights.audit.totals import Totals

__all__ = ["sections"]

OF_ROLE = ("earned", "paid out", "not paid out yet")
OF_MONTH = ("paid in", "earned", "paid out", "refunded")


def sections(said: Said) -> Iterator[Element]:
    """Yield a section for each currency."""
    for totals in said.report.totals:
        if totals.deposited:
            yield _section(said, totals)


def _section(said: Said, totals: Totals) -> Element:
    symbol = said.symbol(totals.currency)
    return el(
        "section",
        el("h2", f"Money in {symbol}"),
        el(
            "p",
            "What all licenses have earned by law 13, second by second, divided by their shares. "
            "The dashed line is what has been paid out of it.",
            class_="lead",
        ),
        chart(said, totals.currency),
        _by_role(said, totals),
        _by_month(said, totals.currency),
        _books(said, totals),
        class_="money",
    )


def _by_role(said: Said, totals: Totals) -> Element:
    """Return what each role has earned and been given; the sums below are those of the books."""
    ledger, currency = said.report.ledger, totals.currency
    earned = ledger.earned(currency, ledger.now)
    rows = [
        el(
            "tr",
            el("th", el("i", class_=f"r{role}"), words.role_label(role), scope="row"),
            _cells(said, currency, amount, totals.paid.get(role, 0)),
            data_role=words.role_name(role),
        )
        for role, amount in earned.items()
    ]
    paid = sum(totals.paid.values())
    rows.append(
        el(
            "tr",
            el("th", "together", scope="row"),
            _cells(said, currency, sum(earned.values()), paid),
            class_="sum",
        )
    )
    heads = ("role", *OF_ROLE)
    return table(f"By role, in {said.symbol(currency)}", heads, rows, class_="wide")


def _cells(said: Said, currency: str, earned: int, paid: int) -> list[Element]:
    return _figures(said, currency, OF_ROLE, (earned, paid, earned - paid))


def _figures(
    said: Said, currency: str, heads: Sequence[str], amounts: Sequence[int]
) -> list[Element]:
    """Return cells of amounts that say on a phone, too, what they are."""
    return [
        el("td", said.number(amount, currency), data_head=head, data_units=amount)
        for head, amount in zip(heads, amounts, strict=True)
    ]


def _by_month(said: Said, currency: str) -> Element:
    """Return what was paid in, earned, paid out and refunded in each month that had any of it."""
    ledger, rows = said.report.ledger, []
    first = min(each.granted_at for each in said.report.licenses if each.currency == currency)
    before = Cut((0, 0, 0), first)
    earned, sums = 0, ledger.sums(currency, before)
    whole = [0, 0, 0, 0]
    for since, until in months(first, ledger.now.time + 1):
        cut = ledger.cut(until)
        later, flows = sum(ledger.earned(currency, cut).values()), ledger.sums(currency, cut)
        amounts = (
            flows[Flow.DEPOSIT] - sums[Flow.DEPOSIT],
            later - earned,
            flows[Flow.SHARE] - sums[Flow.SHARE],
            flows[Flow.REFUND] - sums[Flow.REFUND],
        )
        if any(amounts):
            cells = _figures(said, currency, OF_MONTH, amounts)
            rows.append(el("tr", el("th", month(since), scope="row"), cells))
        earned, sums = later, flows
        whole = [total + each for total, each in zip(whole, amounts, strict=True)]
    cells = _figures(said, currency, OF_MONTH, whole)
    rows.append(el("tr", el("th", "together", scope="row"), cells, class_="sum"))
    heads = ("month", *OF_MONTH)
    return table(f"By month (UTC), in {said.symbol(currency)}", heads, rows, class_="wide")


def _books(said: Said, totals: Totals) -> Element:
    """Return what came in, where it went, what is still held, and whether all accounts tie."""
    currency, ledger = totals.currency, said.report.ledger
    lines = (
        ("paid in by licensees", totals.deposited),
        ("paid out by shares", -totals.collected),
        ("of it waiting for its wallets", totals.payable),
        ("refunded to licensees", -totals.refunded),
        (
            "held for licenses and wallets",
            totals.deposited - totals.collected - totals.refunded + totals.payable,
        ),
        ("of it earned, not yet paid out", totals.earned_uncollected),
        ("of it not yet earned", totals.unearned),
    )
    rows = [
        el(
            "tr",
            el("th", name, scope="row"),
            el("td", said.number(units, currency), data_units=units),
            class_="part" if name.startswith("of it") else None,
        )
        for name, units in lines
    ]
    if totals.balance is not None:
        rows.append(
            el(
                "tr",
                el("th", "the contract's balance, by the currency", scope="row"),
                el("td", said.number(totals.balance, currency), data_units=totals.balance),
                class_="sum",
            )
        )
    found = [tie for tie in ties(ledger, ledger.now) if tie.currency == currency]
    off = [tie for tie in found if not tie.holds]
    verdict = (
        f"{count(len(found), 'sum')} over everybody's accounts agree with these books to the unit."
        if not off
        else f"Not equal to the sums over everybody's accounts: {', '.join(t.name for t in off)}."
    )
    return el(
        "div",
        table(f"The books, in {said.symbol(currency)}", ("", "amount"), rows),
        el("p", verdict, class_="note"),
    )
