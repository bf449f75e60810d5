"""Settlement: once, at the end or later: the earned by shares, the rest goes back (law 17)."""

from __future__ import annotations

import pytest
from brownie import web3
from eth_utils import keccak

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with


@pytest.mark.law17
@pytest.mark.refusal
def test_happens_once(lone):
    lone.pay_out(at=lone.end)

    with reverts_with("LicenseSettled", lone.id):
        lone.pay_out(at=lone.end + DAY)


@pytest.mark.law17
@pytest.mark.refusal
def test_of_a_surrender_happens_once(lone):
    lone.surrender(at=lone.start + DAY)

    with reverts_with("LicenseOver", lone.id, lone.start + DAY):
        lone.surrender(at=lone.start + DAY)


@pytest.mark.law17
@pytest.mark.boundary
def test_of_a_fully_paid_and_fully_run_license_refunds_nothing(desk, lone):
    before = desk.parts()
    lone.pay_out(at=lone.end)

    assert "hm" not in desk.parts(before)


@pytest.mark.law17
@pytest.mark.boundary
def test_of_a_lapsed_license_at_its_end_refunds_nothing(desk):
    part = desk.accept(deposit=4_500 * desk.unit)
    before = desk.parts()
    part.pay_out(at=part.end)

    assert "hm" not in desk.parts(before)
    assert part.state.collected == 4_500 * desk.unit


@pytest.mark.law9
@pytest.mark.law17
def test_after_a_notice_refunds_what_was_not_earned(desk, lone):
    lone.give_notice()
    before = desk.parts()
    lone.pay_out(at=lone.start + 30 * DAY)

    assert desk.parts(before)["hm"] == 6_000 * desk.unit


@pytest.mark.law9
@pytest.mark.law17
@pytest.mark.boundary
def test_in_the_second_before_a_notice_ends_does_not_happen(lone):
    lone.give_notice()
    lone.pay_out(at=lone.start + 30 * DAY - 1)

    assert not lone.state.isSettled


@pytest.mark.law13
@pytest.mark.law17
def test_counts_images_that_ran_ahead(desk, lone):
    lone.record(images=80)
    lone.give_notice()
    before = desk.parts()
    lone.pay_out(at=lone.start + 30 * DAY)

    assert desk.parts(before)["hm"] == 1_800 * desk.unit


@pytest.mark.law17
def test_sends_what_earlier_pay_outs_have_left(desk, lone):
    lone.give_notice()
    lone.pay_out(at=lone.start + 10 * DAY)
    before = desk.parts()
    lone.pay_out(at=lone.start + 30 * DAY)

    assert desk.parts(before) == {
        "hm": 6_000 * desk.unit,
        "agency": 400 * desk.unit,
        "photographer": 100 * desk.unit,
        "stylist": 66_600_000,
        "model": 1_433_400_000,
    }


@pytest.mark.law17
@pytest.mark.law9
def test_of_what_ended_before_its_start_refunds_everything(desk):
    later = desk.accept(start=now() + 60 * DAY)
    later.give_notice()
    before = desk.parts()
    later.pay_out(at=later.state.end)

    assert desk.parts(before) == {"hm": later.fee}


@pytest.mark.law10
@pytest.mark.law17
def test_refunds_the_licensee_whoever_paid_it_in(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    desk.fund(desk.stranger)
    part.top_up(part.fee, by=desk.stranger)
    part.give_notice()
    before = desk.parts()
    part.pay_out(by=desk.stranger, at=part.start + 30 * DAY)
    moved = desk.parts(before)

    assert moved["hm"] == 6_000 * desk.unit
    assert "stranger" not in moved


@pytest.mark.law17
def test_shrinks_the_deposit_to_what_was_earned(desk, lone):
    lone.give_notice()
    lone.pay_out(at=lone.start + 30 * DAY)

    assert lone.state.deposited == lone.state.collected == 3_000 * desk.unit


@pytest.mark.law17
def test_leaves_what_was_covered_as_it_was(lone):
    """The license has ended, so nobody may publish by it."""
    covered = lone.state.paidThrough, lone.state.imagesLeft
    lone.surrender(at=lone.start + DAY)

    assert lone.state.deposited < lone.fee
    assert (lone.state.paidThrough, lone.state.imagesLeft) == covered


@pytest.mark.law12
@pytest.mark.law17
def test_leaves_nothing_of_the_license_in_the_contract(desk, lone):
    other = desk.accept()
    lone.give_notice()
    lone.pay_out(at=lone.start + 30 * DAY)

    assert desk.token.balanceOf(desk.licenses) == other.fee


def test_says_what_was_earned_and_what_was_refunded(desk, lone):
    lone.give_notice()
    tx = lone.pay_out(at=lone.start + 30 * DAY)

    assert dict(tx.events["Settled"]) == {
        "licenseId": lone.id,
        "earned": 3_000 * desk.unit,
        "refunded": 6_000 * desk.unit,
    }


@pytest.mark.law17
@pytest.mark.boundary
def test_long_after_the_end_is_the_same(desk, lone):
    lone.give_notice()
    before = desk.parts()
    lone.pay_out(at=lone.end + 1_000 * DAY)

    assert desk.parts(before)["hm"] == 6_000 * desk.unit


@pytest.mark.law17
def test_leaves_the_history_open_to_statements(lone):
    lone.pay_out(at=lone.end)
    lone.record(images=3, kind=1)

    assert lone.state.batches == 1


@pytest.mark.law17
def test_keeps_the_end(desk, lone):
    lone.pay_out(at=lone.end + DAY)

    assert lone.state.end == lone.end


@pytest.mark.law17
@pytest.mark.boundary
def test_of_one_unit_that_was_not_earned_goes_back(desk):
    small = desk.accept(fee=1, committed=0)
    small.give_notice()
    before = desk.parts()
    small.pay_out(at=small.start + 30 * DAY)

    assert desk.parts(before) == {"hm": 1}


@pytest.mark.law12
@pytest.mark.law17
@pytest.mark.boundary
def test_never_refunds_what_has_been_paid_out(desk):
    """Should less be earned now than was collected, as after a clock that went back, the license
    settles at what was collected. Here the node writes the greater sum.
    """
    license = desk.accept(notice=0)
    license.pay_out(at=license.start + 10 * DAY)
    write(license, 1_000 * desk.unit, 2_000 * desk.unit)
    license.give_notice()
    before = desk.parts()
    license.pay_out()

    assert desk.parts(before) == {"hm": 7_000 * desk.unit}
    assert license.state.deposited == license.state.collected == 2_000 * desk.unit


def write(license, held, amount):
    """Put an amount where the contract keeps what was collected: the slot that holds `held`."""
    licenses = license.desk.licenses.address
    for place in range(64):
        key = keccak(license.id.to_bytes(32, "big") + place.to_bytes(32, "big"))
        if int.from_bytes(web3.eth.get_storage_at(licenses, key), "big") == held:
            arguments = [licenses, "0x" + key.hex(), f"0x{amount:064x}"]
            web3.provider.make_request("anvil_setStorageAt", arguments)
    assert license.state.collected == amount


@pytest.mark.law17
def test_knows_no_decimals(odd_desk):
    license = odd_desk.accept()
    license.give_notice()
    before = odd_desk.parts()
    license.pay_out(at=license.start + 30 * DAY)

    assert odd_desk.parts(before)["hm"] == 6_000 * odd_desk.unit
