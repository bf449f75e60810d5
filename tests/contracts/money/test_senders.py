"""Who sends is the contract that calls, never whoever stands behind it: each deed by a wallet."""

from __future__ import annotations

import pytest
from brownie import ContractWallet, accounts
from eth_utils import keccak

from tests.contracts.money.test_permit import KEY, signed
from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY, FAR, MODEL_KEY, ZERO
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.held import LATE
from tests.contracts.support.history import EMPTY, hash_batch
from tests.contracts.support.reverts import reverts_with

COMMITMENT = "0x" + "c0" * 32


class Behind:
    """H&M acts through a wallet of its own, which has money; H&M has none."""

    def __init__(self, desk):
        self.desk, self.hm = desk, desk.hm
        self.wallet = ContractWallet.deploy(desk.hm, desk.by(desk.relay))
        desk.token.mint(self.wallet, 20_000 * desk.unit, desk.by(desk.relay))
        desk.token.approve(desk.licenses, 0, desk.by(desk.hm))
        self.act(desk.token.approve.encode_input(desk.licenses, 2**255), desk.token)

    def act(self, deed, contract=None):
        contract = contract or self.desk.licenses
        return self.wallet.execute(contract, deed, self.desk.by(self.hm))

    def accept(self, **changes):
        return self.desk.accept(licensee=self.wallet.address, through=self.act, **changes)


@pytest.fixture
def behind(desk):
    return Behind(desk)


@pytest.mark.law10
def test_the_wallet_accepts_and_pays(desk, behind):
    license = behind.accept()

    assert license.state.licensee == behind.wallet
    assert desk.token.balanceOf(behind.wallet) == 11_000 * desk.unit


@pytest.mark.law10
@pytest.mark.refusal
def test_whoever_stands_behind_does_not_accept_through_it(desk, behind):
    with reverts_with("NotLicensee", behind.wallet, desk.hm):
        desk.accept(through=behind.act)


@pytest.mark.law10
def test_the_wallet_tops_up_and_is_named(desk, behind):
    part = behind.accept(deposit=1_000 * desk.unit)
    tx = behind.act(desk.licenses.topUp.encode_input(*part.parts, 2_000 * desk.unit))

    assert tx.events["ToppedUp"]["payer"] == behind.wallet
    assert desk.token.balanceOf(behind.wallet) == 18_000 * desk.unit


@pytest.mark.law10
@pytest.mark.refusal
def test_a_wallet_that_cannot_pay_is_named(desk, behind):
    part = behind.accept(deposit=1_000 * desk.unit)
    behind.act(desk.token.approve.encode_input(desk.licenses, 0), desk.token)

    with reverts_with("PaymentFailed", desk.token, behind.wallet, 1_000 * desk.unit):
        behind.act(desk.licenses.topUp.encode_input(*part.parts, 2_000 * desk.unit))


@pytest.mark.law9
def test_the_wallet_surrenders(desk, behind):
    license = behind.accept()
    behind.act(
        desk.licenses.surrender.encode_input(license.scope_hash, license.pay, license.shares)
    )

    assert license.state.isSettled


@pytest.mark.law9
@pytest.mark.refusal
def test_a_licensee_does_not_surrender_through_a_wallet(desk, lone, behind):
    with reverts_with("NotLicensee", behind.wallet, desk.hm):
        behind.act(desk.licenses.surrender.encode_input(lone.scope_hash, lone.pay, lone.shares))


@pytest.mark.law11
def test_the_wallet_names_its_reporters(desk, behind):
    tx = behind.act(desk.licenses.setReporter.encode_input(desk.stranger, True))

    assert desk.licenses.isReporter(behind.wallet, desk.stranger)
    assert not desk.licenses.isReporter(desk.hm, desk.stranger)
    assert tx.events["ReporterSet"]["licensee"] == behind.wallet


@pytest.mark.law19
@pytest.mark.parametrize("kind", [0, LATE], ids=["declared", "late"])
def test_the_wallet_records_and_is_the_reporter(desk, behind, kind):
    license = behind.accept()
    batch = license.batch(kind=kind)
    tx = behind.act(desk.licenses.record.encode_input(license.id, batch))
    link = hash_batch(license.id, batch, behind.wallet, tx.timestamp)

    assert tx.events["UsageRecorded"]["reporter"] == behind.wallet
    assert bytes(license.state.head) == keccak(EMPTY + link)


@pytest.mark.law5
def test_the_wallet_books_from_a_card_that_is_its_own(desk, behind):
    prices = desk.prices(licensee=behind.wallet.address)
    draft = desk.terms(licensee=behind.wallet.address, start=now() + 2 * DAY)
    fee = desk.licenses.quote(draft[0], draft[1], prices)
    card = bytes(desk.licenses.cardDigestOf(draft, prices))
    scope = (*draft[0][:11], card, draft[0][12])
    terms = (scope, (*draft[1][:2], fee, *draft[1][3:]), draft[2])
    desk.token.mint(behind.wallet, fee, desk.by(desk.relay))
    tx = behind.act(
        desk.licenses.book.encode_input(terms, prices, sign_digest(card, MODEL_KEY), fee, [])
    )

    assert tx.events["LicenseGranted"]["licensee"] == behind.wallet


@pytest.mark.law10
def test_a_permit_through_a_contract_is_not_of_whoever_stands_behind(desk):
    saver = accounts.add(KEY)
    desk.relay.transfer(saver, "1 ether")
    wallet = ContractWallet.deploy(saver, desk.by(desk.relay))
    permit = desk.licenses.permit.encode_input(*signed(desk, saver, 1_000))
    wallet.execute(desk.licenses, permit, desk.by(saver))

    assert desk.token.allowance(saver, desk.licenses) == 0


@pytest.mark.law1
@pytest.mark.refusal
def test_a_model_does_not_consent_through_a_wallet_without_a_signature(desk):
    wallet = ContractWallet.deploy(desk.model, desk.by(desk.relay))
    desk.relay.transfer(desk.model, "1 ether")
    consent = (bytes(32), desk.model.address, bytes(32), ZERO, b"third".ljust(32), FAR)

    with reverts_with("SignatureInvalid", desk.model):
        wallet.execute(desk.twins, desk.twins.mint.encode_input(consent, b""), desk.by(desk.model))


def test_the_wallet_vouches_and_takes_it_back(desk, behind):
    words = (
        desk.twins.vouch.encode_input(desk.model, COMMITMENT, FAR),
        desk.twins.withdrawVouch.encode_input(desk.model, COMMITMENT),
    )
    said = [behind.act(word, desk.twins).events for word in words]

    assert said[0]["Vouched"]["voucher"] == behind.wallet
    assert said[1]["VouchWithdrawn"]["voucher"] == behind.wallet
