"""A wallet signs what its memo says, keeps its key to itself, and a public one stays at home."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import stat
import traceback

import pytest
from eth_account import Account

from tests.client.samples import FAR, HM, MODEL, TUSD, card, consent, offer, one_of_each, worded
from twinrights.errors import (
    BadValue,
    CorruptKeystore,
    DevelopmentKeyRefused,
    KeystoreExists,
    KeystoreMissing,
    MemoDiffers,
    WrongPassword,
)
from twinrights.typed_data import recover, typed_data, with_memo
from twinrights.wallets import DEVELOPMENT_NAMES, LOCAL_CHAINS, Wallet, dev_wallet

KEY = "0x" + "5a" * 32
ADDRESS = Account.from_key(KEY).address
PLACE = {"chain_id": 1337, "contract": "0x" + "c0" * 20}
SEPOLIA = 11_155_111


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A keystore as we write it."""
    path = tmp_path_factory.mktemp("keys") / "model.json"
    return Wallet.from_key(KEY).to_keystore(path, "long enough")


@pytest.fixture
def light(tmp_path):
    """Returns a function that writes a keystore which opens at once, with changes."""

    def write(key=KEY, **changes):
        data = Account.encrypt(key, "secret", kdf="scrypt", iterations=2)
        path = tmp_path / "key.json"
        path.write_text(json.dumps({**data, **changes}))
        return path

    return write


class TestSign:
    @pytest.mark.parametrize("kind", one_of_each())
    def test_gives_a_signature_that_is_the_wallets(self, kind):
        message = worded(one_of_each()[kind])

        signed = MODEL.sign(message, currencies=[TUSD], **PLACE)
        assert signed.message == message
        assert (signed.chain_id, signed.contract) == (PLACE["chain_id"], PLACE["contract"])
        assert recover(signed) == MODEL.address

    def test_gives_the_same_signature_each_time(self):
        first, second = (MODEL.sign(worded(consent()), **PLACE) for _ in range(2))

        assert first == second

    @pytest.mark.refusal
    @pytest.mark.parametrize("message", [offer(), card(), consent()], ids=["offer", "card", "twin"])
    def test_refuses_a_memo_that_the_fields_do_not_say(self, message):
        with pytest.raises(MemoDiffers):
            MODEL.sign(with_memo(message, "You win a prize."), currencies=[TUSD], **PLACE)

    @pytest.mark.refusal
    def test_refuses_fields_that_were_changed_after_the_memo_was_written(self):
        cheap = with_memo(offer(fee=5, committed=0), worded(offer()).scope.memo)

        with pytest.raises(MemoDiffers) as refused:
            MODEL.sign(cheap, currencies=[TUSD], **PLACE)
        assert "5,000.00 TUSD" in refused.value.memo
        assert "0.000005 TUSD" in refused.value.expected

    @pytest.mark.refusal
    def test_refuses_a_symbol_for_a_currency_that_it_is_not_told(self):
        with pytest.raises(MemoDiffers):
            MODEL.sign(worded(offer()), **PLACE)

    def test_signs_other_typed_data_such_as_permits(self):
        data = typed_data(offer(), **PLACE)

        theirs = Account.from_key(KEY).sign_typed_data(full_message=data)
        assert Wallet.from_key(KEY).sign_typed_data(data) == bytes(theirs.signature)

    def test_signs_transactions(self):
        transaction = {
            "to": HM.address, "value": 1, "gas": 21_000, "maxFeePerGas": 5,
            "maxPriorityFeePerGas": 1, "nonce": 0, "chainId": SEPOLIA, "type": 2,
        }  # fmt: skip

        raw = Wallet.from_key(KEY).sign_transaction(transaction)
        assert Account.recover_transaction(raw) == ADDRESS


