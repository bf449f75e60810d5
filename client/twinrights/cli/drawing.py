"""What the drafts of offers and rate cards have in common: start and term, shares, hashes."""

from __future__ import annotations

from collections.abc import Sequence

from twinrights.cli import read
from twinrights.cli.session import Session
from twinrights.errors import BadDate, BadValue
from twinrights.terms import ZERO_HASH, Share

__all__ = ["agreement_of", "reference_of", "shares_of", "start_of", "term_of"]

DAY = 86_400


def start_of(session: Session, text: str) -> int:
    """Return the start: 0 for `now`, which is the second of the grant; raises BadDate if past."""
    if text == "now":
        return 0
    now = session.chain.now()
    start = read.moment(text, now=now)
    if start < now:
        raise BadDate(text=text, problem="a license cannot start in the past")
    return start


def term_of(session: Session, start: int, *, through: str | None, days: int | None) -> int:
    """Return the seconds from the start to the end, given as a last day or a number of days."""
    if (through is None) == (days is None):
        raise BadValue("term", "give either --through or --days")
    if days is not None:
        return days * DAY
    term = read.through(str(through)) - (start or session.chain.now())
    if term <= 0:
        raise BadDate(text=str(through), problem="the license would end before it starts")
    return term


def shares_of(session: Session, texts: Sequence[str] | None) -> tuple[Share, ...]:
    """Return the shares of the payees beside the owner, in their order."""
    parts = map(read.share_parts, texts or ())
    return tuple(Share(session.account(payee), bps, role) for role, bps, payee in parts)


def agreement_of(text: str | None) -> bytes:
    """Return the hash of the contract that people read; all zero for none."""
    return read.hash_of(text, field="--agreement") if text else ZERO_HASH


def reference_of(text: str | None) -> bytes:
    """Return a reference of 32 bytes: a hash as given, else the hash of the text; zero for none.

    A short number can be guessed from its hash: add something random where that matters.
    """
    if not text:
        return ZERO_HASH
    if text.startswith("0x"):
        return read.hash_of(text, field="--ref")
    from eth_utils.crypto import keccak

    return bytes(keccak(text=text))
