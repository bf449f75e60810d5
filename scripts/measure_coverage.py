"""Measures which lines and branches of contracts/ the tests in tests/invariants/laws run.

`forge coverage` maps bytecode to sources. The contracts do not compile without via-IR, whose maps
know no way of a `require` with an error of its own and lose assembly (issues 9745 and 11329 of
foundry-rs/foundry). So it measures a copy in which each statement first calls a probe and each
condition goes through one: the probes stand in a file of their own, in lines so simple that they
are mapped rightly, and no line of the sources moves.

A condition is that of `if`, `for`, `while`, `? :` and `require`, and each side of `&&` and `||`: it
must be seen true and seen false. A block of assembly is one statement. Mocks and interfaces are not
measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import solcx

from scripts.fuzz import forge

__all__ = ["Probe", "instrument", "main", "measure", "probes_of", "report", "source_of"]

ROOT = Path(__file__).resolve().parent.parent
SOLC = ROOT / "scripts" / "solc" / "solc-v0.8.30"
COPY = ROOT / "build" / "coverage"
LAWS = "tests/invariants/laws"
REMAPPINGS = ("solady/=node_modules/solady/src/", "@openzeppelin/=node_modules/@openzeppelin/")
PRAGMA = "pragma solidity 0.8.30;"


@dataclass(frozen=True)
class Probe:
    """A place that must be reached: a statement, or a condition with the value it must have."""

    file: str
    line: int
    text: str
    value: bool | None = None

    def __str__(self) -> str:
        never = "never runs" if self.value is None else f"is never {str(self.value).lower()}"
        return f"{self.file}:{self.line} {never}: {self.text}"


@dataclass(frozen=True)
class _Edit:
    at: int
    order: int
    text: bytes


def probes_of(
    file: str, source: bytes, ast: Mapping[str, Any], first: int
) -> tuple[list[Probe], bytes]:
    """Return the probes that a source takes, and the source with calls of them.

    They are numbered from `first` on; a condition takes one number for true and the next for false.
    """
    probes: list[Probe] = []
    edits: list[_Edit] = []

    def probe(node: Mapping[str, Any], value: bool | None = None) -> int:
        start, length = _span(node)
        text = source[start : start + length].decode()
        line = source.count(b"\n", 0, start) + 1
        probes.append(Probe(file, line, textwrap.shorten(text, 90, placeholder="..."), value))
        return first + len(probes) - 1

    def see(node: Mapping[str, Any]) -> None:
        start, length = _span(node)
        number = probe(node, True)
        probe(node, False)
        # The outer of two that begin together opens first.
        edits.append(_Edit(start, 1_000_000 - length, b"Probes.see%d(" % number))
        edits.append(_Edit(start + length, 0, b")"))

    def reach(node: Mapping[str, Any], *, alone: bool) -> None:
        start, length = _span(node)
        opening = b"{ " if alone else b""
        edits.append(_Edit(start, 0, opening + b"Probes.at%d(); " % probe(node)))
        if alone:
            end = start + length
            # What the compiler calls a statement lacks its semicolon.
            if source[end - 1 : end] not in (b";", b"}"):
                end = source.index(b";", end) + 1
            edits.append(_Edit(end, 1, b" }"))

    for node in _walk(ast):
        kind = node["nodeType"]
        if kind in {"Block", "UncheckedBlock"}:
            for statement in node["statements"]:
                if statement["nodeType"] not in {"Block", "UncheckedBlock"}:
                    reach(statement, alone=False)
        if kind in {"IfStatement", "Conditional", "ForStatement", "WhileStatement"}:
            see(node["condition"])
        if kind == "FunctionCall" and node["expression"].get("name") == "require":
            see(node["arguments"][0])
        if kind == "BinaryOperation" and node["operator"] in {"&&", "||"}:
            see(node["leftExpression"])
            see(node["rightExpression"])
        for body in ("trueBody", "falseBody", "body"):
            inner = node.get(body)
            if kind.endswith("Statement") and inner and inner["nodeType"] != "Block":
                reach(inner, alone=True)

    for edit in sorted(edits, key=lambda edit: (edit.at, edit.order), reverse=True):
        source = source[: edit.at] + edit.text + source[edit.at :]
    if probes:
        up = "../" * (len(Path(file).parts) - 1) or "./"
        loaded = f'{PRAGMA} import {{Probes}} from "{up}Probes.sol";'
        source = source.replace(PRAGMA.encode(), loaded.encode(), 1)
    return probes, source


def instrument(copy: Path = COPY, root: Path = ROOT) -> list[Probe]:
    """Write the copy of contracts and tests that is measured; return its probes."""
    shutil.rmtree(copy, ignore_errors=True)
    for tree in ("contracts", "tests/invariants"):
        shutil.copytree(root / tree, copy / tree)
    for link in ("node_modules", "scripts"):
        (copy / link).symlink_to(ROOT / link)
    shutil.copy(ROOT / "foundry.toml", copy)

    probes: list[Probe] = []
    for file, ast in _asts(root).items():
        found, source = probes_of(file, (root / file).read_bytes(), ast, len(probes))
        (copy / file).write_bytes(source)
        probes += found
    (copy / "Probes.sol").write_text(source_of(probes), encoding="utf-8")
    return probes


def _hits(probes: Sequence[Probe], lcov: str) -> list[int]:
    """Return how often each probe was reached, from what forge says of the lines of Probes.sol."""
    of_line: dict[int, int] = {}
    inside = False
    for record in lcov.splitlines():
        if record.startswith("SF:"):
            inside = record.endswith("Probes.sol")
        if inside and record.startswith("DA:"):
            line, count = record[3:].split(",")[:2]
            of_line[int(line)] = int(count)
    lines = source_of(probes).splitlines()
    where = {
        int(text.removeprefix("_mark(").removesuffix(");")): number
        for number, text in enumerate(lines, 1)
        if text.startswith("_mark(")
    }
    return [of_line[where[number]] for number in range(len(probes))]


def report(probes: Sequence[Probe], counts: Sequence[int]) -> tuple[str, bool]:
    """Return a table by file with what was not reached, and whether everything was."""
    rows = [f"{'':36}{'lines':>14}{'statements':>14}{'branches':>14}"]
    never = [probe for probe, count in zip(probes, counts, strict=True) if not count]
    for file in [*dict.fromkeys(probe.file for probe in probes), "all"]:
        mine = [
            (probe, count > 0)
            for probe, count in zip(probes, counts, strict=True)
            if file in (probe.file, "all")
        ]
        statements = [(probe, hit) for probe, hit in mine if probe.value is None]
        lines = {(probe.file, probe.line): True for probe, _ in statements}
        for probe, hit in statements:
            lines[probe.file, probe.line] &= hit
        branches = [hit for probe, hit in mine if probe.value is not None]
        rows.append(
            f"{file:36}{_share(lines.values()):>14}"
            f"{_share([hit for _, hit in statements]):>14}{_share(branches):>14}"
        )
    rows += map(str, sorted(never, key=lambda probe: (probe.file, probe.line)))
    return "\n".join(rows), not never


def measure(copy: Path, probes: Sequence[Probe], tests: str) -> list[int]:
    """Return how often each probe of a copy was reached by the tests of forge in a folder of it.

    Raises:
        RuntimeError: it does not compile, or a test fails.
    """
    lcov = copy / "lcov.info"
    command = [forge(), "coverage", "--ir-minimum", "--report=lcov", f"--report-file={lcov}"]
    settings = {"FOUNDRY_TEST": tests, "FOUNDRY_PROFILE": "coverage", "FOUNDRY_FUZZ_RUNS": "16"}
    done = subprocess.run(
        command, cwd=copy, env={**os.environ, **settings}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stdout[-10_000:] + done.stderr[-10_000:])
    return _hits(probes, lcov.read_text(encoding="utf-8"))


def main() -> int:
    """Measure and print; return 0 only where every probe was reached."""
    probes = instrument()
    try:
        counts = measure(COPY, probes, LAWS)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    text, is_whole = report(probes, counts)
    print(text)
    return 0 if is_whole else 1


def _asts(root: Path) -> dict[str, Any]:
    """Return the syntax tree of every source that is measured."""
    sources = {
        path.relative_to(root).as_posix(): {"content": path.read_text(encoding="utf-8")}
        for path in sorted((root / "contracts").rglob("*.sol"))
        if not {"interfaces", "mocks"} & set(path.parts)
    }
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": {
                "outputSelection": {"*": {"": ["ast"]}},
                "remappings": list(REMAPPINGS),
            },
            "sources": sources,
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    return {file: output["sources"][file]["ast"] for file in sources}


def source_of(probes: Sequence[Probe]) -> str:
    """Return Probes.sol. A mark writes to memory, so that no optimizer takes it away."""
    parts = [
        "// SPDX-License-Identifier: MIT",
        PRAGMA,
        "library Probes {",
        "function _mark(uint256 probe) private pure {",
        'assembly ("memory-safe") { mstore(0, probe) }',
        "}",
    ]
    for number, probe in enumerate(probes):
        if probe.value is None:
            parts += [f"function at{number}() internal pure {{", f"_mark({number});", "}"]
        elif probe.value:
            parts += [
                f"function see{number}(bool value) internal pure returns (bool) {{",
                "if (value) {",
                f"_mark({number});",
                "return true;",
                "}",
                f"_mark({number + 1});",
                "return false;",
                "}",
            ]
    return "\n".join([*parts, "}", ""])


def _walk(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, dict):
        if "nodeType" in node:
            yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value)


def _span(node: Mapping[str, Any]) -> tuple[int, int]:
    start, length, _ = node["src"].split(":")
    return int(start), int(length)


def _share(reached: Any) -> str:
    all_of_them = list(reached)
    return f"{sum(all_of_them)}/{len(all_of_them)}"


if __name__ == "__main__":
    sys.exit(main())
