"""Images on their way into a store: their manifest, and a thumbnail of each that can have one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from twinrights.media.images import ImageFile
from twinrights.media.manifest import Manifest
from twinrights.media.thumbnails import thumbnail
from twinrights.store.base import Store
from twinrights.store.kinds import Kind

__all__ = ["listed_in"]


def listed_in(store: Store, paths: Sequence[Path], files: Sequence[ImageFile]) -> Manifest:
    """Return the manifest of images after the store has it and the thumbnails.

    To be recorded next: what the chain names is then there already. `files` are the paths' hashes.

    Raises:
        StoreUnreachable, StoreRefused: the store does not take it.
    """
    thumbnails = {
        file.sha256: store.put(Kind.THUMBNAIL, small)
        for file, path in zip(files, paths, strict=True)
        if (small := thumbnail(path)) is not None
    }
    manifest = Manifest.of(files, thumbnails=thumbnails)
    store.put(Kind.MANIFEST, manifest.to_bytes())
    return manifest
