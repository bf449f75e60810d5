"""Reaching a node, and what is said when nobody, or somebody else, answers there."""

import http.server
import socket
import subprocess
import sys
import threading

import pytest

from twinrights.chain.connect import connect, embedded
from twinrights.chain.currencies import currencies, currency, in_words
from twinrights.chain.deployment import Deployment
from twinrights.errors import ExtraMissing, NodeUnreachable, NodeUnreadable, UnknownCurrency
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet

NOBODY = "0x000000000000000000000000000000000000dEaD"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(
    params=[
        b"<h1>Welcome</h1>",
        b"",
        b"\xff",
        b'{"jsonrpc": "2.0", "res',
        b"[]",
        b"5",
        b"[" * 5_000,
    ],
    ids=["html", "nothing", "bytes", "half", "list", "number", "depth"],
)
def web_page(request):
    """The address of a server that is no node."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(request.param)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_nobody_there_is_said_with_the_address():
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(NodeUnreachable) as caught:
        connect(url)
    assert caught.value.url == url
    assert "twinrights node" in str(caught.value)


def test_a_server_that_is_no_node_is_refused(web_page):
    with pytest.raises(NodeUnreadable) as caught:
        connect(web_page)
    assert caught.value.url == web_page
    assert str(caught.value) == (
        f"What answers at {web_page} does not speak as a node does: no JSON object came back. "
        "Try again, or name another --rpc."
    )


def test_a_node_that_begins_to_babble_is_named(web_page, prepared):
    chain = connect(prepared("anvil")[0].provider.endpoint_uri)
    chain.provider.endpoint_uri = web_page
    for ask in (lambda: chain.eth.block_number, lambda: chain.eth.get_balance(NOBODY)):
        with pytest.raises(NodeUnreadable):
            ask()


def test_what_is_no_address_at_all_is_refused():
    with pytest.raises(NodeUnreachable):
        connect("localhost:8545")


def test_a_node_is_connected_by_its_address_and_deployment(prepared, tmp_path):
    web3, deployment, twin_id = prepared("anvil")
    file = deployment.save(tmp_path / "deployment.json")
    chain = TwinRights.connect(web3.provider.endpoint_uri, deployment=file)
    assert chain.twins.get(twin_id) == chain.twins.all()[0]


def test_the_embedded_chain_is_fresh_and_funds_the_development_accounts():
    chain = TwinRights.embedded()
    assert chain.chain_id == 131277322940537
    assert chain.web3.eth.get_balance(dev_wallet(19).address) == 10**24
    assert chain.twins.all() == ()
    assert chain.web3.eth.chain_id == embedded().eth.chain_id


def test_without_the_extra_the_embedded_chain_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "eth_tester", None)
    with pytest.raises(ExtraMissing) as caught:
        embedded()
    assert "pip install 'twinrights[embedded]'" in str(caught.value)


def test_a_chains_currencies_are_our_own_list():
    on_mainnet = Deployment(chain_id=1, twins=NOBODY, licenses=NOBODY, metadata=NOBODY, block=0)
    assert [known.symbol for known in currencies(on_mainnet)] == ["USDC", "EURC", "DAI"]
    usdc = currency(on_mainnet, "usdc")
    assert (usdc.decimals, currency(on_mainnet, usdc.address.lower())) == (6, usdc)
    assert in_words(on_mainnet, usdc.address, 1_250_500_000) == ("1,250.50", "USDC")
    with pytest.raises(UnknownCurrency) as caught:
        currency(on_mainnet, "TUSD")
    assert caught.value.values() == {"currency": "TUSD", "chain_id": 1}
    assert in_words(on_mainnet, NOBODY, 1_000) == ("1,000", f"units of {NOBODY}")


@pytest.mark.parametrize("chain_id", [1, 10, 137, 8453, 42161, 11155111])
def test_every_listed_address_is_spelled_with_its_checksum(chain_id):
    from eth_utils import is_checksum_address

    chain = Deployment(chain_id=chain_id, twins=NOBODY, licenses=NOBODY, metadata=NOBODY, block=0)
    assert currencies(chain)
    assert all(is_checksum_address(known.address) for known in currencies(chain))


def test_the_embedded_chain_leaves_python_its_guard_against_endless_recursion():
    # In a process of its own: another test may have brought py-evm in by itself.
    asked = "import sys; from twinrights.chain.connect import embedded; embedded(); "
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asked + "print(sys.getrecursionlimit())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) <= 12 * 1024
