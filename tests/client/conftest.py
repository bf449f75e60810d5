"""The chains that the client is tested on: in the process, Ganache, Anvil; each started once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace

import pytest

from tests.client.stage import Stage
from twinrights.chain.connect import connect, embedded
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.facade import TwinRights
from twinrights.wallets import Wallet, dev_wallet

KINDS = ("py-evm", "ganache", "anvil")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Iterator:
    """Return a function: from the kind of a chain to its web3, its deployment and its twin."""
    nodes = []

    @cache
    def prepare(kind: str):
        if kind == "py-evm":
            web3 = embedded()
        else:
            nodes.append(start_program(kind, folder=tmp_path_factory.mktemp(kind)))
            web3 = connect(nodes[-1].url)
        chain = TwinRights(web3, deploy(web3, dev_wallet(0)))
        stage = Stage(chain)
        stage.set()
        return web3, chain.deployment, stage.twin_id

    yield prepare
    for node in nodes:
        node.stop()


@pytest.fixture(params=KINDS)
def any_stage(request, prepared) -> Iterator[Stage]:
    """The stage on each chain in turn; whatever a test does there is undone."""
    yield from _undone(prepared(request.param))


@pytest.fixture
def stage(prepared) -> Iterator[Stage]:
    """The stage on the embedded chain; whatever a test does there is undone."""
    yield from _undone(prepared("py-evm"))


@pytest.fixture(scope="session")
def foreign(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """An Anvil that says it is Sepolia: its url, its web3, and a wallet of its own with coin."""
    folder = tmp_path_factory.mktemp("sepolia")
    with start_program("anvil", folder=folder, chain_id=11155111) as node:
        web3 = connect(node.url)
        wallet = Wallet.new("treasury")
        web3.manager.request_blocking("anvil_setBalance", [wallet.address, hex(10**19)])
        yield SimpleNamespace(url=node.url, web3=web3, wallet=wallet)


def _undone(prepared) -> Iterator[Stage]:
    web3, deployment, twin_id = prepared
    before = _snapshot(web3)
    stage = Stage(TwinRights(web3, deployment))
    stage.twin_id = twin_id
    yield stage
    _revert(web3, before)


def _snapshot(web3):
    if hasattr(web3.provider, "ethereum_tester"):
        return web3.provider.ethereum_tester.take_snapshot()
    return web3.manager.request_blocking("evm_snapshot", [])


def _revert(web3, snapshot) -> None:
    if hasattr(web3.provider, "ethereum_tester"):
        web3.provider.ethereum_tester.revert_to_snapshot(snapshot)
    else:
        assert web3.manager.request_blocking("evm_revert", [snapshot])
