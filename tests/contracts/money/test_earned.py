"""earned: by the second, or by images where those run ahead, at most what is deposited (law 13)."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.examples import given, some
from tests.contracts.support.reverts import reverts_with

MOST = 2**96 - 1


@pytest.mark.law13
@pytest.mark.refusal
def test_refuses_parts_of_no_license(desk, lone):
    pay = (*lone.pay[:5], lone.quota - 1)
    other = desk.id_of(lone.scope_hash, pay, lone.shares_hash)

    with reverts_with("LicenseUnknown", other):
        desk.licenses.earned(lone.scope_hash, pay, lone.shares_hash, lone.start)


@pytest.mark.law13
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("second", "units"),
    [
        (-1, 0),
        (0, 0),
        (1, 1_157),
        (863_999, 999_998_842),
        (864_000, 1_000_000_000),
        (7_775_999, 8_999_998_842),
        (7_776_000, 9_000_000_000),
        (7_776_001, 9_000_000_000),
    ],
)
def test_by_time_is_rounded_down(lone, second, units):
    assert lone.earned(lone.start + second) == units


@pytest.mark.law13
@pytest.mark.boundary
@pytest.mark.parametrize("at", [0, 1, 2**40 - 1])
def test_answers_for_any_time(lone, at):
    assert lone.earned(at) == lone.owes(at)


@pytest.mark.law13
@pytest.mark.boundary
@pytest.mark.parametrize(("images", "units"), [(1, 7), (2, 14), (3, 21), (99, 661), (100, 667)])
def test_by_images_is_rounded_up(desk, images, units):
    """667 units for 100 images: 6.67 for each."""
    odd = desk.accept(fee=667, committed=0)
    odd.record(images=images)

    assert odd.earned(odd.start) == units


@pytest.mark.law13
@pytest.mark.parametrize(
    ("images", "day", "units"),
    [(50, 44, 4_500), (50, 45, 4_500), (50, 46, 4_600), (1, 0, 90), (1, 1, 100), (100, 0, 9_000)],
)
def test_is_whichever_is_ahead(desk, lone, images, day, units):
    lone.record(images=images)

    assert lone.earned(lone.start + day * DAY) == units * desk.unit


@pytest.mark.law13
@pytest.mark.boundary
def test_is_at_most_what_is_deposited_by_time(desk):
    part = desk.accept(deposit=4_500 * desk.unit)

    assert part.earned(part.start + 45 * DAY - 1) == 4_500 * desk.unit - 1_158
    assert part.earned(part.start + 45 * DAY) == 4_500 * desk.unit
    assert part.earned(part.start + 45 * DAY + 1) == 4_500 * desk.unit
    assert part.earned(part.end) == 4_500 * desk.unit


@pytest.mark.law13
@pytest.mark.law14
@pytest.mark.boundary
def test_when_paid_through_is_no_more_than_what_is_deposited(desk):
    """The last unit of an odd deposit is earned in the second after those it pays for."""
    part = desk.accept(deposit=1_234_567_891)
    paid_through = part.state.paidThrough

    assert part.earned(paid_through - 1) < 1_234_567_891
    assert part.earned(paid_through) == part.owes(paid_through, deposited=1_234_567_891)
    assert part.earned(paid_through + 1) == 1_234_567_891


@pytest.mark.law13
@pytest.mark.boundary
def test_by_images_stays_within_the_deposit_that_covers_them(desk):
    part = desk.accept(fee=1_000, committed=0, deposit=995, quota=100)
    part.record(images=99)

    assert part.state.imagesLeft == 0
    assert part.earned(part.start) == 990


@pytest.mark.law13
def test_of_what_time_has_earned_does_not_fall_by_a_batch(lone):
    before = lone.earned(lone.start + 50 * DAY)
    lone.record(images=1, at=lone.start + 50 * DAY)

    assert lone.earned(lone.start + 50 * DAY) == before


@pytest.mark.law13
@pytest.mark.law19
@pytest.mark.parametrize("kind", [1, 2], ids=["late", "removed"])
def test_does_not_follow_what_is_only_stated(lone, kind):
    lone.record(images=100, kind=kind)

    assert lone.earned(lone.start) == 0


@pytest.mark.law9
@pytest.mark.law13
@pytest.mark.boundary
def test_stands_still_at_the_present_end(desk, lone):
    lone.give_notice(at=lone.start)
    end = lone.start + 30 * DAY

    assert lone.earned(end - 1) == lone.owes(end - 1)
    assert lone.earned(end) == 3_000 * desk.unit
    assert lone.earned(end + DAY) == 3_000 * desk.unit


@pytest.mark.law9
@pytest.mark.law13
def test_is_nothing_where_the_end_came_before_the_start(desk):
    later = desk.accept(start=now() + 60 * DAY)
    later.give_notice()

    assert later.state.end < later.start
    assert later.earned(later.end) == 0


@pytest.mark.law13
@pytest.mark.law17
@pytest.mark.parametrize("when", ["start", "end"])
def test_once_settled_is_what_was_left_in_the_license(desk, lone, when):
    lone.surrender(at=lone.start + 20 * DAY)

    assert lone.earned(getattr(lone, when)) == 2_000 * desk.unit


@pytest.mark.law13
@pytest.mark.boundary
def test_of_a_license_without_a_fee_is_nothing(desk):
    free = desk.accept(fee=0, committed=0)
    free.record(images=100)

    assert free.earned(free.end) == 0


@pytest.mark.law13
@pytest.mark.boundary
@pytest.mark.parametrize("term", [1, 1827 * DAY])
def test_holds_the_greatest_fee_over_the_shortest_and_the_longest_term(desk, term):
    dear = desk.accept(fee=MOST, committed=0, term=term)

    assert dear.earned(dear.end - 1) == MOST * (term - 1) // term
    assert dear.earned(dear.end) == MOST


@pytest.mark.law13
@pytest.mark.boundary
def test_holds_the_greatest_fee_and_the_greatest_quota(desk):
    dear = desk.accept(fee=MOST, committed=0, quota=2**32 - 1)
    dear.record(images=2**32 - 2)

    assert dear.earned(dear.start) == -(-MOST * (2**32 - 2) // (2**32 - 1))


@pytest.mark.law13
@pytest.mark.boundary
def test_of_a_quota_of_one_image_is_the_whole_fee_at_once(desk):
    single = desk.accept(quota=1)
    single.record()

    assert single.earned(single.start) == single.fee


@pytest.mark.law13
def test_knows_no_decimals(odd_desk):
    license = odd_desk.accept()

    assert license.earned(license.start + 45 * DAY) == 4_500 * odd_desk.unit


@pytest.mark.law13
def test_is_what_the_law_says(desk):
    """Any license, any images, any two times: by the law, and never falling."""

    @some(40)
    @given(st.data())
    def check(data):
        desk.granted.clear()
        fee = data.draw(st.one_of(st.integers(0, 1000), st.integers(0, MOST)))
        term = data.draw(st.one_of(st.integers(1, 100), st.integers(1, 1827 * DAY)))
        quota = data.draw(st.one_of(st.integers(1, 10), st.integers(1, 2**32 - 1)))
        deposit = data.draw(st.integers(0, fee))
        license = desk.accept(fee=fee, committed=0, term=term, quota=quota, deposit=deposit)
        open_images = license.state.imagesLeft
        used = data.draw(st.integers(0, open_images)) if license.state.paidThrough > now() else 0
        if used:
            license.record(images=used)
        early, late = sorted(data.draw(st.lists(st.integers(0, term + 9), min_size=2, max_size=2)))
        sums = [license.earned(license.start + second) for second in (early, late)]

        assert sums == [
            license.owes(license.start + second, used=used, deposited=deposit)
            for second in (early, late)
        ]
        assert sums[0] <= sums[1] <= deposit

    check()
