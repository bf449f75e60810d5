"""A keystore is whole or not there, its password is no joke, and other wallets read it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount

from twinrights import keystore
from twinrights.errors import BadValue, KeystoreExists, WrongPassword
from twinrights.wallets import Wallet

KEY = "0x" + "5a" * 32
ADDRESS = Account.from_key(KEY).address
OLD, NEW = "correct horse", "battery staple"

SPECIFIED = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
CIPHER = {"cipher": "aes-128-ctr"}
BY_PBKDF2 = {
    **CIPHER,
    "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
    "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    "kdf": "pbkdf2",
    "kdfparams": {
        "c": 262144,
        "dklen": 32,
        "prf": "hmac-sha256",
        "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
    },
    "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
}
BY_SCRYPT = {
    **CIPHER,
    "cipherparams": {"iv": "83dbcc02d8ccb40e466191a123791e0e"},
    "ciphertext": "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
    "kdf": "scrypt",
    "kdfparams": {
        "dklen": 32,
        "n": 262144,
        "r": 1,
        "p": 8,
        "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19",
    },
    "mac": "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097",
}
"""The test vectors of the Web3 Secret Storage definition, as geth tests itself with them."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encryption that takes no time, where it is not what is tested."""

    def encrypt(account: LocalAccount, password: str, kdf: str):
        return Account.encrypt(account.key, password, kdf=kdf, iterations=2)

    monkeypatch.setattr(LocalAccount, "encrypt", encrypt)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A keystore that opens by the old password."""
    return Wallet.from_key(KEY).to_keystore(tmp_path / "model.json", OLD)


def opens(path: Path, password: str) -> bool:
    return Wallet.from_keystore(path, password).address == ADDRESS


@pytest.mark.usefixtures("quick")
class TestChange:
    def test_opens_by_the_new_password_only(self, kept):
        Wallet.from_keystore(kept, OLD).to_keystore(kept, NEW, replaces=True)

        assert opens(kept, NEW)
        with pytest.raises(WrongPassword):
            opens(kept, OLD)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert list(kept.parent.iterdir()) == [kept]

    @pytest.mark.refusal
    @pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
    @pytest.mark.parametrize("trouble", [KeyboardInterrupt(), OSError(28, "No space left")])
    def test_that_is_interrupted_leaves_the_old_file(self, kept, step, trouble, monkeypatch):
        wallet, before = Wallet.from_keystore(kept, OLD), kept.read_bytes()

        def fail(*_, **__):
            raise trouble

        with monkeypatch.context() as broken:
            if step == "write":
                broken.setattr(keystore.json, "dumps", lambda *_, **__: "\ud800")
            else:
                broken.setattr(keystore.os, step, fail)
            with pytest.raises((type(trouble), UnicodeEncodeError)):
                wallet.to_keystore(kept, NEW, replaces=True)
        assert kept.read_bytes() == before
        assert list(kept.parent.iterdir()) == [kept]

    def test_that_is_killed_leaves_the_old_file(self, kept):
        script = (
            "import os, sys; from twinrights import keystore, wallets; Wallet = wallets.Wallet;"
            "keystore.os.replace = lambda *_: os.kill(os.getpid(), 9);"
            "wallet = Wallet.from_keystore(sys.argv[1], sys.argv[2]);"
            "wallet.to_keystore(sys.argv[1], sys.argv[3], replaces=True)"
        )
        killed = subprocess.run([sys.executable, "-c", script, kept, OLD, NEW], check=False)

        assert killed.returncode == -9
        assert opens(kept, OLD)
        (left,) = set(kept.parent.iterdir()) - {kept}
        assert left.suffix != ".json"  # so that nobody takes it for a key
        assert stat.S_IMODE(left.stat().st_mode) == 0o600

    @pytest.mark.refusal
    def test_that_does_not_open_replaces_nothing(self, kept, monkeypatch):
        wallet, before = Wallet.from_keystore(kept, OLD), kept.read_bytes()
        damaged = json.loads(before)
        damaged["crypto"]["mac"] = "00" * 32
        monkeypatch.setattr(keystore.json, "dumps", lambda *_: json.JSONEncoder().encode(damaged))

        with pytest.raises(WrongPassword):
            wallet.to_keystore(kept, NEW, replaces=True)
        assert kept.read_bytes() == before

    def test_follows_a_link_to_the_file(self, kept, tmp_path):
        link = tmp_path / "link.json"
        link.symlink_to(kept)
        Wallet.from_keystore(link, OLD).to_keystore(link, NEW, replaces=True)

        assert link.is_symlink()
        assert opens(kept, NEW)


@pytest.mark.usefixtures("quick")
class TestNew:
    @pytest.mark.refusal
    def test_that_is_interrupted_is_not_there(self, tmp_path, monkeypatch):
        def fail(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(keystore.os, "fsync", fail)
        with pytest.raises(KeyboardInterrupt):
            Wallet.from_key(KEY).to_keystore(tmp_path / "model.json", OLD)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.refusal
    def test_loses_to_one_that_came_meanwhile(self, kept, monkeypatch):
        monkeypatch.setattr(Path, "exists", lambda _: False)
        before = kept.read_bytes()

        with pytest.raises(KeystoreExists):
            Wallet.new().to_keystore(kept, NEW)
        assert kept.read_bytes() == before
        assert list(kept.parent.iterdir()) == [kept]

    def test_is_for_its_user_alone_whatever_the_mask(self, tmp_path):
        mask = os.umask(0)
        try:
            path = Wallet.from_key(KEY).to_keystore(tmp_path / "in" / "model.json", OLD)
        finally:
            os.umask(mask)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


class TestPassword:
    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("password", "problem"),
        [
            ("", "it is empty: choose one"),
            ("horsehors", "it is too short: choose 10 characters or more"),
            ("abababababab", "it repeats the same few characters: choose a better one"),
            ("Password123", "it is one that everybody tries first: choose a better one"),
            ("1234567890", "it is one that everybody tries first: choose a better one"),
        ],
    )
    def test_that_is_weak_is_refused(self, password, problem, tmp_path):
        with pytest.raises(BadValue) as refused:
            Wallet.from_key(KEY).to_keystore(tmp_path / "key.json", password)
        assert str(refused.value) == f"password: {problem}."
        assert not (tmp_path / "key.json").exists()

    @pytest.mark.parametrize("password", ["horsehorse", "blå häst på månen", "x" * 500 + "yzåäö"])
    def test_that_is_good_is_taken(self, password):
        keystore.check_password(password)


class TestOthers:
    def test_read_what_we_write(self, kept):
        data = json.loads(kept.read_text())

        assert Account.decrypt(data, OLD).hex() == KEY[2:]
        assert data["version"] == 3
        assert data["address"].lower().removeprefix("0x") == ADDRESS[2:].lower()
        assert data["crypto"]["cipher"] == "aes-128-ctr"
        assert data["crypto"]["kdfparams"]["n"] * data["crypto"]["kdfparams"]["r"] >= 2**21

    @pytest.mark.parametrize("crypto", [BY_PBKDF2, BY_SCRYPT], ids=["pbkdf2", "scrypt"])
    @pytest.mark.parametrize("name", ["crypto", "Crypto"])
    def test_write_what_we_read(self, crypto, name, tmp_path):
        path = tmp_path / "UTC--2016-03-22T12-57-55.920751759Z--7ef5a6135f1fd6a02593eedc869c6d41"
        path.write_text(json.dumps({name: crypto, "id": "3198bc9c", "version": 3}))

        wallet = Wallet.from_keystore(path, "testpassword")
        assert wallet.address == Account.from_key(SPECIFIED).address
