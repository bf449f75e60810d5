"""decline: the owner's no to a booking before its start; everything is refunded (law 6)."""

from __future__ import annotations

import pytest

from tests.contracts.ending.refusals import OwnersWill
from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with


@pytest.fixture
def booking(desk):
    """Booked two days ahead, paid whole."""
    return desk.book()


@pytest.mark.law6
class TestDecline(OwnersWill):
    deed = "decline"

    @pytest.fixture
    def ending(self, booking):
        return booking


@pytest.mark.law6
@pytest.mark.refusal
def test_refuses_an_offer_that_she_signed(desk):
    offered = desk.accept(start=now() + 2 * DAY)

    with reverts_with("NotBooking", offered.id):
        offered.decline()


@pytest.mark.law6
@pytest.mark.refusal
def test_refuses_an_offer_also_after_its_start(lone):
    with reverts_with("NotBooking", lone.id):
        lone.decline()


@pytest.mark.law6
@pytest.mark.boundary
def test_refuses_at_the_start(booking):
    with reverts_with("LicenseStarted", booking.id, booking.start):
        booking.decline(at=booking.start)


@pytest.mark.law6
@pytest.mark.boundary
def test_refuses_in_the_last_second_of_the_license(booking):
    with reverts_with("LicenseStarted", booking.id, booking.start):
        booking.decline(at=booking.end - 1)


@pytest.mark.law6
@pytest.mark.boundary
def test_refuses_a_booking_that_starts_in_the_second_it_was_made(desk):
    at_once = desk.book(start=0, prices=desk.prices(leadTime=0))

    with reverts_with("LicenseStarted", at_once.id, at_once.start):
        at_once.decline()


@pytest.mark.law6
@pytest.mark.refusal
def test_refuses_a_second_time(booking):
    booking.decline()

    with reverts_with("LicenseOver", booking.id, now()):
        booking.decline()


@pytest.mark.law6
@pytest.mark.boundary
def test_comes_in_time_in_the_last_second_before_the_start(booking):
    booking.decline(at=booking.start - 1)

    assert booking.state.isSettled


@pytest.mark.law6
@pytest.mark.boundary
def test_comes_in_time_in_the_second_of_the_booking(booking):
    booking.decline(at=now())

    assert booking.state.end == now()


@pytest.mark.law6
@pytest.mark.law17
def test_refunds_everything_at_once(desk, booking):
    before = desk.parts()
    booking.decline()

    assert desk.parts(before) == {"hm": booking.fee}


@pytest.mark.law6
@pytest.mark.law17
def test_refunds_what_was_deposited_and_no_more(desk):
    part = desk.book(deposit=1_000 * desk.unit)
    before = desk.parts()
    part.decline()

    assert desk.parts(before) == {"hm": 1_000 * desk.unit}


@pytest.mark.law6
@pytest.mark.law10
def test_refunds_the_licensee_also_what_another_paid_in(desk):
    part = desk.book(deposit=1_000 * desk.unit)
    desk.fund(desk.stranger)
    part.top_up(part.fee, by=desk.stranger)
    before = desk.parts()
    part.decline()

    assert desk.parts(before) == {"hm": part.fee}


@pytest.mark.law12
def test_leaves_nothing_in_the_contract(desk, booking):
    booking.decline()

    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.law6
@pytest.mark.law17
def test_settles(booking):
    booking.decline()
    state = booking.state

    assert (state.isSettled, state.deposited, state.collected) == (True, 0, 0)


@pytest.mark.law6
def test_says_its_end_before_the_start(booking):
    tx = booking.decline(at=booking.start - DAY)

    assert dict(tx.events["Declined"]) == {
        "licenseId": booking.id,
        "end": booking.start - DAY,
    }


@pytest.mark.law17
def test_says_that_nothing_was_earned(booking):
    tx = booking.decline()

    assert dict(tx.events["Settled"]) == {
        "licenseId": booking.id,
        "earned": 0,
        "refunded": booking.fee,
    }


@pytest.mark.law6
@pytest.mark.law11
def test_leaves_nothing_to_publish(booking):
    booking.decline()

    assert booking.may_publish(at=booking.start) == 4


@pytest.mark.law6
@pytest.mark.law8
def test_frees_what_was_exclusive_at_once(desk):
    exclusive = desk.book(exclusive=True)
    exclusive.decline()
    rival = desk.accept(
        licensee=desk.rival.address, by=desk.rival, exclusive=True, opening=[exclusive.entry]
    )

    assert desk.licenses.isLive(rival.id, 0)


@pytest.mark.law5
@pytest.mark.law6
@pytest.mark.refusal
def test_the_same_booking_cannot_be_made_again(desk, booking):
    """Its id is taken; another reference is another booking."""
    booking.decline()

    with reverts_with("LicenseExists", booking.id):
        desk.book(start=booking.start, ref=booking.scope[12])


@pytest.mark.law6
@pytest.mark.law9
def test_comes_after_a_notice_just_as_well(desk, booking):
    booking.give_notice()
    before = desk.parts()
    booking.decline()

    assert desk.parts(before) == {"hm": booking.fee}


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_too_little_gas_for_the_refund(desk, booking):
    with reverts_with("GasTooLow"):
        booking.decline(gas_limit=200_000)


@pytest.mark.law16
@pytest.mark.boundary
def test_of_a_booking_without_a_deposit_needs_no_transfer(desk):
    free = desk.book(committed=0, deposit=0)
    tx = free.decline()

    assert "Transfer" not in tx.events


@pytest.mark.law6
def test_knows_no_decimals(odd_desk):
    booking = odd_desk.book()
    before = odd_desk.parts()
    booking.decline()

    assert odd_desk.parts(before) == {"hm": booking.fee}
