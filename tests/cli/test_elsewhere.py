"""Wallets that are contracts, such as a Safe: what they sign comes in, what they send goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils import to_hex

from tests import contract_wallet
from tests.cli.world import FOREVER, World, consent_of, deployer, hm, model, say, terms_of
from tests.contract_wallet import ContractWallet
from twinrights.terms import Policy
from twinrights.wallets import Wallet

USES = "--uses own_shop --markets SE --quota 5"


@pytest.fixture
def safe(world: World) -> ContractWallet:
    """A brand's treasury: H&M's key opens it."""
    wallet = contract_wallet.put_up(world.chain.web3, hm)
    world.chain.fund(wallet.address, 10_000_000_000, payer=hm)
    return wallet


@pytest.fixture
def hers(world: World) -> ContractWallet:
    """A model's wallet; it owns the world's third twin."""
    wallet = contract_wallet.put_up(world.chain.web3, model)
    owner = Wallet.elsewhere(wallet.address)
    twin = world.chain.twins.mint(world.sign(consent_of(owner, salt=9), model), payer=deployer)
    policy = Policy("", twin.id, 1, 1, 5_000, 0, FOREVER)
    world.chain.twins.set_policy(world.sign(policy, model), payer=deployer)
    return wallet


def test_a_safe_books_by_the_calls_that_are_printed(safe: ContractWallet, world: World) -> None:
    line = f"ratecard book card.json --days 30 {USES} --start 2030-03-01 --as {safe.address}"
    said = say(f"{line} --json")
    assert (said.code, said.err) == (0, "")
    batch = said.value
    assert (batch["version"], batch["chainId"]) == ("1.0", "31337")
    assert batch["meta"]["createdFromSafeAddress"] == safe.address
    assert {call["value"] for call in batch["transactions"]} == {"0"}
    safe.send_all(batch)
    (booked,) = say(f"license list --licensee {safe.address} --json").value
    assert (booked["is_booking"], booked["licensee"]) == (True, safe.address)


def test_people_are_told_that_nothing_was_sent(safe: ContractWallet, world: World) -> None:
    head = world.state()
    said = say(f"usage reporter dev:reporter --as {safe.address}")
    assert said.value["transactions"][0]["to"] == world.chain.deployment.licenses
    assert said.err == (
        f"Nothing was sent: the key of {safe.address} is not here, so its own wallet must send "
        "it.\n"
    )
    assert world.state() == head


def test_a_safe_records_images_that_can_be_proven(safe: ContractWallet, world: World) -> None:
    terms = terms_of(world, int(world.ids["twin"], 16), Wallet.elsewhere(safe.address))
    world.keep("safes.json", world.sign(terms, model))
    batch = say(f"offer accept safes.json --as {safe.address} --json").value
    safe.send_all(batch)
    record = (
        "usage record 3 --images images --uses own_shop --markets SE --manifest shown.json "
        f"--as {safe.address} --json"
    )
    safe.send_all(say(record).value)
    assert (world.folder / "shown.json.unsent").exists()
    again = say(record)
    assert (again.code, again.value["manifest"]) == (0, "shown.json")
    assert [batch["number"] for batch in again.value["batches"]] == [1]
    proven = say("usage prove 3 images/a.jpg --manifest shown.json --json")
    assert (proven.code, proven.value["is_recorded"]) == (0, True)


@pytest.mark.parametrize(
    "line",
    [
        "twin policy 3 --uses own_shop --categories fashion --least-owner-share 60",
        f"offer draft 3 --licensee dev:hm {USES} --category fashion --days 9 --fee 100",
        "twin epoch 3",
    ],
)
def test_the_key_of_a_models_contract_signs_for_it(
    line: str, hers: ContractWallet, world: World
) -> None:
    said = say(f"{line} --sign-as dev:model --out signed.json --json")
    assert (said.code, said.value["is_signed"]) == (0, True)
    assert say("verify file signed.json --json").value["against"] == []


def test_a_signature_that_her_contract_accepts_is_imported(
    hers: ContractWallet, world: World
) -> None:
    terms = terms_of(world, world.chain.twins.all()[-1].id, hm)
    signed = world.sign(terms, model)
    world.keep("hers.json", replace(signed, signature=b""))
    line = f"sign import hers.json --signature {to_hex(signed.signature)}"
    assert say(f"{line} --out back.json").code == 0
    accepted = say("offer accept back.json --as dev:hm --json")
    assert (accepted.code, accepted.value["licensee"]) == (0, hm.address)


def test_what_her_contract_does_not_accept_is_not_imported(
    hers: ContractWallet, world: World
) -> None:
    terms = terms_of(world, world.chain.twins.all()[-1].id, hm)
    signed = world.sign(terms, hm)
    world.keep("hers.json", replace(signed, signature=b""))
    said = say(f"sign import hers.json --signature {to_hex(signed.signature)} --json")
    sentence = (
        f"This is not a signature of {hers.address} for this message on this chain and contract: "
        f"have {hers.address} sign exactly this."
    )
    assert (said.code, said.err) == (3, f"twinrights: {sentence}\n")
    world.keep("forged.json", signed)
    assert say("verify file forged.json --json").value["against"] == [sentence]
