"""The pool of a node as an attacker sees it: what waits there can be read, and got ahead of."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from twinrights.chain.connect import connect
from twinrights.chain.send import Deed
from twinrights.wallets import Wallet

__all__ = ["Pool"]

PATIENCE = 30
MUCH = 10**12
"""Wei for each gas: more than the client ever offers, so it goes first."""


class Pool:
    """A connection of the attacker's own, by which it also says when a block is made."""

    def __init__(self, url: str) -> None:
        self.web3 = connect(url)
        self._threads = ThreadPoolExecutor()

    def close(self) -> None:
        """Make no block until it is asked for."""
        self.ask("evm_setAutomine", False)

    def open(self) -> None:
        """Make a block for each transaction again."""
        self.ask("evm_setAutomine", True)
        self.mine()

    def mine(self) -> None:
        self.ask("evm_mine")

    def ask(self, method: str, *values: Any) -> Any:
        return self.web3.manager.request_blocking(method, list(values))

    def begin(self, deed: Callable[[], Any]) -> Future[Any]:
        """Let a victim's deed begin, and wait until its transaction is in the pool."""
        had = len(self.waiting())
        future = self._threads.submit(deed)
        until = time.monotonic() + PATIENCE
        while len(self.waiting()) == had and not future.done():
            assert time.monotonic() < until, "nothing was sent"
            time.sleep(0.02)
        return future

    def waiting(self) -> list[Any]:
        """Return the transactions that wait."""
        content = self.ask("txpool_content")["pending"]
        return [each for of_one in content.values() for each in of_one.values()]

    def get_ahead(self, deed: Deed, wallet: Wallet) -> str:
        """Send a deed that is mined before all that waits; return its hash."""
        transaction = {
            "to": deed.to,
            "data": deed.data,
            "chainId": self.web3.eth.chain_id,
            "gas": 3_000_000,
            "maxFeePerGas": 2 * MUCH,
            "maxPriorityFeePerGas": MUCH,
            "nonce": self.web3.eth.get_transaction_count(wallet.address, "pending"),
            "value": 0,
        }
        sent = self.web3.eth.send_raw_transaction(wallet.sign_transaction(transaction))
        return self.web3.to_hex(sent)

    def succeeded(self, sent: str) -> bool:
        return bool(self.web3.eth.get_transaction_receipt(sent)["status"])
