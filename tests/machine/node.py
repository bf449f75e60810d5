"""An Anvil of its own, over one connection that stays: a deed takes less than a millisecond."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from typing import Any

__all__ = ["CallRefused", "Node"]

START = 1_800_000_000
"""The first second of the chain, the same in every run."""
PLENTY = 29_000_000
PATIENCE = 60


class CallRefused(Exception):
    """A call was reverted, with these data."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data.hex())
        self.data = data


class Node:
    """Anvil, on which anyone can send and gas costs nothing."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        anvil = shutil.which("anvil")
        assert anvil, "anvil is not on PATH: run this by `make model`"
        options = (
            *("--port", str(port), "--hardfork", "shanghai", "--order", "fifo", "--silent"),
            *("--timestamp", str(START), "--gas-price", "0", "--block-base-fee-per-gas", "0"),
            *("--auto-impersonate", "--accounts", "1"),
        )
        self._process = subprocess.Popen([anvil, *options])
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._await()
        self.ask("anvil_setBlockTimestampInterval", 0)

    def stop(self) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait()

    def ask(self, method: str, *values: Any) -> Any:
        """Return the node's answer to one request."""
        answer = self._post(_request(0, method, values))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def mark(self) -> str:
        """Return a name for the chain as it is now, to which it can be put back once."""
        return self.ask("evm_snapshot")

    def undo(self, mark: str) -> None:
        """Put the chain back to a mark."""
        self.rest()
        assert self.ask("evm_revert", mark), "no such mark"

    def rest(self) -> None:
        """Wait until Anvil has cleared its pool of what it mined: it would do so after a change of
        the chain, too, and drop what the same sender sends then.
        """
        while self.ask("txpool_status")["pending"] != "0x0":
            pass

    def look(self, calls: Sequence[tuple[int, str]], now: int | None = None) -> list[bytes | None]:
        """Return what many views answer, in one request; None where one refuses."""
        when = ["latest", {}, {"time": hex(now)}] if now is not None else ["latest"]
        posted = ",".join(
            f'{{"jsonrpc":"2.0","id":{number},"method":"eth_call","params":'
            f'[{{"to":"{to:#042x}","data":"{data}"}},{json.dumps(when)[1:-1]}]}}'
            for number, (to, data) in enumerate(calls)
        )
        answers: list[bytes | None] = [None] * len(calls)
        for answer in self._post(f"[{posted}]"):
            if "result" in answer:
                answers[answer["id"]] = bytes.fromhex(answer["result"][2:])
        return answers

    def call(self, to: int, data: str, *, sender: int, now: int, gas: int = PLENTY) -> bytes:
        """Try a deed in this very second, without doing it.

        Raises:
            CallRefused: it would be reverted.
        """
        call = _call(to, data, sender, gas)
        answer = self._post(_request(0, "eth_call", [call, "latest", {}, {"time": hex(now)}]))
        if "error" in answer:
            raise CallRefused(_reverted(answer["error"]))
        return bytes.fromhex(answer["result"][2:])

    def send(
        self, to: int | None, data: str, *, sender: int, now: int, gas: int = PLENTY
    ) -> dict[str, Any]:
        """Do a deed in this very second; return its receipt, also of one that was reverted."""
        self.ask("evm_setNextBlockTimestamp", now)
        return self.ask("eth_sendTransactionSync", _call(to, data, sender, gas))

    def _post(self, body: str) -> Any:
        self._connection.request("POST", "/", body, {"Content-Type": "application/json"})
        return json.loads(self._connection.getresponse().read())

    def _await(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.connect()
                break
            except OSError:
                assert time.monotonic() < until, "anvil does not answer"
                time.sleep(0.05)
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _request(number: int, method: str, values: Sequence[Any]) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": list(values)})


def _call(to: int | None, data: str, sender: int, gas: int) -> dict[str, str]:
    call = {"from": f"{sender:#042x}", "data": data, "gas": hex(gas), "gasPrice": "0x0"}
    return call if to is None else call | {"to": f"{to:#042x}"}


def _reverted(error: dict[str, Any]) -> bytes:
    data = error.get("data")
    assert isinstance(data, str), f"not a revert: {error}"
    return bytes.fromhex(data[2:])
