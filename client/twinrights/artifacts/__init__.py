"""The compiled contracts that travel in the package: what the client deploys, calls and audits.

Written by `make compile` from the sources and the pinned compiler, never by hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Artifact", "load"]


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """One compiled contract.

    `immutable_references` are the places (first byte, count of bytes) in `deployed_bytecode` that
    hold zeros here and, on a chain, what the constructor put there.
    """

    name: str
    abi: tuple[dict[str, Any], ...]
    bytecode: bytes
    deployed_bytecode: bytes
    immutable_references: tuple[tuple[int, int], ...]


@cache
def load(name: str) -> Artifact:
    """Return the artifact of the contract of that name.

    Raises:
        FileNotFoundError: the package carries no such contract.
    """
    data = json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return Artifact(
        name=data["contractName"],
        abi=tuple(data["abi"]),
        bytecode=bytes.fromhex(data["bytecode"].removeprefix("0x")),
        deployed_bytecode=bytes.fromhex(data["deployedBytecode"].removeprefix("0x")),
        immutable_references=tuple(
            (place["start"], place["length"]) for place in data["immutableReferences"]
        ),
    )
