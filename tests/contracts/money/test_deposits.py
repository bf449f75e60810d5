"""The first deposit: who pays it, how much of it, and what it opens (laws 7, 10, 12, 14)."""

from __future__ import annotations

import brownie
import pytest

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.stream import covered

MOST = 2**96 - 1


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("who", ["rival", "stranger", "agency", "relay"])
def test_is_refused_from_anyone_but_the_licensee(desk, who):
    sender = getattr(desk, who)

    with reverts_with("NotLicensee", sender, desk.hm):
        desk.accept(by=sender)


@pytest.mark.law10
@pytest.mark.refusal
def test_of_a_booking_is_refused_from_anyone_but_the_licensee(desk):
    with reverts_with("NotLicensee", desk.rival, desk.hm):
        desk.book(by=desk.rival)


@pytest.mark.law14
@pytest.mark.boundary
def test_is_refused_one_unit_under_what_is_committed(desk):
    committed, fee = 1_000 * desk.unit, 9_000 * desk.unit

    with reverts_with("DepositOutOfRange", committed - 1, committed, fee):
        desk.accept(deposit=committed - 1)


@pytest.mark.law14
@pytest.mark.boundary
def test_is_refused_one_unit_over_the_fee(desk):
    committed, fee = 1_000 * desk.unit, 9_000 * desk.unit

    with reverts_with("DepositOutOfRange", fee + 1, committed, fee):
        desk.accept(deposit=fee + 1)


@pytest.mark.law14
@pytest.mark.boundary
def test_of_an_exclusive_license_is_refused_one_unit_under_the_fee(desk):
    fee = 9_000 * desk.unit

    with reverts_with("DepositOutOfRange", fee - 1, fee, fee):
        desk.accept(exclusive=True, deposit=fee - 1)


@pytest.mark.law14
@pytest.mark.boundary
def test_of_one_unit_is_refused_where_there_is_no_fee(desk):
    with reverts_with("DepositOutOfRange", 1, 0, 0):
        desk.accept(fee=0, committed=0, deposit=1)


@pytest.mark.law10
@pytest.mark.refusal
def test_is_refused_without_an_allowance(desk):
    desk.token.approve(desk.licenses, 0, desk.by(desk.hm))

    with reverts_with("PaymentFailed", desk.token, desk.hm, 9_000 * desk.unit):
        desk.accept()


@pytest.mark.law10
@pytest.mark.boundary
def test_is_refused_with_an_allowance_that_lacks_one_unit(desk):
    desk.token.approve(desk.licenses, 9_000 * desk.unit - 1, desk.by(desk.hm))

    with reverts_with("PaymentFailed", desk.token, desk.hm, 9_000 * desk.unit):
        desk.accept()


@pytest.mark.law10
@pytest.mark.boundary
def test_is_refused_with_a_balance_that_lacks_one_unit(desk):
    held = desk.token.balanceOf(desk.hm)
    desk.token.transfer(desk.rival, held - 9_000 * desk.unit + 1, desk.by(desk.hm))

    with reverts_with("PaymentFailed", desk.token, desk.hm, 9_000 * desk.unit):
        desk.accept()


@pytest.mark.law18
@pytest.mark.refusal
def test_is_refused_in_a_currency_that_is_no_contract(desk):
    nowhere = desk.stranger.address

    with reverts_with("PaymentFailed", nowhere, desk.hm, 9_000 * desk.unit):
        desk.accept(currency=nowhere)


@pytest.mark.law18
@pytest.mark.refusal
@pytest.mark.parametrize("contract", ["twins", "licenses"])
def test_is_refused_in_a_currency_that_is_one_of_our_own_contracts(desk, contract):
    currency = getattr(desk, contract).address

    with reverts_with("PaymentFailed", currency, desk.hm, 1_000 * desk.unit):
        desk.accept(currency=currency, deposit=1_000 * desk.unit)


@pytest.mark.law10
def test_takes_the_licensees_tokens_and_nobody_elses(desk):
    before = desk.parts()
    desk.accept(deposit=2_000 * desk.unit)

    assert desk.parts(before) == {"hm": -2_000 * desk.unit}


@pytest.mark.law12
def test_lies_in_the_contract_to_the_unit(desk):
    desk.accept(deposit=2_000 * desk.unit)

    assert desk.token.balanceOf(desk.licenses) == 2_000 * desk.unit


