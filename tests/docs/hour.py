"""The three people of docs/first-hour.md: a fresh chain, a folder with two pictures, our program.

`python -m tests.docs.hour` writes what the commands print now into the page; tests only compare.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from scripts.compile import ROOT
from tests.docs.page import follow, printed_anew, steps
from twinrights.chain.connect import connect
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet

__all__ = ["PAGE", "followed", "without_ids"]

PAGE = ROOT / "docs" / "first-hour.md"
PICTURES = ROOT / "client" / "twinrights" / "demo" / "data" / "images"
BORN = int(datetime(2026, 3, 1, 9, tzinfo=timezone.utc).timestamp())
ID = re.compile(r"\b(?:0x[0-9a-fA-F]{8,}(?:…[0-9a-fA-F]{4})?|[0-9a-fA-F]{16,})\b")
"""An id, a short one, or the rest of one that a table has broken."""


def followed(page: str) -> list[str]:
    """What each step prints for people who begin today."""
    with beginning() as (url, folder):
        given = {"TWINRIGHTS_RPC": url, "TWINRIGHTS_DEPLOYMENT": "deployment.json"}
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        return follow(steps(page), given=given, folder=folder, path=path)


@contextmanager
def beginning() -> Iterator[tuple[str, Path]]:
    """What `twinrights node` leaves, on a day that is always the same, and two pictures."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = home / "folder"
        (folder / "pictures").mkdir(parents=True)
        for picture in ("alva-01.jpg", "alva-02.jpg"):
            shutil.copy(PICTURES / picture, folder / "pictures")
        with start_program("anvil", folder=home / "anvil", born=BORN) as node:
            web3 = connect(node.url)
            web3.manager.request_blocking("anvil_setBlockTimestampInterval", [1])
            deployment = deploy(web3, dev_wallet(0))
            chain = TwinRights(web3, deployment)
            chain.fund(dev_wallet("hm").address, 100_000 * 10**6, payer=dev_wallet(0))
            deployment.save(folder / "deployment.json")
            yield node.url, folder


def without_ids(printed: list[str]) -> list[str]:
    """The same with every id by its number: keys and salts differ each time, not who is who."""
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[0].lower(), len(numbers))
        return f"<{number}>".ljust(len(found[0]))

    return [ID.sub(numbered, step) for step in printed]


def main() -> None:
    """Write what the commands print into the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(printed_anew(page, followed(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
