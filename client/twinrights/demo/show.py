"""What people see at the end, on stdout: licenses, prices, money, refusals, endings, the audit."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rich.console import Console, RenderableType
from rich.table import Table

from twinrights import words
from twinrights.demo.deals import Deal
from twinrights.demo.ended import Ended
from twinrights.demo.given import Model
from twinrights.demo.stage import Stage
from twinrights.demo.tally import ROLES

__all__ = ["tables"]

WIDE = 150
"""Columns where nobody looks at a terminal."""

ONE = 10_000


def tables(ended: Ended) -> None:
    """Write all tables to stdout."""
    width = None if sys.stdout.isatty() else WIDE
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
    for part in (
        twins_table(ended),
        prices_table(ended.stage),
        money_table(ended),
        refusals_table(ended.stage),
        endings_table(ended.stage),
        rescue_lines(ended.stage),
        audit_lines(ended),
        next_lines(ended),
    ):
        if part is not None:
            console.print(part, soft_wrap=isinstance(part, str))
            console.print()


def twins_table(ended: Ended) -> RenderableType:
    """Return each twin with what each brand licensed: days and fee as the grants say them."""
    stage = ended.stage
    brands = stage.cast.playing(stage.given)
    table = titled(
        f"{ended.tally.twins} twins, {len(ended.tally.licenses)} licenses, "
        f"{ended.tally.images} images in {ended.tally.usage_batches} batches"
        "   (o offer, b booking, x exclusive)"
    )
    table.add_column("twin")
    table.add_column("agency")
    for brand in brands:
        table.add_column(brand.name, justify="right")
    for model in stage.given.models:
        agency = stage.given.crews[model.crew["agency"]].name
        cells = (", ".join(licensed(ended, model, brand.slug)) for brand in brands)
        table.add_row(model.name, agency, *cells)
    return table


def licensed(ended: Ended, model: Model, brand: str) -> Iterator[str]:
    """Yield the licenses of a brand on a twin: "30 d 2,880.00 b"."""
    twin_id, wallet = ended.stage.twins[model.slug], ended.stage.cast.brands[brand].address
    for grant in ended.tally.grants:
        if (grant.twin_id, grant.licensee) == (twin_id, wallet):
            mark = "x" if grant.scope.exclusive else "b" if grant.is_booking else "o"
            days = grant.pay.term // 86_400
            yield f"{days} d {ended.stage.currency.format(grant.pay.fee)} {mark}"


def prices_table(stage: Stage) -> RenderableType | None:
    """Return how the fees of three bookings came about: the least, the middle, the greatest."""
    deals = examples(stage)
    if not deals:
        return None
    table = titled("Fees follow uses × markets × days: three bookings from rate cards")
    for name in ("twin for brand", "uses", "U", "markets", "M", "days × day rate", "X"):
        table.add_column(name)
    table.add_column("+ images × rate")
    table.add_column("= fee", justify="right")
    for deal in deals:
        table.add_row(*price_row(stage, deal))
    return table


def examples(stage: Stage) -> list[Deal]:
    """Return the cheapest booking over its floor, the dearest of several groups, one exclusive."""
    booked = sorted((deal for deal in stage.deals() if not deal.is_offer), key=stage.fee)
    shared = [deal for deal in booked if not deal.is_exclusive]
    least = [deal for deal in shared if stage.fee(deal) > deal.model.floor][:1]
    wide = [deal for deal in shared if len(weights_of(deal)[1]) > 1][-1:]
    alone = [deal for deal in booked if deal.is_exclusive][-1:]
    return [*least, *wide, *alone] or booked[:1]


def price_row(stage: Stage, deal: Deal) -> tuple[str, ...]:
    """Return one fee and all that it was made of, the fee as its grant has it."""
    model, format = deal.model, stage.currency.format
    uses, markets = weights_of(deal)
    fee = stage.chain.licenses.terms(stage.license_of(deal)).pay.fee
    floor = " (her floor)" if fee == model.floor else ""
    return (
        f"{model.name} for {deal.brand.name}",
        words.use_words(deal.uses),
        sum_of(uses),
        words.market_words(deal.markets),
        sum_of(markets),
        f"{deal.days} × {format(model.day_rate)}",
        f"{plain(model.exclusive_factor)} (alone)" if deal.is_exclusive else "1",
        f"{deal.quota} × {format(model.image_rate)}",
        format(fee) + floor,
    )


def weights_of(deal: Deal) -> tuple[list[int], list[int]]:
    """Return the weights of the uses, and of the groups that the markets touch."""
    uses = [rate.weight for rate in deal.model.uses if deal.uses >> rate.use & 1]
    groups, left = [], deal.markets
    for rate in deal.model.markets:
        if rate.markets & left:
            groups.append(rate.weight)
            left &= ~rate.markets
    return uses, groups


def sum_of(weights: Iterable[int]) -> str:
    """Return weights added up: "0.11 + 0.09 = 0.2"."""
    listed = list(weights)
    total = plain(sum(listed))
    return f"{' + '.join(map(plain, listed))} = {total}" if len(listed) > 1 else total


def plain(weight: int) -> str:
    return f"{Decimal(weight) / ONE:f}"


def money_table(ended: Ended) -> RenderableType:
    """Return what was paid in which role, what went back, and what the licenses still hold."""
    stage, tally = ended.stage, ended.tally
    if stage.plan.is_free:
        return "The licenses were free of charge: nobody's real money is taken for a demo."
    format = stage.currency.format
    table = titled(f"Royalties in {stage.currency.symbol}, by the wallets' own balances")
    table.add_column("role")
    table.add_column("wallets", justify="right")
    table.add_column("paid out", justify="right")
    counts = {"owner": len(stage.cast.models)}
    for _, role in stage.cast.payees:
        counts[role] = counts.get(role, 0) + 1
    for role in ROLES:
        label = words.role_label(words.role(role))
        table.add_row(label, str(counts.get(role, 0)), format(tally.paid_out[role]))
    table.add_section()
    table.add_row("streamed, by the licenses' books", "", format(tally.streamed))
    for total in ended.audited.report.totals:
        table.add_row("went back to brands", "", format(total.refunded))
        table.add_row("earned, not yet paid out", "", format(total.earned_uncollected))
        table.add_row("not yet earned", "", format(total.unearned))
        table.add_row("paid in, in all", "", format(total.deposited))
    return table


def refusals_table(stage: Stage) -> RenderableType:
    """Return what the contracts refused."""
    table = titled("Refused by the contracts")
    table.add_column("error", no_wrap=True)
    table.add_column("what was tried")
    table.add_column("what it said")
    for refusal in stage.refusals:
        table.add_row(refusal.name, refusal.deed, refusal.sentence)
    return table


def endings_table(stage: Stage) -> RenderableType | None:
    """Return what became of the licenses that did not just run."""
    if not stage.endings:
        return None
    table = titled("Endings")
    for name in ("a license that", "twin for brand", "what happened"):
        table.add_column(name)
    for ending in stage.endings:
        who = f"{ending.deal.model.name} for {ending.deal.brand.name}"
        table.add_row(ending.fate, who, ending.words)
    return table


def rescue_lines(stage: Stage) -> str | None:
    """Return how a lost phone was outlived."""
    rescue = stage.rescue
    if rescue is None:
        return None
    held = stage.chain.balance(stage.currency, rescue.phone.address)
    return (
        f"{rescue.model.name} lost her phone: her guardian moved her twin to a new one, from "
        f"{stage.date(rescue.ready_at)} on. {stage.money(rescue.waited)} had waited for that and "
        f"came to the new wallet, which holds {stage.money(held)} by now; her licenses went on."
    )


def audit_lines(ended: Ended) -> str:
    """Return what the auditor said, before and after one number was changed."""
    stage, report = ended.stage, ended.audited.report
    agreed = "agree to the last unit" if ended.audited.reconciled else "DO NOT AGREE"
    lines = [
        f"Audit: {len(report.findings)} findings; {report.events} events were replayed and held "
        f"against the chain's {', '.join(report.compared)}: events, books and wallets {agreed}.",
        *(f"  {finding.sentence}" for finding in report.findings),
    ]
    if ended.lie:
        lines += ["Then one stored number was changed:", f"  {ended.lie.sentence}"]
        lines += ["and put back."]
    if not stage.can_wait:
        lines.append("This chain's clock cannot be moved: what needs waiting was left out.")
    lines.append(f"All of it took {ended.seconds:g} s on {stage.chain_name}.")
    return "\n".join(lines)


def next_lines(ended: Ended) -> str | None:
    """Return the commands to go on with, where the chain was kept."""
    if not ended.commands:
        return None
    return "\n".join(("The chain is kept. Go on with:", "", *ended.commands))


def titled(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        header_style="dim",
        padding=(0, 2, 0, 0),
    )
