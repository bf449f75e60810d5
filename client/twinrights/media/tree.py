"""The tree of a batch: OpenZeppelin's standard Merkle tree, so that any verifier can check it.

A leaf is keccak(keccak(abi.encode(index, file, entry))); pairs are sorted before they are hashed
(https://github.com/OpenZeppelin/merkle-tree). The contract checks such a proof in `isRecorded`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from twinrights.terms import Leaf

__all__ = ["Tree", "leaf_hash", "root_from"]


def leaf_hash(leaf: Leaf) -> bytes:
    """Return the hash of a leaf: hashed twice, so that no inner node can pass for one."""
    return keccak(
        keccak(encode(["uint32", "bytes32", "bytes32"], [leaf.index, leaf.file, leaf.entry]))
    )


def root_from(leaf: Leaf, proof: Sequence[bytes]) -> bytes:
    """Return the root that a leaf and its proof lead to."""
    node = leaf_hash(leaf)
    for sibling in proof:
        node = _pair(node, sibling)
    return node


@dataclass(frozen=True, slots=True)
class Tree:
    """A complete binary tree over leaves in any order.

    Node 0 is the root; the leaves, sorted by their hash, lie at the end in reverse.
    """

    nodes: tuple[bytes, ...]

    @classmethod
    def of(cls, leaves: Sequence[Leaf]) -> Tree:
        """Return the tree of at least one leaf."""
        if not leaves:
            raise ValueError("a tree has at least one leaf")
        hashes = sorted(map(leaf_hash, leaves))
        nodes = [b""] * (len(hashes) - 1) + hashes[::-1]
        for i in range(len(hashes) - 2, -1, -1):
            nodes[i] = _pair(nodes[2 * i + 1], nodes[2 * i + 2])
        return cls(tuple(nodes))

    @property
    def root(self) -> bytes:
        """The root, which goes on chain."""
        return self.nodes[0]

    def proof(self, leaf: Leaf) -> tuple[bytes, ...]:
        """Return the siblings on a leaf's way to the root.

        Raises:
            ValueError: the leaf is not in the tree.
        """
        i = self.nodes.index(leaf_hash(leaf), len(self.nodes) // 2)
        path = []
        while i:
            path.append(self.nodes[i + 1 if i % 2 else i - 1])
            i = (i - 1) // 2
        return tuple(path)


def _pair(a: bytes, b: bytes) -> bytes:
    return keccak(min(a, b) + max(a, b))
