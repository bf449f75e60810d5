"""The fixtures that the rooms of money, endings, usage and stories share."""

from __future__ import annotations

import brownie
import pytest
from brownie import web3

from tests.contracts.support.clock import stand_still
from tests.contracts.support.desk import Desk

__all__ = ["deployed", "desk", "lone", "odd_desk", "open_desk", "put_back"]


@pytest.fixture(scope="module")
def deployed(module_isolation):
    """A desk for the whole module; a test uses `desk`."""
    return open_desk()


def open_desk(token: str | None = None) -> Desk:
    """Deploy a desk on a fresh chain, with one of the tokens of `contracts/mocks` if named."""
    # The chain cannot change under a test: it need not be asked for its id before each call.
    if "validation" in web3.middleware_onion:
        web3.middleware_onion.remove("validation")
    stand_still()
    if token is None:
        return Desk()
    return Desk(getattr(brownie, token).deploy({"from": brownie.accounts[0]}))


@pytest.fixture
def put_back(deployed):
    """Put the chain back after a test. Brownie's `fn_isolation` does so, too, in 0.3 seconds."""
    snapshot = deployed.snapshot()
    yield
    deployed.restore(snapshot)


@pytest.fixture
def desk(deployed, put_back):
    """A desk where nothing has been granted yet."""
    deployed.granted.clear()
    deployed.payable.clear()
    return deployed


@pytest.fixture
def lone(desk):
    """The one license of its desk: 90 days and 100 images for 9,000, paid whole."""
    return desk.accept()


@pytest.fixture(params=[0, 6, 18], ids=lambda decimals: f"{decimals} decimals")
def odd_desk(request, put_back):
    """A desk of its own whose token has 0, 6 or 18 decimals."""
    return Desk(decimals=request.param)
