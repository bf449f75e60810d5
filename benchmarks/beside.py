"""Our gas beside that of peers, on one node in one run.

`python -m benchmarks.beside` measures both and writes `gas.json` (each operation of ours, its floor
and the best peer), `peers.json` (every peer, and what ours is made of), `docs/gas.md` and the
README's table. The peers come from npm by `make bench-gas`; tests only compare what is kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress

from benchmarks import gas_page, gas_snapshot
from benchmarks.breakdown import breakdown
from benchmarks.floors import floor
from benchmarks.gas import ROWS, Gas, measure
from benchmarks.peers import bare, eas, sablier, splitter, superfluid, unlock
from benchmarks.peers.stage import HARDFORK, Compared, Peers, fresh_chain

__all__ = ["main", "rows_of", "write"]


def main(argv: Sequence[str] | None = None) -> None:
    """Measure ours and the peers, or with `--ours` only ours beside the peers that are kept."""
    parser = argparse.ArgumentParser(description="gas beside that of peers")
    parser.add_argument("--ours", action="store_true", help="leave the peers as they are kept")
    only_ours = parser.parse_args(argv).ours
    with fresh_chain() as chain:
        measured = measure(chain)
        peers = Peers(chain)
        ours = {row.operation: _made_of(peers, gas) for row, gas in measured.items()}
        others = gas_page.kept()["peers"] if only_ours else list(_shown(peers))
    write({"hardfork": HARDFORK, "ours": ours, "peers": others})
    Console().print(gas_page.summary(gas_page.beside(), gas_page.kept()))


def write(found: Mapping[str, Any]) -> None:
    """Keep what was measured, and write the pages that show it."""
    gas_page.PEERS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    rows = rows_of(found)
    gas_page.GAS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    gas_page.PAGE.write_text(gas_page.page(rows, found), encoding="utf-8")
    readme = gas_snapshot.README.read_text(encoding="utf-8")
    with_table = gas_snapshot.with_table(readme, gas_snapshot.kept())
    gas_snapshot.README.write_text(with_table, encoding="utf-8")


def rows_of(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each operation of ours with its floor and the peer that spends least on the same."""
    rows: list[dict[str, Any]] = []
    for row in ROWS:
        same = [p for p in found["peers"] if p["operation"] == row.operation and p["is_peer"]]
        best = min(same, key=lambda peer: peer["gas"], default=None)
        rows.append(
            {
                "operation": row.operation,
                "gas": found["ours"][row.operation]["gas"],
                "floor": floor(row),
                "best_peer": best and best["peer"],
                "peer_gas": best and best["gas"],
            }
        )
    return rows


def _made_of(peers: Peers, gas: Gas) -> dict[str, Any]:
    parts = [asdict(part) for part in breakdown(peers.chain, gas.transaction)]
    return {**asdict(peers.spent(gas.transaction)), "parts": parts}


def _shown(peers: Peers) -> Iterator[dict[str, Any]]:
    """Yield every peer's row, and show how far it is."""
    streams = sablier.Streams(peers)
    rooms = (
        ("bare ERC-721", lambda: bare.compared(peers)),
        ("EAS", lambda: eas.compared(peers)),
        ("Sablier", lambda: sablier.compared(peers, streams)),
        ("Unlock", lambda: unlock.compared(peers, streams)),
        ("PaymentSplitter", lambda: splitter.compared(peers, streams)),
        ("Superfluid", lambda: superfluid.compared(peers)),
    )
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for name, compared in progress.track(rooms, description="peers"):
            progress.console.print(f"measuring {name}")
            yield from map(_kept, compared())


def _kept(compared: Compared) -> dict[str, Any]:
    row = asdict(compared)
    spent = row.pop("spent")
    return {**row, **spent}


if __name__ == "__main__":
    main()