class TestDevelopment:
    @pytest.mark.parametrize(
        ("number", "address"),
        [
            (0, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
            (1, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
            (9, "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"),
        ],
    )
    def test_accounts_are_those_that_every_local_node_funds(self, number, address):
        assert dev_wallet(number).address == address
        assert dev_wallet(number).is_development

    def test_accounts_have_names(self):
        for number, name in enumerate(DEVELOPMENT_NAMES):
            assert dev_wallet(name) is dev_wallet(number)
            assert dev_wallet(number).name == name
        assert dev_wallet(19).name == "dev19"

    def test_any_other_name_has_an_account_of_its_own(self):
        alva, ebba = dev_wallet("alva"), dev_wallet("ebba")

        assert alva.address == "0x7BFf3125E9E4FCf396d02366cD6845d3669271cD"
        assert alva.name == "alva"
        assert alva.is_development
        numbered = {dev_wallet(number).address for number in range(20)}
        assert len({alva.address, ebba.address} - numbered) == 2

    @pytest.mark.refusal
    @pytest.mark.parametrize("number", [-1, 2**31])
    def test_numbers_end(self, number):
        with pytest.raises(BadValue) as refused:
            dev_wallet(number)
        assert str(refused.value) == f"account: there is no development account {number}."

    @pytest.mark.refusal
    def test_a_name_has_letters(self):
        with pytest.raises(BadValue):
            dev_wallet("")

    @pytest.mark.parametrize("chain_id", sorted(LOCAL_CHAINS))
    def test_accounts_sign_on_local_chains(self, chain_id):
        signed = MODEL.sign(worded(consent()), chain_id=chain_id, contract=PLACE["contract"])

        assert recover(signed) == MODEL.address

    @pytest.mark.refusal
    @pytest.mark.parametrize("chain_id", [1, 10, 8453, SEPOLIA])
    def test_accounts_are_refused_everywhere_else(self, chain_id):
        elsewhere = {**PLACE, "chain_id": chain_id}
        transaction = {"chainId": chain_id, "nonce": 0, "gas": 1, "gasPrice": 1, "to": HM.address}

        for sign in (
            lambda: MODEL.sign(worded(consent()), **elsewhere),
            lambda: MODEL.sign_typed_data(typed_data(consent(), **elsewhere)),
            lambda: MODEL.sign_transaction({**transaction, "value": 0}),
        ):
            with pytest.raises(DevelopmentKeyRefused) as refused:
                sign()
            assert (refused.value.address, refused.value.chain_id) == (MODEL.address, chain_id)

    @pytest.mark.refusal
    def test_accounts_are_known_again_in_any_disguise(self, light):
        public = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

        for wallet in (
            Wallet.from_key(public, name="treasury"),
            Wallet.from_keystore(light(public), "secret"),
        ):
            assert wallet.is_development
            with pytest.raises(DevelopmentKeyRefused):
                wallet.sign(worded(consent()), **{**PLACE, "chain_id": 1})

    def test_other_wallets_sign_everywhere(self):
        signed = Wallet.new().sign(worded(consent()), **{**PLACE, "chain_id": 1})

        assert signed.signature


class TestKeystore:
    def test_gives_the_wallet_back(self, kept):
        wallet = Wallet.from_keystore(kept, "long enough")

        assert (wallet.address, wallet.name) == (ADDRESS, "model")
        assert not wallet.is_development
        assert Wallet.from_keystore(kept, "long enough", name="her").name == "her"

    def test_is_for_its_user_alone_and_encrypted_by_scrypt(self, kept):
        data = json.loads(kept.read_text())

        assert stat.S_IMODE(os.stat(kept).st_mode) == 0o600
        assert data["crypto"]["kdf"] == "scrypt"
        assert data["crypto"]["kdfparams"]["n"] >= 2**18
        assert KEY[2:] not in kept.read_text()

    @pytest.mark.refusal
    def test_is_never_overwritten(self, kept):
        before = kept.read_bytes()

        with pytest.raises(KeystoreExists) as refused:
            Wallet.new().to_keystore(kept, "another")
        assert refused.value.path == str(kept)
        assert kept.read_bytes() == before

    @pytest.mark.refusal
    def test_needs_a_password(self, tmp_path):
        with pytest.raises(BadValue) as refused:
            Wallet.new().to_keystore(tmp_path / "key.json", "")
        assert str(refused.value) == "password: it is empty: choose one."
        assert not (tmp_path / "key.json").exists()

    @pytest.mark.refusal
    @pytest.mark.parametrize("password", ["", "Secret", "secret ", "wrong"])
    def test_opens_by_its_own_password_only(self, light, password):
        path = light()

        with pytest.raises(WrongPassword) as refused:
            Wallet.from_keystore(path, password)
        assert str(refused.value) == f"The password does not open {path}."

    @pytest.mark.refusal
    def test_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(KeystoreMissing) as refused:
            Wallet.from_keystore(tmp_path / "gone.json", "secret")
        assert refused.value.path == str(tmp_path / "gone.json")

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "it is not JSON"),
            ("{", "it is not JSON"),
            ("\xff\xfe", "it is not JSON"),
            ("[" * 5_000, "it is not JSON"),
            ("[]", "it does not say how it was encrypted"),
            ("{}", "it does not say how it was encrypted"),
            ('{"crypto": 5}', "it does not say how it was encrypted"),
            ('{"crypto": {"kdfparams": []}}', "it does not say how it was encrypted"),
            ('{"crypto": {"kdfparams": {}}}', "a part of it is missing or cannot be read"),
            ('{"crypto": {"kdfparams": {"n": "many"}}}', "it does not say how it was encrypted"),
        ],
    )
    def test_that_is_none_is_called_corrupt(self, text, problem, tmp_path):
        path = tmp_path / "key.json"
        path.write_text(text, encoding="latin-1")

        with pytest.raises(CorruptKeystore) as refused:
            Wallet.from_keystore(path, "secret")
        assert (refused.value.path, refused.value.problem) == (str(path), problem)

    @pytest.mark.refusal
    def test_whose_folder_is_meant_is_called_corrupt(self, tmp_path):
        with pytest.raises(CorruptKeystore):
            Wallet.from_keystore(tmp_path, "secret")

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "change",
        [
            {"ciphertext": "zz"},
            {"cipherparams": {}},
            {"kdf": "none"},
            {"mac": None},
            {"ciphertext": None},
        ],
        ids=str,
    )
    def test_that_is_damaged_is_called_corrupt(self, light, change):
        path = light()
        data = json.loads(path.read_text())
        path.write_text(json.dumps({**data, "crypto": {**data["crypto"], **change}}))

        with pytest.raises(CorruptKeystore):
            Wallet.from_keystore(path, "secret")

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "cost",
        [
            {"n": 2**21},
            {"n": 2**20, "r": 16},
            {"n": 0},
            {"n": -4},
            {"r": 17},
            {"p": 17},
            {"c": 10**9},
            {"dklen": 65},
        ],
        ids=str,
    )
    def test_that_would_take_hours_to_open_is_not_opened(self, light, cost):
        path = light()
        data = json.loads(path.read_text())
        data["crypto"]["kdfparams"] |= cost
        path.write_text(json.dumps(data))

        with pytest.raises(CorruptKeystore) as refused:
            Wallet.from_keystore(path, "secret")
        assert refused.value.problem == "opening it would cost more than any keystore should"

    @pytest.mark.refusal
    def test_that_names_another_address_is_called_corrupt(self, light):
        path = light(address=MODEL.address[2:].lower())

        with pytest.raises(CorruptKeystore) as refused:
            Wallet.from_keystore(path, "secret")
        assert refused.value.problem == "it names another address than its key has"


