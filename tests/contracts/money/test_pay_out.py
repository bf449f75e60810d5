"""payOut: sends what was earned to every wallet, and settles at the end (laws 13, 15, 16, 17)."""

from __future__ import annotations

import pytest
from brownie import accounts

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.stream import split, split_between

MOST = 2**96 - 1
ROLES = ("agency", "photographer", "stylist", "model")


def parted(license, total, before=0):
    """Who receives what when a license pays out from one total to another."""
    parts = dict(zip(ROLES, split_between(before, total, license.bps), strict=True))
    return {role: part for role, part in parts.items() if part}


@pytest.mark.law15
@pytest.mark.refusal
@pytest.mark.parametrize("bps", [1999, 2001])
def test_refuses_other_shares(desk, lone, bps):
    shares = [(lone.shares[0][0], bps, 1), *lone.shares[1:]]
    other = desk.licenses.licenseIdOf((lone.scope, lone.pay, shares))

    with reverts_with("LicenseUnknown", other):
        desk.licenses.payOut(lone.scope_hash, lone.pay, shares, desk.by(desk.relay))


@pytest.mark.law15
@pytest.mark.refusal
def test_refuses_shares_in_another_order(desk, lone):
    shares = lone.shares[::-1]
    other = desk.licenses.licenseIdOf((lone.scope, lone.pay, shares))

    with reverts_with("LicenseUnknown", other):
        desk.licenses.payOut(lone.scope_hash, lone.pay, shares, desk.by(desk.relay))


@pytest.mark.law13
@pytest.mark.refusal
def test_refuses_another_fee(desk, lone):
    pay = (*lone.pay[:2], lone.fee + 1, *lone.pay[3:])
    other = desk.licenses.licenseIdOf((lone.scope, pay, lone.shares))

    with reverts_with("LicenseUnknown", other):
        desk.licenses.payOut(lone.scope_hash, pay, lone.shares, desk.by(desk.relay))


@pytest.mark.law17
@pytest.mark.refusal
def test_refuses_a_license_that_has_been_settled(lone):
    lone.pay_out(at=lone.end)

    with reverts_with("LicenseSettled", lone.id):
        lone.pay_out()


@pytest.mark.law17
@pytest.mark.refusal
def test_refuses_a_license_that_was_surrendered(lone):
    lone.surrender()

    with reverts_with("LicenseSettled", lone.id):
        lone.pay_out()


@pytest.mark.law17
@pytest.mark.refusal
def test_refuses_a_booking_that_was_declined(desk):
    booking = desk.book()
    booking.decline()

    with reverts_with("LicenseSettled", booking.id):
        booking.pay_out()


@pytest.mark.law13
@pytest.mark.boundary
def test_in_the_first_second_sends_nothing(desk, lone):
    before = desk.parts()
    lone.pay_out(at=lone.start)

    assert desk.parts(before) == {}


@pytest.mark.law13
@pytest.mark.boundary
def test_says_nothing_where_it_sends_nothing(lone):
    assert len(lone.pay_out(at=lone.start).events) == 0


@pytest.mark.law13
@pytest.mark.boundary
def test_before_the_start_sends_nothing(desk):
    later = desk.accept(start=now() + DAY)
    before = desk.parts()
    later.pay_out(at=later.start - 1)

    assert desk.parts(before) == {}


