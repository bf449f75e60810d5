"""Proves the properties in `tests/proofs` by Halmos, and shows that each can fail.

Above a property stands its mutant: a file of `contracts/`, a text in it, and what takes its place.
The property must hold of the contracts as they are, and Halmos must find values that break it where
only that text was changed. A time-out, a loop that was cut short, a property that only reverts, or
a mutant that is not refuted fails the run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "tests" / "proofs"
PAGE = ROOT / "docs" / "proofs.md"
TREE = ROOT / "build" / "proofs"
BIN = ROOT / ".venv-halmos" / "bin"

FLAGS = [
    *("--storage-layout", "generic", "--loop", "16"),
    *("--default-bytes-lengths", "65", "--default-array-lengths", "1"),
    *("--solver-timeout-assertion", "150s", "--no-status"),
    *("--solver-command", f"{BIN / 'python'} {PROOFS / 'solver.py'}"),
]

PROPERTY = re.compile(
    r"// mutant of (?P<file>\S+)\n"
    r"\s*// - (?P<old>.+)\n"
    r"\s*// \+ (?P<new>.+)\n"
    r"\s*function (?P<name>check_\w+)\("
)
RESULT = re.compile(
    r"\[([A-Z]+)\] (check_\w+)\((.*)\) \(paths: (\d+), time: ([\d.]+)s.*bounds: \[(.*)\]"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")
VALUE = re.compile(
    r"^ +(?:p|halmos)_([\w.]+?)_(?:u?int|bool|address|bytes|struct)\S* = (\S+)", re.MULTILINE
)
SELECTOR = re.compile(r"mstore\(shl\(2, iszero\(\w+\)\), 0x\w+\)(\s+revert\(0x1c, 0x04\))")


@dataclass(frozen=True)
class Property:
    """A check, and the change of the contracts that must break it."""

    path: Path
    contract: str
    name: str
    file: str
    old: str
    new: str

    @property
    def law(self) -> str:
        """Return the number of its law; a lemma has none."""
        found = re.match(r"check_law(\d+)_", self.name)
        return str(int(found[1])) if found else "-"

    @property
    def sentence(self) -> str:
        """Return what it says."""
        return re.sub(r"^check_(law\d+_|lemma_)", "", self.name).replace("_", " ")

    @property
    def mutant(self) -> str:
        """Return the name of its contract where the mutant is."""
        return f"Mutant_{self.name}"


@dataclass(frozen=True)
class Outcome:
    """What Halmos said of one check."""

    word: str
    seconds: float
    paths: int
    types: str
    values: str

    @property
    def is_proved(self) -> bool:
        """Return whether every path was taken to its end and none breaks it."""
        return self.word == "PASS"

    @property
    def is_refuted(self) -> bool:
        """Return whether values were found that break it."""
        return self.word == "FAIL" and bool(self.values)


def main() -> int:
    """Prove, refute, and compare the page; return 0 if all is as it should be."""
    parser = argparse.ArgumentParser(description="Halmos proofs, each with its mutant")
    parser.add_argument("-k", default="", help="only properties whose name has this in it")
    parser.add_argument("--update", action="store_true", help="write docs/proofs.md")
    asked = parser.parse_args()

    began = time.monotonic()
    wanted = [one for one in properties() if asked.k in one.name]
    print("compiling the contracts, and with each mutant", flush=True)
    lay_out(wanted)
    bad = 0
    rows: list[str] = []
    for number, one in enumerate(wanted, 1):
        proof = run(one.contract, one.name)
        # One set of values is enough.
        refutation = run(one.mutant, one.name, "--early-exit")
        is_fine = proof.is_proved and refutation.is_refuted
        bad += not is_fine
        print(f"[{number}/{len(wanted)}] {one.name}")
        print(f"    {said(proof, 'proved')}, {proof.paths} paths; over {proof.types}")
        print(f"    mutant, {one.file}: {one.old} -> {one.new}")
        print(f"    {said(refutation, 'refuted')} by {refutation.values or 'nothing'}")
        if not is_fine:
            print("    NOT AS IT SHOULD BE")
        sys.stdout.flush()
        rows.append(row(one, proof))
    fine = len(wanted) - bad
    took = time.monotonic() - began
    print(f"{fine} properties proved and their mutants refuted, {bad} not, in {took:.0f} s")
    is_page = bool(asked.k) or bool(bad) or same_page(rows, update=asked.update)
    return 0 if fine and not bad and is_page else 1


def properties() -> list[Property]:
    """Return every property, and fail at one without a mutant."""
    found = []
    for path in sorted(PROOFS.glob("*.t.sol")):
        text = path.read_text(encoding="utf-8")
        starts = [(at.start(), at[1]) for at in re.finditer(r"^contract (\w+)", text, re.MULTILINE)]
        mine = [
            Property(
                path,
                [name for start, name in starts if start < at.start()][-1],
                at["name"],
                at["file"],
                at["old"],
                at["new"],
            )
            for at in PROPERTY.finditer(text)
        ]
        alone = set(re.findall(r"function (check_\w+)\(", text)) - {one.name for one in mine}
        if alone:
            raise ValueError(f"{path.name}: no mutant of {', '.join(sorted(alone))}")
        found += mine
    return found


def lay_out(wanted: list[Property]) -> None:
    """Write the sources as they are, and once for each mutant, and compile them all together."""
    shutil.rmtree(TREE, ignore_errors=True)
    _copy(ROOT / "foundry.toml", TREE)
    (TREE / "scripts").symlink_to(ROOT / "scripts")
    _copy_base()
    home = _copy_sources("as_they_are")
    for path in {one.path for one in wanted}:
        _place(path.name, path.read_text(encoding="utf-8"), home)
    for one in wanted:
        home = _copy_sources(one.name)
        # Each under a name of its own: Halmos finds contracts by name.
        text = one.path.read_text(encoding="utf-8")
        named = text.replace(f"contract {one.contract} ", f"contract {one.mutant} ")
        _place(f"{one.mutant}.t.sol", named, home)
        source = (home / "contracts" / one.file).resolve()
        text = source.read_text(encoding="utf-8")
        if text.count(one.old) != 1:
            raise ValueError(f"{one.name}: {one.file} has {text.count(one.old)} times {one.old!r}")
        source.write_text(text.replace(one.old, one.new), encoding="utf-8")
    subprocess.run(
        ["forge", "build", "--ast", "--extra-output", "storageLayout", "metadata", "--quiet"],
        cwd=TREE,
        env=_environment(),
        check=True,
    )


def run(contract: str, name: str, *flags: str) -> Outcome:
    """Return what Halmos says of a check of a contract."""
    command = [str(BIN / "python"), str(PROOFS / "prover.py"), "--root", str(TREE)]
    command += ["--contract", contract, "--match-test", f"^{name}\\(", *FLAGS, *flags]
    done = subprocess.run(
        command, cwd=TREE, env=_environment(), capture_output=True, text=True, check=False
    )
    text = COLOUR.sub("", done.stdout + done.stderr)
    result = RESULT.search(text)
    if not result:
        return Outcome("ERROR " + " ".join(text.split())[-400:], 0, 0, "", "")
    word, _, types, paths, seconds, bounds = result.groups()
    if word == "PASS" and (bounds or "WARNING" in text):
        word = "INCOMPLETE " + " ".join(re.findall(r"WARNING.*", text))
    # One for each path that breaks it; the first will do. Those that Halmos doubts are none.
    shown = re.split(r"^Counterexample: *$", text, flags=re.MULTILINE)[1:2]
    values = ", ".join(f"{key} = {short(value)}" for key, value in VALUE.findall("".join(shown)))
    return Outcome(word, float(seconds), int(paths), types, values)


def said(outcome: Outcome, hoped: str) -> str:
    """Return what came of a run, in words."""
    is_so = outcome.is_proved if hoped == "proved" else outcome.is_refuted
    return f"{hoped if is_so else outcome.word} in {outcome.seconds:.0f} s"


def short(value: str) -> str:
    """Return a number as people write it, a long one by its ends."""
    text = str(int(value, 16)) if re.fullmatch(r"0x[0-9a-f]+", value) else value
    return text if len(text) <= 32 else f"{value[:10]}...{value[-6:]}"


def row(one: Property, proof: Outcome) -> str:
    """Return a property's line of the page: what does not change from run to run."""
    types = proof.types.replace(",", ", ")
    mutant = f"`{one.file}`: `{one.old}` becomes `{one.new}`"
    return f"| {one.law} | {one.sentence} | {types} | {mutant} |"


