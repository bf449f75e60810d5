"""The inventory names every attack that is tried here, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOM = Path(__file__).parent
README = (ROOM / "README.md").read_text(encoding="utf-8")


def test_the_inventory_names_every_test_and_no_other():
    own = Path(__file__).name
    written = "\n".join(path.read_text() for path in ROOM.glob("test_*.py") if path.name != own)
    tried = set(re.findall(r"^def (test_\w+)\(", written, re.MULTILINE))
    named = set(re.findall(r"`(test_\w+)`", README))

    assert named == tried


def test_each_row_says_what_holds_it_or_why_it_need_not():
    rows = [line for line in README.splitlines() if line.startswith("| ") and "pitfall" not in line]
    cells = [row.strip("|").split("|") for row in rows]

    assert len(rows) > 80
    assert {len(row) for row in cells} == {4}
    for pitfall, source, how, held in cells:
        assert pitfall.strip()
        assert source.strip()
        if held.strip() == "-":
            assert how.strip().startswith("not: "), pitfall
        else:
            assert "`" in held or "SECURITY.md" in held or "first row" in held, pitfall
