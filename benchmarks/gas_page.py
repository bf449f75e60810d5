"""What the README and `docs/gas.md` show of `gas.json` and `peers.json`.

`benchmarks.beside` keeps those; the page's own words are in `gas_page.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from benchmarks.floors import FLOORS
from benchmarks.gas import COMPLETE_MOVE, MINT_FIRST, MINT_SECOND, MOVE, ROWS

__all__ = ["DEARER", "GAS", "PAGE", "PEERS", "beside", "kept", "page", "readme_table", "summary"]

GAS = Path(__file__).with_name("gas.json")
PEERS = Path(__file__).with_name("peers.json")
TEMPLATE = Path(__file__).with_name("gas_page.md")
PAGE = Path(__file__).parent.parent / "docs" / "gas.md"

_MINT = (
    "A bare mint asks nobody. Ours checks that the model signed for exactly this replica: her "
    "signature and the rest of the consent in calldata, one ecrecover, and two events, by which an "
    "auditor finds the consent and a wallet sees that the twin is locked. It writes no slot more."
)
DEARER: Mapping[str, str] = {
    MINT_FIRST.operation: _MINT,
    MINT_SECOND.operation: _MINT,
    COMPLETE_MOVE.operation: (
        "A transfer is one step, which a thief can take as well. This is the second of two, seven "
        "days after the first: it clears what was proposed, raises the epoch, so that every older "
        "signature is void, and says so in an event of its own."
    ),
    MOVE.operation: (
        "A transfer asks its holder alone. Ours checks three signatures, of owner, guardian and "
        "new wallet, and makes the slot of the epoch, by which every older signature is void. A "
        "twin is not for sale: this is done after a loss, not each day."
    ),
}
"""Why ours spends more than the best peer, where it does."""


def beside() -> list[dict[str, Any]]:
    """Return the rows of `gas.json`."""
    rows: list[dict[str, Any]] = json.loads(GAS.read_text(encoding="utf-8"))
    return rows


def kept() -> dict[str, Any]:
    """Return what `peers.json` holds."""
    found: dict[str, Any] = json.loads(PEERS.read_text(encoding="utf-8"))
    return found


def readme_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of the README: gas as the snapshot keeps it, floors and peers beside it."""
    others = {row["operation"]: row for row in beside()}
    lines = [_line(row["operation"], row["gas"], others[row["operation"]]) for row in rows]
    return "".join(
        (
            "| | gas | floor | best peer | its gas | ours is |\n",
            "|---|---:|---:|---|---:|---:|\n",
            *lines,
        )
    )


def _line(operation: str, gas: int, other: Mapping[str, Any]) -> str:
    if other["peer_gas"] is None:
        return f"| {operation} | {gas:,} | {other['floor']:,} | none | | |\n"
    ratio = f"{gas / other['peer_gas']:.2f} ×"
    peer = f"{other['best_peer']} | {other['peer_gas']:,}"
    return f"| {operation} | {gas:,} | {other['floor']:,} | {peer} | {ratio} |\n"


def page(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> str:
    """Return `docs/gas.md`."""
    return TEMPLATE.read_text(encoding="utf-8").format(
        hardfork=found["hardfork"].capitalize(),
        dearer="".join(_dearer(rows)),
        peers="".join(_peers(rows, found)),
        parts="\n".join(_made_of(rows, found)),
    )


def _dearer(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["peer_gas"] is not None and row["gas"] >= row["peer_gas"]:
            more = f"{row['gas'] - row['peer_gas']:,} more than {row['best_peer']}"
            yield f"* **{row['operation']}**: {more}. {DEARER[row['operation']]}\n"


def _peers(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> Iterator[str]:
    yield "| | gas | transactions | slots | logs | what it does in its place |\n"
    yield "|---|---:|---:|---:|---:|---|\n"
    for row in rows:
        ours = found["ours"][row["operation"]]
        yield f"| **{row['operation']}** | **{ours['gas']:,}** | {_counts(ours)} | |\n"
        same = [peer for peer in found["peers"] if peer["operation"] == row["operation"]]
        for peer in sorted(same, key=lambda peer: int(peer["gas"])):
            mark = "" if peer["is_peer"] else "*"
            name = f"{mark}{peer['peer']}{mark}"
            yield f"| {name} | {peer['gas']:,} | {_counts(peer)} | {peer['note']} |\n"


def _counts(spent: Mapping[str, Any]) -> str:
    slots = f"{spent['slots_new']} + {spent['slots_changed']}"
    return f"{spent['transactions']} | {slots} | {spent['logs']}"


def _made_of(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> Iterator[str]:
    for row, kind in zip(rows, ROWS, strict=True):
        yield f"### {row['operation']}\n"
        yield "| ours | gas | floor | gas |\n|---|---:|---|---:|"
        ours = [(p["what"], int(p["gas"])) for p in found["ours"][row["operation"]]["parts"]]
        least = [(part.what, part.gas) for part in FLOORS[kind]]
        for place in range(max(len(ours), len(least))):
            cells = [
                f"{part[0]} | {part[1]:,}" if part else " | "
                for part in (_at(ours, place), _at(least, place))
            ]
            yield f"| {cells[0]} | {cells[1]} |"
        yield f"| **in all** | **{row['gas']:,}** | | **{row['floor']:,}** |\n"


def _at(parts: Sequence[tuple[str, int]], place: int) -> tuple[str, int] | None:
    return parts[place] if place < len(parts) else None


def summary(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> Table:
    """Return the table that the command prints."""
    table = Table(title=f"gas beside peers, one Anvil, {found['hardfork']}")
    table.add_column("operation")
    for column in ("gas", "floor"):
        table.add_column(column, justify="right")
    table.add_column("best peer")
    table.add_column("its gas", justify="right")
    for row in rows:
        peer_gas = "" if row["peer_gas"] is None else f"{row['peer_gas']:,}"
        figures = (f"{row['gas']:,}", f"{row['floor']:,}")
        table.add_row(row["operation"], *figures, row["best_peer"] or "none", peer_gas)
    return table