def same_page(rows: list[str], *, update: bool) -> bool:
    """Return whether the page has these rows; write them if it shall."""
    head = "| law | property | over all | mutant that breaks it |\n|---|---|---|---|\n"
    table = head + "\n".join(sorted(rows)) + "\n"
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split("<!-- proofs -->\n")
    after = rest.split("<!-- end -->")[1]
    wanted = f"{before}<!-- proofs -->\n{table}<!-- end -->{after}"
    if update:
        PAGE.write_text(wanted, encoding="utf-8")
    elif text != wanted:
        print("docs/proofs.md does not show what was proved: make prove ARGS=--update")
    return update or text == wanted


def _copy_base() -> None:
    """Copy Solady, which says another error where Halmos cannot follow it.

    It writes an error's selector to a place in memory that depends on an address, and reverts at
    once, whichever it is. Only which error it is changes here, which no proof speaks of.
    """
    base = TREE / "node_modules" / "solady" / "src"
    shutil.copytree(ROOT / "node_modules" / "solady" / "src", base)
    path = base / "tokens" / "ERC721.sol"
    text, count = SELECTOR.subn(r"mstore(0x00, 0)\1", path.read_text(encoding="utf-8"))
    if not count:
        raise ValueError("Solady's ERC721 says its errors otherwise now")
    path.write_text(text, encoding="utf-8")


def _copy_sources(name: str) -> Path:
    """Return where a copy of the contracts is, and of what all proofs share."""
    home = TREE / "sources" / name
    shutil.copytree(ROOT / "contracts", home / "contracts")
    for path in [ROOT / "tests" / "invariants" / "Vm.sol", *PROOFS.glob("*.sol")]:
        if not path.name.endswith(".t.sol"):
            _copy(path, home)
    return home


def _place(name: str, text: str, home: Path) -> None:
    """Write a proof that imports from `home`; only what proofs import is compiled."""
    near = os.path.relpath(home / "tests" / "proofs", TREE / "src")
    text = re.sub(r'from "(\.{1,2}/)', rf'from "{near}/\1', text)
    (TREE / "src").mkdir(exist_ok=True)
    (TREE / "src" / name).write_text(text, encoding="utf-8")


def _copy(path: Path, home: Path) -> None:
    to = home / path.relative_to(ROOT)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def _environment() -> dict[str, str]:
    """Return the environment in which forge compiles the tree, and where it is."""
    here = {"FOUNDRY_SRC": "src", "FOUNDRY_TEST": "src", "FOUNDRY_OUT": "out"}
    here["FOUNDRY_CACHE_PATH"] = "cache"
    return {**os.environ, **here, "PATH": f"{BIN}:{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main())
