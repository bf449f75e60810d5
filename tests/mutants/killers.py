"""The tests that a mutant must get past, and how one is told from a mutant that broke the machine.

A killer in plain pytest runs in a child of this process, in which everything slow is imported
already, on artifacts from another folder. One of Brownie's runs in a copy of the project, whose
build holds the mutant's bytecode under the original's hash, so that Brownie does not compile.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import eth.vm.forks.spurious_dragon.computation as py_evm
import hypothesis
import pytest

import twinrights.artifacts
import twinrights.chain.node

__all__ = ["Killer", "Verdict", "killers_of", "prepare"]

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutants"
ANVIL = WORK / "bin" / "anvil"
PATIENCE = 900
"""Seconds after which a killer says nothing: the mutant is not judged."""


for name in (
    *("machine.money_rules", "machine.role_desk", "machine.zoo", "metadata.drawn"),
    "audit.life",
):
    # What the killers import: once here, not in every child.
    importlib.import_module(f"tests.{name}")


@dataclass(frozen=True)
class Verdict:
    """What a killer says: `killed`, `survived`, or `unjudged` for a fault of the machine."""

    outcome: str
    test: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Killer:
    name: str
    tests: tuple[str, ...]
    lives: int = 0
    by_brownie: bool = False
    is_shipped: bool = False
    """Whether it sees the contracts as they are shipped, optimized."""

    @property
    def is_slow(self) -> bool:
        """A minute or more."""
        return self.by_brownie or self.is_shipped or (self.tests == LAW.tests and not self.lives)

    def judge(self, artifacts: Path) -> Verdict:
        """Run the tests on the artifacts of this folder, up to the first that fails.

        What else is written, and the copy in which Brownie runs, stands beside the folder.
        """
        witness = artifacts.parent / "witness.json"
        witness.unlink(missing_ok=True)
        with (artifacts.parent / "killer.log").open("wb") as log:
            start = self._start_brownie if self.by_brownie else self._fork
            code = _wait(start(artifacts, witness, log))
        if witness.is_file():
            test, said, is_fault = json.loads(witness.read_text())
            return Verdict("unjudged" if is_fault else "killed", test, said)
        return Verdict("survived") if code == 0 else Verdict("unjudged", said=f"ended with {code}")

    def _fork(self, artifacts: Path, witness: Path, log: Any) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 3
        try:
            os.setsid()
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            os.environ |= self._environment(ROOT, witness)
            twinrights.artifacts.files = lambda _: artifacts
            twinrights.artifacts.load.cache_clear()
            twinrights.chain.node._program = lambda _: str(ANVIL)
            py_evm.EIP170_CODE_SIZE_LIMIT = sys.maxsize
            # The shortest life that fails is of no interest here, that one does is.
            hypothesis.settings.register_profile("mutants", phases=[hypothesis.Phase.generate])
            hypothesis.settings.load_profile("mutants")
            code = pytest.main([*self._options(), *self.tests])
        finally:
            os._exit(int(code))

    def _start_brownie(self, artifacts: Path, witness: Path, log: Any) -> int:
        tree = _tree_beside(artifacts)
        for artifact in artifacts.glob("*.json"):
            _lend(tree / "build" / "contracts" / artifact.name, json.loads(artifact.read_text()))
        command = ["brownie", "test", *self.tests, "--network", "anvil", "-x", "-q"]
        return subprocess.Popen(
            command,
            cwd=tree,
            env=os.environ | self._environment(tree, witness),
            stdout=log,
            stderr=log,
            start_new_session=True,
        ).pid

    def _options(self) -> list[str]:
        return [
            *("-x", "-q", "--no-header", "-p", "no:cacheprovider"),
            *(("--hypothesis-seed", "1") if self.lives else ()),
        ]

    def _environment(self, tree: Path, witness: Path) -> Mapping[str, str]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        return {
            "PATH": f"{ANVIL.parent}:{os.environ['PATH']}",
            "PYTEST_PLUGINS": "tests.mutants.witness",
            "PYTHONPATH": str(tree),
            "TWINRIGHTS_LIVES": str(self.lives),
            "TWINRIGHTS_TEST_PORT": port,
            "TWINRIGHTS_WITNESS": str(witness),
        }


MACHINE = (
    Killer(name="law, 12 lives", tests=("tests/machine/test_law.py",), lives=12),
    Killer(name="role and deed", tests=("tests/machine/test_role_deed.py",)),
)
ZOO = Killer(name="token zoo", tests=("tests/machine/test_token_zoo.py",))
METADATA = Killer(name="metadata", tests=("tests/metadata",))
FRESH = Killer(
    name="fresh contracts",
    tests=("tests/audit/test_storage.py::test_fresh_contracts_store_nothing",),
)
AUDIT = Killer(
    name="audit",
    tests=(
        "tests/audit/test_storage.py::test_a_nodes_storage_reads_as_its_views_answer[anvil]",
        "tests/audit/test_trust.py::test_the_audit_keeps_what_the_client_reads[anvil]",
        "tests/audit/test_rebuild.py::test_the_life_as_it_was_breaks_no_law",
        "tests/audit/test_rebuild.py::test_every_event_happens_in_the_life",
    ),
)
LAW = Killer(name="law, 200 lives", tests=("tests/machine/test_law.py",))
ATTACKS = Killer(name="attacks", tests=("tests/attacks",), is_shipped=True)
GAS = Killer(
    name="gas",
    tests=("tests/benchmarks/test_gas_snapshot.py::test_the_gas_is_the_one_that_is_kept",),
    is_shipped=True,
)

GRANT, MONEY, ENDING, USAGE, TWIN = "grant", "money", "ending", "usage", "digital_twin"
SENDERS, TOKENS = "money/test_senders.py", "money/test_tokens.py"
ROOMS: Mapping[str, tuple[str, ...]] = {
    "RoyaltyStream": ("money/test_pay_out.py", "money/test_top_up.py", TOKENS, MONEY, ENDING),
    "StreamMath": (MONEY, "grant/test_accept.py"),
    "ShareMath": ("money/test_shares.py", "money/test_pay_out.py", "grant/test_shares.py"),
    "Push": (TOKENS, MONEY),
    "TwinLicense": (
        "grant/test_accept.py",
        "grant/test_book.py",
        GRANT,
        ENDING,
        SENDERS,
        "money/test_multicall.py",
        "digital_twin/test_soulbound.py",
    ),
    "Exclusivity": (
        "grant/test_exclusivity.py",
        "grant/test_opening.py",
        "grant/test_exclusivity_law.py",
    ),
    "UsageLedger": (SENDERS, USAGE),
    "Quote": ("grant/test_quote.py", "grant/test_book.py"),
    "SignedBy": (SENDERS, "digital_twin/test_signatures.py", GRANT),
    "TermsHash": ("grant/test_ids.py", GRANT, ENDING),
    "Live": (MONEY, USAGE),
    "Status": (ENDING, GRANT),
    "LicenseState": ("grant/test_ids.py", GRANT, MONEY),
    "Terms": ("grant/test_ids.py", GRANT),
    "RateCard": ("grant/test_book.py", "grant/test_quote.py"),
    "Usage": (USAGE,),
    "License": (GRANT, USAGE),
    "TrustEvents": (SENDERS, "digital_twin/test_trust.py"),
    "Soulbound": ("digital_twin/test_soulbound.py",),
    "DigitalTwin": ("digital_twin/test_soulbound.py", "digital_twin/test_authority.py", TWIN),
    "Guardianship": ("digital_twin/test_moves.py", "digital_twin/test_guardian.py", TWIN),
}
"""Which of Brownie's tests a file must get past, the likeliest first; any other, the twin's."""


def killers_of(file: str, contracts: Collection[str]) -> list[Killer]:
    """Return what a mutant of this file must get past, the fastest first, gas last.

    `contracts` are those whose bytecode it changes.
    """
    if set(contracts) == {"TokenMetadata"}:
        return [METADATA, FRESH, _room("digital_twin/test_token_uri.py")]
    shown = [METADATA] if "TokenMetadata" in contracts else []
    money = [ZOO] if "TwinLicense" in contracts else []
    rooms = [_room(name) for name in ROOMS.get(Path(file).stem, (TWIN,))]
    return [*MACHINE, *money, *shown, FRESH, AUDIT, *rooms, ATTACKS, LAW, GAS]


def _room(name: str) -> Killer:
    return Killer(name=name, tests=(f"tests/contracts/{name}",), by_brownie=True)


def prepare() -> None:
    """Make an Anvil that takes code of any size, and clear away what earlier runs laid out."""
    ANVIL.parent.mkdir(parents=True, exist_ok=True)
    program = ROOT / "node_modules" / ".bin" / "anvil"
    ANVIL.write_text(f'#!/bin/sh\nexec "{program}" --disable-code-size-limit "$@"\n')
    ANVIL.chmod(0o755)
    for folder in WORK.glob("court-*"):
        shutil.rmtree(folder)


def _tree_beside(artifacts: Path) -> Path:
    """Return the copy of the project in which Brownie runs, compiled; made when first needed."""
    tree = artifacts.parent / "tree"
    if tree.exists():
        return tree
    for name in ("contracts", "tests", "scripts", "benchmarks"):
        shutil.copytree(
            ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    for name in ("brownie-config.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tree / name)
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    with (artifacts.parent / "brownie.log").open("wb") as log:
        subprocess.run(["brownie", "compile"], cwd=tree, check=True, stdout=log, stderr=log)
    return tree


def _lend(build: Path, artifact: Mapping[str, Any]) -> None:
    """Put the bytecode of an artifact into Brownie's build."""
    kept = json.loads(build.read_text())
    for name in ("bytecode", "deployedBytecode"):
        kept[name] = artifact[name].removeprefix("0x")
    build.write_text(json.dumps(kept))


def _wait(pid: int) -> int:
    """Wait for a child, then end what it left; return its exit code, or -1 if it took too long."""
    until = time.monotonic() + PATIENCE
    code = -1
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            break
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        # The child leads its session: its node is in it, and nothing else.
        os.killpg(pid, signal.SIGKILL)
    if code == -1:
        os.waitpid(pid, 0)
    return code
