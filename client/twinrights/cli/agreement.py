"""`twinrights agreement`: the contract that people read, drafted, shown and held to the terms."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from twinrights.agreement import Agreement, Annex, differences, language_of
from twinrights.cli import agreed, look, papers, show, trusted
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadInput, BadSignedFile
from twinrights.store import Kind, proposal_bytes
from twinrights.terms import RateCard, Terms
from twinrights.typed_data import Signed

__all__ = ["group"]

group = family("agreement", "Agreements: what an offer or a rate card says, in plain words.")

File = Annotated[
    str, typer.Argument(metavar="FILE", help="The agreement, or its hash (0x…) in the store.")
]
AnnexFile = Annotated[
    Path | None,
    typer.Option("--annex", metavar="FILE", help="Its salted annex; withheld unless given."),
]


@command(group, "draft")
def draft(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The draft: offer or rate card.")],
    annex: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Names and purpose, as docs/agreement.md lists them."),
    ],
    language: Annotated[
        str, typer.Option(metavar="CODE", help="The language that is agreed: en or sv.")
    ] = "en",
    folder: Annotated[Path, typer.Option(metavar="DIR", help="Where the three files go.")] = Path(
        "."
    ),
) -> Answer:
    """Write the agreement for a draft, its salted annex, and the draft with its hash in it.

    Only the last is signed. Keep the annex: without its salt nobody can prove what it says. The
    store of --store gets all three, privately.
    """
    paper = papers.opened(session, file)
    message = paper.message
    if not isinstance(message, Terms | RateCard):
        raise BadSignedFile(str(file), f"it is of kind {paper.kind} and should be offer")
    currency = message.pay.currency if isinstance(message, Terms) else message.currency
    named = Annex.drawn(annex)
    agreement = Agreement.of(
        message,
        named,
        chain_id=paper.chain_id,
        contract=paper.contract,
        currency=session.chain.currency(currency),
        language=language_of(language),
    )
    worded = session.chain.draft(agreement.agreed)
    if store := session.store:
        store.put(Kind.AGREEMENT, agreement.to_bytes())
        store.put(Kind.ANNEX, named.to_bytes())
        store.put(Kind.PROPOSAL, proposal_bytes(worded))
    written = _written(folder, agreement, named, worded)
    value = {"agreement": show.digest(agreement.hash), "digest": show.digest(worded.digest)}
    session.remark(agreement.deal_memo(named))
    return Answer({**value, **{name: str(path) for name, path in written.items()}})


@command(group, "show")
def shown(
    session: Session,
    file: File,
    annex: AnnexFile = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="To read it in en or sv; as it was agreed unless given."),
    ] = None,
    deal_memo: Annotated[
        bool, typer.Option("--deal-memo", help="The short form, on one page.")
    ] = False,
) -> Answer:
    """Show an agreement in plain words. No node is asked: see `agreement verify`."""
    agreement = agreed.found(session, file)
    named = None if annex is None else Annex.load(annex)
    wanted = agreement.language if language is None else language_of(language)
    write = agreement.deal_memo if deal_memo else agreement.text
    text = write(named, language=wanted)
    if wanted != agreement.language:
        session.remark(f"A translation to read: the agreed text is {agreement.language}.")
    return Answer(
        {
            "agreement": show.digest(agreement.hash),
            "template": agreement.template,
            "language": wanted,
            "is_agreed_text": wanted == agreement.language,
            "is_annex_withheld": named is None,
            "text": text,
        },
        text,
    )


@command(group, "verify")
def verify(
    session: Session,
    file: File,
    license: Annotated[
        str, typer.Option(metavar="LICENSE", help="The license that was granted under it.")
    ],
    annex: AnnexFile = None,
) -> Answer:
    """Hold an agreement, its hash and every field, to the chain; exit code 1 if one differs."""
    agreement = agreed.found(session, file)
    license_id = look.license_of(session, license).id
    chain = session.chain
    terms = chain.licenses.terms(license_id).terms
    found = differences(
        agreement,
        terms,
        chain_id=chain.chain_id,
        contract=chain.deployment.licenses,
        currencies=chain.currencies,
    )
    if annex is not None:
        agreement.text(Annex.load(annex))
    value = {
        "license": show.identifier(license_id),
        "licensee": terms.scope.licensee,
        "agreement": show.digest(agreement.hash),
        "agrees": not found,
        "annex": "withheld" if annex is None else "the one of the agreement",
        "differences": [
            {"field": each.field, "agreed": each.agreed, "on_chain": each.found} for each in found
        ],
    }
    exit_code = BadInput.exit_code if found else 0
    return trusted.answer(session, value, "licensee", exit_code=exit_code)


def _written(folder: Path, agreement: Agreement, annex: Annex, worded: Signed) -> dict[str, Any]:
    """Write the three files, named after the agreement; the annex for its owner's eyes."""
    folder.mkdir(parents=True, exist_ok=True)
    start = f"0x{agreement.hash.hex()[:8]}"
    text = folder / f"{start}.agreement.json"
    named = folder / f"{start}.annex.json"
    paper = folder / f"{start}.{worded.kind}.json"
    text.write_bytes(agreement.to_bytes())
    with os.fdopen(os.open(named, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(annex.to_bytes())
    worded.save(paper)
    return {"file": text, "annex": named, worded.kind: paper}
