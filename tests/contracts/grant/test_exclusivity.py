"""Exclusivity: who stands in whose way, in both directions (law 8)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.granting import grant
from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

pytestmark = pytest.mark.law8

# Which of two grants are exclusive, where at least one is.
directions = pytest.mark.parametrize(
    ("first", "second"),
    [(True, False), (False, True), (True, True)],
    ids=["exclusive first", "exclusive second", "both exclusive"],
)


@directions
@pytest.mark.refusal
@pytest.mark.parametrize("way", ["offer", "booking"])
def test_another_licensee_stands_in_the_way(desk, hm, rival, first, second, way):
    standing = grant(desk, hm, exclusive=first, way=way)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, way=way)


@directions
@pytest.mark.refusal
def test_a_booking_stands_in_the_way_of_an_offer(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first, way="booking")
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second)


@directions
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("early", [1, 90 * DAY])
def test_one_common_second_is_in_the_way(desk, hm, rival, first, second, early):
    standing = grant(desk, hm, exclusive=first)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, start=standing.end - early)


@directions
@pytest.mark.refusal
@pytest.mark.boundary
def test_one_common_second_before_is_in_the_way(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first, start=now() + DAY)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, term=DAY + 1)


@directions
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("start", [DAY, 10 * DAY])
def test_a_license_within_another_is_in_the_way(desk, hm, rival, first, second, start):
    standing = grant(desk, hm, exclusive=first)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, start=now() + start, term=1)


@directions
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("use", [0, 31])
def test_one_common_use_is_in_the_way(desk, hm, rival, first, second, use):
    act(desk, "Policy", uses=2**32 - 1).send()
    standing = grant(desk, hm, exclusive=first, uses=1 << use | 0b0110)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, uses=1 << use | 0b1000)


@directions
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("market", [0, 248, 255])
def test_one_common_market_is_in_the_way(desk, hm, rival, first, second, market):
    standing = grant(desk, hm, exclusive=first, markets=1 << market | 0b0110)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, markets=1 << market | 0b1000)


@pytest.mark.refusal
def test_the_first_in_the_way_is_named(desk, hm, rival, stranger):
    desk.fund(stranger)
    first = grant(desk, hm)
    grant(desk, stranger)
    with reverts_with("ExclusivityConflict", first.id):
        grant(desk, rival, exclusive=True)


@pytest.mark.refusal
def test_a_conflict_takes_no_money(desk, hm, rival):
    standing = grant(desk, hm, exclusive=True)
    before = desk.token.balanceOf(rival)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival)
    assert desk.token.balanceOf(rival) == before


@directions
@pytest.mark.parametrize("way", ["offer", "booking"])
def test_nobody_stands_in_its_own_way(desk, hm, first, second, way):
    grant(desk, hm, exclusive=first, way=way)
    assert grant(desk, hm, exclusive=second, way=way).state.licensee == hm


def test_licenses_that_are_not_exclusive_stand_side_by_side(desk, hm, rival):
    grant(desk, hm)
    assert grant(desk, rival).state.licensee == rival


@directions
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"category": 0}, {"category": 1}),
        ({"uses": 0b0101}, {"uses": 0b1010}),
        ({"markets": 0b0101}, {"markets": 0b1010}),
    ],
    ids=["category", "uses", "markets"],
)
def test_what_has_nothing_in_common_stands_side_by_side(
    desk, hm, rival, first, second, ours, theirs
):
    grant(desk, hm, exclusive=first, **ours)
    assert grant(desk, rival, exclusive=second, **theirs).state.licensee == rival


@directions
def test_another_twin_of_the_model_is_not_in_the_way(desk, hm, rival, first, second):
    """The contract knows twins; that both are one person is for the audit to see."""
    grant(desk, hm, exclusive=first)
    other = desk.mint("second")
    assert grant(desk, rival, exclusive=second, twinId=other).state.licensee == rival


@directions
@pytest.mark.boundary
def test_one_begins_in_the_second_in_which_the_other_ends(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first)
    following = grant(desk, rival, exclusive=second, start=standing.end)
    assert following.start == standing.state.end


@directions
@pytest.mark.boundary
def test_one_ends_in_the_second_in_which_the_other_begins(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first, start=now() + DAY)
    earlier = grant(desk, rival, exclusive=second, term=DAY)
    assert earlier.state.end == standing.start


@directions
@pytest.mark.boundary
def test_three_follow_each_other_without_a_gap(desk, hm, rival, first, second):
    begin = now()
    grant(desk, hm, exclusive=first, start=begin, term=DAY)
    grant(desk, hm, exclusive=first, start=begin + 2 * DAY, term=DAY)
    between = grant(desk, rival, exclusive=second, start=begin + DAY, term=DAY)
    assert between.state.licensee == rival


@directions
@pytest.mark.boundary
def test_what_has_ended_is_not_in_the_way(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first)
    wait_until(standing.end)
    assert grant(desk, rival, exclusive=second).state.licensee == rival


@directions
@pytest.mark.refusal
@pytest.mark.boundary
def test_what_ends_in_the_next_second_is_in_the_way(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first)
    wait_until(standing.end - 1)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second)


@directions
@pytest.mark.law9
def test_a_surrender_clears_the_way_at_once(desk, hm, rival, first, second):
    grant(desk, hm, exclusive=first).surrender()
    assert grant(desk, rival, exclusive=second).state.licensee == rival


@directions
@pytest.mark.law9
def test_a_surrender_before_the_start_clears_the_way(desk, hm, rival, first, second):
    grant(desk, hm, exclusive=first, start=now() + DAY).surrender()
    assert grant(desk, rival, exclusive=second, start=now() + DAY).state.licensee == rival


@directions
@pytest.mark.law6
def test_a_declined_booking_clears_the_way(desk, hm, rival, first, second):
    grant(desk, hm, exclusive=first, way="booking").decline()
    assert grant(desk, rival, exclusive=second, start=now() + 2 * DAY).state.licensee == rival


@directions
@pytest.mark.law6
def test_a_declined_booking_leaves_no_way_back_through_its_start(desk, hm, rival, first, second):
    """Its end lies before its start: it covers no time at all, not even around it."""
    grant(desk, hm, exclusive=first, way="booking").decline()
    whole = grant(desk, rival, exclusive=second, term=100 * DAY)
    assert whole.state.licensee == rival


@directions
@pytest.mark.law9
@pytest.mark.boundary
def test_notice_clears_the_way_from_its_end(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first)
    standing.give_notice()
    end = now() + 30 * DAY
    assert grant(desk, rival, exclusive=second, start=end).start == standing.state.end


@directions
@pytest.mark.law9
@pytest.mark.refusal
@pytest.mark.boundary
def test_until_the_end_of_its_notice_it_is_in_the_way(desk, hm, rival, first, second):
    standing = grant(desk, hm, exclusive=first)
    standing.give_notice()
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=second, start=now() + 30 * DAY - 1)


@directions
@pytest.mark.law9
@pytest.mark.boundary
@pytest.mark.parametrize("start", [30 * DAY, 60 * DAY], ids=["at the start", "before the start"])
def test_a_notice_that_is_over_by_the_start_clears_the_way(desk, hm, rival, first, second, start):
    """It ends no later than it starts, and covers no time at all: neither here nor there."""
    standing = grant(desk, hm, exclusive=first, start=now() + start)
    standing.give_notice()
    assert grant(desk, rival, exclusive=second, term=100 * DAY).state.licensee == rival


@pytest.mark.law7
@pytest.mark.refusal
@pytest.mark.boundary
def test_an_unpaid_license_is_in_the_way_until_it_is_ended(desk, hm, rival):
    standing = grant(desk, hm, committed=0, deposit=0)
    wait_until(standing.end - 1)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, exclusive=True)


@pytest.mark.law9
@pytest.mark.boundary
def test_ending_an_unpaid_license_clears_the_way(desk, hm, rival):
    standing = grant(desk, hm, committed=0, deposit=0)
    standing.end_lapsed(at=standing.start + 7 * DAY + 1)
    assert grant(desk, rival, exclusive=True).state.licensee == rival


@pytest.mark.boundary
def test_the_licensee_may_follow_itself_while_others_wait(desk, hm, rival):
    standing = grant(desk, hm, exclusive=True)
    grant(desk, hm, exclusive=True, start=standing.end)
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, start=standing.end - 1)


@pytest.mark.refusal
def test_the_licensees_second_exclusive_license_is_in_the_way_too(desk, hm, rival):
    standing = grant(desk, hm, exclusive=True)
    following = grant(desk, hm, exclusive=True, start=standing.end)
    with reverts_with("ExclusivityConflict", following.id):
        grant(desk, rival, start=following.start)


def test_a_later_policy_leaves_exclusivity(desk, hm, rival):
    standing = grant(desk, hm, exclusive=True)
    act(desk, "EpochRaise").send()
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, epoch=1)
