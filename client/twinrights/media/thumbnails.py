"""Thumbnails: a small JPEG of an image, so that a list of usage can be looked at."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

__all__ = ["thumbnail"]

SIDE = 320
QUALITY = 80


def thumbnail(path: Path | str) -> bytes | None:
    """Return a JPEG of at most 320 pixels a side, without any metadata.

    None where there can be none: the extra `media` is not installed, or it is no picture.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                image.draft("RGB", (SIDE, SIDE))
                small = ImageOps.exif_transpose(image).convert("RGB")
                small.thumbnail((SIDE, SIDE))
    except (
        OSError,
        ValueError,
        SyntaxError,  # what Pillow raises of some broken files
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
    small.info.clear()
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
