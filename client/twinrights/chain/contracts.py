"""The deployed contracts, ready to be asked, to be sent to, and to have their events read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eth_utils.abi import event_abi_to_log_topic
from eth_utils.address import is_address
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import Web3RPCError
from web3.types import BlockIdentifier, EventData, LogReceipt, TxReceipt

from twinrights.artifacts import load
from twinrights.chain.deployment import Deployment
from twinrights.chain.refusals import explained
from twinrights.chain.send import Deed, send
from twinrights.errors import BadValue
from twinrights.wallets import Wallet

__all__ = ["Contracts"]

_TOO_MUCH = re.compile(r"range|limit|too many|too large|exceed|more than", re.IGNORECASE)
"""How nodes say that they will not answer for so many blocks at once."""

ERC20: Sequence[Mapping[str, Any]] = tuple(
    entry for entry in load("TestDollar").abi if entry["type"] == "function"
)
"""What is asked of a currency. Any ERC-20 answers; `mint` only the local one."""


class Contracts:
    """The contracts of one deployment, and the node through which they are reached."""

    def __init__(self, web3: Web3, deployment: Deployment) -> None:
        self.web3 = web3
        self.deployment = deployment
        self.chain_id = deployment.chain_id
        self.twins = self._at("DigitalTwin", deployment.twins)
        self.licenses = self._at("TwinLicense", deployment.licenses)

    def currency(self, address: str) -> Contract:
        """Return the ERC-20 at an address."""
        return self.web3.eth.contract(address=Web3.to_checksum_address(address), abi=list(ERC20))

    def now(self) -> int:
        """Return the time of the newest block, in UNIX seconds."""
        return int(self.web3.eth.get_block("latest")["timestamp"])

    def next_time(self) -> int:
        """Return the time that the next block would have, in UNIX seconds."""
        return int(self.web3.eth.get_block("pending")["timestamp"])

    def time_of(self, block: int) -> int:
        """Return the time of a block, in UNIX seconds."""
        return int(self.web3.eth.get_block(block)["timestamp"])

    def ask(
        self,
        contract: Contract,
        name: str,
        *values: Any,
        block: BlockIdentifier = "latest",
        sender: str | None = None,
    ) -> Any:
        """Return what a view answers at a block.

        Raises:
            Refused: it answers with one of the contracts' errors.
        """
        function = contract.get_function_by_name(name)(*_addressed(values))
        call = {"from": Web3.to_checksum_address(sender)} if sender else {}
        return explained(lambda: function.call(call, block_identifier=block))

    def deed(self, contract: Contract, name: str, *values: Any) -> Deed:
        """Return a call of a contract, to be sent."""
        data = contract.encode_abi(name, _addressed(values))
        return Deed(str(contract.address), bytes.fromhex(data[2:]))

    def send(self, deed: Deed, payer: Wallet) -> TxReceipt:
        """Return the receipt of a deed that succeeded; see `twinrights.chain.send`."""
        return send(self.web3, deed, payer)

    def happened(self, receipt: TxReceipt, contract: Contract, name: str) -> list[EventData]:
        """Return the events of that name in a receipt, matched by address and topic."""
        event = contract.events[name]()
        topic = event_abi_to_log_topic(event.abi)
        return [
            event.process_log(log)
            for log in receipt["logs"]
            if log["address"] == contract.address and topic in log["topics"][:1]
        ]

    def events(
        self,
        contract: Contract,
        name: str,
        *topics: int | str | Sequence[int] | None,
        since: int | None = None,
        until: BlockIdentifier = "latest",
    ) -> list[EventData]:
        """Return the events of that name in order, since the deployment or a block, up to a block.

        `topics` are the indexed values that must match, in order: one, any of several, or None.
        """
        event = contract.events[name]()
        wanted = [Web3.to_hex(event_abi_to_log_topic(event.abi)), *map(_as_topic, topics)]
        last = self.web3.eth.get_block(until)["number"]
        first = self.deployment.block if since is None else since
        found = self._logs(str(contract.address), wanted, first, last)
        return [event.process_log(log) for log in found]

    def _logs(self, address: str, topics: list[Any], first: int, last: int) -> Iterator[LogReceipt]:
        if first > last:
            return
        try:
            yield from self.web3.eth.get_logs(
                {
                    "address": Web3.to_checksum_address(address),
                    "topics": topics,
                    "fromBlock": first,
                    "toBlock": last,
                }
            )
        except Web3RPCError as error:
            if first == last or not _TOO_MUCH.search(str(error)):
                raise
            middle = (first + last) // 2
            yield from self._logs(address, topics, first, middle)
            yield from self._logs(address, topics, middle + 1, last)

    def _at(self, name: str, address: str) -> Contract:
        abi = list(load(name).abi)
        return self.web3.eth.contract(address=Web3.to_checksum_address(address), abi=abi)


def _addressed(values: Any) -> Any:
    """Return values with every address in the spelling that web3 takes; all text is an address."""
    if isinstance(values, str):
        if not is_address(values):
            raise BadValue("address", f"{values!r} is not one")
        return Web3.to_checksum_address(values)
    if isinstance(values, tuple | list):
        return [_addressed(value) for value in values]
    return values


def _as_topic(value: int | str | Sequence[int] | None) -> Any:
    if value is None:
        return None
    if isinstance(value, int):
        return f"0x{value:064x}"
    if isinstance(value, str):
        return "0x" + value.removeprefix("0x").lower().rjust(64, "0")
    return [_as_topic(one) for one in value]
