"""A store: files by the hash that stands on chain, each held to it whenever it is read."""

from __future__ import annotations

from abc import ABC, abstractmethod

from twinrights.errors import BadValue, WrongHash
from twinrights.store.kinds import Kind, hash_of

__all__ = ["Store"]


class Store(ABC):
    """Where files are kept: a folder here, or somebody's server."""

    address: str
    """What people call it by: the folder, or the address of the server."""

    def get(self, kind: Kind, wanted: bytes) -> bytes:
        """Return the file of that hash.

        Raises:
            NotInStore: the store does not have it.
            WrongHash: what it gives is another file.
            StoreUnreachable, StoreRefused: a server does not answer, or says no.
        """
        content = self._read(kind, name_of(wanted))
        try:
            found = hash_of(kind, content)
        except BadValue as error:
            raise WrongHash(self.address, kind.value, wanted, error.problem) from error
        if found != wanted:
            raise WrongHash(self.address, kind.value, wanted, f"its hash is {name_of(found)}")
        return content

    def put(self, kind: Kind, content: bytes) -> bytes:
        """Keep a file, private unless its owner publishes it; return its hash.

        Raises:
            BadValue: it is too large, or none of its kind.
            StoreUnreachable, StoreRefused: a server does not answer, or says no.
        """
        found = hash_of(kind, content)
        self._write(kind, name_of(found), content)
        return found

    @abstractmethod
    def _read(self, kind: Kind, name: str) -> bytes:
        """Return what is kept under a name, whatever it is; at most `MOST` bytes."""

    @abstractmethod
    def _write(self, kind: Kind, name: str, content: bytes) -> None:
        """Keep a file under its name."""


def name_of(hash_: bytes) -> str:
    """Return the name of a file."""
    return f"0x{hash_.hex()}"
