"""The owner ends a license by her notice: it runs on for a month, and the rest goes back."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

ENDED = 4


@pytest.mark.story
@pytest.mark.law9
@pytest.mark.law12
@pytest.mark.law17
def test_what_was_not_earned_goes_back(desk):
    license = desk.accept()
    license.record(images=10, at=license.start + 5 * DAY)
    license.pay_out(at=license.start + 10 * DAY)

    tx = license.give_notice(at=license.start + 20 * DAY)
    end = tx.timestamp + 30 * DAY
    assert license.state.end == end
    with reverts_with("NoticeGivenBefore", license.id):
        license.give_notice()

    license.record(images=10, at=license.start + 45 * DAY)
    wait_until(end)
    assert license.may_publish() == ENDED

    due = license.owes(end, used=20, end=end)
    before = desk.parts()
    collected = license.state.collected
    license.pay_out(by=desk.stranger)
    moved = desk.parts(before)

    assert moved["hm"] == license.fee - due
    assert sum(moved.values()) == license.fee - collected
    assert license.state.collected == license.state.deposited == due
    assert desk.token.balanceOf(desk.licenses) == 0
