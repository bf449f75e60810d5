"""A refusal, by the name and every value of its error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie._config import CONFIG
from brownie.convert.utils import build_function_selector, get_type_strings
from brownie.exceptions import VirtualMachineError, _errors, decode_typed_error
from eth_abi import encode

from tests.contracts.support.clock import is_anvil

__all__ = ["refusal_of", "reverts_with"]

ESTIMATED = "Gas estimation failed: '"
LIKELY = "'. This transaction will likely revert. "


@contextmanager
def reverts_with(name: str, *values: Any) -> Iterator[None]:
    """Hold the deed inside to one custom error with exactly these values."""
    expected = _error(name, values)
    with _tried() as caught:
        yield
    said = _said(caught.value)
    assert said == expected, f"{said!r}, not {expected!r}"


def refusal_of(deed: Callable[[], Any]) -> str:
    """The name and the values of the error by which a deed is refused, as Brownie writes them."""
    with _tried() as caught:
        deed()
    return _said(caught.value) or ""


@contextmanager
def _tried() -> Iterator[pytest.ExceptionInfo[Exception]]:
    """The node refuses a deed when it estimates its gas: nothing is mined, nothing need be traced.

    A deed that names its own gas is mined all the same, and so is every one on Ganache, whose
    answer to an estimate Brownie cannot read.
    """
    settings = CONFIG.active_network["settings"]
    before = {key: settings[key] for key in ("gas_limit", "reverting_tx_gas_limit")}
    if is_anvil():
        settings |= {"gas_limit": "auto", "reverting_tx_gas_limit": False}
    try:
        with pytest.raises((VirtualMachineError, ValueError)) as caught:
            yield caught
    finally:
        settings |= before


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
