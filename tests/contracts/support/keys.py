"""Keys of people who hold no coin, and the many forms of one signature."""

from __future__ import annotations

from eth_account import Account

__all__ = [
    "GUARDIAN_KEY",
    "NEW_KEY",
    "OTHER_KEY",
    "RIVAL_KEY",
    "address_of",
    "compact",
    "malleable",
]

GUARDIAN_KEY = "0x" + "9a4d".zfill(64)
NEW_KEY = "0x" + "2e3".zfill(64)
OTHER_KEY = "0x" + "b0b".zfill(64)
RIVAL_KEY = "0x" + "bad".zfill(64)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def address_of(key: str) -> str:
    return Account.from_key(key).address


def malleable(signature: bytes) -> bytes:
    """The same signature once more: its s turned to the other half, its v with it."""
    s = int.from_bytes(signature[32:64], "big")
    return signature[:32] + (ORDER - s).to_bytes(32, "big") + bytes([55 - signature[64]])


def compact(signature: bytes) -> bytes:
    """The same signature in 64 bytes (EIP-2098)."""
    s = int.from_bytes(signature[32:64], "big") | (signature[64] - 27) << 255
    return signature[:32] + s.to_bytes(32, "big")
