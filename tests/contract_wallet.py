"""A wallet that is a contract, as a Safe is: its key signs for it, and sends calls through it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import solcx
from web3 import Web3

from scripts.compile import ROOT, SETTINGS, SOLC
from twinrights.chain.send import Deed, send
from twinrights.errors import SendElsewhere
from twinrights.wallets import Wallet

SOURCE = "contracts/mocks/ContractWallet.sol"


@dataclass(frozen=True)
class ContractWallet:
    """The contract on a chain, and the wallet whose key opens it."""

    web3: Web3
    address: str
    key: Wallet

    @property
    def account(self) -> Wallet:
        """The contract's account as the client knows it: without a key."""
        return Wallet.elsewhere(self.address)

    def send(self, to: str, data: bytes) -> None:
        """Call another contract through this one."""
        wallet: Any = self.web3.eth.contract(abi=compiled()["abi"])
        through = wallet.encode_abi("execute", [Web3.to_checksum_address(to), data])
        send(self.web3, Deed(self.address, bytes.fromhex(through[2:])), self.key)

    def does(self, told: SendElsewhere) -> None:
        """Send what the client would not, in its order."""
        assert told.address == self.address
        for deed in told.deeds:
            self.send(deed.to, deed.data)

    def send_all(self, batch: dict[str, Any]) -> None:
        """Send a batch that the command line printed, as Safe's Transaction Builder would."""
        for call in batch["transactions"]:
            self.send(call["to"], bytes.fromhex(call["data"][2:]))


def put_up(web3: Web3, key: Wallet) -> ContractWallet:
    """Return a new contract wallet, paid for by its key."""
    code = compiled()
    factory: Any = web3.eth.contract(abi=code["abi"], bytecode=code["evm"]["bytecode"]["object"])
    data = factory.constructor(key.address).data_in_transaction
    receipt = send(web3, Deed(None, bytes.fromhex(data[2:])), key)
    return ContractWallet(web3, str(receipt["contractAddress"]), key)


@cache
def compiled() -> dict[str, Any]:
    """Return ABI and bytecode, compiled once a run."""
    text = (ROOT / SOURCE).read_text(encoding="utf-8")
    output = solcx.compile_standard(
        {"language": "Solidity", "settings": SETTINGS, "sources": {SOURCE: {"content": text}}},
        base_path=ROOT,
        solc_binary=SOLC,
    )
    return output["contracts"][SOURCE]["ContractWallet"]
