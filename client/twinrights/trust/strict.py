"""Reading files that strangers wrote: exactly what was defined, or a refusal that says why."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from eth_utils.address import to_checksum_address

from twinrights.errors import BadValue
from twinrights.typed_data.hashing import is_account

__all__ = ["account", "line", "parsed", "salt"]

MOST = 200
"""Characters of a line."""

SALT = re.compile(r"0x[0-9a-f]{64}")


def parsed(content: bytes) -> dict[str, Any]:
    """Return the one JSON object that bytes are.

    Raises:
        BadValue: they are not UTF-8 or not JSON, hold no object, or one that names a field twice.
    """
    try:
        data = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_number)
    except UnicodeDecodeError as error:
        raise BadValue("content", "it is not UTF-8") from error
    except BadValue:
        raise
    except (ValueError, RecursionError) as error:
        raise BadValue("content", "it is not JSON") from error
    if not isinstance(data, dict):
        raise BadValue("content", "it is not an object with fields")
    return data


def line(value: Any, field: str) -> str:
    """Return a text on one line, as it is read: with no sign that hides or turns another."""
    if not isinstance(value, str) or not value.strip() or len(value) > MOST:
        raise BadValue(field, f"it must be a text of 1 to {MOST} characters")
    if any(
        unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for sign in value
    ):
        raise BadValue(field, "it holds a sign that cannot be seen")
    return unicodedata.normalize("NFC", " ".join(value.split()))


def account(value: Any, field: str) -> str:
    """Return an address with its checksum; raises BadValue where it is none, or mistyped."""
    if not isinstance(value, str) or not is_account(value):
        raise BadValue(field, f"{_brief(value)} is not an address, or was mistyped")
    return str(to_checksum_address(value))


def salt(value: Any) -> bytes:
    """Return the 32 bytes of a salt."""
    if not isinstance(value, str) or not SALT.fullmatch(value):
        raise BadValue("salt", "it must be 0x and 64 digits, in small letters")
    return bytes.fromhex(value[2:])


def _brief(value: Any) -> str:
    return ascii(value)[:60]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadValue("content", "it names a field twice")
    return found


def _number(text: str) -> Any:
    raise BadValue("content", f"{text} is no number of JSON")
