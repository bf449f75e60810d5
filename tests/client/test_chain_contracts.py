"""Events are read from the contract they are asked of, whatever the node's limits."""

import http.server
import json
import threading

import pytest
from web3.datastructures import AttributeDict
from web3.exceptions import Web3RPCError

from twinrights.chain import send as sending
from twinrights.chain.connect import connect
from twinrights.errors import BadValue, NotMined
from twinrights.wallets import dev_wallet

TOO_MUCH = "query returned more than 10000 results"


def test_events_are_read_in_parts_where_the_node_wants_it(any_stage, monkeypatch):
    for _ in range(5):
        any_stage.license()
    eth = any_stage.chain.web3.eth
    real, asked = eth.get_logs, []

    def limited(wanted):
        asked.append((wanted["fromBlock"], wanted["toBlock"]))
        if wanted["toBlock"] - wanted["fromBlock"] > 2:
            raise Web3RPCError(TOO_MUCH)
        return real(wanted)

    whole = any_stage.chain.licenses.all()
    monkeypatch.setattr(eth, "get_logs", limited)
    assert any_stage.chain.licenses.all() == whole
    assert len(whole) == 5
    assert len(asked) > 3


def test_another_error_of_the_node_is_not_taken_for_a_limit(stage, monkeypatch):
    def broken(_):
        raise Web3RPCError("the database is locked")

    monkeypatch.setattr(stage.chain.web3.eth, "get_logs", broken)
    with pytest.raises(Web3RPCError, match="the database is locked"):
        stage.chain.licenses.all()


def test_an_event_of_another_contract_is_not_ours(stage):
    offer = stage.offer()
    stage.chain.licenses.accept(offer, payer=stage.hm)
    web3, licenses = stage.chain.web3, stage.contracts.licenses
    mined = web3.eth.get_block("latest")["transactions"][0]
    receipt = web3.eth.get_transaction_receipt(mined)
    assert len(stage.contracts.happened(receipt, licenses, "LicenseGranted")) == 1
    assert stage.contracts.happened(receipt, licenses, "PaidOut") == []
    forged = [AttributeDict({**log, "address": stage.usd}) for log in receipt["logs"]]
    assert stage.contracts.happened({"logs": forged}, licenses, "LicenseGranted") == []


def test_addresses_may_be_spelled_in_any_way_but_must_be_addresses(stage):
    lower = stage.hm.address.lower()
    assert stage.chain.balance("TUSD", lower) == stage.chain.balance("TUSD", stage.hm.address)
    with pytest.raises(BadValue) as caught:
        stage.contracts.ask(stage.contracts.licenses, "balanceOf", "0x12")
    assert caught.value.field == "address"


def test_what_is_not_mined_in_time_is_named(prepared, monkeypatch):
    web3, deployment, _ = prepared("anvil")
    deed = sending.Deed(deployment.currencies[0].address, b"")
    monkeypatch.setattr(sending, "WAIT", 0.2)
    monkeypatch.setattr(sending, "_gas_for", lambda *_: 100_000)
    web3.manager.request_blocking("evm_setAutomine", [False])
    try:
        with pytest.raises(NotMined) as caught:
            sending.send(web3, deed, dev_wallet("auditor"))
    finally:
        web3.manager.request_blocking("evm_setAutomine", [True])
        web3.manager.request_blocking("evm_mine", [])
    receipt = web3.eth.get_transaction_receipt(caught.value.transaction)
    assert receipt["from"] == dev_wallet("auditor").address


@pytest.fixture
def signed_blocks():
    """The address of a node whose blocks carry signatures, as proof-of-authority chains' do."""
    block = {
        "number": "0x5",
        "timestamp": "0x6000",
        "hash": "0x" + "11" * 32,
        "extraData": "0x" + "22" * 97,
        "transactions": [],
    }

    class Node(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            content = json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": block})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Node) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_chain_whose_blocks_are_signed_is_read(signed_blocks):
    assert connect(signed_blocks).eth.get_block("latest")["timestamp"] == 0x6000
