"""Permits: an allowance by signature, for currencies that take one (ERC-2612)."""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak
from web3 import Web3
from web3.exceptions import BadFunctionCallOutput, Web3Exception

from twinrights.chain.contracts import Contracts
from twinrights.chain.send import Deed
from twinrights.errors import Refused
from twinrights.wallets import Wallet

__all__ = ["signed_permit"]

VERSIONS = ("1", "2")
"""The versions that currencies in use name in their signing domain."""

DOMAIN = ("name:string", "version:string", "chainId:uint256", "verifyingContract:address")
PERMIT = (
    "owner:address",
    "spender:address",
    "value:uint256",
    "nonce:uint256",
    "deadline:uint256",
)


def signed_permit(
    contracts: Contracts, currency: str, payer: Wallet, *, amount: int, deadline: int
) -> Deed | None:
    """Return a deed by which TwinLicense uses the payer's permit; None if the currency takes none.

    The name that a currency gives itself is believed only if it makes the currency's own domain
    separator, for what is signed then is good for that currency alone.
    """
    domain = _domain(contracts, currency)
    if domain is None:
        return None
    spender = str(contracts.licenses.address)
    nonce = contracts.ask(contracts.currency(currency), "nonces", payer.address)
    signature = payer.sign_typed_data(
        {
            "types": {"EIP712Domain": _fields(DOMAIN), "Permit": _fields(PERMIT)},
            "primaryType": "Permit",
            "domain": domain,
            "message": {
                "owner": payer.address,
                "spender": spender,
                "value": amount,
                "nonce": nonce,
                "deadline": deadline,
            },
        }
    )
    r, s, v = signature[:32], signature[32:64], signature[64]
    return contracts.deed(contracts.licenses, "permit", currency, amount, deadline, v, r, s)


def _domain(contracts: Contracts, currency: str) -> dict[str, Any] | None:
    token = contracts.currency(currency)
    try:
        separator = bytes(contracts.ask(token, "DOMAIN_SEPARATOR"))
        name = str(contracts.ask(token, "name"))
    except (Refused, BadFunctionCallOutput, Web3Exception):
        return None
    for version in VERSIONS:
        if _separator(name, version, contracts.chain_id, currency) == separator:
            return {
                "name": name,
                "version": version,
                "chainId": contracts.chain_id,
                "verifyingContract": Web3.to_checksum_address(currency),
            }
    return None


def _separator(name: str, version: str, chain_id: int, address: str) -> bytes:
    fields = ",".join(f"{type_} {field}" for field, type_ in (pair.split(":") for pair in DOMAIN))
    return keccak(
        keccak(text=f"EIP712Domain({fields})")
        + keccak(text=name)
        + keccak(text=version)
        + chain_id.to_bytes(32, "big")
        + bytes.fromhex(address.removeprefix("0x")).rjust(32, b"\0")
    )


def _fields(pairs: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name, "type": type_} for name, type_ in (pair.split(":") for pair in pairs)]
