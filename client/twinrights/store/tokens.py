"""Who may read and write a store: tokens that its owner gave, kept by their hashes.

A token is 32 random bytes, so its SHA-256 can be kept: nobody guesses back. The file of them lies
in the store's folder, that of one token with whoever holds it; both are their users' alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from twinrights.errors import BadFile, BadValue, FileMissing, TokenExposed

__all__ = ["Holder", "Tokens", "read_token"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a token was given to, and what it allows."""

    name: str
    may_write: bool
    sha256: str


class Tokens:
    """The tokens of a store's folder, read anew each time: what is taken back is so at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tokens.json"

    def give(self, name: str, *, may_write: bool) -> str:
        """Return a new token for somebody; an older one of that name is taken back."""
        if not name.isprintable() or not name.strip():
            raise BadValue("name", f"{name!r} names nobody")
        token = secrets.token_urlsafe(32)
        others = [holder for holder in self._all() if holder.name != name]
        self._keep([*others, Holder(name, may_write, _hashed(token))])
        return token

    def take_back(self, name: str) -> None:
        """Make the token of a name void.

        Raises:
            BadValue: nobody of that name has one.
        """
        holders = self._all()
        others = [holder for holder in holders if holder.name != name]
        if len(others) == len(holders):
            raise BadValue("name", f"nobody called {name!r} has a token")
        self._keep(others)

    def holder(self, token: str) -> Holder | None:
        """Return whose token that is; None for nobody's."""
        hashed, found = _hashed(token), None
        for holder in self._all():
            if hmac.compare_digest(holder.sha256, hashed):
                found = holder
        return found

    def _all(self) -> list[Holder]:
        try:
            return [Holder(**entry) for entry in json.loads(self._file.read_bytes())]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError) as error:
            raise BadFile(str(self._file), "it is no list of tokens") from error

    def _keep(self, holders: list[Holder]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        write_private(draft, json.dumps([asdict(holder) for holder in holders], indent=2) + "\n")
        os.replace(draft, self._file)


def read_token(path: Path) -> str:
    """Return the token of a file: its first line.

    Raises:
        FileMissing: there is no such file.
        TokenExposed: others than its user can read it.
    """
    if not path.is_file():
        raise FileMissing(str(path))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise TokenExposed(str(path))
    return path.read_text(encoding="utf-8").partition("\n")[0].strip()


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its user can read; raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
