"""The history of a license, followed in Python: batches, heads, and what a proof of it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_abi import encode
from eth_utils import keccak

__all__ = ["EMPTY", "History", "hash_batch"]

EMPTY = bytes(32)
BATCH = "(uint24,uint8,bytes32,uint32,uint32,uint256,bytes32)"


def hash_batch(license_id: int, batch: Sequence[Any], reporter: Any, time: int) -> bytes:
    kinds = ["uint256", BATCH, "address", "uint40"]
    return keccak(encode(kinds, [license_id, tuple(batch), str(reporter), time]))


class History:
    """What a license's head should be, batch by batch."""

    def __init__(self, license: Any) -> None:
        self.license = license
        self.batches: list[tuple[tuple[Any, ...], str, int]] = []

    def record(
        self, images: int = 1, *, by: Any = None, at: int | None = None, **changes: Any
    ) -> Any:
        """Record a batch on the chain, and here."""
        batch = self.license.batch(images, **changes)
        tx = self.license.record(images, by=by, at=at, **changes)
        self.batches.append((batch, str(by or self.license.desk.hm), tx.timestamp))
        return tx

    @property
    def hashes(self) -> list[bytes]:
        return [hash_batch(self.license.id, *batch) for batch in self.batches]

    def head(self, count: int | None = None) -> bytes:
        """The head after so many batches, or after all."""
        head = EMPTY
        for link in self.hashes[:count]:
            head = keccak(head + link)
        return head

    def proof(self, number: int) -> tuple[Any, ...]:
        """What `isRecorded` needs beside the image: batch, reporter, time, head before, later."""
        return (*self.batches[number - 1], self.head(number - 1), self.hashes[number:])
