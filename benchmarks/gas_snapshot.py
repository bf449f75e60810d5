"""The gas of what people do, kept in git: a difference fails a test, and is taken on purpose.

`python -m benchmarks.gas_snapshot` prints what is measured now beside what is kept and the targets;
with `--update` it writes the snapshot and the README's table, in which floors and peers stand
beside it (`benchmarks.beside`). Tests compare and never write.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import gas_page
from benchmarks.gas import Row, measure

__all__ = ["README", "SNAPSHOT", "as_kept", "kept", "main", "with_table"]

SNAPSHOT = Path(__file__).with_name("gas-snapshot.json")
README = Path(__file__).parent.parent / "README.md"
TABLE = re.compile(r"^\| \| gas \|.*\n\|---\|---:\|.*\n(?:\|.*\n)*", re.MULTILINE)


def as_kept(measured: Mapping[Row, int]) -> list[dict[str, Any]]:
    """Return what the snapshot says of measured rows."""
    return [
        {"operation": row.operation, "before": row.before, "gas": gas, "target": row.target}
        for row, gas in measured.items()
    ]


def kept() -> list[dict[str, Any]]:
    """Return the rows of the snapshot."""
    rows: list[dict[str, Any]] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return rows


def with_table(page: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the README with the table of these rows."""
    written, tables = TABLE.subn(lambda _: gas_page.readme_table(rows), page)
    if tables != 1:
        raise ValueError(f"the README has {tables} tables of gas")
    return written


def main(argv: Sequence[str] | None = None) -> None:
    """Print each row beside the snapshot and its target; with `--update` write what is measured."""
    parser = argparse.ArgumentParser(description="gas of what people do")
    parser.add_argument("--update", action="store_true", help="keep what is measured")
    updating = parser.parse_args(argv).update
    before = {row["operation"]: row["gas"] for row in kept()} if SNAPSHOT.is_file() else {}
    measured = measure()
    Console().print(_compared(measured, before))
    if updating:
        rows = as_kept(measured)
        SNAPSHOT.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
        page = README.read_text(encoding="utf-8")
        README.write_text(with_table(page, rows), encoding="utf-8")


def _compared(measured: Mapping[Row, int], before: Mapping[str, int]) -> Table:
    table = Table(title="gas, second use of everything, standing allowance")
    table.add_column("operation")
    for column in ("gas", "changed", "target"):
        table.add_column(column, justify="right")
    for row, gas in measured.items():
        change = gas - before.get(row.operation, gas)
        target = "" if row.target is None else f"{row.target:,}"
        over = row.target is not None and gas > row.target
        table.add_row(
            row.operation, f"{gas:,}", f"{change:+,}" if change else "", target + " over" * over
        )
    return table


if __name__ == "__main__":
    main()
