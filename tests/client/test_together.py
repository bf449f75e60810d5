"""Several licenses in one transaction: one permit for each currency, all of them or none."""

from __future__ import annotations

import pytest

from tests.client.stage import DAY, DOLLAR, Stage
from twinrights.artifacts import load
from twinrights.errors import (
    BadValue,
    ExclusivityConflict,
    InsufficientAllowance,
    InsufficientBalance,
    UsesOffLimits,
)
from twinrights.money import Currency
from twinrights.purchases import Acceptance, Booking

LOT = 1_000_000 * DOLLAR


def count(stage: Stage) -> int:
    return stage.chain.web3.eth.get_transaction_count(stage.hm.address)


def booking(stage: Stage, card=None, **changes) -> Booking:
    plain = {
        "start": stage.chain.now() + 2 * DAY,
        "days": 30,
        "uses": "own_shop",
        "markets": "SE",
        "quota": 20,
        "ref": stage.fresh(),
    }
    return Booking(card=card or stage.sign(stage.card()), **{**plain, **changes})


def test_offers_and_bookings_are_bought_in_one_transaction(any_stage):
    before = count(any_stage)
    wanted = [
        booking(any_stage),
        Acceptance(offer=any_stage.offer(), deposit=500 * DOLLAR),
        booking(any_stage),
    ]
    first, offered, second = any_stage.chain.licenses.together(wanted, payer=any_stage.hm)
    assert count(any_stage) == before + 1
    assert (first.is_booking, offered.is_booking, second.is_booking) == (True, False, True)
    assert offered.deposited == 500 * DOLLAR
    paid = first.deposited + offered.deposited + second.deposited
    assert any_stage.chain.balance("TUSD", any_stage.hm.address) == LOT - paid
    assert any_stage.chain.royalties.allowance(any_stage.usd, any_stage.hm.address) == 0


def test_a_standing_allowance_pays_for_all_of_it(any_stage):
    any_stage.chain.royalties.allow(any_stage.usd, LOT, payer=any_stage.hm)
    wanted = [booking(any_stage), booking(any_stage)]
    bought = any_stage.chain.licenses.together(wanted, payer=any_stage.hm, approve=False)
    left = any_stage.chain.royalties.allowance(any_stage.usd, any_stage.hm.address)
    assert left == LOT - sum(license.deposited for license in bought)


def test_an_allowance_is_taken_back(stage):
    stage.chain.royalties.allow(stage.usd, 5, payer=stage.hm)
    stage.chain.royalties.allow(stage.usd, 7, payer=stage.hm)
    assert stage.chain.royalties.allowance(stage.usd, stage.hm.address) == 7
    stage.chain.royalties.allow(stage.usd, 0, payer=stage.hm)
    assert stage.chain.royalties.allowance(stage.usd, stage.hm.address) == 0


def second_currency(stage: Stage) -> Currency:
    dollar = load("TestDollar")
    address = stage.put_up({"abi": list(dollar.abi), "bytecode": dollar.bytecode}, 6)
    token = stage.contracts.currency(address)
    stage.contracts.send(stage.contracts.deed(token, "mint", stage.hm.address, LOT), stage.hm)
    return Currency(symbol="EURT", decimals=6, address=address)


def test_each_currency_has_its_own_permit(stage):
    euro = second_currency(stage)
    dear = stage.sign(stage.card(currency=euro.address, serial=2))
    before = count(stage)
    first, second = stage.chain.licenses.together(
        [booking(stage), booking(stage, dear)], payer=stage.hm
    )
    assert count(stage) == before + 1
    assert stage.chain.balance("TUSD", stage.hm.address) == LOT - first.deposited
    assert stage.chain.balance(euro, stage.hm.address) == LOT - second.deposited


def test_the_sum_must_be_there(stage):
    needed = [
        Acceptance(offer=stage.offer(fee=600_000 * DOLLAR)),
        Acceptance(offer=stage.offer(fee=600_000 * DOLLAR)),
    ]
    with pytest.raises(InsufficientBalance) as refused:
        stage.chain.licenses.together(needed, payer=stage.hm)
    assert (refused.value.have, refused.value.need) == ("1,000,000.00", "1,200,000.00")


def test_the_sum_must_be_allowed_where_no_permit_may_be_signed(stage):
    wanted = [booking(stage), booking(stage)]
    stage.chain.royalties.allow(stage.usd, 400 * DOLLAR, payer=stage.hm)
    with pytest.raises(InsufficientAllowance):
        stage.chain.licenses.together(wanted, payer=stage.hm, approve=False)


def test_one_that_is_refused_refuses_all(stage):
    before, balance = count(stage), stage.chain.balance("TUSD", stage.hm.address)
    wanted = [booking(stage), Acceptance(offer=stage.offer(uses=1 << 25))]
    with pytest.raises(UsesOffLimits):
        stage.chain.licenses.together(wanted, payer=stage.hm)
    assert count(stage) == before
    assert stage.chain.balance("TUSD", stage.hm.address) == balance


def test_exclusive_ones_open_the_book_as_the_earlier_ones_leave_it(any_stage):
    any_stage.license()
    wanted = [
        booking(any_stage),
        booking(any_stage, exclusive=True),
        booking(any_stage, exclusive=True, uses="email"),
    ]
    bought = any_stage.chain.licenses.together(wanted, payer=any_stage.hm)
    entries = any_stage.chain.licenses.opening(any_stage.twin_id, 0)
    assert [entry.license_id for entry in entries[1:]] == [license.id for license in bought]
    with pytest.raises(ExclusivityConflict):
        any_stage.chain.licenses.together([booking(any_stage)], payer=any_stage.rival)


def test_what_has_passed_its_end_is_gone_from_the_book_within_one_transaction(stage):
    stage.license(term=DAY)
    stage.chain.clock.advance(2 * DAY)
    wanted = [booking(stage, exclusive=True), booking(stage, exclusive=True, uses="email")]
    assert len(stage.chain.licenses.together(wanted, payer=stage.hm)) == 2


def test_an_exclusive_one_cannot_follow_one_that_starts_when_granted(stage):
    wanted = [Acceptance(offer=stage.offer()), booking(stage, exclusive=True)]
    with pytest.raises(BadValue, match=r"^together: an exclusive license after one that starts"):
        stage.chain.licenses.together(wanted, payer=stage.hm)
    assert len(stage.chain.licenses.together(wanted[::-1], payer=stage.hm)) == 2


def test_nothing_is_no_purchase(stage):
    with pytest.raises(BadValue, match=r"^together: there is nothing to buy\.$"):
        stage.chain.licenses.together([], payer=stage.hm)


def test_reporters_are_listed_as_they_stand(stage):
    for account, is_allowed in ((stage.reporter, True), (stage.agency, True)):
        stage.chain.usage.set_reporter(account.address, is_allowed, payer=stage.hm)
    both = stage.chain.web3.eth.block_number
    stage.chain.usage.set_reporter(stage.reporter.address, False, payer=stage.hm)
    assert stage.chain.usage.reporters(stage.hm.address) == (stage.agency.address,)
    assert stage.chain.usage.reporters(stage.hm.address, block=both) == (
        stage.reporter.address,
        stage.agency.address,
    )
    assert stage.chain.usage.reporters(stage.rival.address) == ()
