"""`twinrights twin`: consent, mint, policy, and what the chain knows of twins."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from twinrights import words
from twinrights.cli import look, option, papers, read, sending, told, trusted
from twinrights.cli.answer import Answer, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadValue
from twinrights.media.pocket_card import PocketCard
from twinrights.terms import ZERO_ADDRESS, Consent, EpochRaise, Policy, SerialRaise
from twinrights.typed_data import Signed

__all__ = ["group"]

group = family("twin", "Own a twin: consent, mint, policy, epoch.")


@command(group, "consent")
def consent(
    session: Session,
    owner: Annotated[
        str, typer.Option(metavar="WALLET", help="The model's wallet: an address or a name.")
    ],
    replica: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Manifest of what is owned, with a salt of its own; or its hash (0x…).",
        ),
    ],
    guardian: Annotated[
        str | None,
        typer.Option(metavar="WALLET", help="Who helps to move the twin after a loss."),
    ] = None,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    out: option.Out = None,
) -> Answer:
    """Draft the consent by which a model's twin comes to exist."""
    message = Consent(
        memo="",
        owner=session.account(owner),
        replica=read.hash_of(replica, field="replica"),
        guardian=session.account(guardian) if guardian else ZERO_ADDRESS,
        salt=secrets.token_bytes(32),
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=None, out=out)


@command(group, "mint")
def mint(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The signed consent.")],
    payer: option.Payer,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw her pocket card here (PNG), to print and keep."),
    ] = None,
) -> Answer:
    """Make the twin of a signed consent, for the wallet that signed it. Anyone may send it."""
    signed = papers.opened(session, file, "consent")
    drawn = pocket_card(session, *_minted(session, signed)).png() if card else b""
    answer = sending.sent(session, signed, session.wallet(payer))
    if card:
        card.write_bytes(drawn)
    return answer


@command(group, "card")
def card(
    session: Session,
    twin: option.TwinId,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to draw it (PNG).")],
) -> Answer:
    """Draw the pocket card of a twin: what to do, and who helps, if the phone is lost."""
    known = look.twin_of(session, twin)
    drawn = pocket_card(session, known.id, session.chain.recovery.guardian(known.id))
    out.write_bytes(drawn.png())
    return Answer({"card": str(out), "text": drawn.text}, f"{out}: {drawn.steps[0]}")


def pocket_card(session: Session, twin_id: int, guardian: str | None) -> PocketCard:
    """Return the pocket card of a twin of this chain."""
    deployment = session.chain.deployment
    return PocketCard(twin_id, deployment.chain_id, deployment.twins, guardian)


def _minted(session: Session, signed: Signed) -> tuple[int, str | None]:
    """Return the id and the guardian of the twin that a consent makes."""
    message = signed.message
    if not isinstance(message, Consent):
        raise BadValue("FILE", "it is not a consent")
    guardian = None if message.guardian == ZERO_ADDRESS else message.guardian
    return session.chain.twins.id_of(message), guardian


@command(group, "policy")
def policy(
    session: Session,
    twin: option.TwinId,
    uses: option.Uses,
    categories: Annotated[
        str, typer.Option(metavar="CATEGORIES", help="The industries allowed at all.")
    ],
    least_owner_share: Annotated[
        str, typer.Option(metavar="PERCENT", help="The least part of a fee left to the owner.")
    ],
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's standing policy, which every later license must obey."""
    known = look.twin_of(session, twin)
    message = Policy(
        memo="",
        twin_id=known.id,
        uses=words.uses(uses),
        categories=words.categories(categories),
        least_owner_bps=read.basis_points(least_owner_share, field="--least-owner-share"),
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "epoch")
def epoch(
    session: Session,
    twin: option.TwinId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the act that makes every older signature of the owner void."""
    known = look.twin_of(session, twin)
    message = EpochRaise(
        memo="",
        twin_id=known.id,
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "serial")
def serial(
    session: Session,
    twin: option.TwinId,
    least: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, help="The least serial that is still good.")
    ],
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the act that makes every rate card below a serial void."""
    known = look.twin_of(session, twin)
    message = SerialRaise(
        memo="",
        twin_id=known.id,
        least_serial=least,
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "show")
def one(session: Session, twin: option.TwinId, block: option.Block = None) -> Answer:
    """Show a twin: its owner and who vouches for it, policy, guardian, a move that is pending."""
    known = look.twin_of(session, twin, block=block)
    as_of = look.as_of(session, block)
    value = told.recovery_value(session.chain, known.id, block=as_of)
    return trusted.answer(session, value, "owner", block=block)


@command(group, "list")
def every(
    session: Session,
    owner: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Only those of this wallet.")
    ] = None,
    block: option.Block = None,
) -> Answer:
    """List all twins of this chain."""
    wanted = session.account(owner) if owner else None
    twins = enumerate(session.chain.twins.all(block=look.as_of(session, block)), start=1)
    rows = [
        {"number": number, **told.twin_value(twin)}
        for number, twin in twins
        if wanted in (None, twin.owner)
    ]
    rows = trusted.rows(session, rows, "owner", block=block)
    return listed(rows, "number", "twin", "owner", "uses", "categories", "least_owner_share")
