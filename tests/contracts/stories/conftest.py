import pytest

from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.rooms import deployed, lone, odd_desk, put_back  # noqa: F401
from tests.contracts.support.rooms import desk as plain_desk  # noqa: F401


@pytest.fixture
def desk(plain_desk):  # noqa: F811
    """A desk whose clock has not run ahead of its chain in an earlier story."""
    wait_until(now() + 1)
    return plain_desk
