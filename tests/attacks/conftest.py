"""Where attacks happen: the ground, on an Anvil as the model's is, and a node for the client."""

import time

import pytest

from tests.attacks.ground import Ground
from tests.attacks.pool import Pool
from tests.client.stage import Stage
from twinrights.chain.connect import connect
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet


@pytest.fixture(scope="session")
def made():
    made = Ground()
    yield made
    made.stage.node.stop()


@pytest.fixture
def ground(made):
    made.begin()
    return made


@pytest.fixture
def fresh():
    """A ground of its own, for what changes the past: Anvil finds no state before an undone one."""
    fresh = Ground()
    yield fresh
    fresh.stage.node.stop()


@pytest.fixture(scope="session")
def client_node(tmp_path_factory):
    """An Anvil for the client, with the contracts, a twin and brands with money on it."""
    with start_program("anvil", folder=tmp_path_factory.mktemp("anvil")) as node:
        web3 = connect(node.url)
        chain = TwinRights(web3, deploy(web3, dev_wallet(0)))
        stage = Stage(chain)
        stage.set()
        yield node.url, chain.deployment, stage.twin_id


@pytest.fixture
def stage(client_node):
    """The client's stage; whatever a test does there is undone."""
    url, deployment, twin_id = client_node
    web3 = connect(url)
    mark = web3.manager.request_blocking("evm_snapshot", [])
    stage = Stage(TwinRights(web3, deployment))
    stage.twin_id = twin_id
    yield stage
    while web3.manager.request_blocking("txpool_status", [])["pending"] != "0x0":
        time.sleep(0.01)
    assert web3.manager.request_blocking("evm_revert", [mark])


@pytest.fixture
def pool(stage, client_node):
    """Where transactions wait until it is closed or mined: what an attacker sees of them."""
    pool = Pool(client_node[0])
    yield pool
    pool.open()
