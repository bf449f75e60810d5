"""A demo that is killed and started again goes on where it stopped, and does nothing twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from rlp import encode

from tests.demo.test_command import FIVE, demo, table, write
from twinrights.chain.deployment import Deployment
from twinrights.chain.node import Node, start_program
from twinrights.demo.begun import FILE
from twinrights.demo.roster import DATA
from twinrights.facade import TwinRights
from twinrights.money import Currency
from twinrights.wallets import dev_wallet

SENDERS = range(10)
SECONDS = 120


@pytest.fixture
def five(tmp_path: Path) -> Path:
    rows = [row for row in table(DATA / "roster.csv") if row["twin"] in FIVE]
    return write(tmp_path / "five.csv", rows)


@contextmanager
def kept(folder: Path) -> Iterator[Node]:
    with start_program("anvil", folder=folder) as node:
        yield node


def killed(folder: Path, when: Callable[[dict[str, Any]], bool], *options: str) -> None:
    """Start the demo and kill it as soon as its file says that."""
    command = [sys.executable, "-m", "twinrights", "demo", *options]
    deadline = time.monotonic() + SECONDS
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as run:
        while not when(begun(folder)):
            assert run.poll() is None, run.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.005)
        run.kill()


def begun(folder: Path) -> dict[str, Any]:
    file = folder / FILE
    return json.loads(file.read_text()) if file.exists() else {"sent": [], "snapshot": None}


def chain_of(node: Node) -> TwinRights:
    """Return the contracts of the first demo on a node, by who deployed them in which order."""
    sender = bytes.fromhex(dev_wallet(0).address[2:])
    metadata, twins, licenses, dollar = (
        to_checksum_address(keccak(encode([sender, nonce]))[12:]) for nonce in range(4)
    )
    currency = Currency(symbol="TUSD", decimals=6, address=dollar)
    return TwinRights.connect(
        node.url,
        deployment=Deployment(
            chain_id=node.chain_id,
            twins=twins,
            licenses=licenses,
            metadata=metadata,
            block=0,
            currencies=(currency,),
        ),
    )


def ended(node: Node) -> dict[str, Any]:
    """Return what stands on the chain, but for keys and the seconds at which it was sent."""
    chain = chain_of(node)
    count = chain.web3.eth.get_transaction_count
    return {
        "sent": [count(to_checksum_address(dev_wallet(n).address)) for n in SENDERS],
        "twins": len(chain.twins.all()),
        "licenses": [
            (grant.licensee, grant.pay.fee, grant.deposited, grant.scope.uses, grant.scope.markets)
            for grant in chain.licenses.all()
        ],
        "batches": [
            (entry.reporter, entry.batch.number, entry.batch.images)
            for entry in chain.usage.history()
        ],
        "settled": sorted(
            (grant.pay.fee, license.deposited, license.batches)
            for grant in chain.licenses.all()
            if (license := chain.licenses.get(grant.license_id)).is_settled
            and license.end == grant.end
        ),
    }


def test_killed_again_and_again_it_ends_as_if_it_had_not_been(tmp_path, five):
    options = ("--roster", str(five), "--json")
    (tmp_path / "once").mkdir()
    (tmp_path / "often").mkdir()
    with kept(tmp_path / "one") as whole, kept(tmp_path / "two") as cut:
        once = demo(tmp_path / "once", *options, "--rpc", whole.url)
        assert once.returncode == 0, once.stderr

        often = (*options, "--rpc", cut.url)
        for count in (2, 30):
            killed(tmp_path / "often", lambda file, n=count: len(file["sent"]) >= n, *often)
        killed(tmp_path / "often", lambda file: file["snapshot"] is not None, *often)
        last = demo(tmp_path / "often", *often)

        assert last.returncode == 0, last.stderr
        assert f"going on after {sum(ended(cut)['sent'])} transactions" in last.stderr
        assert ended(cut) == ended(whole)
        first, second = json.loads(once.stdout), json.loads(last.stdout)
        for same in ("twins", "licenses", "images", "usage_batches", "refused", "audit"):
            assert first[same] == second[same]
        assert not (tmp_path / "often" / FILE).exists()


def test_other_input_goes_on_with_nothing_and_another_chain_begins_anew(tmp_path, five):
    with kept(tmp_path / "one") as node:
        options = ("--roster", str(five), "--rpc", node.url, "--json")
        killed(tmp_path, lambda file: len(file["sent"]) >= 6, *options)
        height = chain_of(node).web3.eth.block_number
        write(five, table(five)[1:])
        again = demo(tmp_path, *options)
        assert (again.returncode, again.stdout) == (1, "")
        assert again.stderr.splitlines()[-1] == (
            f"twinrights: input: the demo of {FILE} was begun with other tables or pictures: give "
            "those, or remove that file to begin anew."
        )
        assert chain_of(node).web3.eth.block_number == height
    with kept(tmp_path / "two") as node:
        done = demo(tmp_path, *options[:2], "--rpc", node.url, "--json")
    assert (done.returncode, json.loads(done.stdout)["twins"]) == (0, 4)
    assert "going on" not in done.stderr


def test_a_kept_chain_and_its_node_are_found_again(tmp_path, five):
    options = ("--roster", str(five), "--keep", "--json")
    killed(tmp_path, lambda file: len(file["sent"]) >= 20, *options)
    process = begun(tmp_path)["place"]["process"]
    done = demo(tmp_path, *options)
    try:
        assert done.returncode == 0, done.stderr
        assert "has the chain that was begun" in done.stderr
        assert json.loads(done.stdout)["twins"] == 5
        assert [path.name for path in tmp_path.glob("twinrights-demo*")] == ["twinrights-demo"]
        assert (tmp_path / "twinrights-demo" / "deployment.json").is_file()
    finally:
        subprocess.run(["kill", "-INT", "--", f"-{process}"], check=True)
    shutil.rmtree(tmp_path / "twinrights-demo", ignore_errors=True)
