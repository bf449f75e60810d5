"""SECURITY.md names what is there: files, commands, versions, roles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROLES = (
    *("owner", "thief of the owner's key", "guardian", "new wallet", "licensee", "reporter"),
    *("payee", "stranger", "relayer", "issuer of a currency", "node, RPC"),
    *("block producer, sequencer", "store's server", "developers of TwinRights", "who deployed"),
    "the audit",
)


@pytest.mark.parametrize("file", sorted(set(re.findall(r"\]\(([^)#]+)", PAGE))))
def test_each_file_that_it_names_is_there(file: str) -> None:
    assert (ROOT / file).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`make ([a-z-]+)\b", PAGE))))
def test_each_command_that_it_names_is_there(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command}%?:.*## ", makefile, re.MULTILINE)


def test_each_role_has_its_row() -> None:
    assert re.findall(r"^\| \*\*([^*]+)\*\*", PAGE, re.MULTILINE) == list(ROLES)


def test_the_versions_that_it_stands_on_are_those_in_use() -> None:
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    said = re.search(r"Solidity (\S+) .*Solady (\S+) ", PAGE, re.DOTALL)
    assert said
    assert said.groups() == (packages["solc"], packages["solady"])


def test_the_readme_leads_to_it() -> None:
    assert "](SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_stays_short() -> None:
    assert len(PAGE.splitlines()) < 150
