"""A license that is paid by the second, in three deposits, to the last unit."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.stream import split

SHARED = ("agency", "photographer", "stylist", "model")
NOT_STARTED, ENDED = 3, 4


@pytest.mark.story
@pytest.mark.law1
@pytest.mark.law12
@pytest.mark.law13
@pytest.mark.law14
@pytest.mark.law15
@pytest.mark.law17
def test_from_consent_to_the_last_unit(desk):
    twin = desk.mint("from consent to the last unit")
    assert desk.twins.ownerOf(twin) == desk.model

    license = desk.accept(twinId=twin, deposit=1_000 * desk.unit)
    assert license.state.paidThrough == license.start + 10 * DAY
    assert license.may_publish(images=11) == 0

    before = desk.parts()
    spent = 1_000 * desk.unit
    for deposited, day in ((4_500, 8), (9_000, 40)):
        license.top_up(deposited * desk.unit, at=license.start + day * DAY)
        spent = deposited * desk.unit
        tx = license.pay_out(by=desk.stranger)
        assert license.state.collected == license.owes(tx.timestamp, deposited=spent)

    for day in (50, 61, 73, 89):
        tx = license.pay_out(at=license.start + day * DAY + day)
        assert license.state.collected == license.owes(tx.timestamp)
        assert license.may_publish() == 0

    wait_until(license.end)
    assert license.may_publish() == ENDED
    license.pay_out()

    parts = dict(zip(SHARED, split(license.fee, license.bps), strict=True))
    assert desk.parts(before) == parts | {"hm": -8_000 * desk.unit}
    assert sum(parts.values()) == spent == license.fee
    assert license.state.isSettled
    assert desk.token.balanceOf(desk.licenses) == 0
