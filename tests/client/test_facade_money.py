"""Paying into licenses: what is taken, by which allowance, and what is refused unsent."""

import pytest

from tests.client.stage import DOLLAR, FEE
from twinrights.chain import permits
from twinrights.errors import (
    EpochWrong,
    InsufficientAllowance,
    InsufficientBalance,
    LicenseExists,
    NotLicensee,
    UnknownCurrency,
)
from twinrights.wallets import dev_wallet

LOT = 1_000_000 * DOLLAR


def head(stage):
    return stage.chain.web3.eth.get_block("latest")["hash"]


def count(stage, wallet):
    return stage.chain.web3.eth.get_transaction_count(wallet.address)


def allowance(stage, wallet):
    token = stage.contracts.currency(stage.usd)
    return stage.contracts.ask(token, "allowance", wallet.address, stage.chain.deployment.licenses)


def approve(stage, wallet, amount):
    token = stage.contracts.currency(stage.usd)
    deed = stage.contracts.deed(token, "approve", stage.chain.deployment.licenses, amount)
    stage.contracts.send(deed, wallet)


def test_the_permit_travels_with_the_deed_in_one_transaction(any_stage):
    before = count(any_stage, any_stage.hm)
    any_stage.license()
    assert count(any_stage, any_stage.hm) == before + 1
    assert allowance(any_stage, any_stage.hm) == 0
    assert any_stage.chain.balance("TUSD", any_stage.hm.address) == LOT - FEE


def test_a_standing_allowance_is_used(any_stage):
    approve(any_stage, any_stage.hm, 3 * FEE)
    any_stage.license(deposit=2_000 * DOLLAR)
    assert allowance(any_stage, any_stage.hm) == 3 * FEE - 2_000 * DOLLAR


def test_an_allowance_that_is_too_small_is_replaced_by_what_is_due(stage):
    approve(stage, stage.hm, 1)
    stage.license()
    assert allowance(stage, stage.hm) == 0


@pytest.mark.parametrize("had", [0, 7])
def test_a_currency_without_permits_is_approved_before(any_stage, monkeypatch, had):
    monkeypatch.setattr(permits, "VERSIONS", ())
    if had:
        approve(any_stage, any_stage.hm, had)
    before = count(any_stage, any_stage.hm)
    any_stage.license()
    assert count(any_stage, any_stage.hm) == before + (3 if had else 2)
    assert allowance(any_stage, any_stage.hm) == 0


def test_a_permit_that_the_currency_does_not_take_is_replaced_by_an_approval(
    any_stage, monkeypatch
):
    monkeypatch.setattr(permits, "PERMIT", permits.PERMIT[::-1])
    before = count(any_stage, any_stage.hm)
    any_stage.license()
    assert count(any_stage, any_stage.hm) == before + 2


def test_what_is_refused_leaves_no_approval_behind(any_stage, monkeypatch):
    offer = any_stage.offer(epoch=3)
    at = head(any_stage)
    with pytest.raises(EpochWrong):
        any_stage.chain.licenses.accept(offer, payer=any_stage.hm)
    assert head(any_stage) == at
    assert allowance(any_stage, any_stage.hm) == 0


def test_what_is_refused_before_the_payment_is_not_approved_for_either(stage, monkeypatch):
    monkeypatch.setattr(permits, "VERSIONS", ())
    offer, at = stage.offer(stage.rival), head(stage)
    with pytest.raises(NotLicensee):
        stage.chain.licenses.accept(offer, payer=stage.hm)
    assert head(stage) == at


def test_too_little_balance_is_said_in_the_currencys_words(any_stage):
    offer, at = any_stage.offer(fee=LOT + 1), head(any_stage)
    with pytest.raises(InsufficientBalance) as caught:
        any_stage.chain.licenses.accept(offer, payer=any_stage.hm)
    assert caught.value.values() == {
        "account": any_stage.hm.address,
        "currency": "TUSD",
        "have": "1,000,000.00",
        "need": "1,000,000.000001",
    }
    assert head(any_stage) == at


def test_what_is_wrong_with_the_deed_is_said_before_the_balance(stage):
    offer = stage.offer(stage.rival, fee=LOT + 1)
    with pytest.raises(NotLicensee):
        stage.chain.licenses.accept(offer, payer=dev_wallet("stylist"))


def test_too_little_allowance_is_refused_where_none_may_be_given(any_stage):
    offer, at = any_stage.offer(), head(any_stage)
    with pytest.raises(InsufficientAllowance) as caught:
        any_stage.chain.licenses.accept(offer, payer=any_stage.hm, approve=False)
    assert (caught.value.have, caught.value.need) == ("0.00", "5,000.00")
    assert head(any_stage) == at


def test_a_retry_of_an_accepted_offer_pays_nothing_twice(any_stage):
    offer = any_stage.offer()
    license = any_stage.chain.licenses.accept(offer, payer=any_stage.hm)
    with pytest.raises(LicenseExists) as caught:
        any_stage.chain.licenses.accept(offer, payer=any_stage.hm)
    assert caught.value.license_id == license.id
    assert any_stage.chain.balance("TUSD", any_stage.hm.address) == LOT - FEE


def test_a_license_without_a_fee_takes_nothing(any_stage):
    license = any_stage.license(fee=0, committed=0)
    assert (license.deposited, license.paid_through) == (0, license.end)
    assert any_stage.chain.balance("TUSD", any_stage.hm.address) == LOT


def test_anyone_tops_up(any_stage):
    license = any_stage.license(deposit=1_000 * DOLLAR)
    any_stage.chain.royalties.top_up(license, 1_500 * DOLLAR, payer=any_stage.rival)
    assert any_stage.chain.licenses.get(license).deposited == 1_500 * DOLLAR
    assert any_stage.chain.balance("TUSD", any_stage.rival.address) == LOT - 500 * DOLLAR


def test_several_bookings_pay_for_themselves(any_stage):
    card = any_stage.sign(any_stage.card())
    fee = sum(any_stage.booking(card).deposited for _ in range(3))
    assert any_stage.chain.balance("TUSD", any_stage.hm.address) == LOT - fee


def test_a_currency_that_is_not_known_here_has_no_balance(stage):
    with pytest.raises(UnknownCurrency):
        stage.chain.balance("EURC", stage.hm.address)
    with pytest.raises(UnknownCurrency):
        stage.chain.fund(stage.hm.address, 1, payer=stage.hm, currency="EURC")
