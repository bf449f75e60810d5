"""Wallets: a key that signs messages and transactions, and never shows itself.

Keys are kept in encrypted files (`twinrights.keystore`). Development wallets come from a mnemonic
that everybody knows and are refused on every chain that is not local.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.hdaccount import key_from_seed, seed_from_mnemonic
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from twinrights import keystore, memo
from twinrights.errors import (
    BadValue,
    DevelopmentKeyRefused,
    KeyElsewhere,
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
        return cls._of(keystore.opened(file, password), name or file.stem)

    def to_keystore(self, path: Path | str, password: str, *, replaces: bool = False) -> Path:
        """Keep the key in an encrypted file that only its user may read; return its path.

        The file is written whole or not at all, also in the place of an older one (`replaces`).

        Raises:
            KeystoreExists: there is a file already, and it is not to be replaced.
            BadValue: the password is empty or weak.
        """
        file = Path(path)
        keystore.write(file, self._key, password, replaces=replaces)
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
