"""Keys that cannot be had, or must not be used here."""

from __future__ import annotations

from twinrights.errors.base import KeyTrouble

__all__ = [
    "CorruptKeystore",
    "DevelopmentKeyRefused",
    "KeystoreExists",
    "KeystoreMissing",
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
