"""Drafts and signed messages: drawn up, shown, signed, kept in files, sent.

A message is never shown without its memo, nor a memo without the fields that it speaks of.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from twinrights import memo
from twinrights.cli import answer, look, read, show
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session
from twinrights.errors import BadDate, BadSignedFile, BadValue, OtherContract, WrongChain
from twinrights.terms import Revocation
from twinrights.typed_data import Signed

__all__ = [
    "deadline",
    "described",
    "ending",
    "exported",
    "opened",
    "present",
    "require_here",
    "revocation",
    "signed_by",
    "unchecked",
    "with_signature",
    "written",
]


def deadline(session: Session, text: str) -> int:
    """Return the first second at which a signature can no longer be used; raises BadDate."""
    now = session.chain.now()
    last = read.moment(text, now=now)
    if last <= now:
        raise BadDate(text=text, problem="it has passed, so nobody could use the signature")
    return last


def revocation(session: Session, paper: Signed, until: str) -> Revocation:
    """Return the withdrawal of an offer or a rate card."""
    return Revocation(
        memo="",
        twin_id=session.chain.signers.twin_of(paper.message),
        digest=paper.digest,
        deadline=deadline(session, until),
    )


def ending(session: Session, kind: type[Any], license: str, until: str) -> Any:
    """Return the owner's act, of that kind, that ends a license; it carries the twin's nonce."""
    license_id = look.license_of(session, license).id
    twin = session.chain.twins.get(session.chain.licenses.terms(license_id).twin_id)
    return kind(
        memo="",
        license_id=license_id,
        nonce=twin.authority.nonce,
        deadline=deadline(session, until),
    )


def signed_by(session: Session, paper: Signed, name: str) -> Signed:
    """Show memo and fields, then return the paper signed by the wallet called `name`.

    Raises SignerDiffers where another must sign (SignatureInvalid where a contract wallet must, and
    this is not its key), MemoDiffers where the memo says something else than the fields.
    """
    present(session, paper)
    signed = session.wallet(name).sign(
        paper.message,
        chain_id=paper.chain_id,
        contract=paper.contract,
        currencies=session.chain.currencies,
    )
    session.chain.signers.check(signed)
    return signed


def with_signature(session: Session, paper: Signed, text: str) -> Signed:
    """Return the paper with a wallet's signature (hexadecimal, or a file of it), if it is right.

    Raises SignerDiffers, SignatureInvalid, NotSigned, BadValue.
    """
    present(session, paper)
    written_out = Path(text).read_text(encoding="utf-8") if Path(text).is_file() else text
    signed = paper.with_signature(_hexadecimal(written_out))
    session.chain.signers.check(signed)
    return signed


def require_here(session: Session, paper: Signed) -> None:
    """Do nothing if a paper is for this chain and its contracts, else raise what differs."""
    chain = session.chain
    if paper.chain_id != chain.chain_id:
        raise WrongChain(chain.chain_id, paper.chain_id)
    expected = chain.draft(paper.message).contract
    if paper.contract != expected:
        raise OtherContract(paper.contract, expected)


def present(session: Session, paper: Signed) -> None:
    """Show a message on stderr: the memo, and beside it every field that it speaks of."""
    if not session.settings.as_json:
        answer.show(answer.as_people_read(described(session, paper)), session.console)


def described(session: Session, paper: Signed) -> show.Value:
    """Return what a message is and says."""
    return {
        "kind": paper.kind,
        "digest": show.digest(paper.digest),
        **show.message_value(paper.message, look.currencies(session)),
    }


def written(session: Session, paper: Signed, out: Path | None) -> Answer:
    """Answer with a paper, written to its file; without one it goes to stdout as it is.

    Memo and fields of a draft are shown here, those of a signed paper were before the signing.
    """
    if not paper.signature:
        present(session, paper)
    value = {
        **described(session, paper),
        "is_signed": bool(paper.signature),
        "file": str(out) if out else None,
        "paper": paper.to_json(),
    }
    if out is None:
        return Answer(value, json.dumps(paper.to_json(), indent=2, ensure_ascii=False))
    paper.save(out)
    state = "signed" if paper.signature else "not yet signed"
    return Answer(value, f"{out}: {paper.kind} {show.digest(paper.digest)}, {state}")


def exported(session: Session, paper: Signed, out: Path | None) -> Answer:
    """Answer with the EIP-712 JSON that a wallet shows and signs; memo and fields beside it."""
    present(session, paper)
    text = json.dumps(paper.typed_data, indent=2, ensure_ascii=False)
    if out is not None:
        out.write_text(text + "\n", encoding="utf-8")
    return Answer(paper.typed_data, text if out is None else f"written to {out}")


def opened(session: Session, path: Path, *kinds: str) -> Signed:
    """Return the paper of a file, of one of these kinds if any is named, truly worded.

    Raises FileMissing, BadSignedFile, WrongChain, OtherContract, MemoDiffers.
    """
    paper = unchecked(path, *kinds)
    require_here(session, paper)
    memo.check(paper.message, currencies=session.chain.currencies)
    return paper


def unchecked(path: Path, *kinds: str) -> Signed:
    """Return the paper of a file, whatever its memo says: to look at it, or to withdraw it.

    Raises FileMissing, BadSignedFile.
    """
    paper = Signed.load(path)
    if kinds and paper.kind not in kinds:
        raise BadSignedFile(str(path), f"it is of kind {paper.kind} and should be {kinds[0]}")
    return paper


def _hexadecimal(text: str) -> bytes:
    try:
        return bytes.fromhex(text.strip().removeprefix("0x"))
    except ValueError:
        raise BadValue("--signature", "it is not hexadecimal") from None
