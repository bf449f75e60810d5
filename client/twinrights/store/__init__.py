"""The store: agreements, annexes, manifests, thumbnails and proposals, outside the chain.

kinds    what is kept, and by which hash each kind is named
base     what every store does: each read is held to its hash
folder   a store in a folder
remote   a store behind an address
server   what serves a folder to others
tokens   who may read and write there
"""

from __future__ import annotations

from pathlib import Path

from twinrights.store.base import Store
from twinrights.store.folder import FolderStore
from twinrights.store.kinds import Kind, hash_of, kind_of, proposal_bytes
from twinrights.store.remote import RemoteStore
from twinrights.store.tokens import read_token

__all__ = [
    "FolderStore",
    "Kind",
    "RemoteStore",
    "Store",
    "hash_of",
    "kind_of",
    "open_store",
    "proposal_bytes",
]


def open_store(address: str, *, token_file: Path | None = None) -> Store:
    """Return the store of a folder or an address, with the token of a file.

    Raises:
        BadValue: it is an address that is not safe, or none.
        FileMissing, TokenExposed: the token cannot be had, or others can read it.
    """
    if "://" not in address:
        return FolderStore(address)
    return RemoteStore(address, token=None if token_file is None else read_token(token_file))
