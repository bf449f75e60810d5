"""Merkle-Patricia tries: the root that a contract's storage must have, and what a proof proves.

With them the whole storage of a contract is one hash that the events must give, and a node's answer
is bound to the state root of a header.
See https://ethereum.github.io/yellowpaper/paper.pdf, appendices C and D, and EIP-1186.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import rlp  # type: ignore[import-untyped]
from eth_utils.crypto import keccak

__all__ = ["ProofBroken", "proven", "storage_root"]

NIBBLES = 16
EMPTY_ROOT = keccak(rlp.encode(b""))

Path = tuple[int, ...]


class ProofBroken(ValueError):
    """A proof whose nodes do not hash to the root, or do not lead to the key."""


def storage_root(words: Mapping[int, int]) -> bytes:
    """Return the root of a contract's storage that holds these words, by slot; zeros are none."""
    leaves = sorted(
        (_path(keccak(slot.to_bytes(32, "big"))), bytes(rlp.encode(_bytes(word))))
        for slot, word in words.items()
        if word
    )
    return keccak(rlp.encode(_node(leaves, 0))) if leaves else EMPTY_ROOT


def proven(root: bytes, key: bytes, proof: Sequence[bytes]) -> bytes | None:
    """Return the value that a proof gives a key under a root; None if it proves that there is none.

    `key` is hashed already.

    Raises:
        ProofBroken: the proof does not hold.
    """
    nodes = {keccak(node): node for node in proof}
    path, reference = _path(key), root
    while reference not in (b"", EMPTY_ROOT):
        node = _resolved(reference, nodes)
        if len(node) == NIBBLES + 1:
            if not path:
                return node[NIBBLES] or None
            reference, path = node[path[0]], path[1:]
            continue
        own, is_leaf = _unpacked(node[0])
        if is_leaf:
            return node[1] if own == path else None
        if path[: len(own)] != own:
            return None
        reference, path = node[1], path[len(own) :]
    return None


def _resolved(reference: Any, nodes: Mapping[bytes, bytes]) -> Any:
    """Return the node that a reference means: itself if it is short, else that of its hash."""
    if not isinstance(reference, bytes):
        return reference
    if reference not in nodes:
        raise ProofBroken("a node of the proof is missing")
    return rlp.decode(nodes[reference])


def _node(leaves: Sequence[tuple[Path, bytes]], depth: int) -> list[Any]:
    """Return the node over leaves that share their first `depth` nibbles."""
    first, last = leaves[0][0], leaves[-1][0]
    if len(leaves) == 1:
        return [_packed(first[depth:], is_leaf=True), leaves[0][1]]
    shared = depth
    while first[shared] == last[shared]:
        shared += 1
    branch: list[Any] = [b""] * (NIBBLES + 1)
    for nibble in range(NIBBLES):
        below = [leaf for leaf in leaves if leaf[0][shared] == nibble]
        if below:
            branch[nibble] = _reference(_node(below, shared + 1))
    if shared == depth:
        return branch
    return [_packed(first[depth:shared], is_leaf=False), _reference(branch)]


def _reference(node: list[Any]) -> Any:
    """Return how a parent holds a node: itself if it is short, else its hash."""
    encoded = rlp.encode(node)
    return node if len(encoded) < 32 else keccak(encoded)


def _packed(path: Path, *, is_leaf: bool) -> bytes:
    odd = len(path) % 2
    nibbles = (2 * is_leaf + odd, *(() if odd else (0,)), *path)
    return bytes(high << 4 | low for high, low in zip(nibbles[::2], nibbles[1::2], strict=True))


def _unpacked(packed: bytes) -> tuple[Path, bool]:
    nibbles = _path(packed)
    return nibbles[2 - nibbles[0] % 2 :], nibbles[0] >= 2


def _path(key: bytes) -> Path:
    return tuple(nibble for byte in key for nibble in (byte >> 4, byte & 15))


def _bytes(word: int) -> bytes:
    return word.to_bytes((word.bit_length() + 7) // 8, "big")
