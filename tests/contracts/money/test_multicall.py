"""multicall: several deeds of the sender, all or none, with the first error as it is."""

from __future__ import annotations

import pytest
from brownie import web3

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with


def deeds_of(desk, *deeds, by=None, **more):
    return desk.weigh(desk.licenses.multicall(list(deeds), desk.by(by or desk.hm, **more)))


def paying_out(license):
    call = license.desk.licenses.payOut
    return call.encode_input(license.scope_hash, license.pay, license.shares)


def topping_up(license, deposited):
    return license.desk.licenses.topUp.encode_input(*license.parts, deposited)


def recording(license, **changes):
    return license.desk.licenses.record.encode_input(license.id, license.batch(**changes))


@pytest.mark.refusal
def test_hands_on_the_error_of_the_deed_that_fails(desk, lone):
    part = desk.accept(deposit=1_000 * desk.unit)
    too_much = part.fee + 1

    with reverts_with("DepositOutOfRange", too_much, 1_000 * desk.unit, part.fee):
        deeds_of(desk, paying_out(lone), topping_up(part, too_much))


@pytest.mark.refusal
def test_hands_on_the_error_of_the_first_that_fails(desk, lone):
    with reverts_with("NothingPayable", desk.token, 7):
        deeds_of(
            desk,
            desk.licenses.withdraw.encode_input(desk.token, 7),
            desk.licenses.withdraw.encode_input(desk.token, 8),
        )


@pytest.mark.refusal
def test_does_none_where_the_last_one_fails(desk, lone):
    before = lone.state
    with reverts_with("BatchNumberWrong", 1, 2):
        deeds_of(desk, recording(lone), recording(lone))

    assert lone.state == before


@pytest.mark.refusal
def test_undoes_payments_where_a_later_deed_fails(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    before = desk.parts()
    with reverts_with("NothingPayable", desk.token, 7):
        withdrawing = desk.licenses.withdraw.encode_input(desk.token, 7)
        deeds_of(desk, topping_up(part, part.fee), withdrawing)

    assert desk.parts(before) == {}


@pytest.mark.refusal
def test_takes_no_coin(desk, lone):
    """It is not payable: the call is refused before anything is read."""
    call = {
        "from": desk.hm.address,
        "to": desk.licenses.address,
        "data": desk.licenses.multicall.encode_input([]),
    }
    without = web3.provider.make_request("eth_call", [call, "latest"])
    with_coin = web3.provider.make_request("eth_call", [call | {"value": "0x1"}, "latest"])

    assert without["result"] == "0x"
    assert with_coin["error"]["data"] == "0x"


@pytest.mark.law10
@pytest.mark.refusal
def test_acts_for_its_sender_and_nobody_else(desk, lone):
    surrender = desk.licenses.surrender.encode_input(lone.scope_hash, lone.pay, lone.shares)

    with reverts_with("NotLicensee", desk.rival, desk.hm):
        deeds_of(desk, surrender, by=desk.rival)


@pytest.mark.boundary
def test_of_no_deeds_does_nothing(desk):
    assert len(deeds_of(desk).events) == 0


@pytest.mark.law20
def test_does_all_of_them_in_their_order(desk):
    first, second = desk.accept(), desk.accept()
    deeds_of(desk, recording(first), recording(second), recording(first, number=2))

    assert (first.state.batches, second.state.batches) == (2, 1)


@pytest.mark.law10
def test_pays_for_each_deed(desk):
    parts = [desk.accept(deposit=1_000 * desk.unit) for _ in range(3)]
    before = desk.parts()
    deeds_of(desk, *(topping_up(part, 2_000 * desk.unit) for part in parts))

    assert desk.parts(before) == {"hm": -3_000 * desk.unit}


@pytest.mark.law15
def test_pays_out_many_licenses(desk):
    licenses = [desk.accept() for _ in range(4)]
    before = desk.parts()
    deeds_of(desk, *map(paying_out, licenses), by=desk.stranger)
    assert desk.parts(before) == {}

    licenses[0].pay_out(at=licenses[0].start + DAY)
    before = desk.parts()
    deeds_of(desk, *map(paying_out, licenses), by=desk.stranger)

    assert desk.parts(before)["agency"] == 3 * 20 * desk.unit


@pytest.mark.boundary
def test_can_be_one_of_its_own_deeds(desk, lone):
    inner = desk.licenses.multicall.encode_input([recording(lone)])
    deeds_of(desk, inner)

    assert lone.state.batches == 1


@pytest.mark.law7
def test_pays_and_publishes_after_a_lapse_in_one_transaction(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    part.pay_out(at=part.start + 20 * DAY)
    deeds_of(desk, topping_up(part, part.fee), recording(part))

    assert part.state.batches == 1
    assert part.start + 20 * DAY == now()
