"""Keys come from other wallets and go to them, and change their password, never shown."""

from __future__ import annotations

import json
import sys

import pytest
from eth_account import Account

from tests.cli.world import PASSWORD, World, say
from tests.client.test_keystore import BY_SCRYPT, SPECIFIED
from twinrights.wallets import Wallet

TREASURY = "22" * 32
NEW = "clear as day"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Return a function by which a person types these lines at the prompts, one after another."""

    def types(*lines: str) -> list[str]:
        prompts: list[str] = []
        rest = iter(lines)

        def ask(prompt: str, stream: object) -> str:
            prompts.append(prompt)
            return next(rest)

        monkeypatch.setattr("twinrights.cli.session.getpass", ask)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.delenv("TWINRIGHTS_PASSWORD_FILE", raising=False)
        return prompts

    return types


def test_a_key_goes_to_another_wallet(world: World) -> None:
    said = say("keys export treasury --out backup.json --json")
    file = world.folder / "backup.json"
    assert (said.code, said.value["file"]) == (0, "backup.json")
    assert Account.decrypt(json.loads(file.read_text()), PASSWORD).hex() == TREASURY
    assert file.stat().st_mode & 0o777 == 0o600
    assert TREASURY not in said.out + said.err + file.read_text()


def test_an_export_has_a_password_of_its_own(world: World) -> None:
    say("keys export treasury --out backup.json --new-password-file new_password")
    exported = json.loads((world.folder / "backup.json").read_text())
    assert Account.decrypt(exported, NEW).hex() == TREASURY
    assert Wallet.from_keystore(world.folder / "keys" / "treasury.json", PASSWORD)


def test_a_key_of_geth_is_kept_under_our_own_strong_encryption(world: World) -> None:
    (world.folder / "geth").write_text(json.dumps({"crypto": BY_SCRYPT, "version": 3}))
    (world.folder / "geth_password").write_text("testpassword\n")
    line = "keys import mine --key-file geth --password-file geth_password"
    weak = say(line)
    assert (weak.code, weak.err) == (
        1,
        "twinrights: password: it is one that everybody tries first: choose a better one.\n",
    )
    said = say(f"{line} --new-password-file new_password --json")
    address = Account.from_key(SPECIFIED).address
    assert (said.code, said.value["address"]) == (0, address)
    kept = json.loads((world.folder / "keys" / "mine.json").read_text())
    assert (kept["crypto"]["kdfparams"]["n"], kept["crypto"]["kdfparams"]["r"]) == (2**18, 8)
    assert say("keys show-address mine").out.strip() == address


def test_what_was_exported_comes_back(world: World) -> None:
    say("keys export treasury --out backup.json --new-password-file new_password")
    said = say("keys import again --key-file backup.json --password-file new_password --json")
    assert (said.code, said.value["address"]) == (0, Account.from_key(TREASURY).address)
    assert Wallet.from_keystore(world.folder / "keys" / "again.json", NEW)


def test_a_changed_password_opens_and_the_old_one_does_not(world: World) -> None:
    assert say("keys password treasury --new-password-file new_password").code == 0
    line = "sign mine.json --as treasury --out signed.json"
    say("twin consent --owner treasury --replica replica.json --out mine.json")
    assert say(line).code == 6
    assert say(f"{line} --password-file new_password").code == 0


def test_passwords_are_typed_where_no_file_holds_them(world: World, typed) -> None:
    prompts = typed(PASSWORD, NEW, NEW)
    assert say("keys password treasury").code == 0
    assert prompts == ["password of treasury: ", "new password: ", "once more: "]
    assert Wallet.from_keystore(world.folder / "keys" / "treasury.json", NEW)

    prompts = typed(NEW, "another horse", "another house")
    said = say("keys export treasury --out backup.json --new-password")
    assert (said.code, said.err) == (1, "twinrights: password: the two are not the same.\n")
    assert not (world.folder / "backup.json").exists()
