"""The fixtures that the rooms of money, endings, usage and stories share."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import Desk

__all__ = ["desk", "deployed", "lone", "odd_desk"]


@pytest.fixture(scope="module")
def deployed(module_isolation):
    """A desk for the whole module; a test uses `desk`."""
    return Desk()


@pytest.fixture
def desk(deployed, fn_isolation):
    """A desk where nothing has been granted yet."""
    return _cleared(deployed)


@pytest.fixture
def lone(desk):
    """The one license of its desk: 90 days and 100 images for 9,000, paid whole."""
    return desk.accept()


@pytest.fixture(params=[0, 6, 18], ids=lambda decimals: f"{decimals} decimals")
def odd_desk(request, fn_isolation):
    """A desk of its own whose token has 0, 6 or 18 decimals."""
    return Desk(decimals=request.param)


def _cleared(desk):
    desk.granted.clear()
    desk.payable.clear()
    return desk
