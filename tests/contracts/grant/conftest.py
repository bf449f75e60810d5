from __future__ import annotations

import pytest

from tests.contracts.support.desk import Desk
from tests.contracts.support.people import *  # noqa: F403
from tests.contracts.support.rooms import deployed, desk, lone, odd_desk, put_back  # noqa: F401


@pytest.fixture
def any_desk(odd_desk: Desk) -> Desk:
    """A desk for each kind of token: 0, 6 and 18 decimals."""
    return odd_desk
