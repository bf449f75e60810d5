"""A refusal, by the name and every value of its error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie._config import CONFIG
from brownie.convert.utils import build_function_selector, get_type_strings
from brownie.exceptions import VirtualMachineError, _errors, decode_typed_error
from eth_abi import encode

__all__ = ["reverts_with"]

ESTIMATED = "Gas estimation failed: '"
LIKELY = "'. This transaction will likely revert. "


@contextmanager
def reverts_with(name: str, *values: Any) -> Iterator[None]:
    """Hold the deed inside to one custom error with exactly these values.

    The node refuses it when it estimates its gas, so nothing is mined and nothing need be traced. A
    deed that names its own gas is mined all the same.
    """
    expected = _error(name, values)
    settings = CONFIG.active_network["settings"]
    before = {key: settings[key] for key in ("gas_limit", "reverting_tx_gas_limit")}
    settings |= {"gas_limit": "auto", "reverting_tx_gas_limit": False}
    try:
        with pytest.raises((VirtualMachineError, ValueError)) as caught:
            yield
    finally:
        settings |= before
    assert _said(caught.value) == expected


def _error(name: str, values: tuple[Any, ...]) -> str:
    """What Brownie says of an error whose data are these values, encoded by its own ABI."""
    (abi,) = [abi for abi in _errors.values() if abi["name"] == name]
    types = get_type_strings(abi["inputs"])
    plain = [_plain(value) for value in values]
    return decode_typed_error(build_function_selector(abi) + encode(types, plain).hex())


def _plain(value: Any) -> Any:
    return value.address if hasattr(value, "address") else value


def _said(error: Exception) -> str | None:
    if isinstance(error, VirtualMachineError):
        return error.revert_msg
    text = str(error)
    if not text.startswith(ESTIMATED):
        raise error
    return text.removeprefix(ESTIMATED).split(LIKELY)[0]
