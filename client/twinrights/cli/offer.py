"""`twinrights offer`: terms that an owner signs for one licensee."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights import words
from twinrights.cli import agreed, look, option, papers, read, sending
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.drawing import agreement_of, reference_of, shares_of, start_of, term_of
from twinrights.cli.session import Session
from twinrights.terms import Pay, Scope, Terms
from twinrights.terms_check import check_terms

__all__ = ["group"]

group = family("offer", "Offers: terms that an owner signs for one licensee.")


@command(group, "draft")
def draft(
    session: Session,
    twin: option.TwinId,
    licensee: Annotated[
        str, typer.Option(metavar="WALLET", help="Who alone may accept: an address or a name.")
    ],
    uses: option.Uses,
    markets: option.Markets,
    category: option.Category,
    fee: Annotated[
        str, typer.Option(metavar="AMOUNT", help="The one price, for all days and images.")
    ],
    quota: Annotated[int, typer.Option(metavar="IMAGES", min=1, help="The most images.")],
    currency: option.Currency = "TUSD",
    start: option.Start = "now",
    through: Annotated[
        str | None, typer.Option(metavar="DAY", help="Last licensed day, included.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(metavar="DAYS", min=1, help="How many days; or give --through.")
    ] = None,
    committed: Annotated[
        str, typer.Option(metavar="AMOUNT", help="What is due even after an early end.")
    ] = "0",
    exclusive: option.Exclusive = False,
    notice: option.Notice = "30d",
    share: option.Shares = None,
    valid_until: option.ValidUntil = "+14d",
    agreement: option.Agreement = None,
    ref: option.Reference = None,
    sign_as: option.SignAs = None,
    out: option.Out = None,
) -> Answer:
    """Draft an offer: a license for one licensee, to be signed by the twin's owner."""
    known = look.twin_of(session, twin)
    money = session.chain.currency(currency)
    first = start_of(session, start)
    scope = Scope(
        memo="",
        licensee=session.account(licensee),
        epoch=known.authority.epoch,
        valid_until=papers.deadline(session, valid_until),
        start=first,
        category=words.category(category),
        exclusive=exclusive,
        uses=words.uses(uses),
        markets=words.markets(markets),
        notice=read.period(notice, field="--notice"),
        agreement=agreement_of(agreement),
        ref=reference_of(ref),
    )
    pay = Pay(
        twin_id=known.id,
        currency=money.address,
        fee=money.parse(fee),
        committed=money.parse(committed),
        term=term_of(session, first, through=through, days=days),
        quota=quota,
    )
    message = Terms(scope, pay, shares_of(session, share))
    check_terms(message, now=session.chain.now())
    agreed.require_file(session, agreement, message)
    return sending.act(session, message, sign_as=sign_as, sender=None, out=out)


@command(group, "accept")
def accept(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The signed offer.")],
    payer: option.Payer,
    deposit: option.Deposit = None,
    allowance_only: option.AllowanceOnly = False,
) -> Answer:
    """Make a license of a signed offer, and pay its first deposit. Only its licensee can."""
    signed = papers.opened(session, file, "offer")
    agreed.show(session, signed)
    wallet = session.wallet(payer)
    return sending.sent(session, signed, wallet, deposit=deposit, approve=not allowance_only)


@command(group, "revoke")
def revoke(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The offer.")],
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's withdrawal of one offer."""
    signed = papers.unchecked(file, "offer")
    message = papers.revocation(session, signed, deadline)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)
