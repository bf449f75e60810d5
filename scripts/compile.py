"""Compiles what is deployed, through py-solc-x, into the artifacts that the Python package carries.

`python scripts/compile.py` writes them, `--check` only says whether they are what the sources
compile to. Brownie compiles for its own tests; its build is never shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import solcx

__all__ = ["CONTRACTS", "CompileError", "artifact_of", "check", "compile_to", "main"]

ROOT = Path(__file__).resolve().parent.parent
SOLC = ROOT / "scripts" / "solc" / "solc-v0.8.30"
SOLC_PIN = ROOT / "scripts" / "solc" / "soljson.sha256"
ARTIFACTS = ROOT / "client" / "twinrights" / "artifacts"

CONTRACTS: Mapping[str, str] = {
    "DigitalTwin": "contracts/DigitalTwin.sol",
    "TwinLicense": "contracts/TwinLicense.sol",
    "TokenMetadata": "contracts/TokenMetadata.sol",
    "TestDollar": "contracts/mocks/TestDollar.sol",
}
"""Name to source of every contract whose artifact is shipped."""

UNREACHABLE_ERRORS: Mapping[str, frozenset[str]] = {
    contract: frozenset(
        {
            "AccountBalanceOverflow",  # takes 2^32 - 1 tokens in one wallet
            "NotOwnerNorApproved",
            "TokenAlreadyExists",  # our own error is raised before the mint
            "TransferFromIncorrectOwner",
            "TransferToNonERC721ReceiverImplementer",
            "TransferToZeroAddress",
        }
    )
    for contract in ("DigitalTwin", "TwinLicense")
}
"""Errors of Solady's ERC-721 that no call can raise, left out of the ABI: both tokens refuse every
transfer and every approval with an error of their own, before Solady is asked."""

SETTINGS: Mapping[str, Any] = {
    "evmVersion": "shanghai",
    "metadata": {"appendCBOR": False, "bytecodeHash": "none"},  # a comment changes no byte
    "optimizer": {"enabled": True, "runs": 200},
    "outputSelection": {"*": {"*": ["abi", "evm.bytecode", "evm.deployedBytecode"]}},
    "remappings": [
        "solady/=node_modules/solady/src/",
        "@openzeppelin/=node_modules/@openzeppelin/",
    ],
    "viaIR": True,
}


class CompileError(Exception):
    """The compiler is not the pinned one, or the sources do not compile without a warning."""


def compile_to(folder: Path) -> list[Path]:
    """Write the artifact of each of `CONTRACTS` into `folder`; return the files.

    Each contract is compiled by itself, so that its bytes depend on nothing but its own imports.

    Raises:
        CompileError: the compiler is another than the pinned one, or has something to say.
    """
    _require_pinned_compiler()
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        artifacts = list(pool.map(artifact_of, CONTRACTS, CONTRACTS.values()))
    files = [folder / f"{name}.json" for name in CONTRACTS]
    for file, artifact in zip(files, artifacts, strict=True):
        file.write_text(json.dumps(artifact, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return files


def check(fresh: Path, shipped: Path = ARTIFACTS) -> list[str]:
    """Return the names of the files that are not byte for byte the same in both folders."""
    names = {file.name for folder in (fresh, shipped) for file in folder.glob("*.json")}
    return sorted(name for name in names if _bytes(fresh / name) != _bytes(shipped / name))


def main(argv: list[str] | None = None) -> int:
    """Compile into the package, or with `--check` compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, write nothing there")
    checking = parser.parse_args(argv).check
    fresh = ROOT / "build" / "artifacts" if checking else ARTIFACTS
    try:
        files = compile_to(fresh)
    except CompileError as error:
        print(error, file=sys.stderr)
        return 1
    if checking and (stale := check(fresh)):
        print(f"not what the sources compile to: {', '.join(stale)}", file=sys.stderr)
        return 1
    for file in files:
        size = len(json.loads(file.read_text(encoding="utf-8"))["deployedBytecode"]) // 2 - 1
        print(f"{file.stem}: {size:,} bytes of 24,576")
    return 0


def _require_pinned_compiler() -> None:
    expected, name = SOLC_PIN.read_text(encoding="utf-8").split()
    compiler = ROOT / name
    if not compiler.is_file():
        raise CompileError(f"{name} is missing: run `make setup`")
    found = hashlib.sha256(compiler.read_bytes()).hexdigest()
    if found != expected:
        raise CompileError(f"{name} has sha256 {found}, pinned is {expected}")


def artifact_of(name: str, source: str) -> dict[str, Any]:
    """Return what is shipped of a contract: ABI, bytecode, and how it was compiled.

    Raises:
        CompileError: the compiler has something to say.
    """
    try:
        output = solcx.compile_standard(
            {
                "language": "Solidity",
                "settings": SETTINGS,
                "sources": {source: {"content": (ROOT / source).read_text(encoding="utf-8")}},
            },
            base_path=ROOT,
            solc_binary=SOLC,
        )
    except solcx.exceptions.SolcError as error:
        raise CompileError(f"{name} does not compile:\n{error.message}") from error
    except FileNotFoundError as error:
        raise CompileError(f"{name} cannot be compiled: {error}") from error
    if warnings := [w["formattedMessage"] for w in output.get("errors", ()) if _is_ours(w)]:
        raise CompileError(f"{name} compiles with warnings:\n" + "\n".join(warnings))
    contract = output["contracts"][source][name]
    dropped = UNREACHABLE_ERRORS.get(name, frozenset())
    return {
        "abi": [
            entry
            for entry in contract["abi"]
            if not (entry["type"] == "error" and entry["name"] in dropped)
        ],
        "compiler": {"settings": SETTINGS, "version": _version()},
        "contractName": name,
        "sourceName": source,
        **code_of(contract["evm"]),
    }


def code_of(evm: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the compiler says of a contract's code, as an artifact has it."""
    deployed = evm["deployedBytecode"]
    places = chain.from_iterable(deployed["immutableReferences"].values())
    return {
        "bytecode": "0x" + evm["bytecode"]["object"],
        "deployedBytecode": "0x" + deployed["object"],
        "immutableReferences": sorted(places, key=lambda place: place["start"]),
    }


def _is_ours(warning: Mapping[str, Any]) -> bool:
    """Return whether a warning is about a file of ours; the libraries' own are theirs to heed."""
    return not warning.get("sourceLocation", {}).get("file", "").startswith("node_modules/")


def _version() -> str:
    return str(solcx.wrapper.get_solc_version(SOLC, with_commit_hash=True))


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
