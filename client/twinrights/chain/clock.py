"""The chain's clock: read anywhere, moved only on local test chains whose node allows it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from web3 import Web3
from web3.types import RPCEndpoint

from twinrights.asks import seconds
from twinrights.chain.connect import is_embedded
from twinrights.errors import BadDate, ClockFixed
from twinrights.wallets import LOCAL_CHAINS

__all__ = ["Clock"]


class Clock:
    """The time that a chain's blocks carry."""

    def __init__(self, web3: Web3) -> None:
        self._web3 = web3
        self._kind = _kind(web3)

    @property
    def is_movable(self) -> bool:
        """Whether time can be made to pass here."""
        return self._kind is not None

    def now(self) -> int:
        """Return the time of the newest block, in UNIX seconds."""
        return int(self._web3.eth.get_block("latest")["timestamp"])

    def today(self) -> datetime:
        """Return the time of the newest block, in UTC."""
        return datetime.fromtimestamp(self.now(), timezone.utc)

    def advance(self, span: timedelta | int) -> int:
        """Let time pass (a span, or seconds) and mine a block; return its time.

        Raises:
            ClockFixed: this chain's clock cannot be moved.
        """
        passing = int(span.total_seconds()) if isinstance(span, timedelta) else span
        return self.move_to(self.now() + passing)

    def move_to(self, time: datetime | int) -> int:
        """Mine a block at that time, or at the first that the node allows then; return its time.

        Raises:
            ClockFixed: this chain's clock cannot be moved.
            BadDate: that time has passed, or does not say its time zone.
        """
        target = seconds(time)
        if self._kind is None:
            raise ClockFixed(self._web3.eth.chain_id)
        if target <= (now := self.now()):
            raise BadDate(str(target), f"the chain is at {now} already")
        self._move(target)
        return self.now()

    def _move(self, target: int) -> None:
        if self._kind == "py-evm":
            provider: Any = self._web3.provider
            tester = provider.ethereum_tester
            if tester.get_block_by_number("pending")["timestamp"] > target:
                # The next block would be later anyway: it carries the time of day.
                tester.mine_block()
            else:
                # It mines a block of the second before, for the next one to have the time asked.
                tester.time_travel(target + 1)
        elif self._kind == "anvil":
            self._ask("evm_setNextBlockTimestamp", target)
            self._ask("evm_mine")
        else:
            # Ganache counts in milliseconds and keeps its clock running from there.
            self._ask("evm_setTime", target * 1000)
            self._ask("evm_mine")

    def _ask(self, method: str, *values: Any) -> None:
        self._web3.manager.request_blocking(RPCEndpoint(method), list(values))


def _kind(web3: Web3) -> str | None:
    """Return what moves the clock of this chain; None for a chain that is not local."""
    if web3.eth.chain_id not in LOCAL_CHAINS:
        return None
    if is_embedded(web3):
        return "py-evm"
    client = web3.client_version.lower()
    return next((kind for kind in ("anvil", "ganache") if kind in client), None)
