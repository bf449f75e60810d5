"""A licensee leaves early and owes what is committed; an owner declines a booking in time."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

NONE, NOT_STARTED, ENDED = 0, 3, 4


@pytest.mark.story
@pytest.mark.law9
@pytest.mark.law17
def test_a_surrender_pays_what_is_committed(desk):
    license = desk.accept()
    license.pay_out(at=license.start + 2 * DAY)
    assert license.state.collected < license.committed

    before, collected = desk.parts(), license.state.collected
    tx = license.surrender()
    moved = desk.parts(before)

    assert moved.pop("hm") == 8_000 * desk.unit
    assert sum(moved.values()) == 1_000 * desk.unit - collected
    assert license.state.end == tx.timestamp
    assert license.may_publish() == ENDED
    with reverts_with("LicenseSettled", license.id):
        license.pay_out()
    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.story
@pytest.mark.law5
@pytest.mark.law6
@pytest.mark.law17
def test_a_declined_booking_leaves_no_trace_in_anybodys_purse(desk):
    before = desk.parts()
    booking = desk.book()
    assert booking.may_publish() == NOT_STARTED

    booking.decline(at=booking.start - DAY)

    assert desk.parts(before) == {}
    assert booking.may_publish(at=booking.start) == ENDED
    with reverts_with("LicenseOver", booking.id, booking.state.end):
        booking.top_up(booking.fee)
    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.story
@pytest.mark.law6
def test_a_booking_that_nobody_declined_runs(desk):
    booking = desk.book()
    with reverts_with("LicenseStarted", booking.id, booking.start):
        booking.decline(at=booking.start)

    assert booking.may_publish() == NONE
    booking.record(images=100)
    booking.pay_out()
    assert booking.state.collected == booking.fee
