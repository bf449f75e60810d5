"""One set of contracts for the whole run, each test on a snapshot of its own, the clock standing still.

On Anvil every block has the second of the one before until a test says otherwise, so a test names
seconds and never waits. Ganache knows no such order: its stories read the seconds of their blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cache
from typing import Any

import pytest
from brownie import network, web3

from tests.contracts.support.clock import is_anvil
from tests.contracts.support.desk import Desk

DECIMALS = (0, 6, 18)


@pytest.fixture(scope="session", autouse=True)
def standing_clock() -> None:
    assert network.is_connected()
    if is_anvil():
        web3.provider.make_request("anvil_setBlockTimestampInterval", [0])


@pytest.fixture(scope="session")
def desk_of(standing_clock: None) -> Any:
    """Returns the desk of a token with so many decimals, deployed once."""
    return cache(lambda decimals: Desk(decimals=decimals))


@pytest.fixture(scope="session", autouse=True)
def usual_desk(desk_of: Any) -> Desk:
    """The desk that most tests begin at: a token of 6 decimals."""
    return desk_of(6)


@pytest.fixture(scope="module", autouse=True)
def module_snapshot(usual_desk: Desk) -> Iterator[None]:
    yield from _kept()


@pytest.fixture(autouse=True)
def isolation(module_snapshot: None) -> Iterator[None]:
    yield from _kept()


def _kept() -> Iterator[None]:
    """Put the chain back. Brownie's own isolation does, too, but collects garbage at every step."""
    snapshot = web3.provider.make_request("evm_snapshot", [])["result"]
    yield
    assert web3.provider.make_request("evm_revert", [snapshot])["result"] is True


@pytest.fixture
def desk(usual_desk: Desk) -> Desk:
    return fresh(usual_desk)


@pytest.fixture(params=DECIMALS, ids=lambda decimals: f"{decimals}-decimals")
def any_desk(request: pytest.FixtureRequest, desk_of: Any) -> Desk:
    """A desk for each kind of token: 0, 6 and 18 decimals."""
    return fresh(desk_of(request.param))


def fresh(desk: Desk) -> Desk:
    """The same contracts and people, with nothing granted."""
    again = copy(desk)
    again.granted, again.payable = [], {}
    return again


def role(name: str) -> Any:
    """A fixture of one of the people at the desk."""
    return pytest.fixture(name=name)(lambda desk: getattr(desk, name))


model, agency, photographer, stylist = map(role, ("model", "agency", "photographer", "stylist"))
hm, rival, stranger, relay = map(role, ("hm", "rival", "stranger", "relay"))
