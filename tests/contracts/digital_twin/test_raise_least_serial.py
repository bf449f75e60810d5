"""raiseLeastSerial: every rate card with a lower serial is void (law 3)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.reverts import reverts_with

pytestmark = pytest.mark.law3


@pytest.fixture
def five(desk):
    act(desk, "SerialRaise", leastSerial=5).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("serial", [0, 4, 5])
def test_refuses_a_serial_that_is_not_higher(desk, five, serial):
    with reverts_with("SerialNotHigher", serial, 5):
        act(desk, "SerialRaise", leastSerial=serial).send()


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_zero_where_nothing_was_raised(desk):
    with reverts_with("SerialNotHigher", 0, 0):
        act(desk, "SerialRaise", leastSerial=0).send()


@pytest.mark.refusal
def test_refuses_a_serial_that_was_not_signed(desk, model):
    with reverts_with("SignatureInvalid", model):
        signed = act(desk, "SerialRaise", leastSerial=5)
        act(desk, "SerialRaise", leastSerial=6).send(signature=signed.sign())


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("serial", [0, 4])
def test_a_card_below_the_least_serial_is_void(desk, five, serial):
    with reverts_with("SerialTooLow", serial, 5):
        booking(desk, prices={"serial": serial}).send()


@pytest.mark.boundary
@pytest.mark.parametrize("serial", [5, 6, 2**32 - 1])
def test_a_card_from_the_least_serial_up_is_good(desk, five, serial):
    assert booking(desk, prices={"serial": serial}).send().state.isBooking


@pytest.mark.boundary
@pytest.mark.parametrize("serial", [6, 2**32 - 1])
def test_raises_to_the_serial_that_was_signed(desk, five, serial):
    act(desk, "SerialRaise", leastSerial=serial).send()
    assert desk.twins.authority(desk.twin)["leastSerial"] == serial


def test_leaves_offers(desk, five):
    assert desk.accept().state.licensee == desk.hm


def test_leaves_running_bookings(desk):
    held = booking(desk).send()
    before = held.state
    act(desk, "SerialRaise", leastSerial=5).send()
    assert held.state == before


def test_leaves_her_other_twin(desk, five):
    second = desk.mint("second")
    assert desk.twins.authority(second)["leastSerial"] == 0


def test_tells_the_new_least_serial(desk):
    event = act(desk, "SerialRaise", leastSerial=7).send().events["LeastSerialRaised"]
    assert dict(event) == {"twinId": desk.twin, "leastSerial": 7}
