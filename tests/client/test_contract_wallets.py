"""Model, agency and brand whose wallets are contracts (ERC-1271): all that a key's owner can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import contract_wallet
from tests.client.stage import DAY, DOLLAR, FAR, FEE, Stage
from tests.contract_wallet import ContractWallet
from twinrights import Wallet
from twinrights.errors import (
    BadValue,
    InsufficientAllowance,
    InsufficientBalance,
    KeyElsewhere,
    NotLicensee,
    NotSigned,
    SendElsewhere,
    SignatureInvalid,
    SignerDiffers,
)
from twinrights.terms import EpochRaise, Move, Notice, Revocation
from twinrights.typed_data import Signed


@pytest.fixture(params=["anvil", "ganache"])
def stage(request, prepared):
    """The stage where nodes differ in how they say that a call was refused."""
    from tests.client.conftest import _undone

    yield from _undone(prepared(request.param))


def contract_of(stage: Stage, key: Wallet) -> ContractWallet:
    return contract_wallet.put_up(stage.chain.web3, key)


@pytest.fixture
def hers(stage: Stage) -> ContractWallet:
    """The model's wallet; the twin of the stage becomes one that it owns."""
    wallet = contract_of(stage, stage.model)
    consent = stage.consent(owner=wallet.address)
    stage.twin_id = stage.chain.twins.mint(stage.sign(consent), payer=stage.stranger).id
    stage.chain.twins.set_policy(stage.sign(stage.policy()), payer=stage.stranger)
    return wallet


@pytest.fixture
def treasury(stage: Stage) -> ContractWallet:
    """H&M's wallet, with money."""
    wallet = contract_of(stage, stage.hm)
    stage.chain.fund(wallet.address, 20_000 * DOLLAR, payer=stage.hm)
    return wallet


class TestModel:
    @pytest.mark.law1
    def test_consents_and_owns_her_twin(self, stage, hers):
        assert stage.chain.twins.get(stage.twin_id).owner == hers.address

    @pytest.mark.law3
    def test_signs_offers_and_acts_that_the_chain_takes(self, stage, hers):
        license = stage.license()
        offer = stage.offer()
        stage.chain.licenses.revoke(
            stage.sign(Revocation("", stage.twin_id, offer.digest, stage.chain.now() + DAY)),
            payer=stage.stranger,
        )
        notice = Notice("", license.id, stage.nonce, stage.chain.now() + DAY)
        noticed = stage.chain.licenses.give_notice(stage.sign(notice), payer=stage.stranger)

        assert noticed.is_noticed
        assert stage.chain.licenses.is_revoked(stage.twin_id, offer.digest)
        assert stage.booking(stage.sign(stage.card())).is_booking

    def test_is_the_signer_whom_the_client_finds(self, stage, hers):
        act = EpochRaise("", stage.twin_id, stage.nonce, stage.chain.now() + DAY)

        for message in (stage.terms(), stage.card(), act):
            signed = stage.sign(message)
            assert stage.chain.signers.of(message) == (hers.address,)
            assert stage.chain.signers.check(signed) == hers.address

    @pytest.mark.refusal
    def test_has_not_signed_what_another_key_did(self, stage, hers):
        offer = stage.terms()
        forged = stage.sign(offer, signer=stage.rival)

        for wrong in (forged, replace(forged, signature=b"\x01" * 300)):
            with pytest.raises(SignatureInvalid) as refused:
                stage.chain.signers.check(wrong)
            assert refused.value.signer == hers.address
        with pytest.raises(NotSigned):
            stage.chain.signers.check(replace(forged, signature=b""))

    @pytest.mark.refusal
    def test_has_not_signed_what_was_changed_since(self, stage, hers):
        signed = stage.offer()
        larger = replace(signed.message, pay=replace(signed.message.pay, quota=1_000))

        with pytest.raises(SignatureInvalid):
            stage.chain.signers.check(replace(signed, message=larger))

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "code", [b"", bytes.fromhex("fe"), bytes.fromhex("00"), bytes.fromhex("5f5ffd")]
    )
    def test_whose_contract_answers_otherwise_has_not_signed(self, stage, code):
        # Code that burns, stops without a word, reverts: none of them says yes.
        put = bytes([0x60, len(code), 0x80, 0x60, 0x0A, 0x5F, 0x39, 0x5F, 0xF3, 0x00]) + code
        owner = stage.put_up({"abi": [], "bytecode": put})
        consent = stage.sign(stage.consent(owner=owner))

        with pytest.raises(SignatureInvalid if code else SignerDiffers):
            stage.chain.signers.check(consent)

    @pytest.mark.refusal
    def test_whose_wallet_is_a_key_signs_with_nothing_else(self, stage):
        with pytest.raises(SignerDiffers) as refused:
            stage.chain.signers.check(stage.sign(stage.terms(), signer=stage.rival))
        assert refused.value.values() == {
            "signer": stage.rival.address,
            "expected": stage.model.address,
        }
        with pytest.raises(BadValue, match="it is not the 65 bytes of a key's signature"):
            stage.chain.signers.check(Signed(**_parts(stage.offer(), signature=b"\x01" * 300)))

    @pytest.mark.law16
    def test_is_paid(self, stage, hers):
        license = stage.license()
        stage.chain.clock.advance(90 * DAY)
        stage.chain.royalties.pay_out(license, payer=stage.stranger)

        assert stage.chain.balance("TUSD", hers.address) == FEE * 75 // 100


