"""topUp: raises what has been paid in to a total, from the sender's tokens (laws 7, 10, 14)."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.stream import covered

MOST = 2**96 - 1


@pytest.fixture
def half(desk):
    """A license of 9,000 with 4,500 paid in."""
    return desk.accept(deposit=4_500 * desk.unit)


@pytest.mark.refusal
@pytest.mark.parametrize("part", ["scope", "pay", "shares"])
def test_refuses_parts_of_no_license(desk, half, part):
    """One bit of any part gives another id."""
    parts = list(half.parts)
    place = ["scope", "pay", "shares"].index(part)
    changed = (*half.pay[:5], half.quota + 1) if part == "pay" else b"other".ljust(32)
    parts[place] = changed
    other = desk.id_of(*parts)

    with reverts_with("LicenseUnknown", other):
        desk.licenses.topUp(*parts, half.fee, desk.by(desk.hm))


@pytest.mark.law14
@pytest.mark.refusal
def test_payment_comes_first_then_the_end_then_the_fee(desk, half):
    with reverts_with("PaymentFailed", desk.token, desk.stranger, 4_500 * desk.unit + 1):
        half.top_up(half.fee + 1, by=desk.stranger, at=half.end)
    with reverts_with("LicenseOver", half.id, half.end):
        half.top_up(half.fee + 1, at=half.end)


@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_a_sender_who_has_no_tokens(desk, half):
    desk.token.approve(desk.licenses, half.fee, desk.by(desk.stranger))

    with reverts_with("PaymentFailed", desk.token, desk.stranger, 4_500 * desk.unit):
        half.top_up(half.fee, by=desk.stranger)


@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_a_sender_who_allows_nothing(desk, half):
    desk.token.mint(desk.stranger, half.fee, desk.by(desk.relay))

    with reverts_with("PaymentFailed", desk.token, desk.stranger, 4_500 * desk.unit):
        half.top_up(half.fee, by=desk.stranger)


@pytest.mark.law10
@pytest.mark.boundary
def test_refuses_an_allowance_that_lacks_one_unit(desk, half):
    desk.token.approve(desk.licenses, 4_500 * desk.unit - 1, desk.by(desk.hm))

    with reverts_with("PaymentFailed", desk.token, desk.hm, 4_500 * desk.unit):
        half.top_up(half.fee)


@pytest.mark.law10
@pytest.mark.refusal
def test_never_spends_the_licensees_allowance_for_somebody_else(desk, half):
    allowed = desk.token.allowance(desk.hm, desk.licenses)

    with reverts_with("PaymentFailed", desk.token, desk.stranger, 1):
        half.top_up(4_500 * desk.unit + 1, by=desk.stranger)

    assert desk.token.allowance(desk.hm, desk.licenses) == allowed


@pytest.mark.law14
@pytest.mark.boundary
def test_refuses_at_the_end(half):
    with reverts_with("LicenseOver", half.id, half.end):
        half.top_up(half.fee, at=half.end)


@pytest.mark.law14
@pytest.mark.refusal
def test_refuses_at_the_end_also_what_would_cost_nothing(half):
    with reverts_with("LicenseOver", half.id, half.end):
        half.top_up(4_500, at=half.end)


@pytest.mark.law14
@pytest.mark.refusal
def test_refuses_after_the_end_that_a_notice_has_brought_near(desk, half):
    half.give_notice(at=half.start + DAY)

    with reverts_with("LicenseOver", half.id, half.start + 31 * DAY):
        half.top_up(half.fee, at=half.start + 31 * DAY)


@pytest.mark.law14
@pytest.mark.refusal
def test_refuses_a_surrendered_license(half):
    half.surrender()

    with reverts_with("LicenseOver", half.id, now()):
        half.top_up(half.fee)


@pytest.mark.law14
@pytest.mark.boundary
def test_refuses_one_unit_over_the_fee(desk, half):
    deposited = 4_500 * desk.unit

    with reverts_with("DepositOutOfRange", half.fee + 1, deposited, half.fee):
        half.top_up(half.fee + 1)


@pytest.mark.law14
@pytest.mark.refusal
def test_refuses_one_unit_for_a_license_without_a_fee(desk):
    free = desk.accept(fee=0, committed=0)

    with reverts_with("DepositOutOfRange", 1, 0, 0):
        free.top_up(1)


@pytest.mark.law14
def test_raises_what_has_been_deposited(desk, half):
    half.top_up(half.fee)

    assert half.state.deposited == half.fee


@pytest.mark.law10
def test_takes_only_what_is_missing_from_the_sender(desk, half):
    before = desk.parts()
    half.top_up(half.fee)

    assert desk.parts(before) == {"hm": -4_500 * desk.unit}


@pytest.mark.law14
def test_moves_paid_through_from_the_start_on(desk, half):
    half.top_up(6_000 * desk.unit, at=half.start + 20 * DAY)

    assert half.state.paidThrough == half.start + 60 * DAY


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("units", [1, 2, 3, 7, 864_000_001, 4_499_999_999])
def test_counts_a_second_only_when_it_is_paid_whole(desk, half, units):
    deposited = 4_500 * desk.unit + units
    half.top_up(deposited)

    assert half.state.paidThrough - half.start == covered(half.term, deposited, half.fee)


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize(("missing", "images"), [(1, 50), (0, 51)])
def test_opens_an_image_only_when_it_is_paid_whole(desk, half, missing, images):
    half.top_up(4_590 * desk.unit - missing)

    assert half.state.imagesLeft == images


@pytest.mark.law14
def test_opens_images_beside_those_that_were_used(desk, half):
    half.record(images=30)
    half.top_up(half.fee)

    assert half.state.imagesLeft == 70


@pytest.mark.law14
def test_opens_images_although_all_that_were_covered_are_used(desk, half):
    half.record(images=50)
    half.top_up(half.fee)

    assert half.state.imagesLeft == 50


@pytest.mark.law14
@pytest.mark.boundary
def test_is_taken_in_the_last_second(desk, half):
    half.top_up(half.fee, at=half.end - 1)

    assert half.state.paidThrough == half.end


@pytest.mark.law14
@pytest.mark.boundary
def test_is_taken_before_the_start(desk):
    later = desk.accept(start=now() + DAY, deposit=4_500 * desk.unit)
    later.top_up(later.fee)

    assert later.state.paidThrough == later.end


@pytest.mark.law14
@pytest.mark.boundary
def test_of_one_unit_is_taken(desk, half):
    half.top_up(4_500 * desk.unit + 1)

    assert half.state.deposited == 4_500 * desk.unit + 1


@pytest.mark.law14
def test_pays_nothing_twice_in_a_retry(desk, half):
    half.top_up(half.fee)
    before = desk.parts()
    half.top_up(half.fee)

    assert desk.parts(before) == {}


@pytest.mark.law14
def test_says_nothing_in_a_retry(desk, half):
    tx = half.top_up(4_500 * desk.unit)

    assert len(tx.events) == 0


@pytest.mark.law14
@pytest.mark.boundary
def test_to_a_lower_total_changes_nothing(desk, half):
    before = half.state
    half.top_up(0)

    assert half.state == before


@pytest.mark.law14
def test_never_lowers_what_was_covered(desk, half):
    half.top_up(6_000 * desk.unit)
    half.top_up(5_000 * desk.unit)

    assert half.state.paidThrough == half.start + 60 * DAY


@pytest.mark.law10
def test_is_open_to_anyone_with_money_of_their_own(desk, half):
    desk.fund(desk.stranger)
    before = desk.parts()
    half.top_up(half.fee, by=desk.stranger)

    assert desk.parts(before) == {"stranger": -4_500 * desk.unit}


@pytest.mark.law10
@pytest.mark.law17
def test_gives_whoever_paid_no_claim_to_the_refund(desk, half):
    desk.fund(desk.stranger)
    half.top_up(half.fee, by=desk.stranger)
    half.give_notice(at=half.start + DAY)
    half.pay_out(at=half.start + 10 * DAY)
    before = desk.parts()
    half.pay_out(at=half.start + 31 * DAY)
    moved = desk.parts(before)

    assert moved["hm"] == 5_900 * desk.unit
    assert "stranger" not in moved


@pytest.mark.law7
def test_heals_a_lapse_for_the_time_to_come(desk, half):
    half.top_up(half.fee, at=half.start + 50 * DAY)

    assert desk.licenses.isLive(half.id, 0)


@pytest.mark.law7
def test_never_reprices_after_a_lapse(desk, half):
    half.top_up(half.fee, at=half.start + 50 * DAY)

    assert half.earned(half.start + 50 * DAY) == 5_000 * desk.unit


def test_says_who_paid_and_the_new_total(desk, half):
    tx = half.top_up(half.fee)

    assert dict(tx.events["ToppedUp"]) == {
        "licenseId": half.id,
        "payer": desk.hm,
        "deposited": half.fee,
    }


@pytest.mark.law13
def test_changes_nothing_that_was_earned(desk, half):
    before = half.earned(half.start + 10 * DAY)
    half.top_up(half.fee)

    assert half.earned(half.start + 10 * DAY) == before


def test_leaves_what_was_collected(desk, half):
    half.pay_out(at=half.start + 10 * DAY)
    half.top_up(half.fee)

    assert half.state.collected == half.owes(half.start + 10 * DAY)


@pytest.mark.law14
@pytest.mark.boundary
def test_holds_the_greatest_fee_there_is(desk):
    dear = desk.accept(fee=MOST, committed=0, deposit=0)
    dear.top_up(MOST)

    assert dear.state.paidThrough == dear.end


@pytest.mark.law14
@pytest.mark.boundary
def test_one_unit_below_the_greatest_fee_leaves_one_second_open(desk):
    dear = desk.accept(fee=MOST, committed=0, deposit=0)
    dear.top_up(MOST - 1)

    assert dear.state.paidThrough == dear.end - 1


@pytest.mark.law14
def test_knows_no_decimals(odd_desk):
    half = odd_desk.accept(deposit=4_500 * odd_desk.unit)
    half.top_up(6_000 * odd_desk.unit)

    assert half.state.paidThrough == half.start + 60 * DAY
