"""withdraw: sends what waits because a wallet did not take it (laws 2, 12, 16)."""

from __future__ import annotations

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.desk import DAY, ZERO
from tests.contracts.support.moves import propose
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.rooms import open_desk


@pytest.fixture(scope="module")
def deployed(module_isolation):
    return open_desk("Blocklist")


def number(wallet):
    """A wallet's account: its address as a number."""
    return int(str(wallet), 16)


def block(desk, *wallets, blocked=True):
    for wallet in wallets:
        desk.token.setBlocked(wallet, blocked, desk.by(desk.relay))


def withdraw(desk, account, by=None):
    return desk.weigh(desk.licenses.withdraw(desk.token, account, desk.by(by or desk.relay)))


@pytest.fixture
def waiting(desk):
    """200.00 wait for an agency that was blocked and is not any more."""
    license = desk.accept()
    block(desk, desk.agency)
    license.pay_out(at=license.start + 10 * DAY)
    block(desk, desk.agency, blocked=False)
    return license


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_an_account_for_which_nothing_waits(desk, waiting):
    with reverts_with("NothingPayable", desk.token, number(desk.stylist)):
        withdraw(desk, number(desk.stylist))


@pytest.mark.law16
@pytest.mark.boundary
def test_refuses_account_zero(desk):
    with reverts_with("NothingPayable", desk.token, 0):
        withdraw(desk, 0)


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_a_twin_for_which_nothing_waits(desk, waiting):
    with reverts_with("NothingPayable", desk.token, desk.twin):
        withdraw(desk, desk.twin)


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_a_twin_that_is_unknown(desk):
    with reverts_with("NothingPayable", desk.token, 2**255 + 1):
        withdraw(desk, 2**255 + 1)


@pytest.mark.law12
@pytest.mark.refusal
def test_refuses_another_currency(desk, waiting):
    with reverts_with("NothingPayable", ZERO, number(desk.agency)):
        desk.licenses.withdraw(ZERO, number(desk.agency), desk.by(desk.agency))


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_a_second_time(desk, waiting):
    withdraw(desk, number(desk.agency))

    with reverts_with("NothingPayable", desk.token, number(desk.agency)):
        withdraw(desk, number(desk.agency))


@pytest.mark.law16
@pytest.mark.refusal
def test_refuses_while_the_wallet_still_refuses(desk, waiting):
    block(desk, desk.agency)

    with reverts_with("WithdrawalFailed", desk.token, desk.agency, 200 * desk.unit):
        withdraw(desk, number(desk.agency))


@pytest.mark.law12
@pytest.mark.law16
def test_a_failure_leaves_it_payable(desk, waiting):
    block(desk, desk.agency)
    with reverts_with("WithdrawalFailed", desk.token, desk.agency, 200 * desk.unit):
        withdraw(desk, number(desk.agency))

    assert desk.licenses.payableTo(desk.token, number(desk.agency)) == 200 * desk.unit


@pytest.mark.law16
def test_sends_what_waits(desk, waiting):
    before = desk.parts()
    withdraw(desk, number(desk.agency))

    assert desk.parts(before) == {"agency": 200 * desk.unit}


@pytest.mark.law16
@pytest.mark.parametrize("who", ["agency", "hm", "rival", "stranger"])
def test_can_be_triggered_and_goes_to_the_payee_all_the_same(desk, waiting, who):
    before = desk.parts()
    withdraw(desk, number(desk.agency), by=getattr(desk, who))

    assert desk.parts(before) == {"agency": 200 * desk.unit}


@pytest.mark.law12
def test_leaves_nothing_payable(desk, waiting):
    withdraw(desk, number(desk.agency))

    assert desk.licenses.payableTo(desk.token, number(desk.agency)) == 0


def test_says_whose_it_was_and_where_it_went(desk, waiting):
    assert dict(withdraw(desk, number(desk.agency)).events["Withdrawn"]) == {
        "currency": desk.token,
        "account": number(desk.agency),
        "payee": desk.agency,
        "amount": 200 * desk.unit,
    }


@pytest.mark.law16
def test_adds_up_what_waits_from_several_licenses(desk):
    first, second = desk.accept(), desk.accept()
    block(desk, desk.agency)
    first.pay_out(at=first.start + DAY)
    second.pay_out(at=first.start + 2 * DAY)
    first.pay_out(at=first.start + 3 * DAY)

    assert desk.licenses.payableTo(desk.token, number(desk.agency)) == 100 * desk.unit


@pytest.mark.law16
@pytest.mark.boundary
def test_sends_a_single_unit(desk):
    small = desk.accept(fee=10, committed=0, shares=[(desk.agency, 1000, 1)])
    block(desk, desk.agency)
    small.pay_out(at=small.end)
    block(desk, desk.agency, blocked=False)
    before = desk.parts()
    withdraw(desk, number(desk.agency))

    assert desk.parts(before) == {"agency": 1}


@pytest.mark.law2
@pytest.mark.law16
def test_keeps_the_owners_part_under_the_twin(desk):
    license = desk.accept()
    block(desk, desk.model)
    license.pay_out(at=license.start + DAY)

    assert desk.licenses.payableTo(desk.token, desk.twin) == 71_670_000
    assert desk.licenses.payableTo(desk.token, number(desk.model)) == 0


@pytest.mark.law2
def test_pays_the_twins_part_to_its_owner(desk):
    license = desk.accept()
    block(desk, desk.model)
    license.pay_out(at=license.start + DAY)
    block(desk, desk.model, blocked=False)
    before = desk.parts()
    withdraw(desk, desk.twin)

    assert desk.parts(before) == {"model": 71_670_000}


@pytest.mark.law16
@pytest.mark.law17
def test_sends_a_refund_that_the_licensee_could_not_take(desk):
    license = desk.accept()
    license.give_notice(at=license.start)
    block(desk, desk.hm)
    license.pay_out(at=license.start + 30 * DAY)
    block(desk, desk.hm, blocked=False)
    before = desk.parts()
    withdraw(desk, number(desk.hm))

    assert desk.parts(before) == {"hm": 6_000 * desk.unit}


@pytest.mark.law2
@pytest.mark.law16
class TestPendingMove:
    """What is due to the owner waits while a move of the twin is pending."""

    @pytest.fixture
    def license(self, desk):
        """A day has been paid out while the move was pending."""
        license = desk.accept()
        propose(desk)
        license.pay_out(at=license.start + DAY)
        return license

    def test_the_owners_part_waits(self, desk, license):
        assert desk.licenses.payableTo(desk.token, desk.twin) == 71_670_000

    def test_the_others_are_paid(self, desk, license):
        assert desk.token.balanceOf(desk.agency) == 20 * desk.unit

    @pytest.mark.refusal
    def test_nothing_can_be_withdrawn(self, desk, license):
        with reverts_with("WithdrawalFailed", desk.token, ZERO, 71_670_000):
            withdraw(desk, desk.twin)

    def test_all_can_be_withdrawn_when_it_is_dropped(self, desk, license):
        act(desk, "MoveDrop").send()
        before = desk.parts()
        withdraw(desk, desk.twin)

        assert desk.parts(before) == {"model": 71_670_000}


@pytest.mark.law12
def test_touches_no_license(desk, waiting):
    before = waiting.state
    withdraw(desk, number(desk.agency))

    assert waiting.state == before


@pytest.mark.law16
def test_is_of_no_use_to_a_wallet_that_was_paid(desk, waiting):
    """The photographer has had its part: it has no claim to what waits for the agency."""
    with reverts_with("NothingPayable", desk.token, number(desk.photographer)):
        withdraw(desk, number(desk.photographer), by=desk.photographer)
