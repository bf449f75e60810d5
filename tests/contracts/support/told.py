"""What the chain told, as plain Python: bytes, integers, addresses as text, tuples."""

from __future__ import annotations

from typing import Any

from brownie.convert.datatypes import HexString

__all__ = ["told"]


def told(value: Any) -> Any:
    """The same value without Brownie's own types, which compare too much as equal."""
    if isinstance(value, HexString):
        return bytes.fromhex(str(value).removeprefix("0x"))
    if isinstance(value, tuple | list):
        return tuple(told(part) for part in value)
    if isinstance(value, bool):
        return value
    return int(value) if isinstance(value, int) else str(value)
