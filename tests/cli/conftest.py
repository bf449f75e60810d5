"""One Anvil node for all tests of the command line, put back after each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.world import World, build
from twinrights.chain.node import start_node


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("cli")
    folder = home / "work"
    folder.mkdir()
    with start_node("anvil", folder=home / "node") as node:
        yield build(node, folder)


@pytest.fixture
def world(built: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name, value in built.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(built.folder)
    with built.undone():
        yield built


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and nothing said about node or contracts."""
    for name in ("RPC", "DEPLOYMENT", "KEYSTORE", "PASSWORD_FILE", "DEBUG"):
        monkeypatch.delenv(f"TWINRIGHTS_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
