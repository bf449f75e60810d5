"""A licensee that does not pay in time: what it publishes meanwhile, and how it comes back."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.held import LATE
from tests.contracts.support.history import History
from tests.contracts.support.reverts import reverts_with

NONE, ENDED, UNPAID = 0, 4, 5


@pytest.mark.story
@pytest.mark.law7
@pytest.mark.law9
@pytest.mark.law13
@pytest.mark.law19
def test_a_lapse_is_paid_for_and_stays_in_the_history(desk):
    license = desk.accept(deposit=1_000 * desk.unit)
    history = History(license)
    history.record(images=5, at=license.start + DAY)

    wait_until(license.start + 12 * DAY)
    assert license.may_publish() == UNPAID
    with reverts_with("MayNotPublish", license.id, UNPAID):
        license.record(images=2)
    history.record(images=2, kind=LATE)
    license.pay_out()
    assert license.state.collected == 1_000 * desk.unit, "all that was paid in, and no more"
    with reverts_with("NotLapsed", license.id, license.start + 10 * DAY):
        license.end_lapsed()

    license.top_up(license.fee, at=license.start + 16 * DAY)
    assert license.may_publish() == NONE
    assert license.state.paidThrough == license.end
    tx = license.pay_out()
    assert license.state.collected == license.owes(tx.timestamp), "the lapse is paid for, too"

    history.record(images=95)
    assert [kind for (_, kind, *_), _, _ in history.batches] == [0, LATE, 0]
    assert bytes(license.state.head) == history.head()
    license.pay_out(at=license.end)
    assert license.state.collected == license.fee


@pytest.mark.story
@pytest.mark.law9
@pytest.mark.law17
def test_a_lapse_that_nobody_pays_for_is_ended_by_the_owner(desk):
    license = desk.accept(deposit=1_000 * desk.unit)
    before = desk.parts()
    tx = license.end_lapsed(at=license.start + 17 * DAY + 1)

    assert license.state.end == tx.timestamp
    assert license.may_publish() == ENDED
    license.pay_out()
    moved = desk.parts(before)
    assert sum(moved.values()) == 1_000 * desk.unit
    assert "hm" not in moved
    assert desk.token.balanceOf(desk.licenses) == 0
