"""`twinrights license`: what a license grants, whether it may be used now, and how it ends."""

from __future__ import annotations

from typing import Annotated

import typer

from twinrights import words
from twinrights.cli import look, option, papers, read, sending, show, told, trusted
from twinrights.cli.answer import Answer, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import MayNotPublish
from twinrights.terms import Decline, LapseEnd, Notice, Reason

__all__ = ["group"]

group = family("license", "Licenses: what they grant, whether they are live, how they end.")

LISTED = (
    *("number", "license", "twin", "licensee", "is_live", "start", "end", "paid_through"),
    *("uses", "markets", "fee", "deposited", "images_left"),
)


@command(group, "show")
def one(session: Session, license: option.LicenseId, block: option.Block = None) -> Answer:
    """Show what the chain keeps of a license, who vouches for its licensee, and flagged images."""
    found = look.license_of(session, license, block=block)
    value = look.license_value(session, found, block=block)
    value["flagged"] = trusted.flags_of(session, found, block=block)
    return trusted.answer(session, value, "licensee", block=block)


@command(group, "list")
def every(
    session: Session,
    twin: Annotated[str | None, typer.Option(metavar="TWIN", help="Only of this twin.")] = None,
    licensee: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Only of this licensee.")
    ] = None,
    block: option.Block = None,
) -> Answer:
    """List the licenses of this chain, of a twin, or of a licensee."""
    twin_id = look.twin_of(session, twin).id if twin else None
    wanted = session.account(licensee) if licensee else None
    grants = session.chain.licenses.all(block=look.as_of(session, block))
    rows = [
        {
            "number": number,
            **look.license_value(session, grant.license_id, grant=grant, block=block),
        }
        for number, grant in enumerate(grants, start=1)
        if twin_id in (None, grant.twin_id) and wanted in (None, grant.licensee)
    ]
    return listed(trusted.rows(session, rows, "licensee", block=block), *LISTED)


@command(group, "terms")
def terms(session: Session, license: option.LicenseId) -> Answer:
    """Show the terms of a license, as its grant published them."""
    grant = session.chain.licenses.terms(look.license_of(session, license).id)
    return trusted.answer(session, told.grant_value(grant, look.currencies(session)), "licensee")


@command(group, "may-publish")
def may_publish(
    session: Session,
    license: option.LicenseId,
    uses: option.Uses,
    markets: option.Markets,
    who: Annotated[
        str | None,
        typer.Option(metavar="WALLET", help="Who would publish; the licensee unless given."),
    ] = None,
    images: Annotated[int, typer.Option(metavar="NUMBER", help="How many images.")] = 1,
    at: Annotated[
        str | None, typer.Option(metavar="WHEN", help="When; now unless given, never before.")
    ] = None,
) -> Answer:
    """Say whether these images may be published here and now; exit code 3 means no."""
    found = look.license_of(session, license)
    publisher = session.account(who) if who else found.licensee
    reason = session.chain.licenses.may_publish(
        found.id,
        who=publisher,
        uses=words.uses(uses),
        markets=words.markets(markets),
        images=images,
        at=read.moment(at, now=session.chain.now()) if at else None,
    )
    allowed = reason == Reason.NONE
    value = {
        "license": show.identifier(found.id),
        "may_publish": allowed,
        "reason": None if allowed else reason.name.lower(),
        "who": publisher,
    }
    value, vouched = trusted.beside(session, value, "who")
    said = "Yes." if allowed else f"No. {MayNotPublish(found.id, int(reason))}"
    said += f"\nAsked for {publisher}: {vouched['vouched_by']}."
    return Answer(value, said, exit_code=0 if allowed else MayNotPublish.exit_code)


@command(group, "notice")
def notice(
    session: Session,
    license: option.LicenseId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's notice: the license ends after the notice of its terms."""
    message = papers.ending(session, Notice, license, deadline)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "lapse")
def lapse(
    session: Session,
    license: option.LicenseId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's end of a license that has been unpaid for more than seven days."""
    message = papers.ending(session, LapseEnd, license, deadline)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "decline")
def decline(
    session: Session,
    license: option.LicenseId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's no to a booking before its start: everything is refunded."""
    message = papers.ending(session, Decline, license, deadline)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "surrender")
def surrender(session: Session, license: option.LicenseId, payer: option.Payer) -> Answer:
    """End a license early, as its licensee: what is due is paid out, the rest refunded."""
    found = look.license_of(session, license)
    wallet = session.wallet(payer)
    with session.working("surrendering"):
        session.chain.licenses.surrender(found.id, payer=wallet)
    return Answer(look.license_value(session, session.chain.licenses.get(found.id)))


@command(group, "book-of")
def book_of(session: Session, twin: option.TwinId, category: option.Category) -> Answer:
    """Show the conflict book of a twin in a category: the licenses that may stand in the way."""
    entries = session.chain.licenses.opening(
        look.twin_of(session, twin).id, words.category(category)
    )
    rows = [told.entry_value(entry) for entry in entries]
    return listed(rows, "license", "start", "end", "uses", "markets")
