"""Runs the killers over the mutants and keeps the books: `make mutants`.

The mutants of a file are taken in the order of their hashes, so that the first of them are a sample
by chance, the same in every run. What is found is appended to `build/mutants/book.jsonl`, by the
text of the line: an interrupted run goes on, and a changed contract has only its changed lines
judged again.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from scripts.compile import SETTINGS, code_of
from tests.mutants.killers import GAS, ROOT, WORK, Killer, killers_of, prepare

BOOK = WORK / "book.jsonl"
EQUIVALENT = Path(__file__).parent / "equivalent.csv"
TOOL = ROOT / ".venv-mutants" / "bin" / "python"
CONTRACTS = ("TwinLicense", "DigitalTwin", "TokenMetadata")
FIRST = (
    *("RoyaltyStream", "StreamMath", "ShareMath", "Push", "TwinLicense", "Exclusivity"),
    *("UsageLedger", "Quote", "SignedBy", "TermsHash", "Live", "Status", "LicenseState"),
    *("Guardianship", "TwinState", "DigitalTwin", "TrustEvents", "Soulbound"),
)
"""Money and grants, then twins; then what is left."""

OUTPUT = [
    *("evm.bytecode.object", "evm.deployedBytecode.object"),
    "evm.deployedBytecode.immutableReferences",
]
QUICK = {**SETTINGS, "optimizer": {"enabled": False}}
"""Half the time of a compile is the optimizer's. What the quick killers leave is compiled as it is
shipped, too: it may be the same then."""

HEADS = (
    *("made", "tried", "invalid", "same", "judged"),
    *("killed", "equivalent", "survived", "open", "unjudged"),
)
Codes = dict[str, dict[str, Any]]
"""The code of each contract, as an artifact names it."""
CHANCE = 1.96
"""Standard deviations of a 95 % interval."""


@dataclass(frozen=True)
class Mutant:
    file: str
    line: int
    was: str
    now: str
    which: int
    """1, or 2 for the second line of this very text in the file, and so on."""

    @property
    def key(self) -> str:
        """Who it is, whatever happens to the lines above."""
        parts = json.dumps([self.file, self.was, self.now, self.which])
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    @property
    def name(self) -> tuple[str, str, str]:
        """How an argument names it."""
        return self.file, self.was.strip(), self.now.strip()

    @property
    def text(self) -> str:
        """The whole file, mutated."""
        lines = (ROOT / self.file).read_text(encoding="utf-8").splitlines(keepends=True)
        assert lines[self.line - 1] == self.was, f"{self.file} was changed during the run"
        lines[self.line - 1] = self.now
        return "".join(lines)


class Compiler:
    """One solc that stays loaded."""

    def __init__(self) -> None:
        script = str(Path(__file__).parent / "compile.js")
        self._solc = subprocess.Popen(
            ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def compile(
        self, contract: str, settings: Mapping[str, Any], file: str = "", text: str = ""
    ) -> dict[str, Any] | None:
        """Return what it compiles to, as an artifact names it, where a file has this text.

        None if it does not compile.
        """
        assert self._solc.stdin
        assert self._solc.stdout
        main = f"contracts/{contract}.sol"
        wanted = {**settings, "outputSelection": {main: {contract: OUTPUT}}}
        order = {"main": main, "file": file, "text": text, "settings": wanted}
        self._solc.stdin.write(json.dumps(order) + "\n")
        self._solc.stdin.flush()
        answer = json.loads(self._solc.stdout.readline())
        if any(error["severity"] == "error" for error in answer.get("errors", ())):
            return None
        return code_of(answer["contracts"][main][contract]["evm"])


class Court:
    """Judges a mutant: compiles it, shows it to its killers, writes down what comes of it.

    Several may sit at once, each in a folder of its own; they share the book.
    """

    def __init__(self, folder: Path, begun: float) -> None:
        self.book = read_book()
        self._begun = begun
        self._folder = folder
        self._compiler = Compiler()
        self._codes: dict[tuple[str, bool], dict[str, Any] | None] = {}
        self._fair: set[str] = set()
        killed = (entry for entry in self.book.values() if entry["outcome"] == "killed")
        self._known = {entry["code"]: entry for entry in killed}

    def judge(self, mutant: Mutant, *, is_slow: bool) -> str:
        """Show a mutant to its quick killers, or one that they left `open` to the slow ones."""
        begun = time.monotonic()
        found = self._judge(mutant, is_slow)
        entry = {"key": mutant.key, **asdict(mutant), **found}
        entry["seconds"] = round(time.monotonic() - begun, 1)
        with BOOK.open("a", encoding="utf-8") as book:
            book.write(json.dumps(entry) + "\n")
        outcome = str(entry["outcome"])
        if outcome not in ("invalid", "same"):
            what = f"{time.monotonic() - self._begun:6.0f} s  {outcome} {entry.get('by', '')}"
            print(f"{what:<36} {mutant.file}:{mutant.line} {mutant.now.strip()}", flush=True)
        return outcome

    def _judge(self, mutant: Mutant, is_slow: bool) -> dict[str, Any]:
        changed = self._changed(mutant, QUICK)
        if changed is None:
            return {"outcome": "invalid"}
        if not changed:
            return {"outcome": "same"}
        hashed = hashlib.sha256(json.dumps(changed, sort_keys=True).encode()).hexdigest()[:16]
        if known := self._known.get(hashed):
            return {"outcome": known["outcome"], "by": f"as {known['key']}", "code": hashed}

        found = {**self._show(mutant, changed, is_slow), "code": hashed}
        if found["outcome"] == "open" and self._changed(mutant, SETTINGS) == {}:
            found = {"outcome": "same", "by": "the optimizer"}
        if found["outcome"] in ("killed", "survived"):
            self._known[hashed] = {"key": mutant.key, **found}
        return found

    def _changed(self, mutant: Mutant, settings: Mapping[str, Any]) -> Codes | None:
        """Return which contracts a mutant changes, and to what; None if one does not compile."""
        changed: Codes = {}
        for contract in self._contracts_with(mutant.file):
            code = self._compiler.compile(contract, settings, mutant.file, mutant.text)
            if code is None:
                return None
            if code != self._original(contract, settings):
                changed[contract] = code
        return changed

    def _show(self, mutant: Mutant, changed: Codes, is_slow: bool) -> dict[str, Any]:
        for killer in killers_of(mutant.file, changed):
            if killer.is_slow != is_slow:
                continue
            codes = self._changed(mutant, SETTINGS) or {} if killer.is_shipped else changed
            verdict = killer.judge(self._lay_out("mutant", codes, killer))
            if verdict.outcome == "killed" and not self._is_fair(killer, verdict.test):
                verdict = replace(verdict, outcome="unjudged", said="fails without a mutant, too")
            if verdict.outcome != "survived":
                found = {"outcome": verdict.outcome, "by": killer.name}
                return {**found, "test": verdict.test, "said": verdict.said}
        return {"outcome": "survived" if is_slow else "open"}

    def _is_fair(self, killer: Killer, test: str) -> bool:
        """Return whether the test that failed finds no fault in the contracts as they are."""
        if test not in self._fair:
            alone = replace(killer, tests=(test,))
            if alone.judge(self._lay_out("original", {}, killer)).outcome == "survived":
                self._fair.add(test)
        return test in self._fair

    def _original(self, contract: str, settings: Mapping[str, Any]) -> dict[str, Any] | None:
        known = contract, settings is QUICK
        if known not in self._codes:
            self._codes[known] = self._compiler.compile(contract, settings)
        return self._codes[known]

    def _lay_out(self, name: str, changed: Codes, killer: Killer) -> Path:
        """Write artifacts as the package has them, with the code that a killer is to see."""
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        settings = SETTINGS if killer.is_shipped else QUICK
        for file in (ROOT / "client" / "twinrights" / "artifacts").glob("*.json"):
            artifact = json.loads(file.read_text(encoding="utf-8"))
            if file.stem in CONTRACTS:
                artifact |= changed.get(file.stem) or self._original(file.stem, settings) or {}
            (folder / file.name).write_text(json.dumps(artifact), encoding="utf-8")
        return folder

    @staticmethod
    def _contracts_with(file: str) -> list[str]:
        return [each for each in CONTRACTS if file in _imported(f"contracts/{each}.sol")]


@cache
def _imported(file: str) -> frozenset[str]:
    """Return a source and all of ours that it imports."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = {file}
    for name in re.findall(r'from "(\..*?)";', text):
        path = (ROOT / file).parent.joinpath(name).resolve().relative_to(ROOT)
        found |= _imported(path.as_posix())
    return frozenset(found)


