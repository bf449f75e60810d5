"""authority and payeeOf: what others must know of a twin."""

from __future__ import annotations

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.keys import OTHER_KEY, address_of
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told


@pytest.mark.law1
@pytest.mark.refusal
@pytest.mark.parametrize("view", ["authority", "payeeOf", "isRetired", "locked", "tokenURI"])
@pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
def test_refuses_a_twin_that_is_not(desk, view, twin):
    with reverts_with("TwinUnknown", twin):
        getattr(desk.twins, view)(twin)


@pytest.mark.law1
@pytest.mark.refusal
@pytest.mark.parametrize("view", ["ownerOf", "getApproved"])
def test_refuses_the_standards_views_of_a_token_that_is_not(desk, view):
    with reverts_with("TokenDoesNotExist"):
        getattr(desk.twins, view)(1)


@pytest.mark.law4
def test_tells_everything_at_once(desk, model):
    act(desk, "Policy", uses=1, categories=2, leastOwnerBps=3).send()
    act(desk, "EpochRaise").send()
    act(desk, "SerialRaise", leastSerial=9).send()
    assert told(desk.twins.authority(desk.twin)) == (model.address, 1, 2**16 + 1, 9, 1, 2, 3)


@pytest.mark.law2
def test_the_payee_is_the_owner(desk, model):
    assert desk.twins.payeeOf(desk.twin) == model


@pytest.mark.law1
def test_two_owners_have_twins_side_by_side(desk):
    other = address_of(OTHER_KEY)
    consent = act(desk, "Consent", owner=other)
    consent.send(signature=consent.sign(OTHER_KEY))
    assert desk.twins.payeeOf(desk.twins.twinIdOf(consent.values)) == other
