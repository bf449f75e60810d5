"""Ethereum Attestation Service: a root or an item, attested in public."""

from __future__ import annotations

from collections.abc import Iterator

from eth_utils.crypto import keccak

from benchmarks.gas import RECORD
from benchmarks.peers.stage import Compared, Peers, of_npm

__all__ = ["compared"]

FOLDER = "@ethereum-attestation-service/eas-contracts/artifacts/contracts"
NAME = "EAS 1.9.0"
NOBODY = "0x" + "0" * 40
ITEMS = 10


def compared(peers: Peers) -> Iterator[Compared]:
    """Yield what attesting a root spends, and ten items of 64 bytes."""
    registry = peers.deploy(of_npm(f"{FOLDER}/SchemaRegistry.sol/SchemaRegistry.json"))
    eas = peers.deploy(of_npm(f"{FOLDER}/EAS.sol/EAS.json"), registry.address)
    fields = ("bytes32 root,uint256 images", NOBODY, False)
    schema = registry.functions.register(*fields).call()
    peers.send(registry.functions.register(*fields))

    def item(number: int) -> tuple[object, ...]:
        data = keccak(text=f"root {number}") + number.to_bytes(32, "big")
        return (peers.model, 0, False, bytes(32), data, 0)

    for number in range(2):
        stamped = peers.send(eas.functions.timestamp(keccak(text=f"stamp {number}")), peers.brand)
        attested = peers.send(eas.functions.attest((schema, item(number))), peers.brand)
    ten = [item(number) for number in range(10, 10 + ITEMS)]
    many = peers.send(eas.functions.multiAttest([(schema, ten)]), peers.brand)

    yield Compared(
        RECORD.operation,
        f"{NAME}, timestamp",
        "when a root was first seen; not of which license, nor by whom, nor how many",
        stamped,
    )
    yield Compared(
        RECORD.operation,
        f"{NAME}, attest",
        "a root and a number, stored; no check that the license allows it",
        attested,
    )
    yield Compared(
        RECORD.operation,
        f"{NAME}, multiAttest of {ITEMS}",
        "an attestation for each of ten images",
        many,
    )
