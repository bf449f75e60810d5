"""Messages as JSON: what a wallet shows and signs, and what it is read back from.

Integers of up to 48 bits are numbers, longer ones decimal text, for JavaScript counts no further
than 2^53; hashes are hexadecimal text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eth_utils.address import to_checksum_address

from twinrights.errors import BadValue
from twinrights.typed_data.hashing import encoded, is_account
from twinrights.typed_data.schema import (
    DOMAIN_FIELDS,
    KINDS,
    STRUCTS,
    VERSION,
    Field,
    Message,
    domain_name,
    fields_of,
    structs_in,
)

__all__ = ["message_from", "shape_of", "typed_data", "types_of"]

EXACT_BITS = 48
"""Integers of more bits are written as text."""

HASH = re.compile(r"0x[0-9a-fA-F]{64}")
DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}")
DOMAIN_KEYS = {part.split()[1] for part in DOMAIN_FIELDS.split(",")}


def typed_data(message: Message, *, chain_id: int, contract: str) -> dict[str, Any]:
    """Return a message as the JSON of `eth_signTypedData_v4`, the memo first."""
    shape = shape_of(type(message), chain_id=chain_id, contract=contract)
    return {**shape, "message": _written(message)}


def shape_of(struct: type[object], *, chain_id: int, contract: str) -> dict[str, Any]:
    """Return what such JSON holds beside the message: its types and its domain."""
    return {
        "types": types_of(struct),
        "primaryType": struct.__name__,
        "domain": {
            "name": domain_name(struct),
            "version": VERSION,
            "chainId": chain_id,
            "verifyingContract": to_checksum_address(contract),
        },
    }


def types_of(struct: type[object]) -> dict[str, list[dict[str, str]]]:
    """Return the types that a message needs, as EIP-712 JSON lists them."""
    domain = (part.split() for part in DOMAIN_FIELDS.split(","))
    types = {"EIP712Domain": [{"name": name, "type": type_} for type_, name in domain]}
    for part in structs_in(struct):
        fields = fields_of(part)
        types[part.__name__] = [{"name": field.name, "type": field.abi_type} for field in fields]
    return types


def message_from(data: Any) -> tuple[Message, int, str]:
    """Return message, chain and contract of such JSON.

    Raises:
        BadValue: it is none of our messages, or a field is missing, unknown or does not fit.
    """
    struct = STRUCTS.get(str(_entry(data, "primaryType")))
    if struct is None or struct not in KINDS.values():
        raise BadValue("primaryType", f"{data['primaryType']!r} is no message of TwinRights")
    if _entry(data, "types") != types_of(struct):
        raise BadValue("types", f"they are not those of {struct.__name__}")
    domain = _entry(data, "domain")
    if not isinstance(domain, Mapping) or set(domain) != DOMAIN_KEYS:
        raise BadValue("domain", f"it must hold {', '.join(sorted(DOMAIN_KEYS))}")
    if (domain["name"], domain["version"]) != (domain_name(struct), VERSION):
        raise BadValue("domain", f"it is not {domain_name(struct)!r}, version {VERSION}")
    chain_id = _integer("uint256", domain["chainId"], "domain.chainId")
    contract = _address(domain["verifyingContract"], "domain.verifyingContract")
    message: Message = _read(struct, _entry(data, "message"), "message")
    return message, chain_id, contract


def _entry(data: Any, key: str) -> Any:
    if not isinstance(data, Mapping) or key not in data:
        raise BadValue(key, "it is missing")
    return data[key]


def _written(value: Any) -> dict[str, Any]:
    return {
        field.name: _written_field(field, getattr(value, field.attribute))
        for field in fields_of(type(value))
    }


def _written_field(field: Field, value: Any) -> Any:
    if field.is_list:
        return [_written(one) for one in value]
    if field.struct:
        return _written(value)
    if field.abi_type in ("string", "bool"):
        return value
    encoded(field.abi_type, value, name=field.attribute)
    if field.abi_type == "address":
        return to_checksum_address(value)
    if field.abi_type == "bytes32":
        return f"0x{bytes(value).hex()}"
    return value if int(field.abi_type.removeprefix("uint")) <= EXACT_BITS else str(value)


def _read(struct: type[object], data: Any, where: str) -> Any:
    fields = fields_of(struct)
    names = {field.name for field in fields}
    if not isinstance(data, Mapping):
        raise BadValue(where, "it must be an object")
    if odd := sorted(names ^ set(data)):
        raise BadValue(f"{where}.{odd[0]}", "missing" if odd[0] in names else "no such field")
    return struct(*(_read_field(field, data[field.name], where) for field in fields))


def _read_field(field: Field, value: Any, where: str) -> Any:
    where = f"{where}.{field.name}"
    if field.is_list:
        if not isinstance(value, list):
            raise BadValue(where, "it must be a list")
        items = enumerate(value)
        return tuple(_read(field.struct or object, one, f"{where}[{at}]") for at, one in items)
    if field.struct:
        return _read(field.struct, value, where)
    return _read_plain(field.abi_type, value, where)


def _read_plain(type_: str, value: Any, where: str) -> Any:
    if type_ == "string" and isinstance(value, str) and _is_text(value):
        return value
    if type_ == "bool" and isinstance(value, bool):
        return value
    if type_ == "address":
        return _address(value, where)
    if type_ == "bytes32" and isinstance(value, str) and HASH.fullmatch(value):
        return bytes.fromhex(value[2:])
    if type_.startswith("uint"):
        return _integer(type_, value, where)
    raise BadValue(where, f"{value!r} is not a {type_}")


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can write
        return False
    return True


def _address(value: Any, where: str) -> str:
    if not is_account(value):
        raise BadValue(where, f"{value!r} is not an address, or was mistyped")
    return str(to_checksum_address(value))


def _integer(type_: str, value: Any, where: str) -> int:
    is_text = isinstance(value, str) and DECIMAL.fullmatch(value)
    if not is_text and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadValue(where, f"{value!r} is not a whole number")
    encoded(type_, int(value), name=where)
    return int(value)
