"""Finding image files and taking their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from twinrights.errors import BadFile, FileMissing

__all__ = ["SUFFIXES", "ImageFile", "find_images", "sha256_of"]

SUFFIXES = frozenset(
    {".avif", ".gif", ".heic", ".jpeg", ".jpg", ".mov", ".mp4", ".png", ".tif", ".tiff", ".webp"}
)
"""What counts as an image in a folder; a file that is named is taken whatever its suffix."""

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file: what it is called, how many bytes it has, and their SHA-256."""

    name: str
    size: int
    sha256: bytes


def find_images(paths: Path | str | Iterable[Path | str]) -> list[Path]:
    """Return the files that were named, folders replaced by the images in them, sorted by name.

    Raises:
        FileMissing: a path is not there.
        BadFile: none was named, a folder holds none, or one file is named twice.
    """
    named: list[Path | str] = [paths] if isinstance(paths, str | Path) else list(paths)
    if not named:
        raise BadFile("the list of images", "no image was named")
    found: list[Path] = []
    for path in map(Path, named):
        if not path.exists():
            raise FileMissing(str(path))
        inside = _images_in(path) if path.is_dir() else [path]
        if not inside:
            raise BadFile(str(path), "it holds no image")
        found += inside
    seen: set[Path] = set()
    for path in found:
        if path.resolve() in seen:
            raise BadFile(str(path), "it is named twice")
        seen.add(path.resolve())
    return found


def sha256_of(path: Path | str) -> ImageFile:
    """Return a file's name, size and SHA-256, read in blocks.

    Raises:
        FileMissing: it is not there.
    """
    file, digest, size = Path(path), hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
    except FileNotFoundError as error:
        raise FileMissing(str(file)) from error
    except OSError as error:
        raise BadFile(str(file), error.strerror or "it cannot be opened") from error
    return ImageFile(file.name, size, digest.digest())


def _images_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )
