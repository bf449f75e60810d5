"""An exclusive license holds its rival off, until a notice frees the place and the rival buys."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

NONE, NOT_STARTED, ENDED = 0, 3, 4


@pytest.mark.story
@pytest.mark.law8
@pytest.mark.law9
@pytest.mark.law17
def test_a_place_freed_by_notice_is_sold_to_the_rival(desk):
    rival = {"licensee": desk.rival.address, "by": desk.rival}
    ours = desk.accept(exclusive=True)
    with reverts_with("ExclusivityConflict", ours.id):
        desk.accept(**rival)
    with reverts_with("ExclusivityConflict", ours.id):
        desk.accept(**rival, exclusive=True, opening=[ours.entry])

    tx = ours.give_notice(at=ours.start + 10 * DAY)
    end = tx.timestamp + 30 * DAY
    with reverts_with("ExclusivityConflict", ours.id):
        desk.accept(**rival, exclusive=True, opening=[ours.entry], start=end - 1)
    theirs = desk.accept(**rival, exclusive=True, opening=[ours.entry], start=end)
    assert theirs.may_publish(who=desk.rival) == NOT_STARTED
    assert ours.may_publish() == NONE

    with reverts_with("ExclusivityConflict", theirs.id):
        desk.accept(start=end)

    theirs.record(by=desk.rival, at=end)
    assert ours.may_publish() == ENDED
    before = desk.parts()
    ours.pay_out()
    assert desk.parts(before)["hm"] == ours.fee - ours.owes(end, end=end)
    theirs.pay_out(at=theirs.end)
    assert theirs.state.collected == theirs.fee
    assert desk.token.balanceOf(desk.licenses) == 0
