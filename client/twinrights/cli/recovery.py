"""`twinrights twin guardian, move, …`: what outlives a lost phone, and the end of new licenses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import look, option, papers, sending, told
from twinrights.cli.answer import Answer
from twinrights.cli.command import command
from twinrights.cli.session import Session
from twinrights.cli.twin import group
from twinrights.errors import BadValue
from twinrights.terms import ZERO_ADDRESS, GuardianChange, Move, MoveAtOnce, MoveDrop, Retirement

__all__ = ["group"]


@command(group, "guardian")
def guardian(
    session: Session,
    twin: option.TwinId,
    to: Annotated[
        str, typer.Option(metavar="WALLET", help="Who helps after a loss from now on, or `none`.")
    ],
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the act that names another guardian; a move that the last one proposed is dropped."""
    known = look.twin_of(session, twin)
    message = GuardianChange(
        memo="",
        twin_id=known.id,
        guardian=ZERO_ADDRESS if to == "none" else session.account(to),
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "move")
def move(
    session: Session,
    twin: option.TwinId,
    to: Annotated[str, typer.Option(metavar="WALLET", help="The wallet that shall hold the twin.")],
    at_once: Annotated[
        bool, typer.Option("--at-once", help="Without delay: owner and guardian both sign it.")
    ] = False,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    out: option.Out = None,
) -> Answer:
    """Draft a move to another wallet. Owner or guardian signs a copy, and the new wallet."""
    known = look.twin_of(session, twin)
    kind = MoveAtOnce if at_once else Move
    message = kind(
        memo="",
        twin_id=known.id,
        to=session.account(to),
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, out=out)


@command(group, "send-move")
def send_move(
    session: Session,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="The copies: each signed by one of the three."),
    ],
    payer: option.Payer,
) -> Answer:
    """Send a move: one at once moves the twin, another is proposed and waits.

    The owner's waits 7 days, the guardian's 14; then `twin complete` moves the twin. The new
    wallet's copy must be there in any case.
    """
    copies = papers.copies_of_move(session, files)
    wallet = session.wallet(payer)
    recovery, accepted = session.chain.recovery, copies.acceptance
    with session.working("sending the move"):
        if copies.is_at_once and copies.owner and copies.guardian:
            recovery.move(
                owner=copies.owner, guardian=copies.guardian, acceptance=accepted, payer=wallet
            )
        elif copies.is_at_once:
            raise BadValue("FILE", "a move at once needs the copies of owner and guardian")
        elif copies.owner:
            recovery.propose_move(copies.owner, acceptance=accepted, payer=wallet)
        elif copies.guardian:
            recovery.propose_rescue(copies.guardian, acceptance=accepted, payer=wallet)
        else:
            raise BadValue("FILE", "neither owner nor guardian has signed a copy of this move")
    return Answer(told.recovery_value(session.chain, copies.twin_id))


@command(group, "complete")
def complete(session: Session, twin: option.TwinId, payer: option.Payer) -> Answer:
    """Complete the pending move of a twin, once it has waited long enough. Anyone may."""
    known = look.twin_of(session, twin)
    session.chain.recovery.complete_move(known.id, payer=session.wallet(payer))
    return Answer(told.recovery_value(session.chain, known.id))


@command(group, "drop-move")
def drop(
    session: Session,
    twin: option.TwinId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's no to the move that is pending, whoever proposed it."""
    known = look.twin_of(session, twin)
    until = papers.deadline(session, deadline)
    message = MoveDrop("", known.id, known.authority.nonce, until)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "retire")
def retire(
    session: Session,
    twin: option.TwinId,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the end of new licenses, for good. Running ones go on, and what is due is paid."""
    known = look.twin_of(session, twin)
    until = papers.deadline(session, deadline)
    message = Retirement("", known.id, known.authority.nonce, until)
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)
