"""Keystores: files of encrypted keys that other wallets read, too, written whole or not at all.

Their form is Web3 Secret Storage, version 3; see
https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount

from twinrights.errors import (
    BadValue,
    CorruptKeystore,
    KeystoreExists,
    KeystoreMissing,
    WrongPassword,
)

__all__ = ["check_password", "opened", "write"]

KDF_LIMITS = MappingProxyType(
    {"n": 2**20, "r": 16, "p": 16, "n*r*p": 2**23, "c": 10_000_000, "dklen": 64}
)
"""The most that opening a keystore may cost: four times what is usual (2^18 x 8 x 1)."""

LEAST_LENGTH = 10
LEAST_DIFFERENT = 5
COMMON = frozenset(
    {
        *("0123456789", "0987654321", "1234567890", "12345678910", "123456789a", "1q2w3e4r5t"),
        *("abcdefghij", "iloveyou123", "letmein123", "passw0rd123", "password12", "password123"),
        *(
            "password1234",
            "qwerty12345",
            "qwerty123456",
            "qwertyuiop",
            "testpassword",
            "twinrights",
        ),
    }
)
"""What is tried first, of those that are long enough."""


def check_password(password: str) -> None:
    """Do nothing if a new password will do.

    Raises:
        BadValue: it is empty, short, of very few characters, or one that everybody tries.
    """
    if not password:
        raise BadValue("password", "it is empty: choose one")
    if len(password) < LEAST_LENGTH:
        raise BadValue("password", f"it is too short: choose {LEAST_LENGTH} characters or more")
    if len(set(password)) < LEAST_DIFFERENT:
        raise BadValue("password", "it repeats the same few characters: choose a better one")
    if password.lower() in COMMON:
        raise BadValue("password", "it is one that everybody tries first: choose a better one")


def opened(path: Path, password: str) -> LocalAccount:
    """Return the account whose key a file keeps.

    Raises:
        KeystoreMissing, CorruptKeystore, WrongPassword.
    """
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise KeystoreMissing(str(path)) from None
    except (OSError, ValueError, RecursionError):
        raise CorruptKeystore(str(path), "it is not JSON") from None
    if isinstance(data, dict):  # old wallets wrote "Crypto"
        data = {name.lower(): value for name, value in data.items()}
    account = _decrypted(data, password, str(path))
    named = str(data.get("address", account.address)).lower().removeprefix("0x")
    if named != account.address.lower()[2:]:
        raise CorruptKeystore(str(path), "it names another address than its key has")
    return account


def write(path: Path, account: LocalAccount, password: str, *, replaces: bool = False) -> None:
    """Keep a key in a file that only its user may read, in the place of another if `replaces`.

    The file is whole or it is not there: whatever interrupts this, an older file stays until a new
    one was written, was opened again, and lies on the disk.

    Raises:
        KeystoreExists: there is a file, and it is not to be replaced.
        BadValue: the password will not do.
    """
    if path.exists() and not replaces:
        raise KeystoreExists(str(path))
    check_password(password)
    text = json.dumps(account.encrypt(password, kdf="scrypt"))
    file = path.resolve()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        _create(unfinished, text + "\n")
        if replaces:
            opened(unfinished, password)
        else:
            _reserve(file)
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    _settle(file.parent)


def _reserve(file: Path) -> None:
    """Take a name that is free, so that nobody else can: not every disk knows links."""
    try:
        _create(file, "")
    except FileExistsError:
        raise KeystoreExists(str(file)) from None


def _create(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _settle(folder: Path) -> None:
    """Have the new name on the disk, too, where a folder can be told so."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _decrypted(data: Any, password: str, path: str) -> LocalAccount:
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