class TestAgency:
    @pytest.mark.law16
    def test_is_paid_like_everybody(self, stage):
        office = contract_of(stage, stage.agency)
        shares = (replace(stage.shares(2_000)[0], payee=office.address),)
        license = stage.license(shares=shares)
        stage.chain.clock.advance(90 * DAY)
        paid = stage.chain.royalties.pay_out(license, payer=stage.stranger)

        assert stage.chain.balance("TUSD", office.address) == FEE * 20 // 100
        assert not any(part.is_deferred for part in paid.parts)

    def test_vouches_for_its_model(self, stage):
        office = contract_of(stage, stage.agency)
        trust, until, hers = stage.chain.trust, stage.chain.now() + DAY, stage.model.address
        account, said = office.account, b"\x07" * 32
        office.does(told(lambda: trust.vouch(hers, said, until=until, payer=account)))
        (vouch,) = trust.vouches(hers)
        assert (vouch.voucher, vouch.commitment, vouch.until) == (office.address, said, until)

        office.does(told(lambda: trust.withdraw(hers, said, payer=account)))
        assert trust.vouches(hers) == ()


class TestGuardian:
    @pytest.mark.law2
    def test_proposes_a_rescue_that_the_new_wallet_accepted(self, stage):
        several = contract_of(stage, stage.stranger)
        consent = stage.consent(guardian=several.address)
        twin = stage.chain.twins.mint(stage.sign(consent), payer=stage.stranger)
        move = Move("", twin.id, stage.rival.address, twin.authority.nonce, FAR)
        asked, accepted = (stage.sign(move, signer=one) for one in (stage.stranger, stage.rival))
        pending = stage.chain.recovery.propose_rescue(asked, acceptance=accepted, payer=stage.hm)

        assert (pending.to, stage.chain.signers.check(asked)) == (
            stage.rival.address,
            several.address,
        )


def told(act) -> SendElsewhere:
    """Return what the client would have the account's own wallet send."""
    with pytest.raises(SendElsewhere) as elsewhere:
        act()
    return elsewhere.value


