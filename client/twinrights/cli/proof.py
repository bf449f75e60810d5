"""`twinrights license proof`: one page that says whether an image may be published, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from twinrights import words
from twinrights.cli import look, option, papers, show, told, trusted
from twinrights.cli.answer import Answer, as_people_read
from twinrights.cli.campaign import group
from twinrights.cli.command import command
from twinrights.cli.session import Session
from twinrights.errors import MayNotPublish
from twinrights.terms import Reason

if TYPE_CHECKING:
    from twinrights.proof.facts import Facts

__all__ = ["group"]

MEMOS = {
    "agrees": "agrees: the sentence whose hash is on the chain is the one that these terms give",
    "differs": "DIFFERS: the owner signed another sentence than these terms give",
    "card missing": "not checked: it is that of the rate card; add --card FILE",
    "other card": "not checked: the rate card given is not that of this booking",
}

NOT_PROVEN = (
    "Who the wallets belong to, and that the model is of age and was free to consent.",
    "What the agreement says: its hash is here, its text is with the parties.",
    "That the images are good in themselves: garments, places, music and trade marks in them.",
    "What was published and not recorded, or recorded under fewer images than there are.",
    "Any time after the block named here: ask again on the day of publication.",
    "That this block stays: wait until the chain calls it final. A private chain needs a witness.",
)


@command(group, "proof")
def proof(
    session: Session,
    license: option.LicenseId,
    uses: Annotated[
        str | None, typer.Option(metavar="USES", help="Asked for; all that it grants unless given.")
    ] = None,
    markets: Annotated[
        str | None,
        typer.Option(metavar="MARKETS", help="Asked for; all that it grants unless given."),
    ] = None,
    images: Annotated[int, typer.Option(metavar="NUMBER", help="How many images.")] = 1,
    who: Annotated[
        str | None,
        typer.Option(metavar="WALLET", help="Who would publish; the licensee unless given."),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The rate card of a booking, to check its memo."),
    ] = None,
    block: option.Block = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as one page to print, whole in itself."),
    ] = None,
) -> Answer:
    """Say on one page what a license allows and whether it may be used now; code 3 means no.

    All of it is of one block, named with its hash, read from contracts whose code was compared.
    """
    from twinrights.proof.facts import facts_of
    from twinrights.proof.page import page

    as_of = look.as_of(session, block)
    found = look.license_of(session, license, block=block)
    facts = facts_of(
        session.chain,
        found.id,
        who=session.account(who) if who else None,
        uses=uses,
        markets=markets,
        images=images,
        card=papers.opened(session, card, "ratecard") if card else None,
        block=None if as_of == "latest" else as_of,
    )
    value, vouched = trusted.beside(
        session, _value(session, facts), "licensee", "owner", block=facts.block
    )
    if html is not None:
        html.write_text(page(value | vouched), encoding="utf-8")
    refused = facts.reason is not Reason.NONE
    return Answer(
        value, _words(value | vouched), exit_code=MayNotPublish.exit_code if refused else 0
    )


def _words(value: show.Value) -> RenderableType:
    """Return the page as text: the answer, the facts, and last what it does not prove."""
    facts = {name: part for name, part in value.items() if name not in ("answer", "not_proven")}
    not_proven = "".join(f"\n* {sentence}" for sentence in value["not_proven"])
    return Group(
        Text(f"{value['answer']}\n"),
        as_people_read(facts),
        Text(f"\nWhat this does not prove:{not_proven}"),
    )


def _value(session: Session, facts: Facts) -> show.Value:
    license, grant = facts.license, facts.grant
    terms = told.grant_value(grant, look.currencies(session))
    return {
        "license": show.identifier(license.id),
        "may_publish": facts.reason is Reason.NONE,
        "answer": _answer(facts),
        "asked": {
            "by": facts.who,
            "uses": words.use_names(facts.uses),
            "markets": words.market_words(facts.markets, names=True),
            "images": facts.images,
        },
        "never": _never(facts),
        "twin": show.identifier(grant.twin_id),
        "owner": facts.owner,
        "licensee": license.licensee,
        "reporters": list(facts.reporters),
        "uses": words.use_names(license.uses),
        "markets": words.market_words(license.markets, names=True),
        "category": words.category_name(grant.scope.category),
        "exclusive": _exclusive(facts),
        "start": show.when(license.start),
        "end": show.when(license.end),
        "end_as_granted": show.when(grant.end),
        "paid_through": show.when(license.paid_through),
        "covered_until": show.when(facts.covered_until),
        "images_left": license.images_left,
        "quota": grant.pay.quota,
        "fee": terms["fee"],
        "deposited": show.money(license.deposited, grant.pay.currency, look.currencies(session)),
        "notice": _notice(facts),
        "agreement": show.digest(grant.scope.agreement),
        "memo": MEMOS[facts.memo.value],
        "memo_hash": show.digest(grant.memo_hash),
        "came_from": "a rate card" if grant.is_booking else "an offer",
        "card": show.digest(grant.scope.card),
        "reference": show.digest(grant.scope.ref),
        "granted_in": grant.transaction,
        "usage": [told.batch_value(batch) for batch in facts.batches],
        "usage_head": show.digest(license.head),
        "usage_is_complete": facts.is_complete,
        "block": facts.block,
        "block_hash": facts.block_hash,
        "block_time": show.when(facts.time),
        "chain": session.chain.chain_id,
        "contracts": {
            "twins": session.chain.deployment.twins,
            "licenses": session.chain.deployment.licenses,
        },
        "code": "the code at both addresses is that of this package",
        "not_proven": list(NOT_PROVEN),
    }


def _answer(facts: Facts) -> str:
    """Return yes or no, and how long or why."""
    if facts.reason is Reason.NONE:
        return f"Yes, until {_said(facts.covered_until)}."
    said = f"No. {MayNotPublish(facts.license.id, int(facts.reason))}"
    if facts.reason is Reason.NOT_STARTED:
        return f"{said} It starts at {_said(facts.license.start)}."
    return said


def _never(facts: Facts) -> list[str]:
    """Return where and when nothing may be published under the license, whatever is asked."""
    license = facts.license
    is_paid = license.end <= license.paid_through
    return [
        f"before {_said(license.start)}",
        f"from {_said(facts.covered_until)} on" + ("" if is_paid else ", unless more is paid in"),
        "in any use or market that is not named here; AI training is one of its own",
        f"more than {license.images_left} further image{'' if license.images_left == 1 else 's'}",
    ]


def _said(time: int) -> str:
    return (show.when(time) or "").replace("T", " ").replace("Z", " UTC")


def _exclusive(facts: Facts) -> str:
    if not facts.grant.scope.exclusive:
        return "no: others may have licenses for the same"
    category = words.category_label(facts.grant.scope.category)
    return (
        f"yes: in {category}, in these uses and markets, the contract grants no other licensee "
        "anything of this twin until the end"
    )


def _notice(facts: Facts) -> str:
    if facts.license.is_settled:
        return "it has ended and is settled"
    if facts.license.is_noticed:
        return "the owner has given notice: the end is the one above"
    return f"the owner may end it with notice of {show.span(facts.grant.scope.notice)}"