class TestKey:
    @pytest.mark.parametrize("key", [KEY, KEY[2:], bytes.fromhex(KEY[2:])])
    def test_makes_its_wallet(self, key):
        assert Wallet.from_key(key, name="model") == Wallet.from_key(KEY, name="model")
        assert Wallet.from_key(key).address == ADDRESS

    def test_is_new_in_a_new_wallet(self):
        assert Wallet.new("a").address != Wallet.new("a").address

    def test_is_in_nothing_that_a_wallet_says(self):
        wallet = Wallet.from_key(KEY, name="model")
        signed = wallet.sign(worded(consent()), **PLACE)

        said = [repr(wallet), str(wallet), f"{wallet}", repr(signed), repr([wallet])]
        said += [str(dataclasses.replace(wallet, name="x")), str(copy.copy(wallet))]
        for text in said:
            assert KEY[2:] not in text.lower()
            assert repr(bytes.fromhex(KEY[2:])) not in text

    @pytest.mark.refusal
    @pytest.mark.parametrize("key", ["0x" + "5a" * 31, "5a" * 33, "5a" * 31 + "zz", "", "0" * 64])
    def test_that_is_none_is_refused_and_not_repeated(self, key):
        with pytest.raises(BadValue) as refused:
            Wallet.from_key(key)

        told = "".join(traceback.format_exception(refused.value))
        assert str(refused.value) == ("key: it is not 64 hexadecimal digits of a private key.")
        assert "5a5a5a" not in told.lower()

    @pytest.mark.refusal
    def test_is_in_no_error_of_a_keystore(self, light):
        path = light(address="00" * 20)

        with pytest.raises(CorruptKeystore) as refused:
            Wallet.from_keystore(path, "secret")
        told = "".join(traceback.format_exception(refused.value))
        assert KEY[2:] not in told
        assert "secret" not in str(refused.value)


def test_far_away_deadlines_can_be_signed():
    assert MODEL.sign(worded(consent(deadline=FAR)), **PLACE).signature
