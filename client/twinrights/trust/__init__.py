"""Who vouches for a wallet, which images an owner doubts, and which wallets a domain calls its own.

Words, each worth what its speaker is worth: they grant nothing and take nothing.
"""

from __future__ import annotations

from twinrights.trust.domain import Domain
from twinrights.trust.domain_file import PATH, DomainFile
from twinrights.trust.fetch import fetch
from twinrights.trust.opened import opened
from twinrights.trust.room import Flagged, Trust, Vouch
from twinrights.trust.said import vouched_words
from twinrights.trust.statement import Statement

__all__ = [
    "PATH",
    "Domain",
    "DomainFile",
    "Flagged",
    "Statement",
    "Trust",
    "Vouch",
    "fetch",
    "opened",
    "vouched_words",
]
