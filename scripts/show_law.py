"""Shows one law: its sentence, the contracts and the Python that keep it, its tests and its proofs.

Found by the law's number where it is written, in comments and names, so nothing is listed twice:
`Law 13` above a function of `contracts/` (or above the one of an interface that it implements),
`(law 13)` in a docstring or comment of `tests/model`, the mark `law13`, and `law13` in the name of
a Forge test, an invariant or a proof.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.syntax import Syntax

from scripts.check_laws import TESTS, Test, tests_in

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = ROOT / "contracts"
MODEL = TESTS / "model"
LAWS = range(1, 21)

NAMED = re.compile(r"\blaws? ((?:\d+(?: ?- ?|, | and )?)+)", re.IGNORECASE)
"""`Law 13`, `laws 9, 17`, `Laws 4-8, 10 and 14`."""


@dataclass(frozen=True)
class Piece:
    """Lines of a file that keep or hold a law; `last` is the last of them."""

    file: str
    first: int
    last: int
    name: str


@dataclass(frozen=True)
class Law:
    """All that the repository has of one law. `tests` are counted by file."""

    number: int
    sentence: str
    contracts: list[Piece]
    python: list[Piece]
    tests: dict[str, int]
    forge: list[Piece]
    proofs: list[Piece]


def main(argv: Sequence[str] | None = None) -> int:
    """Print a law; return 0, or 2 where there is none of that number."""
    parser = argparse.ArgumentParser(description="one law, and what keeps it")
    parser.add_argument("number", help="1 to 20")
    parser.add_argument("--json", action="store_true", help="one JSON object, without the lines")
    asked = parser.parse_args(argv)
    if not asked.number.isdecimal() or int(asked.number) not in LAWS:
        print(f"There is no law {asked.number!r}: name one of 1 to 20, as N=13.", file=sys.stderr)
        return 2
    law = law_of(int(asked.number))
    if asked.json:
        print(json.dumps(asdict(law), indent=2))
    else:
        # In a file or a pipe no line is cut.
        _print(law, Console(width=None if sys.stdout.isatty() else 140))
    return 0


def law_of(number: int) -> Law:
    """Return what the repository has of a law."""
    counts = Counter(test.file for test in _tests() if f"law{number}" in test.marks)
    return Law(
        number=number,
        sentence=sentence(number),
        contracts=in_contracts(number),
        python=in_model(number),
        tests={f"tests/{file}": count for file, count in counts.items()},
        forge=named_in(TESTS / "invariants", number, "invariant|test|testFuzz"),
        proofs=named_in(TESTS / "proofs", number, "check"),
    )


def sentence(number: int) -> str:
    """Return the law as `docs/design.md` says it."""
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    found = re.search(rf"^ ?{number}\. (.+(?:\n {{3,}}.+)*)", page, re.MULTILINE)
    if not found:
        raise ValueError(f"docs/design.md has no law {number}")
    return " ".join(found[1].split())


def in_contracts(number: int) -> list[Piece]:
    """Return the functions whose comments, or those of the interface they fulfil, name the law."""
    paths = [path for path in sorted(CONTRACTS.rglob("*.sol")) if "mocks" not in path.parts]
    deeds = {path: _functions(path) for path in paths}
    told = {
        piece.name
        for path in paths
        if "interfaces" in path.parts
        for piece, words in deeds[path]
        if number in numbers(words)
    }
    return [
        piece
        for path in paths
        if "interfaces" not in path.parts
        for piece, words in deeds[path]
        if number in numbers(words) or (piece.name in told and "@inheritdoc I" in words)
    ]


def in_model(number: int) -> list[Piece]:
    """Return the functions of the Python model that name the law."""
    return [piece for path in sorted(MODEL.glob("*.py")) for piece in _defs(path, number)]


def named_in(folder: Path, number: int, kinds: str) -> list[Piece]:
    """Return the Solidity functions below a folder that bear the law in their names."""
    mine = re.compile(rf"(?:{kinds})_law0?{number}_")
    return [
        piece
        for path in sorted(folder.rglob("*.sol"))
        for piece, _ in _functions(path)
        if mine.match(piece.name)
    ]


def numbers(words: str) -> set[int]:
    """Return the laws that a text names, ranges spelled out."""
    found: set[int] = set()
    for named in NAMED.finditer(words):
        for first, last in re.findall(r"(\d+)(?: ?- ?(\d+))?", named[1]):
            found.update(range(int(first), int(last or first) + 1))
    return found


@cache
def _tests() -> tuple[Test, ...]:
    return tuple(test for path in sorted(TESTS.rglob("test_*.py")) for test in tests_in(path))


@cache
def _functions(path: Path) -> list[tuple[Piece, str]]:
    """Return each function of a Solidity file, and the comments above and in it.

    The comment above a library counts for all its functions. `forge fmt` has put every closing
    brace under its function.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    pieces: list[tuple[Piece, str]] = []
    of_all = ""
    above: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith("///"):
            above.append(line.strip(" /"))
        elif found := re.match(r"(\s*)function (\w+)|(\s*)constructor", line):
            last = _end(lines, at, found[1] or found[3] or "")
            body = [text.split("//", 1)[1] for text in lines[at : last + 1] if "//" in text]
            piece = Piece(_name(path), at + 1, last + 1, found[2] or "constructor")
            pieces.append((piece, " ".join([of_all, *above, *body])))
            at, above = last, []
        else:
            if line.startswith("library "):
                of_all = " ".join(above)
            above = []
        at += 1
    return pieces


