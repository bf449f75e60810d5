"""Hashes of signed messages, as EIP-712 defines them and `TermsHash.sol` computes them.

See https://eips.ethereum.org/EIPS/eip-712#definition-of-encodedata. A value that does not fit its
field raises BadValue with the field's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from eth_utils.address import (
    is_checksum_address,
    is_checksum_formatted_address,
    is_hex_address,
)
from eth_utils.crypto import keccak

from twinrights.errors import BadValue
from twinrights.terms import Pay, RateCard, Scope, Share
from twinrights.typed_data.schema import (
    DOMAIN_FIELDS,
    STRUCTS,
    VERSION,
    Field,
    Message,
    domain_name,
    fields_of,
    structs_in,
)

__all__ = [
    "card_digest",
    "digest",
    "encoded",
    "is_account",
    "pay_hash",
    "scope_hash",
    "scope_hash_of",
    "shares_hash",
    "struct_hash",
]

WORD = 32


def digest(message: Message, *, chain_id: int, contract: str) -> bytes:
    """Return what is signed: of a consent this is the twin's id, of terms the license's id."""
    separator = _separator(domain_name(type(message)), chain_id, contract.lower())
    return bytes(keccak(b"\x19\x01" + separator + struct_hash(message)))


def card_digest(card: RateCard, *, chain_id: int, contract: str) -> bytes:
    """Return the digest of a rate card, which every booking from it names."""
    return digest(card, chain_id=chain_id, contract=contract)


def scope_hash(scope: Scope) -> bytes:
    """Return the hash of a scope, which a deed brings instead of it."""
    return struct_hash(scope)


def scope_hash_of(memo_hash: bytes, scope: Scope) -> bytes:
    """Return the hash of a scope of whose memo only the hash is known, as from an event."""
    return struct_hash(scope, memo_hash=memo_hash)


def pay_hash(pay: Pay) -> bytes:
    """Return the hash of a pay."""
    return struct_hash(pay)


def shares_hash(shares: Sequence[Share]) -> bytes:
    """Return the hash of shares in their order, which a deed brings instead of them."""
    return bytes(keccak(b"".join(map(struct_hash, shares))))


def struct_hash(value: Any, *, memo_hash: bytes | None = None) -> bytes:
    """Return the hash of any struct; `memo_hash` stands for a memo of which no more is known."""
    struct = type(value)
    words = [_type_hash(struct.__name__)]
    for field in fields_of(struct):
        if field.attribute == "memo" and memo_hash is not None:
            words.append(memo_hash)
        else:
            words.append(_word(field, getattr(value, field.attribute)))
    return bytes(keccak(b"".join(words)))


def _word(field: Field, value: Any) -> bytes:
    if field.is_list:
        return bytes(keccak(b"".join(map(struct_hash, value))))
    if field.struct:
        return struct_hash(value)
    if field.abi_type == "string":
        return bytes(keccak(text=value))
    return encoded(field.abi_type, value, name=field.attribute)


def encoded(type_: str, value: Any, *, name: str) -> bytes:
    """Return a plain value as one word; raises BadValue, by that name, where it does not fit."""
    if type_ == "address":
        if not is_account(value):
            raise BadValue(name, f"{value!r} is not an address, or was mistyped")
        return bytes.fromhex(value.removeprefix("0x")).rjust(WORD, b"\0")
    if type_ == "bytes32":
        if len(value) != WORD:
            raise BadValue(name, f"it must have {WORD} bytes, not {len(value)}")
        return bytes(value)
    if type_ == "bool":
        return int(bool(value)).to_bytes(WORD, "big")
    bits = int(type_.removeprefix("uint"))
    if not 0 <= value < 1 << bits:
        raise BadValue(name, f"{value} is not within 0 to 2^{bits} - 1")
    return int(value).to_bytes(WORD, "big")


def is_account(value: Any) -> bool:
    """Return whether that is an address, and its letters, if of both cases, are its checksum."""
    if not isinstance(value, str) or not value.startswith("0x") or not is_hex_address(value):
        return False
    return not is_checksum_formatted_address(value) or is_checksum_address(value)


@cache
def _type_hash(name: str) -> bytes:
    return bytes(keccak(text="".join(map(_type_text, structs_in(STRUCTS[name])))))


def _type_text(struct: type[object]) -> str:
    fields = ",".join(f"{field.abi_type} {field.name}" for field in fields_of(struct))
    return f"{struct.__name__}({fields})"


@cache
def _separator(name: str, chain_id: int, contract: str) -> bytes:
    words = (
        keccak(text=f"EIP712Domain({DOMAIN_FIELDS})"),
        keccak(text=name),
        keccak(text=VERSION),
        encoded("uint256", chain_id, name="chain"),
        encoded("address", contract, name="contract"),
    )
    return bytes(keccak(b"".join(words)))
