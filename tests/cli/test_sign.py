"""Signing: memo and fields are shown together, and any wallet's signature can come back."""

from __future__ import annotations

import json
import sys

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from tests.cli import hostile
from tests.cli.world import World, say
from twinrights.typed_data import Signed
from twinrights.wallets import Wallet

OWNER_KEY = "33" * 32

DRAFTS = {
    "twin consent": "--owner dev:model --replica replica.json",
    "twin policy": "1 --uses email --categories fashion --least-owner-share 52.5",
    "twin epoch": "1",
    "twin serial": "1 --least 2",
    "offer draft": "1 --licensee dev:hm --uses own_shop+email --markets NORDICS --category fashion "
    "--days 30 --fee 1,000 --quota 10 --share stylist:5:dev:stylist --exclusive",
    "offer revoke": "offer.json",
    "ratecard draft": "1 --uses own_shop:1100 --markets NORDICS:10000 --category fashion "
    "--day-rate 420 --floor 100",
    "ratecard revoke": "card.json",
    "license notice": "1",
    "license lapse": "1",
    "license decline": "2",
}


@pytest.mark.parametrize("line", DRAFTS)
def test_a_memo_is_shown_with_every_field_it_speaks_of(line: str, world: World) -> None:
    value = say(f"{line} {DRAFTS[line]} --json").value
    shown = say(f"{line} {DRAFTS[line]} --sign-as dev:model --out signed.json").err
    assert "memo" in shown
    for name in value:
        if name not in {"is_signed", "file", "paper"}:
            assert name.replace("_", " ") in shown


@pytest.mark.parametrize("line", DRAFTS)
def test_what_is_drafted_and_signed_stands_against_nothing(line: str, world: World) -> None:
    assert say(f"{line} {DRAFTS[line]} --sign-as dev:model --out signed.json").code == 0
    checked = say("verify file signed.json --json")
    assert checked.value["against"] == []
    assert (checked.code, checked.value["is_good"]) == (0, True)


def test_a_draft_without_a_file_goes_to_stdout_as_it_is(world: World) -> None:
    said = say(f"offer draft {DRAFTS['offer draft']}")
    drafted = Signed.from_json(json.loads(said.out))
    assert drafted.message.scope.memo in " ".join(said.err.split())


def test_any_wallet_signs_what_is_exported(world: World) -> None:
    owner = Account.from_key(OWNER_KEY)
    say(f"twin consent --owner {owner.address} --replica replica.json --out mine.json")
    exported = say("sign export mine.json").out
    signed = owner.sign_message(encode_typed_data(full_message=json.loads(exported)))
    imported = f"sign import mine.json --signature {signed.signature.to_0x_hex()} --out back.json"
    assert say(imported).code == 0
    minted = say("twin mint back.json --as dev:stranger --json")
    assert (minted.code, minted.value["owner"]) == (0, owner.address)


def test_what_was_exported_comes_back_with_its_signature(world: World) -> None:
    say("sign export draft.json --out for_the_wallet.json")
    line = "sign import for_the_wallet.json --signature signature --out back.json"
    assert say(line).code == 0
    back = Signed.load(world.folder / "back.json")
    draft = Signed.load(world.folder / "draft.json")
    assert (back.message, back.digest) == (draft.message, draft.digest)
    assert say("offer accept back.json --as dev:hm --json").value["images_left"] == 11


def test_without_the_extra_the_page_says_what_to_install(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    said = say("sign draft.json --no-browser")
    sentence = "This needs an extra of the package: run `pip install 'twinrights[web]'`."
    assert (said.code, said.out, said.err) == (4, "", f"twinrights: {sentence}\n")


def test_what_is_unusual_is_said_in_the_terminal_too(world: World) -> None:
    said = say("sign draft.json --as dev:model --card card.json --out signed.json")
    assert said.code == 0
    assert "unusual: You receive 95 %; on your rate card it is 90 %.\n" in said.err


def test_the_last_nonce_of_the_present_epoch_is_signed(world: World) -> None:
    assert say("sign last_nonce.policy.json --as dev:model --json").code == 0


def test_what_was_for_an_epoch_to_come_is_signed_once_it_is_there(world: World) -> None:
    hostile.raise_epoch(world)
    for file in ("ahead.offer.json", "ahead.policy.json"):
        assert say(f"sign {file} --as dev:model --json").code == 0


def test_a_keystore_signs_once_its_password_is_given(world: World) -> None:
    drafted = say("twin consent --owner treasury --replica replica.json --out mine.json --json")
    signed = say("sign mine.json --as treasury --json")
    assert (drafted.value["is_signed"], signed.value["is_signed"]) == (False, True)
    assert signed.value["digest"] == drafted.value["digest"]


def test_what_stands_against_a_file_is_said_in_sentences(world: World) -> None:
    checked = say("verify file expired.offer.json --json")
    assert (checked.code, checked.value["is_good"]) == (1, False)
    assert checked.value["against"] == [
        "The terms were valid only until 2029-12-31 00:00:00 UTC: ask the owner for new ones."
    ]
    lies = say("verify file lying.consent.json --json").value["against"]
    assert lies[0].startswith("The memo is not what the terms say.")


def test_what_was_signed_under_a_memo_that_lies_can_be_withdrawn(world: World) -> None:
    withdrawn = say("ratecard revoke lying.card.json --sign-as dev:model --as dev:deployer --json")
    against = say("verify file lying.card.json --json").value["against"]
    assert withdrawn.code == 0
    assert [sentence[:40] for sentence in against] == [
        "The memo is not what the terms say. It r",
        "The owner has withdrawn this signature (",
    ]


def test_a_key_is_in_nothing_that_is_said(world: World) -> None:
    key = (world.folder / "key").read_text().strip().removeprefix("0x")
    said = [
        say("keys import mine --key-file key --json"),
        say("keys list --json"),
        say("keys import mine --key-file key"),
        say("royalty pay-out 1 --as mine"),
    ]
    assert [run.code for run in said][:3] == [0, 0, 6]
    assert not any(key in run.out + run.err for run in said)
    assert key not in (world.folder / "keys" / "mine.json").read_text()
    mode = (world.folder / "keys" / "mine.json").stat().st_mode & 0o777
    assert mode == 0o600


def test_a_key_that_was_made_here_opens_here(world: World) -> None:
    address = say("keys new fresh --json").value["address"]
    password = (world.folder / "password").read_text().strip()
    wallet = Wallet.from_keystore(world.folder / "keys" / "fresh.json", password)
    assert wallet.address == address == say("keys show-address fresh").out.strip()
