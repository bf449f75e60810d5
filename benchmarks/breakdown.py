"""What one transaction of ours spends its gas on, slot by slot, from the node's own trace.

Slots are named by the compiler's storage layout and by what the contract hashes to find them; a
slot without a reason in `SLOTS` is an error, so the page that is written from it explains them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import solcx
from eth_utils.abi import event_abi_to_log_topic
from eth_utils.crypto import keccak
from web3 import Web3
from web3.types import RPCEndpoint

from benchmarks.floors import COLD_CALL, WARM, Part
from scripts.compile import CONTRACTS, ROOT, SETTINGS, SOLC
from twinrights import TwinRights
from twinrights.artifacts import load

__all__ = ["EVENTS", "SLOTS", "breakdown"]

SLOTS: Mapping[str, str] = {
    "DigitalTwin, token": "the twin's own: owner, policy, marks",
    "DigitalTwin, balance": "how many twins a wallet has (ERC-721)",
    "DigitalTwin, _counters": "epoch, nonce, least serial, a later guardian",
    "DigitalTwin, _moves": "the pending move",
    "TwinLicense, token": "the license's own: licensee, start, end, marks",
    "TwinLicense, balance": "how many licenses a wallet has (ERC-721)",
    "TwinLicense, _live": "deposited, paid through, images left, batches, uses, market set",
    "TwinLicense, _collected": "what was paid out of it",
    "TwinLicense, _head": "the hash that closes its history",
    "TwinLicense, _marketsIn": "the markets of a set",
    "TwinLicense, _setOf": "the set of these markets, used before",
    "TwinLicense, _books": "the conflict book: hash of the grants, exclusive licenses",
    "TwinLicense, _payable": "what is kept for an account",
    "TwinLicense, isReporter": "whether somebody else may record",
    "TwinLicense, isRevoked": "whether the owner took back what she signed",
    "TestDollar, balance": "a balance of the currency",
    "TestDollar, allowance": "the standing allowance",
}
"""What each slot that is touched is for."""

EVENTS: Mapping[str, str] = {
    "Transfer": "by which any wallet sees who holds what",
    "Locked": "by which any wallet sees that it cannot be sold (ERC-5192)",
    "TwinMinted": "the consent, which nothing else keeps",
    "MoveProposed": "to whom, when, by whom: the owner's warning",
    "MoveDropped": "the warning is over",
    "TwinMoved": "the epoch that voids older signatures",
    "LicenseGranted": "the terms whole, which nothing else keeps",
    "UsageRecorded": "the batch whole, which its head only closes",
    "ToppedUp": "who paid, and the total",
    "PaidOut": "the total, from which every part follows",
    "Settled": "what was earned, and the refund",
    "Withdrawn": "what was kept, and to whom it went",
    "NoticeGiven": "the new end",
    "LapseEnded": "the new end, and why",
    "Surrendered": "the new end, and why",
    "Declined": "that it never began",
}
"""What each event is for: from events alone everything is rebuilt."""

ECRECOVER = 3_000
PRECOMPILES = 10
ZERO_BYTE, OTHER_BYTE = 4, 16


@dataclass
class Walk:
    """Where a trace is: which contract runs at each depth, and what was hashed so far."""

    names: Mapping[str, str]
    running: list[str]
    hashes: dict[int, bytes] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    spent: Counter[str] = field(default_factory=Counter)

    def slot(self, place: int) -> str:
        """Return what a slot is for."""
        name = f"{self.running[-1]}, {self._variable(place)}"
        return f"{name.split(',')[0]}: {SLOTS[name]}"

    def _variable(self, place: int) -> str:
        for distance in range(16):
            if (found := self.hashes.get(place - distance)) is not None:
                return self._by_hash(found)
        # Solady counts a token's slot on from a hash, by twice its number.
        return "token"

    def _by_hash(self, hashed: bytes) -> str:
        if len(hashed) != 64:
            return {28: "balance", 32: "balance", 52: "allowance"}[len(hashed)]
        base = int.from_bytes(hashed[32:], "big")
        if base in self.hashes:
            return self._by_hash(self.hashes[base])
        return _layout(self.running[-1])[base]


def breakdown(chain: TwinRights, transaction: bytes) -> tuple[Part, ...]:
    """Return the parts of a transaction's gas, which sum to it; a node's trace must be on."""
    sent = chain.web3.eth.get_transaction(transaction)
    receipt = chain.web3.eth.get_transaction_receipt(transaction)
    tracer = {"enableMemory": True, "disableStorage": True}
    trace = chain.web3.manager.request_blocking(
        RPCEndpoint("debug_traceTransaction"), [Web3.to_hex(transaction), tracer]
    )
    names = {
        chain.deployment.twins: "DigitalTwin",
        chain.deployment.licenses: "TwinLicense",
        chain.deployment.metadata: "TokenMetadata",
        str(chain.currency("TUSD").address): "TestDollar",
    }
    walk = Walk({address.lower(): name for address, name in names.items()}, [])
    walk.running.append(walk.names[str(sent["to"]).lower()])
    data = bytes(sent["input"])
    walk.spent["the transaction"] = 21_000
    walk.spent[f"{len(data):,} bytes of calldata"] = sum(
        OTHER_BYTE if byte else ZERO_BYTE for byte in data
    )
    back = 0
    for step in trace["structLogs"]:
        del walk.running[step["depth"] :]
        _walked(walk, step)
        back = int(step.get("refund") or 0)
    if back:
        # EIP-3529 gives back at most a fifth, which no deed of ours comes near.
        walk.spent["given back for cleared slots"] = -back
    used = int(receipt["gasUsed"])
    walk.spent["its own instructions, memory and hashes"] = used - sum(walk.spent.values())
    return tuple(Part(what, gas) for what, gas in walk.spent.items())


def _walked(walk: Walk, step: Mapping[str, Any]) -> None:
    op, stack = step["op"], [int(word, 16) for word in step["stack"]]
    if op in ("KECCAK256", "SHA3"):
        memory = bytes.fromhex("".join(word.removeprefix("0x") for word in step["memory"]))
        hashed = memory[stack[-1] : stack[-1] + stack[-2]].ljust(stack[-2], b"\0")
        walk.hashes[int.from_bytes(keccak(hashed), "big")] = hashed
    elif op == "SLOAD":
        walk.spent[f"read, {walk.slot(stack[-1])}"] += step["gasCost"]
    elif op == "SSTORE":
        walk.spent[f"written, {walk.slot(stack[-1])}"] += step["gasCost"]
    elif op.startswith("LOG"):
        topic = stack[-3]
        event = _event(walk.running[-1], topic)
        walk.spent[f"log, {walk.running[-1]}: {event}, {EVENTS[event]}"] += step["gasCost"]
    elif op in ("CALL", "STATICCALL"):
        _called(walk, stack[-2])
    elif op == "EXTCODESIZE":
        walk.spent["whether there is code at the currency"] += step["gasCost"]


def _called(walk: Walk, to: int) -> None:
    if to <= PRECOMPILES:
        walk.spent["a signature: ecrecover"] += ECRECOVER + WARM
        return
    address = f"0x{to:040x}"
    name = walk.names[address]
    is_known = address in walk.called or name == walk.running[0]
    walk.called.add(address)
    walk.spent[f"calls of {name}"] += WARM if is_known else COLD_CALL
    walk.running.append(name)


@cache
def _layout(name: str) -> Mapping[int, str]:
    """Return which variable each slot of a contract begins."""
    source = CONTRACTS[name]
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": {**SETTINGS, "outputSelection": {"*": {name: ["storageLayout"]}}},
            "sources": {source: {"content": (ROOT / source).read_text(encoding="utf-8")}},
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    layout = output["contracts"][source][name]["storageLayout"]["storage"]
    return {int(entry["slot"]): entry["label"] for entry in layout}


@cache
def _event(name: str, topic: int) -> str:
    """Return the name of an event of a contract."""
    for entry in load(name).abi:
        if entry["type"] == "event":
            found: Any = entry
            if int.from_bytes(event_abi_to_log_topic(found), "big") == topic:
                return str(entry["name"])
    raise LookupError(f"{name} has no event of topic {topic:#x}")