def files() -> list[str]:
    """Return what is mutated: all that is deployed, what matters most first."""
    found = (ROOT / "contracts").rglob("*.sol")
    kept = [path for path in found if path.parent.name not in ("mocks", "interfaces")]
    order = {name: place for place, name in enumerate(FIRST)}
    kept.sort(key=lambda path: (order.get(path.stem, len(order)), path))
    return [path.relative_to(ROOT).as_posix() for path in kept]


def generate(files: list[str]) -> dict[str, list[Mutant]]:
    """Return the mutants of each file, in the order of their hashes."""
    script = str(Path(__file__).parent / "generate.py")
    made = subprocess.run(
        [TOOL, script, *files], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    places: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for line in made.stdout.splitlines():
        file, number, was, now = json.loads(line)
        places[file, was, now].append(number)
    found: dict[str, list[Mutant]] = {file: [] for file in files}
    for (file, was, now), numbers in places.items():
        found[file] += [
            Mutant(file, number, was, now, which) for which, number in enumerate(numbers, 1)
        ]
    return {file: sorted(mutants, key=lambda each: each.key) for file, mutants in found.items()}


def read_book() -> dict[str, dict[str, Any]]:
    """Return what was found of each mutant, the last word of each."""
    if not BOOK.is_file():
        return {}
    entries = map(json.loads, BOOK.read_text(encoding="utf-8").splitlines())
    return {entry["key"]: entry for entry in entries}


def read_equivalents() -> dict[tuple[str, str, str], str]:
    with EQUIVALENT.open(encoding="utf-8", newline="") as table:
        return {
            (row["file"], row["was"], row["now"]): row["argument"] for row in csv.DictReader(table)
        }


def judge(mutants: Mapping[str, list[Mutant]], most: int, jobs: int, is_again: bool) -> None:
    """Judge what is not in the book yet, of each file until `most` of its mutants are.

    First all by the quick killers, then what they left open by the slow ones.
    """
    ask_quick = partial(_ask_quick, most=most, is_again=is_again)
    with get_context("fork").Pool(jobs, _sit, [time.monotonic()]) as courts:
        left = chain.from_iterable(courts.imap_unordered(ask_quick, mutants.values()))
        for _ in courts.imap_unordered(_ask_slow, list(left)):
            pass


_court: Court
"""That of this process."""


def _sit(begun: float) -> None:
    """Give a process of the pool its court."""
    global _court
    _court = Court(Path(mkdtemp(prefix="court-", dir=WORK)), begun)


def _ask_quick(candidates: list[Mutant], most: int, is_again: bool) -> list[Mutant]:
    """Judge the mutants of a file up to `most`; return what the slow killers are to see."""
    equivalents = read_equivalents()
    left: list[Mutant] = []
    count = 0
    for mutant in candidates:
        if most and count >= most:
            break
        outcome = _court.book.get(mutant.key, {}).get("outcome", "new")
        if outcome in ("new", "unjudged") or (is_again and outcome in ("open", "survived")):
            outcome = _court.judge(mutant, is_slow=False)
        # The quick killers may refute an argument; the slow ones are not asked.
        if outcome == "open" and mutant.name not in equivalents:
            left.append(mutant)
        count += outcome in ("killed", "open", "survived")
    return left


def _ask_slow(mutant: Mutant) -> None:
    _court.judge(mutant, is_slow=True)


def report(mutants: Mapping[str, list[Mutant]]) -> None:
    """Print the score by file, and what survives."""
    book, equivalents = read_book(), read_equivalents()
    survivors: list[dict[str, Any]] = []
    print(f"\n{'file':<36}{''.join(f'{head:>11}' for head in HEADS)}   score")
    sums: Counter[str] = Counter()
    sample: list[Counter[str]] = []
    for file, made in mutants.items():
        counts: Counter[str] = Counter(made=len(made))
        for mutant in made:
            entry = book.get(mutant.key)
            if entry is None:
                continue
            outcome = entry["outcome"]
            if mutant.name in equivalents:
                assert outcome != "killed", f"not equivalent, for it was killed: {mutant.name}"
                outcome = "equivalent" if outcome in ("survived", "open") else outcome
            if outcome in ("survived", "open"):
                survivors.append({**entry, "line": mutant.line})
            counts[outcome] += 1
            counts["by gas"] += entry.get("by") == GAS.name
            counts["tried"] += 1
            counts["judged"] += outcome in ("killed", "survived", "equivalent")
        sums.update(counts)
        print(f"{file.removeprefix('contracts/'):<36}{_row(counts)}")
        if _real(counts):
            sample.append(counts)
    print(f"{'':<36}{_row(sums)}")
    print(_estimate(sample))
    print(f"killed by nothing but the gas that is pinned: {sums['by gas']}")
    for entry in survivors:
        print(f"\n{entry['outcome']} {entry['file']}:{entry['line']} ({entry['key']})")
        print(f"  - {entry['was'].strip()}\n  + {entry['now'].strip()}")


def _real(counts: Mapping[str, int]) -> int:
    """Return how many can be killed: one that is open may yet be, and counts as if it were not."""
    return counts["judged"] + counts["open"] - counts["equivalent"]


def _row(counts: Mapping[str, int]) -> str:
    real = _real(counts)
    score = f"{100 * counts['killed'] / real:7.1f} %" if real else ""
    return "".join(f"{counts[head]:>11}" for head in HEADS) + score


def _estimate(files: Collection[Counter[str]]) -> str:
    """Say what the sample says of all mutants: each file counts by how many it would have."""
    reals = [_real(file) for file in files]
    killed, whole = _share(files, "killed", reals)
    sizes = [file["judged"] + file["open"] for file in files]
    equivalent, _ = _share(files, "equivalent", sizes)
    return (
        f"of some {whole:,.0f} that can be told apart {killed} are killed;\n"
        f"of all that compile to other code {equivalent} are called equivalent"
    )


def _share(files: Collection[Counter[str]], head: str, sizes: list[int]) -> tuple[str, float]:
    """Return a share of samples of these sizes with its interval (Wilson), and of how many."""
    scales = [file["made"] / file["tried"] for file in files]
    whole = sum(scale * size for scale, size in zip(scales, sizes, strict=True))
    share = sum(scale * file[head] for scale, file in zip(scales, files, strict=True)) / whole
    # As closely as a sample of this size would say it in which all weigh the same.
    size = whole**2 / sum(scale**2 * size for scale, size in zip(scales, sizes, strict=True))
    middle = share + CHANCE**2 / (2 * size)
    spread = CHANCE * math.sqrt(share * (1 - share) / size + (CHANCE / (2 * size)) ** 2)
    low, high = ((middle + sign * spread) / (1 + CHANCE**2 / size) for sign in (-1, 1))
    return f"{share:.1%} ({low:.1%} to {high:.1%})", whole


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("files", nargs="*", help="only of these files")
    parser.add_argument("--sample", type=int, default=0, help="at most so many of each file")
    parser.add_argument("--jobs", type=int, default=1, help="how many at once")
    parser.add_argument("--again", action="store_true", help="also those that are open or survived")
    parser.add_argument("--report", action="store_true", help="only print what is known")
    asked = parser.parse_args(argv)
    mutants = generate([each for each in files() if not asked.files or each in asked.files])
    if not asked.report:
        prepare()
        judge(mutants, asked.sample, asked.jobs, asked.again)
    report(mutants)
    return 0


if __name__ == "__main__":
    sys.exit(main())
