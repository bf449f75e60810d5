"""What a node says happened: every log of the contracts, decoded, in its order, with its time.

Logs are matched by address and topic and decoded by the packaged ABI. Of currencies only the
transfers to and from the license contract are read. No view is called here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import requests
from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from web3 import Web3
from web3.exceptions import Web3RPCError

from twinrights.artifacts import load
from twinrights.audit.headers import Header
from twinrights.errors import NodeUnreachable

__all__ = ["CURRENCY", "LICENSES", "TWINS", "UNKNOWN", "Event", "Progress", "logs", "transfers"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how far it is, and of how much."""

TWINS = "DigitalTwin"
LICENSES = "TwinLicense"
CURRENCY = "currency"

UNKNOWN = "?"
"""The name of a log that the packaged ABI does not know, or cannot read."""

WIDEST = 20_000
"""Blocks that are asked for at once, unless the node objects."""

TRANSFER = (
    {"indexed": True, "name": "from", "type": "address"},
    {"indexed": True, "name": "to", "type": "address"},
    {"indexed": False, "name": "amount", "type": "uint256"},
)


@dataclass(frozen=True, slots=True)
class Event:
    """One log; they sort as they happened.

    `contract` is TWINS, LICENSES or CURRENCY, `values` its arguments by the names of the ABI,
    `time` that of its block.
    """

    block: int
    place: int
    index: int
    contract: str
    address: str
    name: str
    transaction: str
    time: int
    values: Mapping[str, Any] = field(compare=False)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def __lt__(self, other: Event) -> bool:
        return (self.block, self.place, self.index) < (other.block, other.place, other.index)


def logs(
    web3: Web3,
    *,
    twins: str,
    licenses: str,
    headers: Sequence[Header],
    progress: Progress | None = None,
) -> list[Event]:
    """Return every event of both contracts within the blocks of the headers, in order."""
    names = {twins.lower(): TWINS, licenses.lower(): LICENSES}
    wanted = {"address": [to_checksum_address(twins), to_checksum_address(licenses)]}
    times = {header.number: header.time for header in headers}
    read = _in_ranges(web3, wanted, headers, progress, "reading events")
    return sorted(
        _event(log, names[log["address"].lower()], times[log["blockNumber"]]) for log in read
    )


def transfers(
    web3: Web3,
    *,
    currencies: Sequence[str],
    licenses: str,
    headers: Sequence[Header],
    progress: Progress | None = None,
) -> list[Event]:
    """Return every transfer of the currencies to and from the license contract, in order."""
    if not currencies:
        return []
    topic = "0x" + _shapes(CURRENCY)[0].topic.hex()
    account = "0x" + licenses.removeprefix("0x").lower().rjust(64, "0")
    times = {header.number: header.time for header in headers}
    asked: dict[str, list[str | None]] = {
        "reading transfers in": [topic, None, account],
        "reading transfers out": [topic, account],
    }
    if hasattr(web3.provider, "ethereum_tester"):
        # It goes through all blocks for each question, and holds few transfers of anybody else.
        asked = {"reading transfers": [topic]}
    found: dict[tuple[int, int, int], Event] = {}
    for what, topics in asked.items():
        wanted = {"address": list(currencies), "topics": topics}
        for log in _in_ranges(web3, wanted, headers, progress, what):
            if account in ("0x" + bytes(each).hex() for each in log["topics"][1:3]):
                event = _event(log, CURRENCY, times[log["blockNumber"]])
                found[event.block, event.place, event.index] = event
    return sorted(found.values())


def _in_ranges(
    web3: Web3,
    wanted: Mapping[str, Any],
    headers: Sequence[Header],
    progress: Progress | None,
    what: str,
) -> Iterator[Any]:
    """Yield the logs that a filter wants: in ranges that halve when the node objects."""
    if not headers:
        return
    first, last, span = headers[0].number, headers[-1].number, WIDEST
    at = first
    while at <= last:
        until = min(at + span - 1, last)
        try:
            found = web3.eth.get_logs({**wanted, "fromBlock": at, "toBlock": until})  # type: ignore[typeddict-item]
        except (Web3RPCError, NodeUnreachable) as error:
            if at == until or not _is_too_much(error):
                raise
            span = (until - at + 1) // 2
            continue
        yield from found
        if progress:
            progress(what, until - first + 1, last - first + 1)
        at, span = until + 1, min(span * 2, WIDEST)


def _is_too_much(error: Exception) -> bool:
    """Return whether a node objected to a range, or took too long over it: then half may do."""
    return isinstance(error, Web3RPCError) or isinstance(error.__cause__, requests.Timeout)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One event of an ABI: how its topics and its data are read."""

    name: str
    topic: bytes
    indexed: tuple[Mapping[str, Any], ...]
    plain: tuple[Mapping[str, Any], ...]


@cache
def _shapes(contract: str) -> tuple[_Shape, ...]:
    if contract == CURRENCY:
        return (_shape("Transfer", TRANSFER),)
    return tuple(
        _shape(entry["name"], entry["inputs"])
        for entry in load(contract).abi
        if entry["type"] == "event"
    )


def _shape(name: str, inputs: Sequence[Mapping[str, Any]]) -> _Shape:
    return _Shape(
        name=name,
        topic=keccak(text=f"{name}({','.join(_type(each) for each in inputs)})"),
        indexed=tuple(each for each in inputs if each["indexed"]),
        plain=tuple(each for each in inputs if not each["indexed"]),
    )


def _event(log: Mapping[str, Any], contract: str, time: int) -> Event:
    name, values = _decoded(log, contract)
    return Event(
        block=log["blockNumber"],
        place=log["transactionIndex"],
        index=log["logIndex"],
        contract=contract,
        address=to_checksum_address(log["address"]),
        name=name,
        transaction="0x" + bytes(log["transactionHash"]).hex(),
        time=time,
        values=values,
    )


def _decoded(log: Mapping[str, Any], contract: str) -> tuple[str, Mapping[str, Any]]:
    topics = [bytes(topic) for topic in log["topics"]]
    for shape in _shapes(contract):
        if topics[:1] == [shape.topic] and len(topics) == 1 + len(shape.indexed):
            try:
                return shape.name, _values(shape, topics[1:], bytes(log["data"]))
            except DecodingError:
                break
    return UNKNOWN, {}


def _values(shape: _Shape, topics: Sequence[bytes], data: bytes) -> dict[str, Any]:
    found = {
        each["name"]: _named(each, decode([_type(each)], topic)[0])
        for each, topic in zip(shape.indexed, topics, strict=True)
    }
    plain = decode([_type(each) for each in shape.plain], data)
    for each, value in zip(shape.plain, plain, strict=True):
        found[each["name"]] = _named(each, value)
    return found


def _named(shape: Mapping[str, Any], value: Any) -> Any:
    """Return a decoded value: addresses with checksum, structs with the names of their fields."""
    type_ = shape["type"]
    if type_.endswith("[]"):
        return [_named({**shape, "type": type_[:-2]}, each) for each in value]
    if type_ == "tuple":
        parts = zip(shape["components"], value, strict=True)
        return {part["name"]: _named(part, each) for part, each in parts}
    return to_checksum_address(value) if type_ == "address" else value


def _type(shape: Mapping[str, Any]) -> str:
    """Return the type of an ABI entry as signatures write it."""
    type_: str = shape["type"]
    if not type_.startswith("tuple"):
        return type_
    return f"({','.join(_type(part) for part in shape['components'])}){type_[5:]}"
