"""Drafts and signed messages: drawn up, shown, signed, kept in files, sent.

A message is never shown without its memo, nor a memo without the fields that it speaks of.
"""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twinrights import memo
from twinrights.cli import agreed, answer, look, read, show
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session
from twinrights.errors import BadDate, BadSignedFile, BadValue, OtherContract, WrongChain
from twinrights.terms import Move, MoveAtOnce, RateCard, Revocation
from twinrights.typed_data import Signed
from twinrights.unusual import unusual

__all__ = [
    "Copies",
    "copies_of_move",
    "deadline",
    "described",
    "ending",
    "exported",
    "opened",
    "present",
    "require_here",
    "revocation",
    "signed_by",
    "signed_on_page",
    "unchecked",
    "usual_card",
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


def usual_card(session: Session, path: Path | None) -> RateCard | None:
    """Return the rate card of a file, once it is its owner's; None where no file was named."""
    if path is None:
        return None
    paper = opened(session, path, "ratecard")
    session.chain.signers.check(paper)
    assert isinstance(paper.message, RateCard)
    return paper.message


def signed_by(
    session: Session, paper: Signed, name: str, *, card: RateCard | None = None
) -> Signed:
    """Show memo and fields, then return the paper signed by the wallet called `name`.

    What is unusual beside a rate card is said, too.

    Raises SignerDiffers where another must sign (SignatureInvalid where a contract wallet must, and
    this is not its key), MemoDiffers where the memo says something else than the fields.
    """
    present(session, paper)
    agreed.show(session, paper)
    currencies = session.chain.currencies
    for found in unusual(paper.message, card=card, currencies=currencies):
        session.remark(f"unusual: {found.sentence}")
    signed = session.wallet(name).sign(
        paper.message,
        chain_id=paper.chain_id,
        contract=paper.contract,
        currencies=currencies,
    )
    session.chain.signers.check(signed)
    return signed


def signed_on_page(
    session: Session,
    paper: Signed,
    *,
    card: RateCard | None = None,
    opens_browser: bool,
    seconds: int,
) -> Signed:
    """Return the paper signed by the wallet that answers on a page, which shows memo and fields.

    Raises as `signed_by` does, before any page opens; SigningDeclined, SigningTimedOut.
    """
    from twinrights.web.request import request_of
    from twinrights.web.server import ask

    agreement = agreed.words_of(session, paper)
    request = request_of(session.chain, paper, card=card, agreement=agreement)

    def check(signature: bytes) -> None:
        session.chain.signers.check(paper.with_signature(signature))

    def tell(address: str) -> None:
        session.console.print(f"Sign at {address}", soft_wrap=True)
        if opens_browser and session.has_screen:
            webbrowser.open(address)

    return paper.with_signature(ask(request, check=check, tell=tell, seconds=seconds))


def with_signature(session: Session, paper: Signed, text: str) -> Signed:
    """Return the paper with a wallet's signature (hexadecimal, or a file of it), if it is right.

    Raises SignerDiffers, SignatureInvalid, NotSigned, BadValue.
    """
    present(session, paper)
    agreed.show(session, paper)
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


@dataclass(frozen=True)
class Copies:
    """The signed copies of one move, by who signed them."""

    twin_id: int
    is_at_once: bool
    owner: Signed | None
    guardian: Signed | None
    acceptance: Signed


def copies_of_move(session: Session, files: Sequence[Path]) -> Copies:
    """Return the copies of a move that files hold; who signed it says whose each is.

    Raises BadValue where the new wallet's copy is missing, SignerDiffers where one is signed by
    none of the three.
    """
    papers = [opened(session, file, "move", "move_at_once") for file in files]
    message = papers[0].message
    if not isinstance(message, (Move, MoveAtOnce)):
        raise BadValue("FILE", f"{files[0]} is not a move")
    is_at_once = isinstance(message, MoveAtOnce)
    chain = session.chain
    people = {
        "owner": chain.twins.get(message.twin_id).owner,
        "guardian": chain.recovery.guardian(message.twin_id),
        "acceptance": message.to,
    }
    found: dict[str, Signed] = {}
    for paper in papers:
        signer = chain.signers.check(paper)
        roles = [role for role, wallet in people.items() if wallet == signer]
        found |= dict.fromkeys(roles, paper)
    if "acceptance" not in found:
        raise BadValue("FILE", f"no copy is signed by the new wallet {message.to}")
    owner, guardian = found.get("owner"), found.get("guardian")
    return Copies(message.twin_id, is_at_once, owner, guardian, found["acceptance"])


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
    """Return the paper of a file, of one of these kinds if any is named, truly worded and of now.

    Raises FileMissing, BadSignedFile, WrongChain, OtherContract, MemoDiffers, SignedAhead.
    """
    paper = unchecked(path, *kinds)
    require_here(session, paper)
    memo.check(paper.message, currencies=session.chain.currencies)
    session.chain.signers.require_not_ahead(paper.message)
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
