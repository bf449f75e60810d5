"""giveNotice: the owner's end, after the notice of the terms and at most 90 days (law 9)."""

from __future__ import annotations

import pytest

from tests.contracts.ending.refusals import OwnersWill
from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

MOST = 2**32 - 1


class TestGiveNotice(OwnersWill):
    deed = "give_notice"

    @pytest.fixture
    def ending(self, lone):
        return lone


@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_a_second_notice(lone):
    lone.give_notice()

    with reverts_with("NoticeGivenBefore", lone.id):
        lone.give_notice()


@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_a_second_notice_that_was_signed_anew(desk, lone):
    lone.give_notice()
    desk.raise_nonce()

    with reverts_with("NoticeGivenBefore", lone.id):
        lone.give_notice(at=lone.start + DAY)


@pytest.mark.law9
@pytest.mark.boundary
def test_refuses_when_a_notice_has_run_out(lone):
    lone.give_notice()
    end = lone.start + 30 * DAY

    with reverts_with("LicenseOver", lone.id, end):
        lone.give_notice(at=end)


@pytest.mark.law9
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("notice", "end"),
    [
        (0, 0),
        (1, 1),
        (30 * DAY, 30 * DAY),
        (90 * DAY - 1, 90 * DAY - 1),
        (90 * DAY, 90 * DAY),
        (90 * DAY + 1, 90 * DAY),
        (365 * DAY, 90 * DAY),
        (MOST, 90 * DAY),
    ],
)
def test_ends_after_the_notice_and_at_most_ninety_days(desk, notice, end):
    long = desk.accept(term=365 * DAY, notice=notice)
    long.give_notice(at=long.start + 10 * DAY)

    assert long.state.end == long.start + 10 * DAY + end


@pytest.mark.law9
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "end"), [(-1, -1), (0, 0), (1, 0), (29 * DAY, 0)])
def test_never_moves_the_end_away(lone, second, end):
    """Given so late that the notice would outlast the term."""
    lone.give_notice(at=lone.end - 30 * DAY + second)

    assert lone.state.end == lone.end + end


@pytest.mark.law9
@pytest.mark.boundary
def test_in_the_last_second_is_taken(lone):
    lone.give_notice(at=lone.end - 1)

    assert lone.state.isNoticed


@pytest.mark.law9
@pytest.mark.law11
@pytest.mark.boundary
def test_without_days_ends_the_license_in_the_same_second(desk):
    quick = desk.accept(notice=0)
    quick.give_notice()

    assert quick.may_publish() == 4
    assert not desk.licenses.isLive(quick.id, 0)


@pytest.mark.law9
@pytest.mark.boundary
def test_before_the_start_can_end_a_license_that_never_began(desk):
    later = desk.accept(start=now() + 60 * DAY)
    later.give_notice()

    assert later.state.end == now() + 30 * DAY
    assert later.may_publish(at=later.start) == 4


@pytest.mark.law9
@pytest.mark.boundary
def test_that_ends_with_the_start_leaves_no_licensed_second(desk):
    later = desk.accept(start=now() + 30 * DAY)
    later.give_notice()

    assert later.state.end == later.start
    assert later.may_publish(at=later.start) == 4
    assert later.may_publish(at=later.start - 1) == 3


@pytest.mark.law9
def test_is_marked(lone):
    lone.give_notice()

    assert lone.state.isNoticed


@pytest.mark.law9
def test_says_the_present_end(lone):
    tx = lone.give_notice(at=lone.start + DAY)

    assert dict(tx.events["NoticeGiven"]) == {
        "licenseId": lone.id,
        "end": lone.start + 31 * DAY,
    }


@pytest.mark.law9
@pytest.mark.boundary
def test_says_the_old_end_where_that_came_first(lone):
    tx = lone.give_notice(at=lone.end - DAY)

    assert tx.events["NoticeGiven"]["end"] == lone.end


@pytest.mark.law9
@pytest.mark.law11
@pytest.mark.boundary
def test_lets_the_license_run_until_then(lone):
    lone.give_notice()
    end = lone.start + 30 * DAY

    assert lone.may_publish(at=end - 1) == 0
    assert lone.may_publish(at=end) == 4


@pytest.mark.law9
def test_moves_no_money(desk, lone):
    before = desk.parts()
    lone.give_notice()

    assert desk.parts(before) == {}


@pytest.mark.law9
def test_changes_nothing_but_the_end_and_the_mark(lone):
    before = lone.state
    lone.give_notice()
    before.end, before.isNoticed = lone.start + 30 * DAY, True

    assert lone.state == before


@pytest.mark.law9
def test_leaves_past_use_lawful(lone):
    lone.record(images=5)
    lone.give_notice()

    assert (lone.state.batches, lone.state.imagesLeft) == (1, 95)


@pytest.mark.law9
@pytest.mark.law13
def test_keeps_the_price_of_a_second(lone):
    lone.give_notice()

    assert lone.earned(lone.start + 10 * DAY) == lone.owes(lone.start + 10 * DAY)


@pytest.mark.law9
def test_of_an_unpaid_license_is_taken(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    part.give_notice(at=part.start + 40 * DAY)

    assert part.state.end == part.start + 70 * DAY


@pytest.mark.law8
@pytest.mark.law9
@pytest.mark.boundary
def test_frees_what_was_exclusive_from_its_end_on(desk):
    exclusive = desk.accept(exclusive=True)
    exclusive.give_notice()
    end = exclusive.start + 30 * DAY

    with reverts_with("ExclusivityConflict", exclusive.id):
        desk.accept(licensee=desk.rival.address, by=desk.rival, start=end - 1, term=1)
    rival = desk.accept(licensee=desk.rival.address, by=desk.rival, start=end)

    assert rival.state.licensee == desk.rival