def _end(lines: Sequence[str], at: int, indent: str) -> int:
    """Return the line that ends a function which begins at `at`."""
    for last in range(at, len(lines)):
        text = lines[last]
        if text == f"{indent}}}" or (text.endswith((";", "{}")) and last == at):
            return last
        if text.endswith(";") and not any("{" in head for head in lines[at : last + 1]):
            return last
    raise ValueError(f"no end of {lines[at].strip()}")


def _defs(path: Path, number: int) -> Iterator[Piece]:
    """Yield the functions of a Python file that name a law.

    All of them where the file is of that law alone, or names it only at its head.
    """
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    of_all = numbers(ast.get_docstring(tree) or "")
    own = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    named = [
        node
        for node in own
        if number in numbers("\n".join(lines[node.lineno - 1 : node.end_lineno]))
    ]
    if of_all == {number} or (number in of_all and not named):
        named = own
    for node in named:
        yield Piece(_name(path), node.lineno, node.end_lineno or node.lineno, node.name)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _print(law: Law, console: Console) -> None:
    console.print(f"[bold]Law {law.number}.[/] {law.sentence}", highlight=False)
    _lines(console, "The contracts", law.contracts, "solidity")
    _lines(console, "The same in Python", law.python, "python")
    console.rule("The tests", align="left")
    for file, count in law.tests.items():
        console.print(f"{file}  {count}", highlight=False)
    for title, pieces in (("In Forge", law.forge), ("The proofs", law.proofs)):
        console.rule(title, align="left")
        for piece in pieces:
            console.print(f"{piece.file}:{piece.first}  {piece.name}", highlight=False)
        if not pieces:
            console.print("none")
    console.print(f"\nmake law{law.number} runs the tests.", highlight=False)


def _lines(console: Console, title: str, pieces: Sequence[Piece], language: str) -> None:
    console.rule(title, align="left")
    for piece in pieces:
        console.print(f"\n[bold]{piece.file}:{piece.first}[/]", highlight=False)
        source = (ROOT / piece.file).read_text(encoding="utf-8").splitlines()
        text = "\n".join(source[piece.first - 1 : piece.last])
        syntax = Syntax(
            text,
            language,
            line_numbers=True,
            start_line=piece.first,
            theme="ansi_light",
            background_color="default",
        )
        console.print(syntax)


if __name__ == "__main__":
    sys.exit(main())
