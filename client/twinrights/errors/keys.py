"""Keys that cannot be had, or must not be used here."""

from __future__ import annotations

from typing import Any

from twinrights.errors.base import KeyTrouble

__all__ = [
    "CorruptKeystore",
    "DevelopmentKeyRefused",
    "KeyElsewhere",
    "KeystoreExists",
    "KeystoreMissing",
    "SendElsewhere",
    "TokenExposed",
    "WrongPassword",
]


class KeystoreMissing(KeyTrouble):
    """No keystore is where it should be."""

    path: str
    sentence = "There is no keystore at {path}."


class KeystoreExists(KeyTrouble):
    """A keystore would be overwritten."""

    path: str
    sentence = "{path} exists already and is not overwritten: a key would be lost."


class WrongPassword(KeyTrouble):
    """The password does not open the keystore."""

    path: str
    sentence = "The password does not open {path}."


class CorruptKeystore(KeyTrouble):
    """A file that is not a keystore, or a damaged one."""

    path: str
    problem: str
    sentence = "{path} is not a keystore that can be read: {problem}."


class DevelopmentKeyRefused(KeyTrouble):
    """A public development key on a chain that is not local."""

    address: str
    chain_id: int
    sentence = (
        "{address} is a development account whose key everybody knows: it is not used on chain "
        "{chain_id}. Use a keystore."
    )


class KeyElsewhere(KeyTrouble):
    """An account whose key is not here, where one is needed."""

    address: str
    sentence = (
        "The key of {address} is not here: name a key of the keystore, or let its own wallet sign "
        "with `twinrights sign FILE`."
    )


class SendElsewhere(KeyTrouble):
    """Calls that were tried out and that the account's own wallet must send, in this order."""

    address: str
    chain_id: int
    deeds: tuple[Any, ...]
    sentence = "Nothing was sent: the key of {address} is not here, so its own wallet must send it."


class TokenExposed(KeyTrouble):
    """A token for a store in a file that others can read."""

    path: str
    sentence = "Others can read the token in {path}: `chmod 600` it, or ask for a new one."
