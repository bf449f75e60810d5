"""The contracts of `contracts/mocks`, compiled once for each state of their sources."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

import solcx

from scripts.compile import ROOT, SETTINGS, SOLC

__all__ = ["mock"]

MOCKS = ROOT / "contracts" / "mocks"
KEPT = ROOT / "build"


def mock(name: str) -> dict[str, Any]:
    """Return the ABI and the bytecode of a mock."""
    return _mocks()[name]


@cache
def _mocks() -> dict[str, Any]:
    sources = {path.relative_to(ROOT).as_posix(): path.read_text() for path in MOCKS.glob("*.sol")}
    state = json.dumps([sources, SETTINGS], sort_keys=True, default=dict)
    kept = KEPT / f"mocks-{hashlib.sha256(state.encode()).hexdigest()[:16]}.json"
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(_compile(sources)))
    return json.loads(kept.read_text())


def _compile(sources: dict[str, str]) -> dict[str, Any]:
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": {**SETTINGS, "outputSelection": {"*": {"*": ["abi", "evm.bytecode"]}}},
            "sources": {path: {"content": content} for path, content in sources.items()},
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    contracts = {
        name: contract
        for path in sources
        for name, contract in output["contracts"].get(path, {}).items()
    }
    return {
        name: {"abi": each["abi"], "bytecode": "0x" + each["evm"]["bytecode"]["object"]}
        for name, each in contracts.items()
    }