@pytest.mark.law13
@pytest.mark.boundary
def test_after_one_second_sends_what_a_second_earns(desk, lone):
    before = desk.parts()
    lone.pay_out(at=lone.start + 1)

    assert desk.parts(before) == parted(lone, lone.fee // lone.term)


@pytest.mark.law15
def test_sends_every_share_and_the_rest_to_the_owner(desk, lone):
    before = desk.parts()
    lone.pay_out(at=lone.start + 10 * DAY)

    assert desk.parts(before) == {
        "agency": 200 * desk.unit,
        "photographer": 50 * desk.unit,
        "stylist": 33_300_000,
        "model": 716_700_000,
    }


@pytest.mark.law15
@pytest.mark.parametrize("seconds", [1, 7, 86_399, 1_234_567, 7_775_999, 7_776_000])
def test_divides_without_dust(desk, lone, seconds):
    before = desk.parts()
    lone.pay_out(at=lone.start + seconds)

    assert desk.parts(before) == parted(lone, lone.owes(lone.start + seconds))


@pytest.mark.law15
def test_sends_only_what_was_not_sent_before(desk, lone):
    lone.pay_out(at=lone.start + 1_234_567)
    earlier = lone.owes(lone.start + 1_234_567)
    before = desk.parts()
    lone.pay_out(at=lone.start + 2_345_678)

    assert desk.parts(before) == parted(lone, lone.owes(lone.start + 2_345_678), earlier)


@pytest.mark.law13
def test_a_second_one_in_the_same_second_sends_nothing(desk, lone):
    lone.pay_out(at=lone.start + DAY)
    before = desk.parts()
    lone.pay_out(at=lone.start + DAY)

    assert desk.parts(before) == {}


@pytest.mark.law13
def test_follows_images_where_they_run_ahead(desk, lone):
    lone.record(images=50)
    before = desk.parts()
    lone.pay_out()

    assert desk.parts(before) == parted(lone, lone.fee // 2)


@pytest.mark.law13
def test_sends_nothing_more_until_time_has_caught_up(desk, lone):
    lone.record(images=50)
    lone.pay_out()
    before = desk.parts()
    lone.pay_out(at=lone.start + 45 * DAY)

    assert desk.parts(before) == {}


@pytest.mark.law13
@pytest.mark.boundary
def test_never_sends_more_than_was_deposited(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    before = desk.parts()
    part.pay_out(at=part.start + 60 * DAY)

    assert desk.parts(before) == parted(part, 1_000 * desk.unit)


@pytest.mark.law7
@pytest.mark.law13
def test_sends_what_a_late_top_up_pays_for(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    part.pay_out(at=part.start + 60 * DAY)
    part.top_up(part.fee)
    before = desk.parts()
    part.pay_out(at=part.start + 60 * DAY)

    assert desk.parts(before) == parted(part, 6_000 * desk.unit, 1_000 * desk.unit)


@pytest.mark.law16
@pytest.mark.parametrize("who", ["model", "agency", "hm", "rival", "stranger"])
def test_can_be_triggered_by(desk, lone, who):
    """Whoever triggers it, it goes to the payees."""
    sender = getattr(desk, who)
    if who == "model":
        desk.relay.transfer(sender, "1 ether")
    before = desk.parts()
    lone.pay_out(by=sender, at=lone.start + DAY)

    assert desk.parts(before) == parted(lone, 100 * desk.unit)


@pytest.mark.law2
def test_pays_the_owner_of_the_twin(desk, lone):
    assert desk.twins.payeeOf(desk.twin) == desk.model

    before = desk.token.balanceOf(desk.model)
    lone.pay_out(at=lone.start + DAY)

    assert desk.token.balanceOf(desk.model) - before == 71_670_000


def test_notes_what_was_collected(lone):
    lone.pay_out(at=lone.start + DAY)

    assert lone.state.collected == lone.owes(lone.start + DAY)


def test_says_what_has_been_collected_in_all(desk, lone):
    lone.pay_out(at=lone.start + DAY)
    tx = lone.pay_out(at=lone.start + 3 * DAY)

    assert dict(tx.events["PaidOut"]) == {"licenseId": lone.id, "collected": 300 * desk.unit}


@pytest.mark.boundary
def test_once_more_in_the_same_second_says_nothing(lone):
    lone.pay_out(at=lone.start + DAY)
    tx = lone.pay_out(at=lone.start + DAY)

    assert "PaidOut" not in tx.events


def test_leaves_what_was_deposited(lone):
    lone.pay_out(at=lone.start + DAY)

    assert lone.state.deposited == lone.fee


@pytest.mark.law17
@pytest.mark.boundary
def test_in_the_last_second_does_not_settle(lone):
    lone.pay_out(at=lone.end - 1)

    assert not lone.state.isSettled


@pytest.mark.law17
@pytest.mark.boundary
def test_at_the_end_settles(lone):
    lone.pay_out(at=lone.end)

    assert lone.state.isSettled


@pytest.mark.law13
@pytest.mark.law17
@pytest.mark.boundary
def test_at_the_end_has_sent_exactly_the_fee(desk, lone):
    before = desk.parts()
    for day in (0, 1, 13, 60, 89):
        lone.pay_out(at=lone.start + day * DAY + day)
    lone.pay_out(at=lone.end)

    assert desk.parts(before) == parted(lone, lone.fee)


@pytest.mark.law12
def test_at_the_end_leaves_nothing_in_the_contract(desk, lone):
    lone.pay_out(at=lone.end)

    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.law12
def test_takes_nothing_from_another_license(desk, lone):
    other = desk.accept()
    lone.pay_out(at=lone.end)

    assert desk.token.balanceOf(desk.licenses) == other.fee


@pytest.mark.law12
@pytest.mark.law13
@pytest.mark.boundary
def test_of_one_unit_goes_to_the_owner(desk):
    small = desk.accept(fee=1, committed=0)
    before = desk.parts()
    small.pay_out(at=small.end)

    assert desk.parts(before) == {"model": 1}
    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.law13
@pytest.mark.boundary
def test_of_one_unit_waits_for_the_last_second(desk):
    small = desk.accept(fee=1, committed=0)
    before = desk.parts()
    small.pay_out(at=small.end - 1)

    assert desk.parts(before) == {}


@pytest.mark.boundary
def test_of_a_license_without_a_fee_settles_and_sends_nothing(desk):
    free = desk.accept(fee=0, committed=0)
    before = desk.parts()
    free.pay_out(at=free.end)

    assert free.state.isSettled
    assert desk.parts(before) == {}


@pytest.mark.boundary
def test_of_the_greatest_fee_is_exact(desk):
    dear = desk.accept(fee=MOST, committed=0)
    before = desk.parts()
    dear.pay_out(at=dear.start + 1_234_567)
    dear.pay_out(at=dear.end)

    assert desk.parts(before) == parted(dear, MOST)


@pytest.mark.law15
@pytest.mark.boundary
def test_without_others_pays_the_owner_alone(desk):
    own = desk.accept(shares=[])
    before = desk.parts()
    own.pay_out(at=own.end)

    assert desk.parts(before) == {"model": own.fee}


@pytest.mark.law15
@pytest.mark.boundary
def test_pays_fifteen_others(desk):
    payees = [accounts.at(f"0x{number:040x}", force=True) for number in range(1001, 1016)]
    bps = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987]
    many = desk.accept(shares=[(payee, part, 8) for payee, part in zip(payees, bps, strict=True)])
    many.pay_out(at=many.start + 1_234_567)

    assert desk.balances(*payees) == split(many.owes(many.start + 1_234_567), bps)[:-1]


@pytest.mark.law15
@pytest.mark.boundary
def test_pays_a_share_of_one_basis_point(desk):
    thin = desk.accept(shares=[(desk.agency, 1, 1)])
    before = desk.parts()
    thin.pay_out(at=thin.end)

    assert desk.parts(before)["agency"] == 900_000


@pytest.mark.law15
@pytest.mark.boundary
def test_pays_an_owner_who_left_all_to_others_nothing(desk):
    """Only a policy of nothing for the owner allows it."""
    twin = desk.mint("generous", least_owner_bps=0)
    given = desk.accept(twinId=twin, shares=[(desk.agency, 4000, 1), (desk.stylist, 6000, 4)])
    before = desk.parts()
    given.pay_out(at=given.end)

    assert desk.parts(before) == {"agency": 3_600 * desk.unit, "stylist": 5_400 * desk.unit}


def test_pays_a_payee_who_is_the_licensee(desk):
    """A licensee may be a payee, too: its share is a share and not a refund."""
    own = desk.accept(shares=[(desk.hm, 1000, 8)])
    before = desk.parts()
    own.pay_out(at=own.start + DAY)

    assert desk.parts(before) == {"hm": 10 * desk.unit, "model": 90 * desk.unit}


@pytest.mark.law13
@pytest.mark.law15
def test_knows_no_decimals(odd_desk):
    license = odd_desk.accept()
    before = odd_desk.parts()
    license.pay_out(at=license.start + 1_234_567)

    assert odd_desk.parts(before) == parted(license, license.owes(license.start + 1_234_567))
