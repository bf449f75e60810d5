"""A demo that was interrupted goes on where it stopped, and does nothing twice.

Everything in the story follows from its input, its seed and what the chain answers. So it is told
again from the beginning, and as far as the first telling came the chain answers as it did then:
what is read is of the block at which the story stood, and what was sent has been sent.
"""

from __future__ import annotations

from typing import Any

from web3 import Web3
from web3.providers import BaseProvider
from web3.types import RPCEndpoint, RPCResponse

from twinrights.demo.begun import Begun

__all__ = ["Retelling"]

NEWEST = ("latest", "pending")
CLOCKS = {"evm_setNextBlockTimestamp": 1, "evm_setTime": 1000}
"""What sets the time of the next block, and in which parts of a second: Anvil's, Ganache's."""


class Retelling(BaseProvider):
    """A node as the story meets it: first as it was told before, then as it is."""

    global_ccip_read_enabled = False

    def __init__(self, web3: Web3, begun: Begun) -> None:
        """Go on from what was begun; what a lie of the last scene changed is put back."""
        super().__init__()
        self._node: Any = web3.provider
        self._begun = begun
        self._clock: tuple[str, Any] | None = None
        self._told = 0
        self._block: int | None = begun.block
        """The block at which the story stands; None once it is told for the first time."""
        if begun.snapshot is not None:
            self._ask("evm_revert", [begun.snapshot])
            self._keep_snapshot(None)

    def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        """Answer as the node did when the story stood here, or let the node answer."""
        if method == "eth_sendRawTransaction":
            return self._send(method, params)
        if method in CLOCKS and self._block is not None:
            self._clock = (method, params)
            return _answer(True)
        if method == "evm_mine":
            return self._mine(method, params)
        if method in ("evm_snapshot", "evm_revert"):
            return self._lie(method, params)
        if self._block is None:
            return self._ask(method, params)
        if method == "eth_blockNumber":
            return _answer(hex(self._block))
        return self._ask(method, _at(self._block, params))

    def _send(self, method: str, params: Any) -> RPCResponse:
        sent = self._begun.sent
        if self._block is not None and self._told < len(sent):
            known = self._ask("eth_getTransactionByHash", [sent[self._told]]).get("result")
            if known:
                # One that was not mined yet is waited for, by whoever asks for its receipt.
                mined = known["blockNumber"]
                self._block = int(mined, 16) if mined else None
                self._told += 1
                return _answer(known["hash"])
        self._go_on()
        self._begun.sent = [*sent[: self._told], Web3.to_hex(Web3.keccak(hexstr=params[0]))]
        self._begun.save()
        self._told += 1
        return self._ask(method, params)

    def _mine(self, method: str, params: Any) -> RPCResponse:
        if self._block is not None and self._clock is not None:
            clock, (time, *_) = self._clock
            block = self._ask("eth_getBlockByNumber", [hex(self._block + 1), False]).get("result")
            is_told = (
                block
                and not block["transactions"]
                and int(block["timestamp"], 16) >= time // CLOCKS[clock]
            )
            if is_told:
                self._block, self._clock = self._block + 1, None
                return _answer("0x0")
        self._go_on()
        return self._ask(method, params)

    def _lie(self, method: str, params: Any) -> RPCResponse:
        self._go_on()
        response = self._ask(method, params)
        self._keep_snapshot(response.get("result") if method == "evm_snapshot" else None)
        return response

    def _keep_snapshot(self, snapshot: Any) -> None:
        self._begun.snapshot = snapshot
        self._begun.save()

    def _go_on(self) -> None:
        """Leave what was told before; a clock that was set for a block that never came is set."""
        self._block = None
        if self._clock is not None:
            clock, self._clock = self._clock, None
            self._ask(*clock)

    def _ask(self, method: str, params: Any) -> RPCResponse:
        response: RPCResponse = self._node.make_request(method, params)
        return response


def _answer(result: Any) -> RPCResponse:
    return {"jsonrpc": "2.0", "id": 1, "result": result}


def _at(block: int, params: Any) -> Any:
    """Return what is asked, the newest block in it replaced by one of then."""
    if isinstance(params, list | tuple):
        return [_at(block, value) for value in params]
    if isinstance(params, dict):
        return {name: _at(block, value) for name, value in params.items()}
    return hex(block) if params in NEWEST else params
