"""Whose signature is good, and where: a key's, else the code's (ERC-1271), here (laws 1, 3)."""

from __future__ import annotations

import brownie
import pytest
from brownie import web3

from tests.contracts.support.acts import act
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.keys import OTHER_KEY, RIVAL_KEY, address_of, compact
from tests.contracts.support.reverts import reverts_with

pytestmark = pytest.mark.law1

APPROVED, PADDED, HUGE, WRITING, LYING = range(5)
"""How an OddWallet answers."""


def wallet_of(desk, key):
    """A wallet that is a contract, with one key."""
    return brownie.ContractWallet.deploy(address_of(key), {"from": desk.relay})


def odd_wallet(desk, answer):
    """A wallet that answers in its own way."""
    return brownie.OddWallet.deploy(answer, {"from": desk.relay})


@pytest.fixture
def wallet(desk):
    return wallet_of(desk, OTHER_KEY)


@pytest.fixture
def consent(desk, wallet):
    return act(desk, "Consent", owner=wallet.address)


@pytest.fixture
def twin(desk, consent):
    consent.send(signature=consent.sign(OTHER_KEY))
    return desk.twins.twinIdOf(consent.values)


@pytest.fixture
def delegated(desk, model, wallet):
    """The model's account with code beside its key (EIP-7702); the code has another key."""
    code = web3.eth.get_code(wallet.address)
    web3.provider.make_request("anvil_setCode", [model.address, "0x" + bytes(code).hex()])
    assert web3.eth.get_code(model.address) == code
    return model


@pytest.mark.refusal
def test_a_contract_wallet_refuses_another_key(consent, wallet):
    with reverts_with("SignatureInvalid", wallet):
        consent.send(signature=consent.sign(RIVAL_KEY))


@pytest.mark.refusal
def test_a_contract_wallet_refuses_an_empty_signature(consent, wallet):
    with reverts_with("SignatureInvalid", wallet):
        consent.send(signature=b"")


@pytest.mark.refusal
def test_the_key_of_a_contract_wallet_is_not_its_owner(desk):
    owner = address_of(OTHER_KEY)
    with reverts_with("SignatureInvalid", owner):
        act(desk, "Consent", owner=owner).send(
            signature=act(desk, "Consent", owner=wallet_of(desk, OTHER_KEY).address).sign(OTHER_KEY)
        )


def test_a_contract_wallet_owns_the_twin_that_its_key_signed(desk, twin, wallet):
    assert desk.twins.ownerOf(twin) == wallet


def test_a_contract_wallet_may_send_without_a_signature(desk, consent, wallet, relay):
    # The key is that of an account without coin: the wallet is called as it would be by a bundler.
    data = desk.twins.mint.encode_input(consent.values, b"")
    relay.transfer(address_of(OTHER_KEY), "1 ether")
    key = brownie.accounts.add(OTHER_KEY)
    wallet.execute(desk.twins, data, {"from": key})
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == wallet


@pytest.mark.law3
def test_a_contract_wallet_acts_on_its_twin(desk, twin):
    policy = act(desk, "Policy", twinId=twin)
    policy.send(signature=policy.sign(OTHER_KEY))
    assert desk.twins.authority(twin)["uses"] == 0xFFFF


@pytest.mark.law3
@pytest.mark.refusal
def test_the_model_does_not_act_on_the_twin_of_a_wallet(desk, twin, wallet):
    with reverts_with("SignatureInvalid", wallet):
        act(desk, "Policy", twinId=twin).send()


@pytest.mark.law5
def test_a_contract_wallet_signs_an_offer(desk, twin, hm):
    policy = act(desk, "Policy", twinId=twin)
    policy.send(signature=policy.sign(OTHER_KEY))
    terms = desk.terms(twinId=twin)
    digest = desk.licenses.licenseIdOf(terms).to_bytes(32, "big")
    desk.licenses.accept(terms, sign_digest(digest, OTHER_KEY), terms[1][2], [], {"from": hm})
    assert desk.licenses.ownerOf(int.from_bytes(digest, "big")) == hm


