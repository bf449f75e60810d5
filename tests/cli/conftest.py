"""One Anvil node for all tests of the command line, put back after each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import hostile
from tests.cli.abroad import SEPOLIA, Abroad, go_abroad
from tests.cli.world import World, build
from twinrights.chain.node import start_node, start_program


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("cli")
    folder = home / "work"
    folder.mkdir()
    with start_node("anvil", folder=home / "node") as node:
        world = build(node, folder)
        hostile.write(world)
        yield world


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


@pytest.fixture(scope="session")
def built_abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Abroad]:
    home = tmp_path_factory.mktemp("abroad")
    folder = home / "work"
    folder.mkdir()
    with start_program("anvil", folder=home / "node", chain_id=SEPOLIA) as node:
        yield go_abroad(node, folder)


@pytest.fixture
def abroad(built_abroad: Abroad, monkeypatch: pytest.MonkeyPatch) -> Abroad:
    for name, value in built_abroad.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(built_abroad.folder)
    return built_abroad
