"""The manifest of a batch: which files it holds. Its hash stands on chain, the file stays private.

Each entry has a salt of its own, so that one image can be shown to be recorded without showing the
others, and nobody finds an image by guessing hashes. The file's exact bytes are what is hashed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eth_utils.crypto import keccak

from twinrights.errors import BadFile, FileMissing, NotRecorded
from twinrights.media.images import ImageFile, sha256_of
from twinrights.media.tree import Tree
from twinrights.terms import Leaf

__all__ = ["Manifest", "ManifestEntry"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One image of a manifest; `thumbnail` is the SHA-256 of a small picture, if one was made."""

    index: int
    name: str
    size: int
    sha256: bytes
    salt: bytes
    thumbnail: bytes | None = None

    @property
    def hash(self) -> bytes:
        """The salted hash that goes into the leaf."""
        return keccak(_canonical(self.to_json()))

    @property
    def leaf(self) -> Leaf:
        """The leaf of this image."""
        return Leaf(self.index, self.sha256, self.hash)

    def to_json(self) -> dict[str, Any]:
        """Return the entry as it stands in the file."""
        small = {} if self.thumbnail is None else {"thumbnail": self.thumbnail.hex()}
        return {
            "index": self.index,
            "name": self.name,
            "salt": self.salt.hex(),
            "sha256": self.sha256.hex(),
            "size": self.size,
            **small,
        }


@dataclass(frozen=True, slots=True)
class Manifest:
    """The images of one batch, in their order, and the salt of the whole."""

    entries: tuple[ManifestEntry, ...]
    salt: bytes

    @classmethod
    def of(
        cls,
        files: Sequence[ImageFile],
        *,
        thumbnails: Mapping[bytes, bytes] = MappingProxyType({}),
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> Manifest:
        """Return the manifest of files, with fresh salts from `random`.

        `thumbnails` are the SHA-256 of small pictures, by that of their images.
        """
        return cls(
            tuple(
                ManifestEntry(
                    index,
                    file.name,
                    file.size,
                    file.sha256,
                    random(32),
                    thumbnails.get(file.sha256),
                )
                for index, file in enumerate(files)
            ),
            random(32),
        )

    @classmethod
    def load(cls, path: Path | str) -> Manifest:
        """Return the manifest of a file.

        Raises:
            FileMissing: there is no such file.
            BadFile: it is no manifest, or its bytes are not those that were hashed.
        """
        file = Path(path)
        try:
            content = file.read_bytes()
            manifest = cls.from_bytes(content)
        except FileNotFoundError as error:
            raise FileMissing(str(file)) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadFile(str(file), "it is no manifest of a usage batch") from error
        if manifest.to_bytes() != content:
            raise BadFile(str(file), "its bytes were changed since it was recorded")
        return manifest

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Return the manifest of a file's bytes."""
        data = json.loads(content)
        if data["manifest"] != FORMAT:
            raise ValueError(f"manifest format {data['manifest']}")
        entries = tuple(
            ManifestEntry(
                int(entry["index"]),
                str(entry["name"]),
                int(entry["size"]),
                bytes.fromhex(entry["sha256"]),
                bytes.fromhex(entry["salt"]),
                bytes.fromhex(entry["thumbnail"]) if "thumbnail" in entry else None,
            )
            for entry in data["images"]
        )
        return cls(entries, bytes.fromhex(data["salt"]))

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON with sorted keys and no spaces, one line."""
        return _canonical(
            {
                "images": [entry.to_json() for entry in self.entries],
                "manifest": FORMAT,
                "salt": self.salt.hex(),
            }
        )

    def save(self, path: Path | str) -> Path:
        """Write the manifest to a file; return its path."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.to_bytes())
        return file

    @property
    def hash(self) -> bytes:
        """The hash of the file, which goes on chain."""
        return keccak(self.to_bytes())

    @property
    def tree(self) -> Tree:
        """The tree of the images."""
        return Tree.of([entry.leaf for entry in self.entries])

    def lists(self, files: Sequence[ImageFile]) -> bool:
        """Return whether it holds just these files, in this order."""
        return [(one.name, one.sha256) for one in self.entries] == [
            (one.name, one.sha256) for one in files
        ]

    def entry_of(self, path: Path | str) -> ManifestEntry:
        """Return the entry of a file, found by its SHA-256.

        Raises:
            FileMissing: the file is not there.
            NotRecorded: the manifest does not hold it.
        """
        sha256 = sha256_of(path).sha256
        for entry in self.entries:
            if entry.sha256 == sha256:
                return entry
        raise NotRecorded(str(path), f"manifest 0x{self.hash.hex()[:8]}…")


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
