"""Between the model's papers and the bytes of a call: everything is a number on either side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from coincurve import PrivateKey
from eth_abi import decode, encode
from eth_utils import keccak

from tests.model.deeds import Deed
from tests.model.refused import Refused
from tests.model.signatures import UNSIGNED, Signature

__all__ = ["Interface", "introduce", "signed", "words"]

NUMBERS = {"address": "uint160", "bytes32": "uint256", "bool": "uint8"}


class Interface:
    """What a contract's ABI says: how a deed is written, and what its errors say."""

    def __init__(self, abi: Sequence[Mapping[str, Any]]) -> None:
        self.functions: dict[str, tuple[bytes, list[str]]] = {}
        self.errors: dict[bytes, tuple[str, list[str]]] = {}
        functions = [entry for entry in abi if entry["type"] == "function"]
        names = [entry["name"] for entry in functions]
        for entry in functions:
            name, text = entry["name"], _signature(entry)
            kinds = [_kind(item, NUMBERS) for item in entry["inputs"]]
            self.functions[text] = keccak(text=text)[:4], kinds
            if names.count(name) == 1:
                self.functions[name] = self.functions[text]
        for entry in abi:
            if entry["type"] == "error":
                kinds = [_kind(item, NUMBERS) for item in entry["inputs"]]
                self.errors[keccak(text=_signature(entry))[:4]] = entry["name"], kinds

    def encode(self, name: str, *arguments: Any) -> str:
        """Return the data of a call, in hexadecimal."""
        selector, kinds = self.functions[name]
        return "0x" + (selector + encode(kinds, [_plain(each) for each in arguments])).hex()

    def decode_error(self, data: bytes) -> Refused:
        """Return a revert as the model would say it."""
        name, kinds = self.errors.get(data[:4], (f"unknown error {data.hex()!r}", []))
        return Refused(name, *decode(kinds, data[4:])) if kinds else Refused(name)


def words(answer: bytes) -> list[int]:
    """Cut an answer into its words of 32 bytes."""
    return [int.from_bytes(answer[at : at + 32], "big") for at in range(0, len(answer), 32)]


@cache
def key_of(name: str) -> PrivateKey:
    return PrivateKey(keccak(text=name))


@cache
def address_of(name: str) -> int:
    """The wallet of a person's key, which is made of the name."""
    wallet = keccak(key_of(name).public_key.format(compressed=False)[1:])[12:]
    return int.from_bytes(wallet, "big")


_NAMES: dict[int, str] = {}


def signed(signature: Signature | None) -> bytes:
    """Return a signature's bytes, by the key of whoever is meant; zeros where there is none."""
    if signature is UNSIGNED:
        return b""
    if signature.key not in _NAMES:
        return bytes(65)
    name = _NAMES[signature.key]
    message = signature.digest.to_bytes(32, "big")
    raw = key_of(name).sign_recoverable(message, hasher=None)
    return raw[:64] + bytes([27 + raw[64]])


def introduce(names: Iterable[str]) -> dict[str, int]:
    """Give people their wallets, and remember by which key each signs."""
    wallets = {name: address_of(name) for name in names}
    _NAMES.update({wallet: name for name, wallet in wallets.items()})
    return wallets


def _plain(value: Any) -> Any:
    if value is UNSIGNED or isinstance(value, Signature):
        return signed(value)
    if isinstance(value, Deed):
        raise TypeError("a deed inside another is encoded by its contract")
    if is_dataclass(value):
        return tuple(_plain(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, bytes) else int(value)


def _signature(entry: Mapping[str, Any]) -> str:
    return f"{entry['name']}({','.join(_kind(item, {}) for item in entry['inputs'])})"


def _kind(item: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    kind = item["type"]
    if kind.startswith("tuple"):
        return f"({','.join(_kind(each, numbers) for each in item['components'])}){kind[5:]}"
    base, bracket, rest = kind.partition("[")
    return numbers.get(base, base) + bracket + rest
