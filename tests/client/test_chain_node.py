"""A local node keeps its chain in a folder and has everything to begin with."""

import socket

import pytest

from tests.client.stage import DOLLAR
from twinrights.chain import node as nodes
from twinrights.chain.connect import connect
from twinrights.chain.node import start_node, start_program
from twinrights.errors import (
    DevelopmentKeyRefused,
    NodeFailed,
    NodeUnreachable,
    OtherCode,
    PortTaken,
    ProgramMissing,
)
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet

KINDS = ("ganache", "anvil")


def connected(node):
    return TwinRights.connect(node.url, deployment=node.deployment_file)


@pytest.mark.parametrize("kind", KINDS)
def test_a_node_goes_on_with_the_chain_of_its_folder(kind, tmp_path):
    with start_node(kind, folder=tmp_path) as node:
        chain = connected(node)
        assert chain.deployment == node.deployment
        assert chain.chain_id == {"ganache": 1337, "anvil": 31337}[kind]
        for number in (0, 19):
            address = dev_wallet(number).address
            assert chain.balance("TUSD", address) == 1_000_000 * DOLLAR
            assert chain.web3.eth.get_balance(address) > 10**18
        chain.fund(dev_wallet(5).address, 1, payer=dev_wallet(5))
        head = chain.web3.eth.get_block("latest")["hash"]
    with pytest.raises(NodeUnreachable):
        chain.now()

    with start_node(kind, folder=tmp_path) as node:
        chain = connected(node)
        assert chain.web3.eth.get_block("latest")["hash"] == head
        assert chain.balance("TUSD", dev_wallet(5).address) == 1_000_000 * DOLLAR + 1
        assert chain.web3.eth.get_balance(dev_wallet(5).address, 1) > 10**18


@pytest.mark.parametrize("kind", KINDS)
def test_a_node_can_be_born_in_the_past(kind, tmp_path):
    with start_program(kind, folder=tmp_path, born=1_767_225_600) as node:
        assert connect(node.url).eth.get_block(0)["timestamp"] == 1_767_225_600


def test_a_node_stops_once_and_for_all(tmp_path):
    node = start_program("anvil", folder=tmp_path)
    node.stop()
    node.stop()
    assert node.process.returncode is not None
    assert (tmp_path / "anvil.json").is_file()


def test_a_taken_port_is_not_shared(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as caught:
            start_program("anvil", folder=tmp_path, port=port)
    assert caught.value.port == port


def test_a_program_that_is_not_installed_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(nodes.os, "access", lambda *_: False)
    monkeypatch.setattr(nodes.shutil, "which", lambda _: None)
    with pytest.raises(ProgramMissing) as caught:
        start_program("anvil", folder=tmp_path)
    assert "npm install @foundry-rs/anvil" in str(caught.value)


def test_a_program_that_is_installed_is_nothing_without_node(monkeypatch, tmp_path):
    monkeypatch.setattr(nodes.shutil, "which", lambda _: None)
    with pytest.raises(ProgramMissing) as caught:
        start_program("anvil", folder=tmp_path)
    assert "with Node 20" in str(caught.value)


def test_a_program_that_ends_at_once_is_quoted(monkeypatch, tmp_path):
    monkeypatch.setattr(nodes, "HARDFORK", "stone-age")
    with pytest.raises(NodeFailed) as caught:
        start_program("anvil", folder=tmp_path)
    assert caught.value.program == "anvil"
    assert caught.value.problem


def test_a_chain_that_is_not_local_gets_no_development_keys(tmp_path):
    with pytest.raises(DevelopmentKeyRefused) as caught:
        start_node("anvil", folder=tmp_path, chain_id=11155111)
    assert caught.value.chain_id == 11155111
    assert not (tmp_path / "deployment.json").exists()


def test_a_folder_whose_deployment_is_not_on_its_chain_is_refused(tmp_path):
    with start_node("anvil", folder=tmp_path) as node:
        wrong = node.deployment_file.read_text().replace(
            node.deployment.twins, node.deployment.currencies[0].address
        )
        node.deployment_file.write_text(wrong)
    with pytest.raises(OtherCode):
        start_node("anvil", folder=tmp_path)
