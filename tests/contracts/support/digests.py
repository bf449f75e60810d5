"""EIP-712 by hand: what the owner's key signs, and the hashes that a deed brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_abi import encode
from eth_account import Account
from eth_utils import keccak

__all__ = [
    "PAY",
    "TERMS",
    "digest",
    "hash_domain",
    "hash_scope",
    "hash_shares",
    "hash_struct",
    "sign_digest",
]

DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
SCOPE = (
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,"
    "bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,"
    "bytes32 ref)"
)
SHARE = "Share(address payee,uint16 bps,uint8 role)"
PAY = "Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)"
TERMS = f"Terms(Scope scope,Pay pay,Share[] shares){PAY}{SCOPE}{SHARE}"


def hash_struct(kind: str, values: Sequence[Any]) -> bytes:
    """Hash a struct of static fields; a string comes as its hash already."""
    names = kind[kind.index("(") + 1 : kind.index(")")].split(",")
    types = [name.split()[0].replace("string", "bytes32") for name in names]
    return keccak(encode(["bytes32", *types], [keccak(text=kind), *values]))


def digest(kind: str, values: Sequence[Any], *, name: str, chain_id: int, contract: str) -> bytes:
    """The digest of a message to one contract on one chain."""
    domain = hash_domain(name, chain_id, contract)
    return keccak(b"\x19\x01" + domain + hash_struct(kind, values))


def hash_domain(name: str, chain_id: int, contract: str) -> bytes:
    values = [keccak(text=name), keccak(text="1"), chain_id, contract]
    return hash_struct(DOMAIN, values)


def hash_scope(scope: Sequence[Any]) -> bytes:
    return hash_struct(SCOPE, scope)


def hash_shares(shares: Sequence[Sequence[Any]]) -> bytes:
    return keccak(b"".join(hash_struct(SHARE, share) for share in shares))


def sign_digest(digest: bytes, key: str) -> bytes:
    return bytes(Account.unsafe_sign_hash(digest, key).signature)
