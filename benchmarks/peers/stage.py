"""The node on which peers are measured: puts up what npm ships, and counts what a call spends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak
from web3 import Web3
from web3.contract import Contract
from web3.types import RPCEndpoint

from benchmarks.gas import FEE
from scripts.compile import artifact_of
from twinrights import TwinRights
from twinrights.chain.connect import connect
from twinrights.errors import NodeUnreachable
from twinrights.wallets import DEVELOPMENT_MNEMONIC, dev_wallet

__all__ = [
    "FEE",
    "HARDFORK",
    "PACKAGES",
    "Compared",
    "Peers",
    "Spent",
    "fresh_chain",
    "linked_library",
    "names_linked",
    "of_npm",
    "of_ours",
]

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = Path(__file__).with_name("node_modules")

HARDFORK = "prague"
"""Of the node: Superfluid asks for Cancun or later. Ours is bytecode for Shanghai all the same."""

CHAIN_ID = 131277322940537
"""That of the chain in this process: so every signature, and its gas, is the one that is kept."""

START_SECONDS = 30

GAS = 29_000_000
"""What a transaction may use here: nearly a block."""

STANDING = 2**256 - 1


@dataclass(frozen=True)
class Spent:
    """What transactions spent, and what they left behind."""

    gas: int
    transactions: int
    slots_new: int
    slots_changed: int
    logs: int

    def __add__(self, other: Spent) -> Spent:
        """Return what both spent together."""
        return Spent(
            self.gas + other.gas,
            self.transactions + other.transactions,
            self.slots_new + other.slots_new,
            self.slots_changed + other.slots_changed,
            self.logs + other.logs,
        )


@dataclass(frozen=True)
class Compared:
    """What a peer spends on an operation of ours; `note` says what it does instead.

    `is_peer` is false for what leaves out a main part of it: shown, and never the best.
    """

    operation: str
    peer: str
    note: str
    spent: Spent
    is_peer: bool = True


@contextmanager
def fresh_chain(hardfork: str = HARDFORK, *, traced: bool = True) -> Iterator[TwinRights]:
    """Give an Anvil with our contracts on it and nothing else; its blocks are a second apart.

    `traced` keeps every step of every transaction, for `benchmarks.breakdown`.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["anvil", "--port", str(port), "--chain-id", str(CHAIN_ID), "--hardfork", hardfork]
    command += ["--mnemonic", DEVELOPMENT_MNEMONIC, "--accounts", "20"]
    command += ["--quiet", *(["--steps-tracing"] if traced else [])]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        web3 = _answering(f"http://127.0.0.1:{port}", process)
        web3.manager.request_blocking(RPCEndpoint("anvil_setBlockTimestampInterval"), [1])
        yield TwinRights.deploy(web3, payer=dev_wallet(0))
    finally:
        # npm's Anvil is a script beside the program that it started.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _answering(url: str, process: subprocess.Popen[bytes]) -> Web3:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return connect(url)
        except NodeUnreachable:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class Peers:
    """The node on which ours were measured before, and the people of our bench."""

    def __init__(self, chain: TwinRights) -> None:
        self.chain = chain
        self.web3 = chain.web3
        self.anyone = dev_wallet(0).address
        self.model = dev_wallet("a model").address
        self.brand, self.rival = (dev_wallet(name).address for name in ("hm", "rival"))
        self.crew = tuple(
            dev_wallet(name).address for name in ("agency", "photographer", "stylist")
        )
        self.ask("anvil_autoImpersonateAccount", True)
        for account in (self.model, *self.crew):
            self.ask("anvil_setBalance", account, hex(10**21))
        self.currency = self.web3.eth.contract(
            address=Web3.to_checksum_address(chain.currency("TUSD").address),
            abi=[*_compiled("TestDollar", "contracts/mocks/TestDollar.sol")["abi"]],
        )
        self.payees = (*self.crew, self.model)

    def ask(self, method: str, *values: Any) -> Any:
        """Return what the node answers."""
        return self.web3.manager.request_blocking(RPCEndpoint(method), list(values))

    def advance(self, seconds: int) -> None:
        """Let time pass."""
        self.chain.clock.advance(seconds)

    def allow(self, spender: Contract) -> None:
        """Let a peer take what both brands have, for good."""
        for brand in (self.brand, self.rival):
            self.send(self.currency.functions.approve(spender.address, STANDING), brand)

    def give(self, account: str, amount: int) -> Spent:
        """Let a brand pay somebody by a plain transfer."""
        return self.send(self.currency.functions.transfer(account, amount), self.brand)

    def send(self, call: Any, payer: str | None = None) -> Spent:
        """Return what a call of a contract spends; it must succeed."""
        data = call._encode_transaction_data()
        receipt = self._mined({"from": payer or self.anyone, "to": call.address, "data": data})
        return self.spent(receipt["transactionHash"])

    def deploy(
        self, artifact: Mapping[str, Any], *values: Any, links: Mapping[str, str] | None = None
    ) -> Contract:
        """Put up a compiled contract, linked to libraries that are there."""
        code = _linked(artifact, links or {})
        contract = self.web3.eth.contract(abi=artifact["abi"], bytecode=code)
        data = contract.constructor(*values).data_in_transaction
        receipt = self._mined({"from": self.anyone, "data": data})
        return self.web3.eth.contract(address=receipt["contractAddress"], abi=artifact["abi"])

    def at(self, address: str, artifact: Mapping[str, Any]) -> Contract:
        """Return a contract that is there already."""
        return self.web3.eth.contract(
            address=Web3.to_checksum_address(address), abi=artifact["abi"]
        )

    def place(self, name: str, code: str) -> str:
        """Lay code down as it is, at an address that its name gives; return the address.

        A library has no constructor; and some that only deploy are larger than EIP-170 lets in.
        """
        address = Web3.to_checksum_address(keccak(text=name)[:20])
        self.ask("anvil_setCode", address, code)
        return address

    def spent(self, transaction: bytes) -> Spent:
        """Return what a transaction spent, and the slots that are other than before."""
        receipt = self.web3.eth.get_transaction_receipt(transaction)
        tracer = {"tracer": "prestateTracer", "tracerConfig": {"diffMode": True}}
        found = self.ask("debug_traceTransaction", Web3.to_hex(transaction), tracer)
        new = changed = 0
        for address, after in found["post"].items():
            before = found["pre"].get(address, {}).get("storage") or {}
            for slot, value in (after.get("storage") or {}).items():
                is_new = not int(str(before.get(slot, "0x0")), 16) and int(str(value), 16)
                new, changed = new + bool(is_new), changed + (not is_new)
        for address, before in found["pre"].items():
            # A slot that was cleared is in the state before alone.
            after = found["post"].get(address, {}).get("storage") or {}
            changed += sum(slot not in after for slot in before.get("storage") or {})
        return Spent(int(receipt["gasUsed"]), 1, new, changed, len(receipt["logs"]))

    def _mined(self, transaction: Mapping[str, Any]) -> Any:
        sent = self.ask("eth_sendTransaction", {**transaction, "gas": hex(GAS)})
        receipt = self.web3.eth.wait_for_transaction_receipt(sent)
        if receipt["status"] != 1:
            self.ask("eth_call", {**transaction, "gas": hex(GAS)}, "latest")
            raise RuntimeError(f"a peer refused: {transaction}")
        return receipt


