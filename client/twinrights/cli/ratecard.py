"""`twinrights ratecard`: signed price lists from which a brand books without asking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights import words
from twinrights.cli import agreed, look, option, papers, read, sending, told
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.drawing import agreement_of, reference_of, shares_of
from twinrights.cli.session import Session
from twinrights.terms import ZERO_ADDRESS, RateCard
from twinrights.terms_check import check_card

__all__ = ["group"]

group = family("ratecard", "Rate cards: signed price lists to book from without asking.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The rate card.")]
Days = Annotated[int, typer.Option(metavar="DAYS", min=1, help="How many days.")]
Quota = Annotated[int, typer.Option(metavar="IMAGES", min=1, help="The most images.")]


@command(group, "draft")
def draft(
    session: Session,
    twin: option.TwinId,
    uses: Annotated[
        str,
        typer.Option(
            metavar="USE:WEIGHT+…",
            help="Uses on sale, each with its weight in 1/10,000: own_shop:1000+email:350.",
        ),
    ],
    markets: Annotated[
        str,
        typer.Option(
            metavar="GROUP:WEIGHT|…",
            help="Markets on sale, by groups with their weights: 'NORDICS:10000|WORLD:30000'.",
        ),
    ],
    category: option.Category,
    day_rate: Annotated[
        str, typer.Option(metavar="AMOUNT", help="Price of a day at weight 1 for use and market.")
    ],
    image_rate: Annotated[
        str, typer.Option(metavar="AMOUNT", help="Price of each image of the quota.")
    ] = "0",
    floor: Annotated[
        str, typer.Option(metavar="AMOUNT", help="The least fee; it is committed.")
    ] = "0",
    currency: option.Currency = "TUSD",
    exclusivity: Annotated[
        str | None,
        typer.Option(metavar="FACTOR", help="Factor on the days' price; not sold unless given."),
    ] = None,
    min_days: Annotated[int, typer.Option(metavar="DAYS", min=1, help="Shortest booking.")] = 1,
    max_days: Annotated[int, typer.Option(metavar="DAYS", min=1, help="Longest booking.")] = 365,
    max_quota: Annotated[int, typer.Option(metavar="IMAGES", min=1, help="Most images.")] = 100,
    lead_time: Annotated[
        str, typer.Option(metavar="TIME", help="Least time between booking and start.")
    ] = "24h",
    notice: option.Notice = "30d",
    serial: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The twin's least serial unless given.")
    ] = None,
    licensee: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Who alone may book; anyone unless given.")
    ] = None,
    share: option.Shares = None,
    valid_until: option.ValidUntil = "+365d",
    agreement: option.Agreement = None,
    sign_as: option.SignAs = None,
    out: option.Out = None,
) -> Answer:
    """Draft a rate card, to be signed by the twin's owner."""
    known = look.twin_of(session, twin)
    money = session.chain.currency(currency)
    message = RateCard(
        memo="",
        twin_id=known.id,
        licensee=session.account(licensee) if licensee else ZERO_ADDRESS,
        epoch=known.authority.epoch,
        serial=known.authority.least_serial if serial is None else serial,
        valid_until=papers.deadline(session, valid_until),
        category=words.category(category),
        currency=money.address,
        notice=read.period(notice, field="--notice"),
        agreement=agreement_of(agreement),
        floor=money.parse(floor),
        day_rate=money.parse(day_rate),
        image_rate=money.parse(image_rate),
        exclusive_factor=read.weight(exclusivity, field="--exclusivity") if exclusivity else 0,
        min_days=min_days,
        max_days=max_days,
        max_quota=max_quota,
        lead_time=read.period(lead_time, field="--lead-time"),
        uses=read.use_rates(uses),
        markets=read.market_rates(markets),
        shares=shares_of(session, share),
    )
    check_card(message, now=session.chain.now())
    agreed.require_file(session, agreement, message)
    return sending.act(session, message, sign_as=sign_as, sender=None, out=out)


@command(group, "quote")
def quote(
    session: Session,
    file: File,
    days: Days,
    uses: option.Uses,
    markets: option.Markets,
    quota: Quota,
    exclusive: option.Exclusive = False,
) -> Answer:
    """Say what a booking from a rate card costs; nothing is sent."""
    quoted = session.chain.licenses.quote(
        papers.opened(session, file, "ratecard"),
        days=days,
        uses=words.uses(uses),
        markets=words.markets(markets),
        exclusive=exclusive,
        quota=quota,
    )
    return Answer(told.quote_value(quoted, look.currencies(session)))


@command(group, "book")
def book(
    session: Session,
    file: File,
    days: Days,
    uses: option.Uses,
    markets: option.Markets,
    quota: Quota,
    start: option.Start,
    payer: option.Payer,
    exclusive: option.Exclusive = False,
    ref: option.Reference = None,
    fee: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="The price that was agreed: no other is paid."),
    ] = None,
    deposit: option.Deposit = None,
    allowance_only: option.AllowanceOnly = False,
) -> Answer:
    """Make a license under a signed rate card, at exactly its price, and pay the deposit."""
    signed = papers.opened(session, file, "ratecard")
    agreed.show(session, signed)
    wallet = session.wallet(payer)
    card = signed.message
    assert isinstance(card, RateCard)
    money = session.chain.currency(card.currency)
    with session.working("booking"), look.amounts_in(money):
        license = session.chain.licenses.book(
            signed,
            payer=wallet,
            start=read.moment(start, now=session.chain.now()),
            days=days,
            uses=words.uses(uses),
            markets=words.markets(markets),
            quota=quota,
            exclusive=exclusive,
            ref=reference_of(ref),
            fee=None if fee is None else money.parse(fee),
            deposit=None if deposit is None else money.parse(deposit),
            approve=not allowance_only,
        )
    return Answer(look.license_value(session, license))


@command(group, "revoke")
def revoke(
    session: Session,
    file: File,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's withdrawal of one rate card."""
    signed = papers.unchecked(file, "ratecard")
    message = papers.revocation(session, signed, deadline)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)
