"""The packaged TokenMetadata, asked about states that the other contracts need not have reached."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from web3 import Web3

from twinrights.artifacts import load
from twinrights.chain.deploy import deploy
from twinrights.wallets import dev_wallet

DAY = 86_400
ID = 2**255 + 7
SVG = "{http://www.w3.org/2000/svg}"
TWIN = {
    "owner": "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    "epoch": 0,
    "nonce": 0,
    "leastSerial": 0,
    "uses": 0b111,
    "categories": 0b11,
    "leastOwnerBps": 5_000,
}
BESIDE = {"isRetired": False, "movingTo": "0x" + "0" * 40}
LICENSE = {
    "licensee": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "start": -30 * DAY,
    "end": 60 * DAY,
    "paidThrough": 60 * DAY,
    "deposited": 9_000,
    "collected": 3_000,
    "imagesLeft": 42,
    "uses": 0b111,
    "markets": 0b111,
    "batches": 3,
    "head": bytes(32),
    "isBooking": False,
    "isNoticed": False,
    "isSettled": False,
}


@dataclass(frozen=True)
class Shown:
    """What a wallet gets: the JSON, and the picture in it."""

    metadata: dict[str, Any]
    svg: str

    @property
    def picture(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.svg)

    @property
    def words(self) -> list[str]:
        """All texts of the picture, in the order of the file."""
        return [text.text or "" for text in self.picture.iter(f"{SVG}text")]

    def traits(self, kind: str) -> list[Any]:
        """The values of all traits of a kind."""
        return [t["value"] for t in self.metadata["attributes"] if t["trait_type"] == kind]

    def trait(self, kind: str) -> Any:
        (value,) = self.traits(kind)
        return value


class Drawing:
    """The contract on a chain: it is asked for the metadata of any state."""

    def __init__(self, web3: Web3) -> None:
        deployment = deploy(web3, dev_wallet(0))
        abi = list(load("TokenMetadata").abi)
        self._web3 = web3
        self._contract = web3.eth.contract(address=deployment.metadata, abi=abi)

    def twin(self, twin_id: int = ID, **changes: Any) -> Shown:
        """The states beside the authority are `isRetired` and `movingTo`."""
        beside = {name: changes.pop(name, default) for name, default in BESIDE.items()}
        state = {**TWIN, **changes}
        assert state.keys() == TWIN.keys()
        values = (twin_id, tuple(state.values()), *beside.values())
        return _shown(self._contract.functions.twinURI(*values).call())

    def license(self, license_id: int = ID, **changes: Any) -> Shown:
        """Times of LICENSE are told from now on; those of `changes` are the chain's seconds."""
        at = self.now()
        state = {**LICENSE, **{k: at + LICENSE[k] for k in ("start", "end", "paidThrough")}}
        state |= changes
        assert state.keys() == LICENSE.keys()
        values = tuple(state.values())
        return _shown(self._contract.functions.licenseURI(license_id, values).call())

    def now(self) -> int:
        """The chain's time; a view may see some seconds more, so tests here keep a day's distance.

        The exact seconds are held by tests/contracts/digital_twin/test_token_uri.py.
        """
        return self._web3.eth.get_block("latest")["timestamp"]


def _shown(uri: str) -> Shown:
    metadata = json.loads(_unpacked(uri, "application/json"))
    return Shown(metadata, _unpacked(metadata["image"], "image/svg+xml"))


def _unpacked(uri: str, kind: str) -> str:
    head, body = uri.split(",")
    assert head == f"data:{kind};base64"
    return base64.b64decode(body, validate=True).decode()
