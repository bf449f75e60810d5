"""Holds every law to its tests: one that a deed is refused, one at a boundary.

Reads the tests and runs none. A test counts for a law if it, its class or its module is marked
`law<N>`; the marks of single parameters do not count. Says what is missing, and what
`tests/README.md` names in vain.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
README = TESTS / "README.md"
LAWS = [f"law{number}" for number in range(1, 21)]
NEEDED = ("refusal", "boundary")


@dataclass(frozen=True)
class Test:
    """A test function: the file it stands in, below `tests`, and every mark that it bears."""

    file: str
    name: str
    marks: frozenset[str]


def main() -> int:
    """Print a table of the laws; return 1 if one lacks a test, else 0."""
    tests = [test for path in sorted(TESTS.rglob("test_*.py")) for test in tests_in(path)]
    faults = [*missing(tests), *in_vain(tests)]
    print(table(tests))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def tests_in(path: Path) -> Iterator[Test]:
    """Yield the tests of a file, those of its classes too."""
    module = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    named = dict(_named_marks(module.body))
    yield from _tests(module.body, path.relative_to(TESTS).as_posix(), frozenset(), named)


def missing(tests: Iterable[Test]) -> list[str]:
    """Return a line for each law without a test of a kind that it needs."""
    found = {(law, mark) for test in tests for law in test.marks for mark in test.marks}
    return [
        f"{law} has no test marked both {law} and {kind}"
        for law in LAWS
        for kind in NEEDED
        if (law, kind) not in found
    ]


def in_vain(tests: Iterable[Test]) -> list[str]:
    """Return a line for each file that the README names beside a law without a test of it."""
    holding = {(law, test.file) for test in tests for law in test.marks}
    rows = re.findall(r"^\| (\d+) \|.*\|(.*)\|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    faults = [
        f"tests/README.md names {file} for law {number}, which holds no test of it"
        for number, files in rows
        for file in re.findall(r"`([^`]+\.py)`", files)
        if (f"law{number}", file) not in holding
    ]
    listed = [f"law{number}" for number, _ in rows]
    return faults if listed == LAWS else [*faults, "tests/README.md does not list the 20 laws"]


def table(tests: Iterable[Test]) -> str:
    """Return how many tests hold each law, and in how many files."""
    lines = [f"{'law':>5} {'tests':>6} {'refusal':>8} {'boundary':>9} {'story':>6} {'files':>6}"]
    for law in LAWS:
        of_law = [test for test in tests if law in test.marks]
        counts = [sum(kind in test.marks for test in of_law) for kind in (*NEEDED, "story")]
        files = len({test.file for test in of_law})
        lines.append(
            f"{law:>5} {len(of_law):>6} {counts[0]:>8} {counts[1]:>9} {counts[2]:>6} {files:>6}"
        )
    return "\n".join(lines)


def _tests(
    body: list[ast.stmt], file: str, inherited: frozenset[str], named: dict[str, str]
) -> Iterator[Test]:
    """Yield the tests of a module's or a class's body, which inherit its marks."""
    inherited |= _pytestmark(body, named)
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _tests(
                node.body, file, inherited | _marks(node.decorator_list, named), named
            )
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield Test(file, node.name, inherited | _marks(node.decorator_list, named))


def _pytestmark(body: list[ast.stmt], named: dict[str, str]) -> frozenset[str]:
    """Return the marks that a body gives to all its tests."""
    marks: frozenset[str] = frozenset()
    for node in body:
        if isinstance(node, ast.Assign) and _is_name(node.targets[0], "pytestmark"):
            value = node.value
            marks |= _marks(
                value.elts if isinstance(value, ast.List | ast.Tuple) else [value], named
            )
    return marks


def _marks(nodes: Iterable[ast.expr], named: dict[str, str]) -> frozenset[str]:
    marks = (
        _mark(node) or (named.get(node.id) if isinstance(node, ast.Name) else None)
        for node in nodes
    )
    return frozenset(mark for mark in marks if mark)


def _named_marks(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the marks that a module gives a name of its own, as in `law8 = pytest.mark.law8`."""
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            mark = _mark(node.value)
            if mark:
                yield node.targets[0].id, mark


def _mark(node: ast.expr) -> str | None:
    """Return the mark's name if this is `pytest.mark.<name>` or a call of it, else None."""
    target = node.func if isinstance(node, ast.Call) else node
    if not isinstance(target, ast.Attribute) or not isinstance(target.value, ast.Attribute):
        return None
    marks = target.value
    is_pytest = marks.attr == "mark" and _is_name(marks.value, "pytest")
    return target.attr if is_pytest else None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


if __name__ == "__main__":
    sys.exit(main())
