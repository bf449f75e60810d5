"""Agreements beside what names them: a draft, or what is about to be signed or accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twinrights.agreement import Agreement, differences, is_agreement
from twinrights.cli import read
from twinrights.cli.session import Session
from twinrights.errors import AgreementDiffers, NotInStore
from twinrights.store import Kind, Store
from twinrights.terms import ZERO_HASH, RateCard, Terms
from twinrights.typed_data import Signed

__all__ = ["found", "require_file", "require_same", "show", "words_of"]


def require_file(session: Session, text: str | None, message: Any) -> None:
    """Do nothing if an agreement that was made here says what a draft says; other files may.

    `text` is what followed --agreement. Raises AgreementDiffers, BadFile.
    """
    if text and not text.startswith("0x") and is_agreement(Path(text).read_bytes()):
        require_same(session, Agreement.load(text), message)


def require_same(session: Session, agreement: Agreement, message: Any) -> None:
    """Do nothing if an agreement says what an offer or a rate card here says.

    Raises AgreementDiffers with the first field of which it does not.
    """
    chain = session.chain
    found = differences(
        agreement,
        message,
        chain_id=chain.chain_id,
        contract=chain.deployment.licenses,
        currencies=chain.currencies,
    )
    if found:
        raise AgreementDiffers(found[0].field, found[0].agreed, found[0].found)


def show(session: Session, paper: Signed) -> None:
    """Show on stderr what `words_of` returns; raises what it does."""
    if words := words_of(session, paper):
        session.remark(words)


def words_of(session: Session, paper: Signed) -> str | None:
    """Return the agreement of an offer or a rate card in words, as the store has it.

    Where it cannot be read, that is what the words say; None where no agreement is named. Raises
    AgreementDiffers where it says something else than the paper, and what the store does.
    """
    message = paper.message
    if not isinstance(message, Terms | RateCard):
        return None
    wanted = message.scope.agreement if isinstance(message, Terms) else message.agreement
    if wanted == ZERO_HASH:
        return None
    if session.store is None:
        agreement, why = None, "no --store is named"
    else:
        agreement, why = _stored(session.store, wanted)
    if agreement is None:
        return f"The agreement 0x{wanted.hex()} was not read: {why}."
    require_same(session, agreement, message)
    return agreement.text()


def found(session: Session, text: str) -> Agreement:
    """Return the agreement of a file, or of a hash in the store.

    Raises FileMissing, BadFile, NotInStore.
    """
    if not text.startswith("0x"):
        return Agreement.load(text)
    content = session.named_store.get(Kind.AGREEMENT, read.hash_of(text, field="FILE"))
    return Agreement.from_bytes(content)


def _stored(store: Store, wanted: bytes) -> tuple[Agreement | None, str]:
    """Return an agreement that a store has, or why it cannot be read here."""
    try:
        content = store.get(Kind.AGREEMENT, wanted)
    except NotInStore:
        return None, f"{store.address} does not have it"
    if not is_agreement(content):
        return None, "it is a file that was not made here, to be read by itself"
    return Agreement.from_bytes(content), ""
