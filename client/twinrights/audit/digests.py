"""The hashes that history must give: ids as EIP-712 digests, heads, links of the conflict book.

Written a second time, as `twinrights.audit.arithmetic` is, and from values as events carry them:
the memo is its hash already, names are those of the ABI.
See https://eips.ethereum.org/EIPS/eip-712.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from twinrights.terms import Entry

__all__ = ["batch_hash", "domain", "license_id", "next_head", "next_link", "twin_id"]

CONSENT = (
    "Consent(string memo,address owner,bytes32 replica,address guardian,bytes32 salt,"
    "uint40 deadline)"
)
PAY = "Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)"
SCOPE = (
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,"
    "bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,"
    "bytes32 ref)"
)
SHARE = "Share(address payee,uint16 bps,uint8 role)"
TERMS = "Terms(Scope scope,Pay pay,Share[] shares)" + PAY + SCOPE + SHARE
DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"

BATCH = "(uint24,uint8,bytes32,uint32,uint32,uint256,bytes32)"
CUT = 2**248 - 1
"""The conflict book keeps 248 bits of each link."""


def domain(name: str, *, chain_id: int, contract: str) -> bytes:
    """Return the EIP-712 domain separator of one of the contracts, both of version 1."""
    values = [keccak(text=DOMAIN), keccak(text=name), keccak(text="1"), chain_id, contract]
    return keccak(encode(["bytes32", "bytes32", "bytes32", "uint256", "address"], values))


def twin_id(consent: Mapping[str, Any], *, separator: bytes) -> int:
    """Return the id of the twin that a consent makes."""
    return _digest(_struct(CONSENT, consent), separator)


def license_id(terms: Mapping[str, Any], *, separator: bytes) -> int:
    """Return the id of the license that terms make."""
    shares = keccak(b"".join(_struct(SHARE, share) for share in terms["shares"]))
    parts = [keccak(text=TERMS), _struct(SCOPE, terms["scope"]), _struct(PAY, terms["pay"]), shares]
    return _digest(keccak(b"".join(parts)), separator)


def batch_hash(license_id: int, batch: Sequence[Any], *, reporter: str, time: int) -> bytes:
    """Return what a batch adds to a head; `batch` is its seven values, in the ABI's order."""
    types = ["uint256", BATCH, "address", "uint40"]
    return keccak(encode(types, [license_id, tuple(batch), reporter, time]))


def next_head(head: bytes, batch: bytes) -> bytes:
    """Return the head after a batch of that hash."""
    return keccak(head + batch)


def next_link(granted: int, entry: Entry) -> int:
    """Return the hash of a conflict book after one more entry."""
    values = [granted, entry.license_id, entry.start, entry.end, entry.uses, entry.markets]
    types = ["uint248", "uint256", "uint40", "uint40", "uint32", "uint256"]
    return int.from_bytes(keccak(encode(types, values)), "big") & CUT


def _struct(type_string: str, values: Mapping[str, Any]) -> bytes:
    """Return the hash of a flat struct whose strings are given as their hashes."""
    fields = [field.split(" ") for field in type_string[type_string.index("(") + 1 : -1].split(",")]
    types = ["bytes32" if type_ == "string" else type_ for type_, _ in fields]
    encoded = encode(types, [values[name] for _, name in fields])
    return keccak(keccak(text=type_string) + encoded)


def _digest(struct: bytes, separator: bytes) -> int:
    return int.from_bytes(keccak(b"\x19\x01" + separator + struct), "big")