@pytest.mark.law12
def test_is_kept_apart_for_each_license(desk):
    first, second = desk.accept(deposit=2_000 * desk.unit), desk.accept(deposit=3_000 * desk.unit)

    assert first.state.deposited == 2_000 * desk.unit
    assert second.state.deposited == 3_000 * desk.unit


@pytest.mark.law12
def test_is_kept_apart_for_each_currency(desk):
    other = brownie.TestDollar.deploy(18, desk.by(desk.relay))
    desk.fund(desk.hm, other)
    first, second = desk.accept(), desk.accept(currency=other.address, fee=7, committed=0)
    first.pay_out(at=first.end)

    assert desk.token.balanceOf(desk.licenses) == 0
    assert other.balanceOf(desk.licenses) == second.state.deposited == 7


@pytest.mark.law14
@pytest.mark.boundary
def test_of_just_what_is_committed_is_taken(desk):
    license = desk.accept(deposit=1_000 * desk.unit)

    assert license.state.deposited == 1_000 * desk.unit


@pytest.mark.law14
@pytest.mark.boundary
def test_of_nothing_is_taken_where_nothing_is_committed(desk):
    license = desk.accept(committed=0, deposit=0)

    assert license.state.paidThrough == license.start
    assert license.state.imagesLeft == 0


@pytest.mark.law14
@pytest.mark.boundary
def test_of_the_whole_fee_covers_the_whole(desk, lone):
    assert lone.state.paidThrough == lone.end
    assert lone.state.imagesLeft == lone.quota


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize(
    "units", [0, 1, 1_157, 1_158, 89_999_999, 90_000_000, 4_500_000_000, 8_999_999_999]
)
def test_covers_whole_seconds_and_whole_images(desk, units):
    license = desk.accept(committed=0, deposit=units)
    state = license.state

    assert state.paidThrough - license.start == covered(license.term, units, license.fee)
    assert state.imagesLeft == covered(license.quota, units, license.fee)


@pytest.mark.law7
@pytest.mark.law14
@pytest.mark.boundary
def test_that_covers_no_second_gives_no_live_license(desk):
    license = desk.accept(committed=0, deposit=1_157)

    assert not desk.licenses.isLive(license.id, 0)


@pytest.mark.law7
@pytest.mark.law14
@pytest.mark.boundary
def test_that_covers_one_second_gives_a_live_license(desk):
    license = desk.accept(committed=0, deposit=1_158)

    assert desk.licenses.isLive(license.id, 0)


@pytest.mark.law14
@pytest.mark.boundary
def test_without_a_fee_everything_is_covered(desk):
    free = desk.accept(fee=0, committed=0)

    assert free.state.paidThrough == free.end
    assert free.state.imagesLeft == free.quota


@pytest.mark.law12
@pytest.mark.law14
@pytest.mark.boundary
def test_of_the_greatest_fee_is_taken(desk):
    dear = desk.accept(fee=MOST, committed=MOST)

    assert dear.state.deposited == MOST
    assert desk.token.balanceOf(desk.licenses) == MOST


@pytest.mark.law14
def test_counts_from_a_start_that_is_still_to_come(desk):
    later = desk.accept(start=now() + DAY, deposit=4_500 * desk.unit)

    assert later.state.paidThrough == later.start + 45 * DAY


@pytest.mark.law14
def test_of_a_booking_commits_the_floor_of_the_card(desk):
    booking = desk.book(deposit=1_000 * desk.unit)

    assert booking.state.deposited == 1_000 * desk.unit


@pytest.mark.law14
@pytest.mark.boundary
def test_of_a_booking_is_refused_one_unit_under_the_floor(desk):
    floor = 1_000 * desk.unit
    fee = desk.book().fee

    with reverts_with("DepositOutOfRange", floor - 1, floor, fee):
        desk.book(deposit=floor - 1)


def test_stands_in_the_event_of_the_grant(desk):
    license = desk.accept(deposit=2_000 * desk.unit)

    assert license.granting.events["LicenseGranted"]["deposited"] == 2_000 * desk.unit


@pytest.mark.law14
def test_knows_no_decimals(odd_desk):
    license = odd_desk.accept(deposit=4_500 * odd_desk.unit)

    assert license.state.paidThrough == license.start + 45 * DAY
    assert license.state.imagesLeft == 50
