"""What a store keeps, and by which hash each kind of file is named.

The hash stands on chain, or in a file whose hash does, so who serves a file cannot lie about it.
"""

from __future__ import annotations

import hashlib
import json
from enum import Enum

from eth_utils.crypto import keccak

from twinrights.errors import BadInput, BadValue
from twinrights.typed_data import Signed

__all__ = ["MOST", "Kind", "hash_of", "kind_of", "proposal_bytes"]

MOST = 32 * 1024 * 1024
"""The most bytes of one file: the manifest of some hundred thousand images."""

PROPOSED = ("offer", "ratecard")


class Kind(str, Enum):
    """A kind of file, and what its name is the hash of."""

    PROPOSAL = "proposal"
    """Unsigned terms: the EIP-712 digest of the message, which would be the license's id."""

    AGREEMENT = "agreement"
    """Keccak-256 of the file: `scope.agreement` in the terms."""

    ANNEX = "annex"
    """Keccak-256 of the file, its salt in it: stands in the agreement."""

    MANIFEST = "manifest"
    """Keccak-256 of the file, its salts in it: stands in the usage batch."""

    THUMBNAIL = "thumbnail"
    """SHA-256 of the file: stands in the manifest's entry of its image."""


def kind_of(text: str) -> Kind:
    """Return the kind of that name; raises BadValue where there is none."""
    try:
        return Kind(text)
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        raise BadValue("kind", f"{text!r} is none of {known}") from None


def hash_of(kind: Kind, content: bytes) -> bytes:
    """Return the hash that a file of a kind is named by.

    Raises:
        BadValue: it is too large, or no proposal.
    """
    if len(content) > MOST:
        raise BadValue(kind.value, f"it has more than {MOST:,} bytes")
    if kind is Kind.THUMBNAIL:
        return hashlib.sha256(content).digest()
    if kind is Kind.PROPOSAL:
        return _digest(content)
    return keccak(content)


def proposal_bytes(paper: Signed) -> bytes:
    """Return the file of a proposal: an offer or rate card, its signature left out."""
    data = {**paper.to_json(), "signature": None}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _digest(content: bytes) -> bytes:
    """Return the digest of a proposal; what the digest does not cover must not be there."""
    try:
        paper = Signed.from_json(json.loads(content), path="the proposal")
    except (BadInput, ValueError, RecursionError) as error:
        raise BadValue("proposal", "it is no unsigned offer or rate card") from error
    if paper.kind not in PROPOSED:
        raise BadValue("proposal", "it is no unsigned offer or rate card")
    if paper.signature or content != proposal_bytes(paper):
        raise BadValue("proposal", "it holds more than an unsigned message")
    return paper.digest
