"""A transaction is estimated, signed by its wallet and mined; what fails is never a success."""

import pytest

from tests.client.stage import DAY, Stage
from twinrights.chain import send as sending
from twinrights.chain.deploy import deploy
from twinrights.chain.refusals import refusal, refusal_of
from twinrights.errors import (
    DevelopmentKeyRefused,
    GasTooLow,
    InsufficientGasMoney,
    LicenseSettled,
    NodeRefused,
    RevertedOtherwise,
    TwinExists,
)
from twinrights.facade import TwinRights
from twinrights.wallets import Wallet, dev_wallet


def test_a_transaction_that_fails_when_it_is_mined_raises_its_error(any_stage, monkeypatch):
    consent = any_stage.sign(any_stage.consent())
    any_stage.chain.twins.mint(consent, payer=any_stage.stranger)
    monkeypatch.setattr(sending, "_gas_for", lambda *_: 500_000)
    head = any_stage.chain.web3.eth.block_number
    with pytest.raises(TwinExists):
        any_stage.chain.twins.mint(consent, payer=any_stage.stranger)
    assert any_stage.chain.web3.eth.block_number == head + 1


@pytest.mark.parametrize(("gas", "error"), [(60_000, GasTooLow), (30_000, RevertedOtherwise)])
def test_a_failure_for_want_of_gas_is_a_failure(any_stage, monkeypatch, gas, error):
    license = any_stage.license()
    any_stage.chain.clock.advance(DAY)
    monkeypatch.setattr(sending, "_gas_for", lambda *_: gas)
    with pytest.raises(error):
        any_stage.chain.royalties.pay_out(license, payer=any_stage.stranger)


def test_what_is_refused_is_not_sent(any_stage):
    license = any_stage.license()
    any_stage.chain.licenses.surrender(license, payer=any_stage.hm)
    head = any_stage.chain.web3.eth.get_block("latest")["hash"]
    with pytest.raises(LicenseSettled):
        any_stage.chain.royalties.pay_out(license, payer=any_stage.stranger)
    assert any_stage.chain.web3.eth.get_block("latest")["hash"] == head


def test_a_wallet_without_coin_is_told_what_it_needs(any_stage):
    poor = Wallet.new()
    consent = any_stage.sign(any_stage.consent())
    with pytest.raises(InsufficientGasMoney) as caught:
        any_stage.chain.twins.mint(consent, payer=poor)
    assert (caught.value.account, caught.value.have) == (poor.address, 0)
    assert caught.value.need > 10**12
    assert "has 0 of the chain's own coin" in str(caught.value)


def test_a_wallet_sends_one_after_the_other(any_stage):
    count = any_stage.chain.web3.eth.get_transaction_count(any_stage.stranger.address)
    for _ in range(3):
        any_stage.chain.twins.mint(any_stage.sign(any_stage.consent()), payer=any_stage.stranger)
    after = any_stage.chain.web3.eth.get_transaction_count(any_stage.stranger.address)
    assert after == count + 3


def test_a_development_wallet_is_refused_on_a_chain_that_is_not_local(foreign):
    head = foreign.web3.eth.block_number
    with pytest.raises(DevelopmentKeyRefused) as caught:
        deploy(foreign.web3, dev_wallet(0))
    assert caught.value.values() == {"address": dev_wallet(0).address, "chain_id": 11155111}
    assert foreign.web3.eth.block_number == head


def test_a_keystores_wallet_works_on_a_chain_that_is_not_local(foreign):
    chain = TwinRights.deploy(foreign.url, payer=foreign.wallet)
    assert chain.deployment.currencies == ()
    assert [currency.symbol for currency in chain.currencies] == ["USDC"]
    model = Wallet.new()
    stage = Stage.__new__(Stage)
    consent = chain.sign(stage.consent(owner=model.address), signer=model)
    assert chain.twins.mint(consent, payer=foreign.wallet).owner == model.address
    with pytest.raises(DevelopmentKeyRefused):
        chain.twins.mint(consent, payer=dev_wallet(1))


def test_a_chain_without_a_base_fee_is_paid_by_its_gas_price(stage, monkeypatch):
    web3 = stage.chain.web3
    block = dict(web3.eth.get_block("latest"))
    del block["baseFeePerGas"]
    monkeypatch.setattr(web3.eth, "get_block", lambda _: block)
    assert sending._fees(web3) == {"gasPrice": web3.eth.gas_price}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no reason"),
        (
            "08c379a0" + f"{32:064x}" + f"{5:064x}" + b"never".hex().ljust(64, "0"),
            "never",
        ),
        ("4e487b71" + f"{17:064x}", "panic 0x11"),
        ("f4d678b8", "another contract says InsufficientBalance"),
        ("deadbeef", "unknown error 0xdeadbeef"),
        ("a11bf2e8", "unknown error 0xa11bf2e8"),
        ("08c379a0" + "ff", "unknown error 0x08c379a0"),
    ],
)
def test_a_revert_that_is_none_of_ours_is_said_as_far_as_it_is_known(data, reason):
    error = refusal(bytes.fromhex(data))
    assert type(error) is RevertedOtherwise
    assert error.values() == {"reason": reason, "data": bytes.fromhex(data)}


def test_an_error_that_is_no_revert_is_none():
    assert refusal_of(ValueError("0xdeadbeef")) is None


def test_an_error_of_the_node_itself_is_told(any_stage):
    if hasattr(any_stage.chain.web3.provider, "ethereum_tester"):
        return
    with pytest.raises(NodeRefused):
        sending.explained(lambda: any_stage.chain.web3.manager.request_blocking("eth_nonsense", []))
