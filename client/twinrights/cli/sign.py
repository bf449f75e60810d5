"""`twinrights sign`: a draft becomes signed, here or in any wallet, and is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import option, papers, sending
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session

__all__ = ["group"]

group = family(
    "sign",
    "Sign a draft: `sign FILE --as WALLET` here, or export it to any wallet and import it back.",
    with_default=True,
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The draft.")]


@command(group, "file")
def file(session: Session, file: File, signer: option.Signer, out: option.Out = None) -> Answer:
    """Show the memo and the fields of a draft, then sign it: what `sign FILE` does."""
    paper = papers.opened(session, file)
    return papers.written(session, papers.signed_by(session, paper, signer), out)


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
