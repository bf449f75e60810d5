"""Wallets: a key that signs messages and transactions, and never shows itself.

Keys are kept in encrypted keystore files (Web3 Secret Storage, scrypt). Development wallets come
from a mnemonic that everybody knows and are refused on every chain that is not local.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eth_account import Account
from eth_account.hdaccount import key_from_seed, seed_from_mnemonic
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from twinrights import memo
from twinrights.errors import (
    BadValue,
    CorruptKeystore,
    DevelopmentKeyRefused,
    KeyElsewhere,
    KeystoreExists,
    KeystoreMissing,
    WrongPassword,
)
from twinrights.money import Currency
from twinrights.typed_data import Message, Signed, typed_data

__all__ = ["DEVELOPMENT_MNEMONIC", "DEVELOPMENT_NAMES", "LOCAL_CHAINS", "Wallet", "dev_wallet"]

LOCAL_CHAINS = frozenset({1337, 31337, 131277322940537})
"""Ganache, Anvil and Hardhat, the chain inside the process: where money is worth nothing."""

DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk"
DEVELOPMENT_PATH = "m/44'/60'/0'/0"

DEVELOPMENT_NAMES = (
    "deployer",
    "hm",
    "rival",
    "model",
    "agency",
    "photographer",
    "stylist",
    "hair",
    "make_up",
    "reporter",
    "auditor",
    "guardian",
    "stranger",
)
"""Names of the first development accounts, in the order of their numbers."""

FUNDED = 20
"""So many development accounts are known to every local node."""

KDF_LIMITS = MappingProxyType(
    {"n": 2**20, "r": 16, "p": 16, "n*r*p": 2**23, "c": 10_000_000, "dklen": 64}
)
"""The most that opening a keystore may cost: four times what is usual (2^18 x 8 x 1)."""


@dataclass(frozen=True, slots=True)
class Wallet:
    """An account, and its key unless that is elsewhere; no text of it ever shows the key."""

    address: str
    name: str
    is_development: bool = False
    _account: LocalAccount | None = field(repr=False, compare=False, kw_only=True)

    @classmethod
    def new(cls, name: str = "") -> Wallet:
        """Return a wallet with a new random key."""
        return cls._of(Account.create(), name)

    @classmethod
    def from_key(cls, key: str | bytes, *, name: str = "") -> Wallet:
        """Return the wallet of a key: 32 bytes, or 64 hexadecimal digits.

        Raises:
            BadValue: it is no such key. The error does not repeat it.
        """
        try:
            return cls._of(Account.from_key(key), name)
        except Exception:
            # From nothing: whatever was raised may quote the key.
            raise BadValue("key", "it is not 64 hexadecimal digits of a private key") from None

    @classmethod
    def elsewhere(cls, address: str, *, name: str = "") -> Wallet:
        """Return an account whose key is not here: a Safe, a phone.

        It signs nothing, and what it should send is raised as `SendElsewhere` once it was tried.
        """
        return cls(address, name, _account=None)

    @property
    def is_here(self) -> bool:
        """Whether its key is here."""
        return self._account is not None

    @classmethod
    def from_keystore(cls, path: Path | str, password: str, *, name: str = "") -> Wallet:
        """Return the wallet of a keystore file, called `name` or as the file.

        Raises:
            KeystoreMissing, CorruptKeystore, WrongPassword.
        """
        file = Path(path)
        try:
            data = json.loads(file.read_bytes())
        except FileNotFoundError:
            raise KeystoreMissing(str(file)) from None
        except (OSError, ValueError, RecursionError):
            raise CorruptKeystore(str(file), "it is not JSON") from None
        wallet = cls._of(_opened(data, password, str(file)), name or file.stem)
        named = str(data.get("address", wallet.address)).lower().removeprefix("0x")
        if named != wallet.address.lower()[2:]:
            raise CorruptKeystore(str(file), "it names another address than its key has")
        return wallet

    def to_keystore(self, path: Path | str, password: str) -> Path:
        """Keep the key in a new encrypted file that only its user may read; return its path.

        Raises:
            KeystoreExists: there is a file already.
            BadValue: the password is empty.
        """
        file = Path(path)
        if not password:
            raise BadValue("password", "it is empty: choose one")
        if file.exists():
            raise KeystoreExists(str(file))
        text = json.dumps(self._key.encrypt(password, kdf="scrypt"))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise KeystoreExists(str(file)) from None
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        return file

    def sign(
        self,
        message: Message,
        *,
        chain_id: int,
        contract: str,
        currencies: Iterable[Currency] = (),
    ) -> Signed:
        """Return a message with this wallet's signature, if its memo says what its fields say.

        `currencies` are those whose amounts the memo writes with their symbols.

        Raises:
            MemoDiffers: the memo says something else, or writes amounts in other currencies.
            DevelopmentKeyRefused: a development wallet on a chain that is not local.
            KeyElsewhere: its key is not here.
        """
        memo.check(message, currencies=currencies)
        signature = self.sign_typed_data(typed_data(message, chain_id=chain_id, contract=contract))
        return Signed(message, signature, chain_id, contract)

    def sign_typed_data(self, data: Mapping[str, Any]) -> bytes:
        """Return the signature (65 bytes: r, s, v) of any EIP-712 JSON, such as a permit.

        It is not looked at: messages of owners go through `sign`, which reads their memo.

        Raises:
            DevelopmentKeyRefused: a development wallet on a chain that is not local.
        """
        self._check_chain(int(data["domain"]["chainId"]))
        signed = self._key.sign_message(encode_typed_data(full_message=dict(data)))
        return bytes(signed.signature)

    def sign_transaction(self, transaction: Mapping[str, Any]) -> bytes:
        """Return a transaction signed, as the chain takes it.

        Raises:
            DevelopmentKeyRefused: a development wallet on a chain that is not local.
        """
        self._check_chain(int(transaction["chainId"]))
        return bytes(self._key.sign_transaction(dict(transaction)).raw_transaction)

    @property
    def _key(self) -> LocalAccount:
        if self._account is None:
            raise KeyElsewhere(self.address)
        return self._account

    def _check_chain(self, chain_id: int) -> None:
        if self.is_development and chain_id not in LOCAL_CHAINS:
            raise DevelopmentKeyRefused(self.address, chain_id)

    @classmethod
    def _of(cls, account: LocalAccount, name: str) -> Wallet:
        is_development = account.address in _public_addresses()
        return cls(account.address, name, is_development, _account=account)


def dev_wallet(which: int | str) -> Wallet:
    """Return a development wallet by its number or its name; local chains only.

    `DEVELOPMENT_NAMES` are the first accounts, which local nodes fund. Any other name has its own
    account, too, always the same and without coin: a model needs none.
    """
    if isinstance(which, int):
        known = which < len(DEVELOPMENT_NAMES)
        return _development(which, DEVELOPMENT_NAMES[which] if known else f"dev{which}")
    if which in DEVELOPMENT_NAMES:
        return _development(DEVELOPMENT_NAMES.index(which), which)
    if not which:
        raise BadValue("account", "a development account has a name or a number")
    number = int.from_bytes(keccak(text=which)[:4], "big") >> 1
    return _development(number | 1 << 30, which)


@cache
def _development(number: int, name: str) -> Wallet:
    if not 0 <= number < 1 << 31:
        raise BadValue("account", f"there is no development account {number}")
    account = Account.from_key(_key(number))
    return Wallet(account.address, name, is_development=True, _account=account)


@cache
def _public_addresses() -> frozenset[str]:
    return frozenset(Account.from_key(_key(number)).address for number in range(FUNDED))


@cache
def _seed() -> bytes:
    return bytes(seed_from_mnemonic(DEVELOPMENT_MNEMONIC, ""))


def _key(number: int) -> bytes:
    return bytes(key_from_seed(_seed(), f"{DEVELOPMENT_PATH}/{number}"))


def _opened(data: Any, password: str, path: str) -> LocalAccount:
    _check_cost(data, path)
    try:
        key = Account.decrypt(data, password)
    except ValueError as error:
        if "mac" in str(error).lower():
            raise WrongPassword(path) from None
        raise CorruptKeystore(path, "a part of it cannot be read") from None
    except Exception:
        raise CorruptKeystore(path, "a part of it is missing or cannot be read") from None
    account: LocalAccount = Account.from_key(key)
    return account


def _check_cost(data: Any, path: str) -> None:
    """Refuse what would take hours to open: a keystore itself says what opening it costs."""
    try:
        asked = data["crypto"]["kdfparams"]
        cost = {name: int(asked.get(name, 1)) for name in ("n", "r", "p", "c", "dklen")}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CorruptKeystore(path, "it does not say how it was encrypted") from None
    cost["n*r*p"] = cost["n"] * cost["r"] * cost["p"]
    if any(not 0 < value <= KDF_LIMITS[name] for name, value in cost.items()):
        raise CorruptKeystore(path, "opening it would cost more than any keystore should")
