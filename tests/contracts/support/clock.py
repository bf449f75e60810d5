"""Seconds of the chain: which one the next block has."""

from __future__ import annotations

from typing import Any

from brownie import chain, web3

__all__ = ["is_anvil", "next_second", "now", "rest", "stand_still", "wait_until"]

PLENTY = 20_000_000
LATE = 30
"""Seconds by which Ganache may be late on a slow machine."""


def now() -> int:
    """The second of the newest block."""
    return chain[-1].timestamp


def is_anvil() -> bool:
    return "anvil" in web3.client_version.lower()


def stand_still() -> None:
    """Let every block have the second of the one before, until a test says otherwise.

    Ganache knows no such order: its stories read the seconds of their blocks.
    """
    if is_anvil():
        _request("anvil_setBlockTimestampInterval", 0)


def rest() -> None:
    """Wait until Anvil has cleared its pool of what it mined: it would do so after a change of the
    chain, too, and drop what the same sender sends then.
    """
    while is_anvil() and _request("txpool_status")["pending"] != "0x0":
        pass


def next_second(second: int | None) -> dict[str, int]:
    """Let the next block have this very second; None leaves it to the node.

    Returns what the sender of a deed must add: gas of its own. Without it the node would estimate
    the deed in the second of the newest block, and refuse it there for another reason, or for one
    that holds no longer.

    Ganache has no such order: there its clock is set, and a slow machine may be a second late.
    """
    if second is None:
        return {}
    assert second >= now(), f"{second} is past"
    if is_anvil():
        _request("evm_setNextBlockTimestamp", second)
    else:
        _request("evm_setTime", second * 1000)
    return {"gas_limit": PLENTY}


def wait_until(second: int) -> None:
    """Mine a block of this very second, so that views see it; on Ganache, of it or just after."""
    next_second(second)
    _request("evm_mine")
    assert second <= now() <= second + (0 if is_anvil() else LATE)


def _request(method: str, *values: Any) -> Any:
    answer = web3.provider.make_request(method, list(values))
    assert "error" not in answer, answer["error"]
    return answer["result"]
