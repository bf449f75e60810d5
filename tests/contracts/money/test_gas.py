"""A pay-out gives every transfer its full gas or reverts: nobody can starve one (law 16)."""

from __future__ import annotations

import pytest
from brownie import web3
from brownie.exceptions import VirtualMachineError

from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.rooms import open_desk

MOST = 2**256 - 1
GIVEN = 100_000
"""What one transfer may use."""


@pytest.fixture(scope="module")
def deployed(module_isolation):
    return open_desk("GasBurning")


def burn(desk, wallet, amount):
    desk.token.burnFor(wallet, amount, desk.by(desk.relay))


def payable(desk, wallet):
    return desk.licenses.payableTo(desk.token, int(str(wallet), 16))


@pytest.mark.law16
@pytest.mark.refusal
@pytest.mark.parametrize("deed", ["pay_out", "surrender"])
def test_too_little_gas_is_refused(lone, deed):
    with reverts_with("GasTooLow"):
        getattr(lone, deed)(at=lone.start + DAY, gas_limit=200_000)


@pytest.mark.law16
@pytest.mark.refusal
def test_too_little_gas_for_a_refund_is_refused(desk, lone):
    """Nothing is earned: the refund is the only transfer."""
    lone.give_notice()
    later = desk.accept(committed=0)

    with reverts_with("GasTooLow"):
        later.surrender(gas_limit=170_000)


@pytest.mark.law16
@pytest.mark.boundary
def test_no_gas_limit_turns_a_good_wallet_into_a_claim(desk, lone):
    """From far too little upwards: refused, refused, ..., paid. Never deferred."""
    desk.token.mint(desk.agency, 1, desk.by(desk.relay))
    outcomes = []
    for gas in range(90_000, 400_000, 6_000):
        try:
            tx = lone.pay_out(at=lone.start + DAY, gas_limit=gas)
        except VirtualMachineError as error:
            outcomes.append("out of gas" if "GasTooLow" not in str(error) else "GasTooLow")
            continue
        assert "Deferred" not in tx.events
        break
    else:
        pytest.fail("it was never paid")

    assert outcomes.count("GasTooLow") > 10


@pytest.mark.law16
@pytest.mark.boundary
def test_no_gas_limit_turns_a_dear_transfer_into_a_claim(desk, lone):
    """The agency's transfer takes 60,000: it is paid as soon as anything is."""
    burn(desk, desk.agency, 60_000)
    for gas in range(150_000, 600_000, 9_000):
        try:
            tx = lone.pay_out(at=lone.start + DAY, gas_limit=gas)
        except VirtualMachineError:
            continue
        assert "Deferred" not in tx.events
        return
    pytest.fail("it was never paid")


@pytest.mark.law16
def test_a_wallet_that_burns_everything_becomes_payable(desk, lone):
    burn(desk, desk.agency, MOST)
    lone.pay_out(at=lone.start + DAY)

    assert payable(desk, desk.agency) == 20 * desk.unit


@pytest.mark.law16
def test_a_wallet_that_burns_everything_holds_up_nobody(desk, lone):
    burn(desk, desk.agency, MOST)
    before = desk.parts()
    lone.pay_out(at=lone.start + DAY)

    assert desk.parts(before) == {
        "photographer": 5 * desk.unit,
        "stylist": 3_330_000,
        "model": 71_670_000,
    }


@pytest.mark.law16
def test_a_wallet_that_burns_everything_costs_no_more_than_it_is_given(desk, lone):
    lone.pay_out(at=lone.start + DAY)
    usual = lone.pay_out(at=lone.start + 2 * DAY).gas_used
    burn(desk, desk.agency, MOST)

    assert lone.pay_out(at=lone.start + 3 * DAY).gas_used < usual + GIVEN + 40_000


@pytest.mark.law16
@pytest.mark.boundary
def test_fifteen_hostile_payees_hold_up_nobody(desk):
    payees = [web3.to_checksum_address(f"0x{number:040x}") for number in range(2001, 2016)]
    for payee in payees:
        burn(desk, payee, MOST)
    many = desk.accept(shares=[(payee, 300, 8) for payee in payees])
    before = desk.parts()
    tx = many.pay_out(at=many.start + DAY)

    assert desk.parts(before) == {"model": 55 * desk.unit}
    assert [payable(desk, payee) for payee in payees] == [3 * desk.unit] * 15
    assert tx.gas_used < 2_500_000


@pytest.mark.law16
@pytest.mark.law17
def test_a_licensee_who_burns_everything_still_lets_the_license_settle(desk, lone):
    lone.give_notice()
    burn(desk, desk.hm, MOST)
    lone.pay_out(at=lone.start + 30 * DAY)

    assert lone.state.isSettled
    assert payable(desk, desk.hm) == 6_000 * desk.unit


@pytest.mark.law16
def test_what_needs_more_than_a_pay_out_gives_can_be_withdrawn(desk, lone):
    """A withdrawal hands on all the gas that its sender has."""
    burn(desk, desk.agency, 150_000)
    lone.pay_out(at=lone.start + DAY)
    assert payable(desk, desk.agency) == 20 * desk.unit

    before = desk.parts()
    sender = desk.by(desk.stranger)
    desk.weigh(desk.licenses.withdraw(desk.token, int(desk.agency.address, 16), sender))

    assert desk.parts(before) == {"agency": 20 * desk.unit}


@pytest.mark.law16
@pytest.mark.refusal
def test_a_withdrawal_starved_of_gas_changes_nothing(desk, lone):
    burn(desk, desk.agency, 150_000)
    lone.pay_out(at=lone.start + DAY)
    account = int(desk.agency.address, 16)

    with reverts_with("WithdrawalFailed", desk.token, desk.agency, 20 * desk.unit):
        desk.licenses.withdraw(desk.token, account, desk.by(desk.stranger, gas_limit=140_000))

    assert payable(desk, desk.agency) == 20 * desk.unit
