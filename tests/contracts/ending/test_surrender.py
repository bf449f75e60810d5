"""surrender: the licensee's early end; without a notice it owes what is committed (laws 9, 17)."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.stream import split

MOST = 2**96 - 1
ROLES = ("agency", "photographer", "stylist", "model")


def sent(license, total, refund):
    """Who receives what when a license closes at a total."""
    parts = dict(zip(ROLES, split(total, license.bps), strict=True)) | {"hm": refund}
    return {role: part for role, part in parts.items() if part}


@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_other_shares(desk, lone):
    other = desk.licenses.licenseIdOf((lone.scope, lone.pay, lone.shares[:2]))

    with reverts_with("LicenseUnknown", other):
        desk.licenses.surrender(lone.scope_hash, lone.pay, lone.shares[:2], desk.by(desk.hm))


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("who", ["rival", "agency", "photographer", "stranger", "relay"])
def test_refuses_anyone_but_the_licensee(desk, lone, who):
    with reverts_with("NotLicensee", getattr(desk, who), desk.hm):
        lone.surrender(by=getattr(desk, who))


@pytest.mark.law9
@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_the_owner(desk, lone):
    desk.relay.transfer(desk.model, "1 ether")

    with reverts_with("NotLicensee", desk.model, desk.hm):
        lone.surrender(by=desk.model)


@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_a_reporter(desk, lone):
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))

    with reverts_with("NotLicensee", desk.tool, desk.hm):
        lone.surrender(by=desk.tool)


@pytest.mark.law9
@pytest.mark.boundary
def test_refuses_at_the_end(lone):
    with reverts_with("LicenseOver", lone.id, lone.end):
        lone.surrender(at=lone.end)


@pytest.mark.law9
@pytest.mark.refusal
def test_refuses_when_a_notice_has_run_out(lone):
    lone.give_notice()

    with reverts_with("LicenseOver", lone.id, lone.start + 30 * DAY):
        lone.surrender(at=lone.start + 30 * DAY)


@pytest.mark.law17
@pytest.mark.refusal
def test_refuses_a_second_time_in_the_same_second(lone):
    lone.surrender(at=lone.start + DAY)

    with reverts_with("LicenseOver", lone.id, lone.start + DAY):
        lone.surrender(at=lone.start + DAY)


@pytest.mark.law9
@pytest.mark.boundary
def test_in_the_first_second_owes_what_is_committed(desk, lone):
    before = desk.parts()
    lone.surrender(at=lone.start)

    assert desk.parts(before) == sent(lone, 1_000 * desk.unit, 8_000 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
def test_before_the_start_owes_what_is_committed(desk):
    later = desk.accept(start=now() + 30 * DAY)
    before = desk.parts()
    later.surrender()

    assert desk.parts(before) == sent(later, 1_000 * desk.unit, 8_000 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
@pytest.mark.parametrize("second", [864_000 - 1, 864_000, 864_000 + 1])
def test_owes_the_more_of_earned_and_committed(desk, lone, second):
    """Ten days earn just what is committed."""
    due = max(lone.owes(lone.start + second), 1_000 * desk.unit)
    before = desk.parts()
    lone.surrender(at=lone.start + second)

    assert desk.parts(before) == sent(lone, due, lone.fee - due)


@pytest.mark.law9
@pytest.mark.boundary
def test_in_the_last_second_keeps_back_almost_nothing(desk, lone):
    due = lone.owes(lone.end - 1)
    before = desk.parts()
    lone.surrender(at=lone.end - 1)

    assert desk.parts(before) == sent(lone, due, 1_158)
    assert lone.fee - due == 1_158


@pytest.mark.law9
@pytest.mark.law13
def test_owes_for_images_that_ran_ahead(desk, lone):
    lone.record(images=40)
    before = desk.parts()
    lone.surrender()

    assert desk.parts(before) == sent(lone, 3_600 * desk.unit, 5_400 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
def test_under_notice_owes_only_what_is_earned(desk, lone):
    lone.give_notice()
    before = desk.parts()
    lone.surrender(at=lone.start + DAY)

    assert desk.parts(before) == sent(lone, 100 * desk.unit, 8_900 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
def test_under_notice_in_the_first_second_owes_nothing(desk, lone):
    lone.give_notice()
    before = desk.parts()
    lone.surrender(at=lone.start)

    assert desk.parts(before) == {"hm": lone.fee}


@pytest.mark.law9
@pytest.mark.boundary
def test_under_a_notice_that_changed_nothing_owes_only_what_is_earned(desk):
    """She gave notice, if so late that it did not bring the end nearer."""
    short = desk.accept(term=10 * DAY, committed=9_000 * desk.unit)
    short.give_notice()
    assert short.state.end == short.end
    before = desk.parts()
    short.surrender(at=short.start + DAY)

    assert desk.parts(before) == sent(short, 900 * desk.unit, 8_100 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
def test_where_all_is_committed_refunds_nothing(desk):
    firm = desk.accept(committed=9_000 * desk.unit)
    before = desk.parts()
    firm.surrender()

    assert desk.parts(before) == sent(firm, firm.fee, 0)


@pytest.mark.law9
@pytest.mark.boundary
def test_where_nothing_is_committed_refunds_everything(desk):
    loose = desk.accept(committed=0)
    before = desk.parts()
    loose.surrender()

    assert desk.parts(before) == {"hm": loose.fee}


@pytest.mark.law9
@pytest.mark.law14
@pytest.mark.boundary
def test_never_owes_more_than_was_deposited(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    before = desk.parts()
    part.surrender(at=part.start + 60 * DAY)

    assert desk.parts(before) == sent(part, 1_000 * desk.unit, 0)


@pytest.mark.law9
@pytest.mark.law15
def test_sends_only_what_was_not_collected_before(desk, lone):
    lone.pay_out(at=lone.start + 5 * DAY)
    before = desk.parts()
    lone.surrender(at=lone.start + 5 * DAY)
    whole, earlier = split(1_000 * desk.unit, lone.bps), split(500 * desk.unit, lone.bps)
    parts = [new - old for new, old in zip(whole, earlier, strict=True)]

    assert desk.parts(before) == dict(zip(ROLES, parts, strict=True)) | {"hm": 8_000 * desk.unit}


@pytest.mark.law10
@pytest.mark.law17
def test_refunds_the_licensee_also_what_another_paid_in(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    desk.fund(desk.stranger)
    part.top_up(part.fee, by=desk.stranger)
    before = desk.parts()
    part.surrender()

    assert desk.parts(before) == sent(part, 1_000 * desk.unit, 8_000 * desk.unit)


@pytest.mark.law9
def test_ends_the_license_in_that_second(lone):
    lone.surrender(at=lone.start + DAY)

    assert lone.state.end == lone.start + DAY
    assert lone.may_publish() == 4


@pytest.mark.law17
def test_settles(desk, lone):
    lone.surrender()
    state = lone.state

    assert state.isSettled
    assert state.deposited == state.collected == 1_000 * desk.unit


@pytest.mark.law12
def test_leaves_nothing_in_the_contract(desk, lone):
    lone.surrender()

    assert desk.token.balanceOf(desk.licenses) == 0


@pytest.mark.law9
def test_says_its_end(lone):
    tx = lone.surrender(at=lone.start + DAY)

    assert dict(tx.events["Surrendered"]) == {"licenseId": lone.id, "end": lone.start + DAY}


@pytest.mark.law17
def test_says_what_was_earned_and_refunded(desk, lone):
    tx = lone.surrender()

    assert dict(tx.events["Settled"]) == {
        "licenseId": lone.id,
        "earned": 1_000 * desk.unit,
        "refunded": 8_000 * desk.unit,
    }


@pytest.mark.law8
@pytest.mark.law9
def test_frees_what_was_exclusive_at_once(desk):
    exclusive = desk.accept(exclusive=True)
    exclusive.surrender()
    rival = desk.accept(
        licensee=desk.rival.address, by=desk.rival, exclusive=True, opening=[exclusive.entry]
    )

    assert desk.licenses.isLive(rival.id, 0)


@pytest.mark.law9
def test_of_a_booking_is_a_surrender_like_any_other(desk):
    booking = desk.book()
    before = desk.parts()
    booking.surrender()

    assert desk.parts(before) == sent(booking, 1_000 * desk.unit, booking.fee - 1_000 * desk.unit)


@pytest.mark.law9
@pytest.mark.boundary
def test_of_a_license_without_a_fee_only_ends_it(desk):
    free = desk.accept(fee=0, committed=0)
    before = desk.parts()
    free.surrender()

    assert desk.parts(before) == {}
    assert free.state.isSettled


@pytest.mark.law9
@pytest.mark.boundary
def test_of_the_greatest_fee_is_exact(desk):
    dear = desk.accept(fee=MOST, committed=0)
    due = dear.owes(dear.start + 1_234_567)
    before = desk.parts()
    dear.surrender(at=dear.start + 1_234_567)

    assert desk.parts(before) == sent(dear, due, MOST - due)


@pytest.mark.law9
def test_knows_no_decimals(odd_desk):
    license = odd_desk.accept()
    before = odd_desk.parts()
    license.surrender()
    unit = odd_desk.unit

    assert odd_desk.parts(before) == sent(license, 1_000 * unit, 8_000 * unit)
