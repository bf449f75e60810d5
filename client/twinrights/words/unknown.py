"""The refusal of a word that no list holds; it stands in the tree of errors."""

from __future__ import annotations

from twinrights.errors import UnknownWord

__all__ = ["UnknownWord"]