def test_a_key_is_asked_before_the_code(desk, delegated):
    consent = act(desk, "Consent")
    consent.send()
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == delegated


def test_the_code_is_asked_where_the_key_has_not_signed(desk, delegated):
    consent = act(desk, "Consent")
    consent.send(signature=consent.sign(OTHER_KEY))
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == delegated


@pytest.mark.refusal
def test_neither_key_nor_code_accepts_a_third_key(desk, delegated):
    consent = act(desk, "Consent")
    with reverts_with("SignatureInvalid", delegated):
        consent.send(signature=consent.sign(RIVAL_KEY))


@pytest.mark.boundary
def test_a_contract_wallet_takes_a_compact_signature(desk, consent, wallet):
    consent.send(signature=compact(consent.sign(OTHER_KEY)))
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == wallet


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("number", range(1, 10))
def test_refuses_a_precompiled_contract_as_owner(desk, number):
    """They answer whoever asks; the fourth with what it was asked."""
    owner = f"0x{number:040x}"
    with reverts_with("SignatureInvalid", owner):
        act(desk, "Consent", owner=owner).send(signature=bytes(65))


@pytest.mark.refusal
@pytest.mark.parametrize("which", ["twins", "licenses"])
def test_refuses_our_own_contracts_as_owner(desk, which):
    owner = getattr(desk, which).address
    with reverts_with("SignatureInvalid", owner):
        act(desk, "Consent", owner=owner).send(signature=b"")


@pytest.mark.refusal
@pytest.mark.parametrize("answer", [PADDED, WRITING, LYING])
def test_refuses_a_wallet_that_answers_oddly(desk, answer):
    wallet = odd_wallet(desk, answer)
    with reverts_with("SignatureInvalid", wallet):
        act(desk, "Consent", owner=wallet.address).send()


@pytest.mark.boundary
def test_does_not_copy_more_than_a_word_of_an_answer(desk):
    """The wallet pays 28,448 gas for the memory of 100,000 bytes; a copy would cost it twice."""
    wallet, huge = odd_wallet(desk, APPROVED), odd_wallet(desk, HUGE)
    consent = act(desk, "Consent", owner=wallet.address)
    wallet.approveHash(consent.digest(), {"from": desk.relay})
    usual = consent.send(signature=b"").gas_used
    answered = act(desk, "Consent", owner=huge.address).send(signature=b"").gas_used
    assert 20_000 < answered - usual < 40_000


def test_a_wallet_that_approved_the_message_needs_no_signature(desk):
    wallet = odd_wallet(desk, APPROVED)
    consent = act(desk, "Consent", owner=wallet.address)
    with reverts_with("SignatureInvalid", wallet):
        consent.send(signature=b"")
    wallet.approveHash(consent.digest(), {"from": desk.relay})
    consent.send(by=desk.stranger, signature=b"")
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == wallet


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.parametrize("kind", ["Consent", "Policy", "EpochRaise", "SerialRaise", "Revocation"])
def test_refuses_what_was_signed_for_another_chain(desk, kind, model):
    signed = act(desk, kind)
    with reverts_with("SignatureInvalid", model):
        signed.send(signature=signed.sign(chain_id=web3.eth.chain_id + 1))


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.parametrize("kind", ["Consent", "Policy", "EpochRaise", "SerialRaise", "Revocation"])
def test_refuses_what_was_signed_for_another_contract(desk, kind, model):
    signed = act(desk, kind)
    with reverts_with("SignatureInvalid", model):
        signed.send(signature=signed.sign(contract=desk.token))


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.parametrize("kind", ["Policy", "EpochRaise", "SerialRaise", "Revocation"])
def test_refuses_on_a_fork_with_its_own_number_what_was_signed_before(desk, kind, model):
    signed = act(desk, kind)
    signature = signed.sign()
    number = web3.eth.chain_id
    web3.provider.make_request("anvil_setChainId", [number + 1])
    try:
        with reverts_with("SignatureInvalid", model):
            signed.send(signature=signature)
    finally:
        web3.provider.make_request("anvil_setChainId", [number])
