"""The one secret of a demo: all its keys and salts come from it, each time the same."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from eth_utils.crypto import keccak

from twinrights.wallets import Wallet

__all__ = ["Seed"]


@dataclass(frozen=True, slots=True)
class Seed:
    """32 bytes that nobody can guess."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Seed:
        """Return a seed that there was not before."""
        return cls(secrets.token_bytes(32))

    def salt(self, *words: object) -> bytes:
        """Return 32 bytes that are always the same for these words."""
        return keccak(self.secret + keccak(text=repr(words)))

    def wallet(self, *words: object) -> Wallet:
        """Return a wallet that is always the same for these words, called as the last."""
        return Wallet.from_key(self.salt("wallet", *words), name=str(words[-1]))
