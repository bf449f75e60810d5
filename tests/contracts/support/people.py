"""The people at the desk, each a fixture."""

from __future__ import annotations

from typing import Any

import pytest

__all__ = ["agency", "hm", "model", "photographer", "relay", "rival", "stranger", "stylist"]


def _role(name: str) -> Any:
    return pytest.fixture(name=name)(lambda desk: getattr(desk, name))


model, hm, rival, agency = map(_role, ("model", "hm", "rival", "agency"))
photographer, stylist, stranger, relay = map(
    _role, ("photographer", "stylist", "stranger", "relay")
)
