"""A refusal, by the name and every value of its error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from brownie.exceptions import VirtualMachineError

__all__ = ["refused"]


@contextmanager
def refused(name: str, *values: Any) -> Iterator[None]:
    """Hold the deed inside to one custom error with exactly these values."""
    with pytest.raises(VirtualMachineError) as caught:
        yield
    assert caught.value.revert_msg == f"{name}: {', '.join(map(_text, values))}"


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(int(value)) if isinstance(value, int) else str(value).lower()