@cache
def of_npm(path: str) -> Mapping[str, Any]:
    """Return an artifact that a peer's package ships, in one shape for all compilers' tools."""
    found = json.loads((PACKAGES / path).read_text(encoding="utf-8"))
    if isinstance(found["bytecode"], str):
        return {
            "abi": found["abi"],
            "bytecode": found["bytecode"],
            "links": found.get("linkReferences") or {},
            "deployed": found.get("deployedBytecode", ""),
            "deployed_links": found.get("deployedLinkReferences") or {},
        }
    made, there = found["bytecode"], found["deployedBytecode"]
    return {
        "abi": found["abi"],
        "bytecode": made["object"],
        "links": made["linkReferences"],
        "deployed": there["object"],
        "deployed_links": there["linkReferences"],
    }


def of_ours(name: str) -> Mapping[str, Any]:
    """Return a contract that stands beside this file, compiled as ours are."""
    return _compiled(name, f"benchmarks/peers/contracts/{name}.sol")


def linked_library(artifact: Mapping[str, Any], links: Mapping[str, str]) -> str:
    """Return the code of a library as it would lie on chain."""
    return _filled(artifact["deployed"], artifact["deployed_links"], links)


def names_linked(artifact: Mapping[str, Any]) -> Sequence[str]:
    """Return the names of the libraries that an artifact calls."""
    files = (*artifact["links"].values(), *artifact["deployed_links"].values())
    return sorted({name for file in files for name in file})


@cache
def _compiled(name: str, source: str) -> Mapping[str, Any]:
    return {**artifact_of(name, source), "links": {}}


def _linked(artifact: Mapping[str, Any], links: Mapping[str, str]) -> str:
    return _filled(artifact["bytecode"], artifact["links"], links)


def _filled(code: str, places: Mapping[str, Any], links: Mapping[str, str]) -> str:
    digits = code.removeprefix("0x")
    for file in places.values():
        for name, uses in file.items():
            for use in uses:
                start, end = 2 * use["start"], 2 * (use["start"] + use["length"])
                digits = digits[:start] + links[name][2:].lower() + digits[end:]
    return "0x" + digits
