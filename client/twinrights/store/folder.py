"""A store in a folder: KIND/0x…, readable by its user alone; `.public` beside what is public."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from twinrights.errors import BadFile, NotInStore, WrongHash
from twinrights.store.base import Store, name_of
from twinrights.store.kinds import MOST, Kind

__all__ = ["FolderStore"]

PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Opens no link, and waits at no pipe."""


class FolderStore(Store):
    """The store of a folder, which is made when the first file comes."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.address = str(folder)

    def publish(self, kind: Kind, wanted: bytes) -> None:
        """Let anybody read a file through the server.

        Raises:
            NotInStore, WrongHash, BadFile: it cannot be read here.
        """
        self.get(kind, wanted)
        self._mark(kind, name_of(wanted)).touch(mode=0o600)

    def is_public(self, kind: Kind, wanted: bytes) -> bool:
        """Return whether anybody may read a file."""
        return self._mark(kind, name_of(wanted)).is_file()

    def _mark(self, kind: Kind, name: str) -> Path:
        return self.folder / kind.value / f"{name}.public"

    def _read(self, kind: Kind, name: str) -> bytes:
        path = self._room(kind) / name
        try:
            handle = os.open(path, PLAIN)
        except FileNotFoundError as error:
            raise NotInStore(self.address, kind.value, name) from error
        except OSError as error:
            raise BadFile(str(path), "it is a link, or cannot be opened") from error
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise BadFile(str(path), "it is no plain file")
            return file.read(MOST + 1)

    def _write(self, kind: Kind, name: str, content: bytes) -> None:
        """Keep a file at once or not at all: a reader never sees half of it."""
        room = self._room(kind)
        room.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self.get(kind, bytes.fromhex(name[2:]))
            return
        except (NotInStore, WrongHash, BadFile):
            pass  # not there, or damaged: it is written anew
        handle, draft = tempfile.mkstemp(dir=room, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, room / name)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def _room(self, kind: Kind) -> Path:
        room = self.folder / kind.value
        if room.is_symlink():
            raise BadFile(str(room), "it is a link")
        return room
