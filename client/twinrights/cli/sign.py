"""`twinrights sign`: a draft becomes signed, here or in any wallet, and is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import option, papers, read, sending
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session

__all__ = ["group"]

group = family(
    "sign",
    "Sign a draft: `sign FILE` asks the wallet in your browser, `--as WALLET` signs here.",
    with_default=True,
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The draft.")]


@command(group, "file")
def file(
    session: Session,
    file: File,
    signer: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="WALLET",
            help=f"Sign with this instead of the browser's wallet: {option.WALLET}.",
        ),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The owner's signed rate card, to say what is unusual beside it."
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Open no browser: only say where the page is.")
    ] = False,
    wait: Annotated[
        str, typer.Option(metavar="TIME", help="How long the page waits for an answer.")
    ] = "15m",
    out: option.Out = None,
) -> Answer:
    """Show the memo and the fields of a draft, then have it signed: what `sign FILE` does.

    Without --as a page opens for the wallet in your browser; it is served to this machine alone,
    and only until it is answered.
    """
    paper = papers.opened(session, file)
    usual = papers.usual_card(session, card)
    if signer:
        return papers.written(session, papers.signed_by(session, paper, signer, card=usual), out)
    seconds = read.period(wait, field="--wait")
    signed = papers.signed_on_page(
        session, paper, card=usual, opens_browser=not no_browser, seconds=seconds
    )
    return papers.written(session, signed, out)


@command(group, "export")
def export(session: Session, file: File, out: option.Out = None) -> Answer:
    """Write a draft as EIP-712 JSON, which any wallet can show and sign."""
    paper = papers.opened(session, file)
    return papers.exported(session, paper, out)


@command(group, "import")
def bring(
    session: Session,
    file: File,
    signature: Annotated[
        str,
        typer.Option(metavar="HEX", help="The wallet's signature, or a file that holds it."),
    ],
    out: option.Out = None,
) -> Answer:
    """Put a wallet's signature to its draft, once it is the right signer's."""
    paper = papers.opened(session, file)
    return papers.written(session, papers.with_signature(session, paper, signature), out)


@command(group, "send")
def send(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The signed file.")],
    payer: option.Payer,
) -> Answer:
    """Send what an owner has signed: a consent, an act, or an offer to its licensee's account."""
    return sending.sent(session, papers.opened(session, file), session.wallet(payer))
