"""Agreements beside what names them: a draft, or a paper that is about to be signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from twinrights.agreement import Agreement, differences
from twinrights.cli.session import Session
from twinrights.errors import AgreementDiffers

__all__ = ["require_file", "require_same"]


def require_file(session: Session, text: str | None, message: Any) -> None:
    """Do nothing if an agreement that was made here says what a draft says; other files may.

    `text` is what followed --agreement. Raises AgreementDiffers, BadFile.
    """
    if text and not text.startswith("0x") and _is_ours(Path(text)):
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


def _is_ours(path: Path) -> bool:
    try:
        return "agreement" in json.loads(path.read_bytes())
    except (OSError, ValueError, TypeError, RecursionError):
        return False
