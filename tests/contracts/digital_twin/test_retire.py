"""retire: no new licenses, for good; what runs goes on, what is due is paid (law 2)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.desk import DAY, USES
from tests.contracts.support.keys import NEW_KEY, address_of
from tests.contracts.support.moves import at_once
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

pytestmark = pytest.mark.law2


@pytest.fixture
def retired(desk):
    act(desk, "Retirement").send()
    return desk


@pytest.mark.refusal
def test_an_offer_is_refused(retired):
    with reverts_with("UsesOffLimits", USES):
        retired.accept()


@pytest.mark.refusal
def test_a_booking_is_refused(retired):
    with reverts_with("UsesOffLimits", USES):
        booking(retired).send()


@pytest.mark.refusal
def test_no_policy_can_be_set_again(retired):
    with reverts_with("TwinIsRetired", retired.twin):
        act(retired, "Policy").send()


@pytest.mark.refusal
def test_retires_once(retired):
    with reverts_with("TwinIsRetired", retired.twin):
        act(retired, "Retirement").send()


@pytest.mark.boundary
def test_the_policy_allows_nothing(retired, model):
    assert told(retired.twins.authority(retired.twin)) == (model.address, 0, 2, 0, 0, 0, 0)


def test_says_so(retired):
    assert retired.twins.isRetired(retired.twin)


def test_a_twin_is_not_retired_at_first(desk):
    assert not desk.twins.isRetired(desk.twin)


def test_tells_it(desk):
    event = act(desk, "Retirement").send().events["TwinRetired"]
    assert dict(event) == {"twinId": desk.twin}


def test_a_running_license_goes_on(desk, lone):
    act(desk, "Retirement").send()
    assert lone.may_publish() == 0


def test_the_owner_is_paid(desk, lone, model):
    act(desk, "Retirement").send()
    lone.pay_out(at=lone.start + DAY)
    assert desk.token.balanceOf(model) == 71_670_000


def test_stays_hers(retired, model):
    assert retired.twins.ownerOf(retired.twin) == model


def test_moves_and_stays_retired(retired):
    at_once(retired)
    assert retired.twins.ownerOf(retired.twin) == address_of(NEW_KEY)
    assert retired.twins.isRetired(retired.twin)


def test_leaves_her_other_twin(desk):
    second = desk.mint("second")
    act(desk, "Retirement").send()
    assert not desk.twins.isRetired(second)
