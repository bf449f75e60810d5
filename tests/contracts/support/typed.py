"""EIP-712 by eth-account, as any wallet does it: the second opinion on every digest.

Memos are sentences here. Field names are those of the signed types.
"""

from __future__ import annotations

from typing import Any

from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils import keccak

from tests.contracts.support.acts import FIELDS

__all__ = ["TYPES", "typed", "typed_digest"]

SCOPE = (
    "string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,"
    "bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,"
    "bytes32 ref"
)
RATE_CARD = (
    "string memo,uint256 twinId,address licensee,uint32 epoch,uint32 serial,uint40 validUntil,"
    "uint8 category,address currency,uint32 notice,bytes32 agreement,uint96 floor,uint96 dayRate,"
    "uint96 imageRate,uint32 exclusiveFactor,uint16 minDays,uint16 maxDays,uint32 maxQuota,"
    "uint32 leadTime,UseRate[] uses,MarketRate[] markets,Share[] shares"
)
ENDING = "string memo,uint256 licenseId,uint32 nonce,uint40 deadline"
DOMAIN = "string name,string version,uint256 chainId,address verifyingContract"
TYPES = FIELDS | {
    "Scope": SCOPE,
    "Pay": "uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota",
    "Share": "address payee,uint16 bps,uint8 role",
    "Terms": "Scope scope,Pay pay,Share[] shares",
    "UseRate": "uint8 use,uint32 weight",
    "MarketRate": "uint256 markets,uint32 weight",
    "RateCard": RATE_CARD,
    "Notice": ENDING,
    "LapseEnd": ENDING,
    "Decline": ENDING,
}


def typed(kind: str, message: Any, *, name: str, chain_id: int, contract: Any) -> SignableMessage:
    """The message of a kind, ready to be signed for one contract on one chain."""
    domain = {
        "name": name,
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": contract.address,
    }
    types = {"EIP712Domain": _fields(DOMAIN)} | _needed(kind)
    return encode_typed_data(
        full_message={
            "domain": domain,
            "types": types,
            "primaryType": kind,
            "message": message,
        }
    )


def typed_digest(message: SignableMessage) -> bytes:
    return keccak(b"\x19" + message.version + message.header + message.body)


def _needed(kind: str) -> dict[str, Any]:
    """The kind's own type and those of its fields."""
    fields = _fields(TYPES[kind])
    found = {kind: fields}
    for field in fields:
        inner = field["type"].removesuffix("[]")
        if inner in TYPES:
            found |= _needed(inner)
    return found


def _fields(text: str) -> list[dict[str, str]]:
    pairs = [field.split() for field in text.split(",")]
    return [{"name": name, "type": type_} for type_, name in pairs]
