"""Turns a revert, however a node words it, into the exception of the same name.

py-evm gives the raw bytes inside a sentence, Anvil and public nodes as `data` of the error, Ganache
as a field of it. Whatever names none of this package's errors becomes `RevertedOtherwise`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from web3.exceptions import ContractLogicError, Web3RPCError

from twinrights.artifacts import load
from twinrights.errors import ON_CHAIN, MayNotPublish, NodeRefused, Refused, RevertedOtherwise
from twinrights.terms import Reason

__all__ = ["explained", "refusal", "refusal_of"]

Result = TypeVar("Result")

CONTRACTS = ("DigitalTwin", "TwinLicense")
ERROR_STRING = bytes.fromhex("08c379a0")
PANIC = bytes.fromhex("4e487b71")

_BYTES_IN_WORDS = re.compile(r"b'.*'|b\".*\"", re.DOTALL)
_HEX = re.compile(r"0x(?:[0-9a-fA-F]{2})+")
_REVERTED = re.compile(r"revert|execution|evm error|invalid opcode|out ?of ?gas", re.IGNORECASE)


def explained(act: Callable[[], Result]) -> Result:
    """Return what `act` returns, or raise the refusal that its revert stands for.

    Raises:
        Refused: a contract reverted.
        NodeRefused: the node gave an error of its own.
    """
    try:
        return act()
    except Exception as error:
        if (refused := refusal_of(error)) is not None:
            raise refused from error
        if isinstance(error, Web3RPCError):
            raise NodeRefused(_words_of(error)) from error
        raise


def refusal_of(error: BaseException) -> Refused | None:
    """Return the refusal that an error of web3 or py-evm stands for; None if it is no revert."""
    if isinstance(error, Refused):
        return error
    for data in _candidates(error):
        if data[:4] in _known():
            return refusal(data)
    if not _is_revert(error):
        return None
    data = next(_candidates(error), b"")
    return refusal(data) if data else RevertedOtherwise(_words_of(error), b"")


def refusal(data: bytes) -> Refused:
    """Return the exception that the bytes of a revert stand for, with its values."""
    known = _known().get(data[:4])
    try:
        if known is not None:
            return _of_ours(*known, data[4:])
        if data[:4] == ERROR_STRING:
            return RevertedOtherwise(str(decode(["string"], data[4:])[0]), data)
        if data[:4] == PANIC:
            return RevertedOtherwise(f"panic {decode(['uint256'], data[4:])[0]:#04x}", data)
    except DecodingError:
        pass
    named = _others().get(data[:4])
    if named is not None:
        return RevertedOtherwise(f"another contract says {named}", data)
    return RevertedOtherwise(f"unknown error 0x{data[:4].hex()}" if data else "no reason", data)


def _of_ours(error: type[Refused], types: tuple[str, ...], data: bytes) -> Refused:
    values = decode(list(types), data)
    refused = error(
        *(
            to_checksum_address(value) if type_ == "address" else value
            for type_, value in zip(types, values, strict=True)
        )
    )
    if isinstance(refused, MayNotPublish):
        return MayNotPublish(refused.license_id, Reason(refused.reason))
    return refused


@cache
def _known() -> Mapping[bytes, tuple[type[Refused], tuple[str, ...]]]:
    """Return the class and the types of each error of the contracts, by its selector."""
    return {
        selector: (ON_CHAIN[name], types)
        for contract in CONTRACTS
        for name, types, selector in _errors_of(contract)
    }


@cache
def _others() -> Mapping[bytes, str]:
    """Return the names of the local stablecoin's errors, by their selectors."""
    return {selector: name for name, _, selector in _errors_of("TestDollar")}


def _errors_of(contract: str) -> Iterator[tuple[str, tuple[str, ...], bytes]]:
    for entry in load(contract).abi:
        if entry["type"] == "error":
            types = tuple(value["type"] for value in entry["inputs"])
            signature = f"{entry['name']}({','.join(types)})"
            yield entry["name"], types, keccak(text=signature)[:4]


def _candidates(error: BaseException) -> Iterator[bytes]:
    """Yield whatever in an error may be the bytes of a revert, the likeliest first."""
    yield from _bytes_in(getattr(error, "data", None))
    yield from _bytes_in(_failure_of(error).get("data"))
    for argument in error.args:
        if isinstance(argument, str) and _is_py_evm(error):
            yield from (ast.literal_eval(found) for found in _BYTES_IN_WORDS.findall(argument))


def _failure_of(error: BaseException) -> Mapping[str, Any]:
    """Return what the node answered under `error`; empty where it was not asked."""
    response = getattr(error, "rpc_response", None)
    failure = response.get("error") if isinstance(response, Mapping) else None
    return failure if isinstance(failure, Mapping) else {}


def _bytes_in(data: Any) -> Iterator[bytes]:
    if isinstance(data, Mapping):
        # Ganache gives the returned bytes beside hashes, which are not to be taken for them.
        for key in ("data", "result", "return"):
            yield from _bytes_in(data.get(key))
    elif isinstance(data, bytes):
        yield data
    elif isinstance(data, str):
        yield from (bytes.fromhex(found[2:]) for found in _HEX.findall(data))


def _is_revert(error: BaseException) -> bool:
    if _is_py_evm(error) or isinstance(error, ContractLogicError):
        return True
    return isinstance(error, Web3RPCError) and bool(_REVERTED.search(str(error)))


def _is_py_evm(error: BaseException) -> bool:
    # By name, because eth-tester is an extra that need not be installed.
    return type(error).__name__ == "TransactionFailed"


def _words_of(error: BaseException) -> str:
    failure = _failure_of(error)
    words = str(failure.get("message") or getattr(error, "message", None) or error)
    return words.removeprefix("execution reverted: ") or "no reason"
