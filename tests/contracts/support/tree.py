"""The tree of a batch's images: OpenZeppelin's standard tree, built a second time (law 20).

https://github.com/OpenZeppelin/merkle-tree: leaves hashed twice and sorted, pairs sorted, a
complete binary tree laid out from its root.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from eth_abi import encode
from eth_utils import keccak

__all__ = ["Leaf", "Tree", "images"]

Leaf = tuple[int, bytes, bytes]
"""Index, SHA-256 of the file, salted hash of its manifest entry."""


def images(count: int, name: str = "image") -> list[Leaf]:
    """Leaves of so many files."""
    return [
        (index, sha256(f"{name} {index}".encode()).digest(), keccak(text=f"salted {name} {index}"))
        for index in range(count)
    ]


class Tree:
    """A tree of leaves: its root, and the proof of each."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        hashes = sorted(map(_hash_leaf, leaves), reverse=True)
        self._place = {leaf: hashes.index(_hash_leaf(leaf)) for leaf in leaves}
        self._count = len(leaves)
        self.nodes = [b""] * (self._count - 1) + hashes
        for node in reversed(range(self._count - 1)):
            self.nodes[node] = _hash_pair(self.nodes[2 * node + 1], self.nodes[2 * node + 2])

    @property
    def root(self) -> bytes:
        return self.nodes[0]

    def proof(self, leaf: Leaf) -> list[bytes]:
        """The sibling of each node from the leaf to the root."""
        node, path = self._count - 1 + self._place[leaf], []
        while node > 0:
            path.append(self.nodes[node + 1 if node % 2 else node - 1])
            node = (node - 1) // 2
        return path


def _hash_leaf(leaf: Leaf) -> bytes:
    return keccak(keccak(encode(["uint32", "bytes32", "bytes32"], leaf)))


def _hash_pair(one: bytes, other: bytes) -> bytes:
    return keccak(min(one, other) + max(one, other))
