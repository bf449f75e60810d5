"""A life on each kind of chain, lived once; whatever a test does afterwards is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from tests.audit.life import Life, live
from tests.client.stage import Stage
from twinrights.chain.connect import connect, embedded
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet

KINDS = ("py-evm", "ganache", "anvil")


@pytest.fixture(scope="session")
def lived(tmp_path_factory) -> Iterator:
    """Return a function: the kind of a chain to the life on it."""
    nodes = []

    @cache
    def start(kind: str) -> Life:
        folder = tmp_path_factory.mktemp(kind)
        if kind == "py-evm":
            web3 = embedded()
        else:
            nodes.append(start_program(kind, folder=folder))
            web3 = connect(nodes[-1].url)
        stage = Stage(TwinRights(web3, deploy(web3, dev_wallet(0))))
        stage.set()
        return live(stage, folder / "images")

    yield start
    for node in nodes:
        node.stop()


@pytest.fixture(params=KINDS)
def any_life(request, lived) -> Iterator[Life]:
    """The life on each chain in turn."""
    yield from _undone(lived(request.param))


@pytest.fixture
def life(lived) -> Iterator[Life]:
    """The life on the embedded chain."""
    yield from _undone(lived("py-evm"))


def _undone(life: Life) -> Iterator[Life]:
    web3 = life.chain.web3
    tester = getattr(web3.provider, "ethereum_tester", None)
    ask = web3.manager.request_blocking
    before = tester.take_snapshot() if tester else ask("evm_snapshot", [])
    yield replace(life)
    if tester:
        tester.revert_to_snapshot(before)
    else:
        assert ask("evm_revert", [before])
