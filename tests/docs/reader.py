"""The reader of docs/without-us.md: a chain with a past, the brand's papers, `cast`, none of ours.

`python -m tests.docs.reader` writes what the commands print now into the page; tests only compare.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.compile import ROOT
from tests.docs.page import follow, printed_anew, steps
from tests.docs.past import BORN, lived
from twinrights.chain.node import start_program
from twinrights.wallets import dev_wallet

__all__ = ["PAGE", "Reader", "reader"]

PAGE = ROOT / "docs" / "without-us.md"
SENDERS = {"ANYONE": "stranger", "OWNER": "model", "LICENSEE": "hm"}
LICENSES = ("LICENSE", "BOOKED", "GIVEN_UP", "ENDED")


@dataclass(frozen=True)
class Reader:
    """What she has: the address of a node, the brand's papers, programs; and her licenses."""

    url: str
    papers: Path
    path: str
    license_ids: tuple[int, ...]

    def follows(self, page: str) -> list[str]:
        """Return what each step of the page prints for her, whose wallets are on the node."""
        given = {"ETH_RPC_URL": self.url} | {
            name: f"'--unlocked --from {dev_wallet(wallet).address}'"
            for name, wallet in SENDERS.items()
        }
        return follow(steps(page), given=given, folder=self.papers, path=self.path)


@contextmanager
def reader() -> Iterator[Reader]:
    """Let the past happen on a fresh chain, and give what is left of it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        papers, programs = home / "papers", home / "bin"
        papers.mkdir()
        programs.mkdir()
        # The program itself; npm's script of that name would need Node.
        (cast,) = (ROOT / "node_modules" / "@foundry-rs").glob("cast-*/bin/cast*")
        (programs / "cast").symlink_to(cast)
        with start_program("anvil", folder=home / "anvil", born=BORN) as node:
            grants = lived(node.url, papers).chain.licenses.all()
            ids = tuple(grant.license_id for grant in grants)
            yield Reader(node.url, papers, f"{programs}:/usr/bin:/bin", ids)


def main() -> None:
    """Write the licenses' numbers and what the commands print into the page."""
    page = PAGE.read_text(encoding="utf-8")
    with reader() as her:
        for name, license_id in zip(LICENSES, her.license_ids, strict=True):
            page = re.sub(rf"^{name}=.*$", f"{name}=0x{license_id:064x}", page, flags=re.MULTILINE)
        PAGE.write_text(printed_anew(page, her.follows(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