class TestBrand:
    @pytest.mark.law10
    def test_accepts_by_an_approval_and_a_call(self, stage, treasury):
        offer = stage.offer(treasury.account)
        calls = told(lambda: stage.chain.licenses.accept(offer, payer=treasury.account))
        assert [deed.to for deed in calls.deeds] == [stage.usd, stage.chain.deployment.licenses]
        assert calls.chain_id == stage.chain.chain_id

        treasury.does(calls)
        license = stage.chain.licenses.get(int.from_bytes(offer.digest, "big"))
        assert (license.licensee, license.deposited) == (treasury.address, FEE)

    def test_with_a_standing_allowance_needs_one_call(self, stage, treasury):
        token = stage.contracts.currency(stage.usd)
        allow = stage.contracts.deed(token, "approve", stage.chain.deployment.licenses, 2 * FEE)
        treasury.send(stage.usd, allow.data)
        card, start = stage.sign(stage.card()), stage.chain.now() + 2 * DAY
        calls = told(lambda: stage.booking(card, payer=treasury.account, start=start))

        assert len(calls.deeds) == 1
        treasury.does(calls)
        (booked,) = stage.chain.licenses.all(licensee=treasury.address)
        assert booked.is_booking

    def test_whose_allowance_is_too_low_is_asked_to_lift_it_from_zero(self, stage, treasury):
        token = stage.contracts.currency(stage.usd)
        allow = stage.contracts.deed(token, "approve", stage.chain.deployment.licenses, 1)
        treasury.send(stage.usd, allow.data)
        offer = stage.offer(treasury.account)
        calls = told(lambda: stage.chain.licenses.accept(offer, payer=treasury.account))

        assert [deed.to for deed in calls.deeds[:2]] == [stage.usd, stage.usd]
        treasury.does(calls)
        assert stage.chain.licenses.all(licensee=treasury.address)

    def test_tops_up_names_reporters_and_surrenders(self, stage, treasury):
        licenses, deposit = stage.chain.licenses, 1_000 * DOLLAR
        offer, account = stage.offer(treasury.account), treasury.account
        treasury.does(told(lambda: licenses.accept(offer, payer=account, deposit=deposit)))
        license = licenses.get(int.from_bytes(offer.digest, "big"))
        top_up = stage.chain.royalties.top_up
        treasury.does(told(lambda: top_up(license, FEE, payer=account)))
        name = stage.chain.usage.set_reporter
        treasury.does(told(lambda: name(stage.reporter.address, True, payer=account)))
        assert stage.chain.usage.is_reporter(treasury.address, stage.reporter.address)
        assert licenses.get(license.id).deposited == FEE

        before = stage.chain.balance("TUSD", treasury.address)
        treasury.does(told(lambda: licenses.surrender(license, payer=account)))
        assert licenses.get(license.id).is_settled
        assert stage.chain.balance("TUSD", treasury.address) > before

    @pytest.mark.refusal
    def test_is_told_what_the_contract_refuses_before_anything_is_printed(self, stage, treasury):
        account = treasury.account
        with pytest.raises(NotLicensee):
            stage.chain.licenses.accept(stage.offer(), payer=account)
        with pytest.raises(InsufficientBalance):
            stage.chain.licenses.accept(stage.offer(account, fee=10**12), payer=account)
        with pytest.raises(InsufficientAllowance):
            stage.chain.licenses.accept(stage.offer(account), payer=account, approve=False)

    @pytest.mark.refusal
    def test_signs_and_deploys_nothing_without_a_key(self, stage, treasury):
        from twinrights.chain.deploy import deploy

        drafted = stage.chain.draft(stage.terms())
        place = {"chain_id": drafted.chain_id, "contract": drafted.contract}
        for act in (
            lambda: treasury.account.sign(
                drafted.message, currencies=stage.chain.currencies, **place
            ),
            lambda: treasury.account.to_keystore("treasury.json", "long enough"),
            lambda: deploy(stage.chain.web3, treasury.account),
        ):
            with pytest.raises(KeyElsewhere) as refused:
                act()
            assert refused.value.address == treasury.address


def _parts(signed: Signed, **changes):
    return {name: getattr(signed, name) for name in signed.__slots__} | changes
