"""endLapsed: the owner's end of a license that was unpaid for more than seven days (law 9)."""

from __future__ import annotations

import pytest

from tests.contracts.ending.refusals import OwnersWill
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

GRACE = 7 * DAY


@pytest.fixture
def part(desk):
    """1,000 of 9,000 are paid in: ten of ninety days."""
    return desk.accept(deposit=1_000 * desk.unit)


class TestEndLapsed(OwnersWill):
    deed = "end_lapsed"

    @pytest.fixture
    def ending(self, part):
        wait_until(part.start + 10 * DAY + GRACE + 1)
        return part


@pytest.mark.law9
@pytest.mark.refusal
@pytest.mark.parametrize("day", [0, 9, 10, 16])
def test_refuses_a_license_within_its_grace(part, day):
    with reverts_with("NotLapsed", part.id, part.start + 10 * DAY):
        part.end_lapsed(at=part.start + day * DAY)


@pytest.mark.law9
@pytest.mark.boundary
def test_refuses_at_seven_days_exactly(part):
    with reverts_with("NotLapsed", part.id, part.start + 10 * DAY):
        part.end_lapsed(at=part.start + 10 * DAY + GRACE)


@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_a_license_that_is_paid_whole(lone):
    with reverts_with("NotLapsed", lone.id, lone.end):
        lone.end_lapsed(at=lone.end - 1)


@pytest.mark.law7
@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_once_a_late_top_up_has_come(desk, part):
    part.top_up(3_000 * desk.unit, at=part.start + 25 * DAY)

    with reverts_with("NotLapsed", part.id, part.start + 30 * DAY):
        part.end_lapsed(at=part.start + 25 * DAY)


@pytest.mark.law7
@pytest.mark.law9
@pytest.mark.boundary
def test_takes_a_top_up_that_came_too_short(desk, part):
    """It pays up to a second that is more than seven days past already."""
    late = part.start + 25 * DAY
    part.top_up(1_799_999_999, at=late)
    assert part.state.paidThrough == late - GRACE - 1

    part.end_lapsed(at=late)

    assert part.state.end == late


@pytest.mark.law9
@pytest.mark.boundary
def test_refuses_a_license_that_was_never_paid_until_a_week_after_its_start(desk):
    """A license is not unpaid before it starts."""
    later = desk.accept(start=now() + 30 * DAY, committed=0, deposit=0)

    with reverts_with("NotLapsed", later.id, later.start):
        later.end_lapsed(at=later.start + GRACE)
    later.end_lapsed(at=later.start + GRACE + 1)

    assert later.state.end == later.start + GRACE + 1


@pytest.mark.law9
@pytest.mark.boundary
def test_ends_one_second_after_seven_days(part):
    part.end_lapsed(at=part.start + 10 * DAY + GRACE + 1)

    assert part.state.end == part.start + 10 * DAY + GRACE + 1


@pytest.mark.law9
@pytest.mark.boundary
def test_ends_in_the_last_second(part):
    part.end_lapsed(at=part.end - 1)

    assert part.state.end == part.end - 1


@pytest.mark.law9
def test_says_the_present_end(part):
    tx = part.end_lapsed(at=part.start + 20 * DAY)

    assert dict(tx.events["LapseEnded"]) == {"licenseId": part.id, "end": part.start + 20 * DAY}


@pytest.mark.law9
def test_is_no_notice(part):
    part.end_lapsed(at=part.start + 20 * DAY)

    assert not part.state.isNoticed


@pytest.mark.law9
def test_comes_after_a_notice_just_as_well(part):
    part.give_notice(at=part.start + DAY)
    part.end_lapsed(at=part.start + 18 * DAY)

    assert part.state.end == part.start + 18 * DAY


@pytest.mark.law9
def test_moves_no_money(desk, part):
    before = desk.parts()
    part.end_lapsed(at=part.start + 20 * DAY)

    assert desk.parts(before) == {}


@pytest.mark.law9
@pytest.mark.law17
def test_leaves_what_was_deposited_to_the_payees(desk, part):
    part.end_lapsed(at=part.start + 20 * DAY)
    before = desk.parts()
    part.pay_out()
    moved = desk.parts(before)

    assert sum(moved.values()) == 1_000 * desk.unit
    assert "hm" not in moved


@pytest.mark.law9
@pytest.mark.law11
def test_ends_the_license_for_good(part):
    part.end_lapsed(at=part.start + 20 * DAY)

    assert part.may_publish() == 4
    with reverts_with("LicenseOver", part.id, part.start + 20 * DAY):
        part.top_up(part.fee)


@pytest.mark.law8
@pytest.mark.law9
def test_frees_its_place(desk, part):
    part.end_lapsed(at=part.start + 20 * DAY)
    rival = desk.accept(
        licensee=desk.rival.address, by=desk.rival, exclusive=True, opening=[part.entry]
    )

    assert rival.state.start == part.state.end


@pytest.mark.law9
@pytest.mark.boundary
def test_of_a_license_without_a_fee_never_comes(desk):
    free = desk.accept(fee=0, committed=0)

    with reverts_with("NotLapsed", free.id, free.end):
        free.end_lapsed(at=free.end - 1)
