"""`twinrights demo` as people run it: its output, one's own input, a kept chain, a public chain."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from web3 import Web3

from tests.demo.recount import ROLES
from twinrights.chain.connect import connect
from twinrights.chain.node import Node, start_program
from twinrights.demo.roster import DATA
from twinrights.wallets import Wallet, dev_wallet

PASSWORD = "correct horse battery"
FIVE = ("alva", "kofi", "suda", "ebba", "noor")
PICTURES = ("alva-01.jpg", "kofi-01.jpg", "ebba-01.jpg", "ebba-02.jpg", "group-01.jpg")


def demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, with nothing said about nodes and keys."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("TWINRIGHTS_")}
    command = [str(Path(sys.executable).with_name("twinrights")), "demo", *options]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=600
    )


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """A roster of five rows."""
    rows = [row for row in table(DATA / "roster.csv") if row["twin"] in FIVE]
    return write(tmp_path / "five.csv", rows)


@pytest.fixture
def own_images(tmp_path: Path) -> Path:
    """A folder with five pictures and their list."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in PICTURES:
        shutil.copy(DATA / "images" / name, folder)
    rows = [row for row in table(DATA / "images" / "images.csv") if row["file"] in PICTURES]
    write(folder / "images.csv", rows)
    return folder


@pytest.fixture(scope="module")
def anvil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with start_program("anvil", folder=tmp_path_factory.mktemp("anvil")) as node:
        yield node


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def poor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Node]:
    """A node that was started with other accounts: those of development have no coin."""
    with start_program(request.param, folder=tmp_path_factory.mktemp("poor")) as node:
        web3 = connect(node.url)
        method = {"ganache": "evm_setAccountBalance", "anvil": "anvil_setBalance"}[node.kind]
        for number in range(10):
            web3.provider.make_request(method, [dev_wallet(number).address, "0x0"])  # type: ignore[arg-type]
        yield node


@pytest.fixture(scope="module")
def sepolia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node whose chain is not local: no development keys, no moving of its clock."""
    folder = tmp_path_factory.mktemp("sepolia")
    with start_program("anvil", folder=folder, chain_id=11155111) as node:
        yield node


def test_one_json_object_on_stdout_from_ones_own_roster_and_images(
    tmp_path, five, own_images, anvil
):
    own = ("--roster", str(five), "--images", str(own_images))
    done = demo(tmp_path, *own, "--rpc", anvil.url, "--json")
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert value["twins"] == 5
    assert value["images"] == 5
    assert value["usage_batches"] == 4 + 3
    assert set(value["licensees"]) == {"hm", "fjordlane"}
    assert value["streamed"] == sum(value["paid_out"].values())
    assert set(value["paid_out"]) == ROLES
    assert value["audit"] == {"findings": 0, "reconciled": True, "lie_caught": True}
    assert "models consent, twins minted: 5" in done.stderr


def test_any_local_node_will_do_and_will_do_again(tmp_path, five, poor):
    for _ in range(2):
        done = demo(tmp_path, "--roster", str(five), "--rpc", poor.url, "--json")
        assert done.returncode == 0, done.stderr
        value = json.loads(done.stdout)
        assert (value["chain"], value["twins"]) == (poor.kind, 5)
        assert value["audit"] == {"findings": 0, "reconciled": True, "lie_caught": True}


def test_tables_on_stdout_and_progress_on_stderr(tmp_path, five):
    done = demo(tmp_path, "--roster", str(five))
    assert done.returncode == 0, done.stderr
    for title in ("5 twins, ", "Fees follow uses", "Royalties in TUSD", "Refused by", "Endings"):
        assert title in done.stdout
    assert "agree to the last unit" in done.stdout
    assert "Alva Lichen" in done.stdout
    assert "images hashed and recorded" in done.stderr
    assert "images hashed and recorded" not in done.stdout


def test_the_report_is_written_and_where_it_is_is_said(tmp_path, five):
    done = demo(tmp_path, "--roster", str(five), "--report", "demo.html", "--json")
    assert done.returncode == 0, done.stderr
    assert f"the report is in {tmp_path / 'demo.html'}" in done.stderr
    page = (tmp_path / "demo.html").read_text(encoding="utf-8")
    assert "Nothing differs, and the money agrees to the last unit." in page
    value = json.loads(done.stdout)
    streamed = re.findall(r'<tr class="sum">.*?</tr>', page)[0]
    assert f'data-units="{value["streamed"]}"' in streamed
    for name in ("Alva Lichen", "Kofi Marble", "H&amp;M", "Fjordlane"):
        assert name in page
    assert "<h3>twin 0x" not in page  # also the twin that moved to a new phone has its model's name


def test_a_bad_row_is_refused_with_row_and_column_and_nothing_happens(tmp_path, five, anvil):
    rows = table(five)
    rows[3]["floor"] = "a lot"
    write(five, rows)
    before = connect(anvil.url).eth.block_number
    done = demo(tmp_path, "--roster", str(five), "--rpc", anvil.url, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    said = f"twinrights: {five}, row 5: column floor: 'a lot' is not a number.\n"
    assert done.stderr == said
    assert connect(anvil.url).eth.block_number == before


def test_a_treasury_that_cannot_pay_is_refused_before_anything_happens(tmp_path, five):
    brands = table(DATA / "brands.csv")
    brands[0]["treasury"] = "10"
    own = write(tmp_path / "brands.csv", brands)
    done = demo(tmp_path, "--roster", str(five), "--brands", str(own), "--json")
    assert done.returncode == 1
    assert re.fullmatch(
        r"twinrights: treasury of hm: it is 10\.00, its licenses cost [\d,.]+\.\n", done.stderr
    )


def test_a_kept_chain_goes_on_with_the_six_commands_that_are_printed(tmp_path, five):
    done = demo(tmp_path, "--roster", str(five), "--keep")
    assert done.returncode == 0, done.stderr
    _, _, block = done.stdout.partition("Go on with:")
    *lines, stop = block.strip().splitlines()
    try:
        assert [line.split()[0] for line in lines] == ["export"] * 3 + ["twinrights"] * 6
        script = "\n".join(("set -e", *lines))
        went_on = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert went_on.returncode == 0, went_on.stderr
        assert "Yes." in went_on.stdout
    finally:
        subprocess.run(["bash", "-c", stop], check=True)


def test_a_public_chain_wants_a_keystore(tmp_path, sepolia):
    done = demo(tmp_path, "--rpc", sepolia.url, "--json")
    assert done.returncode == 6
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "is not used on chain 11155111. Use a keystore." in done.stderr


def test_a_public_chain_sees_the_part_that_needs_no_waiting(tmp_path, sepolia):
    wallet = Wallet.new("payer")
    wallet.to_keystore(tmp_path / "keys" / "payer.json", PASSWORD)
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    web3 = connect(sepolia.url)
    web3.provider.make_request("anvil_setBalance", [wallet.address, hex(10**18)])  # type: ignore[arg-type]
    options = ("--keystore", str(tmp_path / "keys"), "--password-file", str(tmp_path / "password"))
    done = demo(tmp_path, "--rpc", sepolia.url, "--as", "payer", *options, "--json")
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert (value["twins"], value["licenses"], value["images"]) == (3, 3, 3)
    assert value["audit"] == {"findings": 0, "reconciled": True, "lie_caught": False}
    assert "clock cannot be moved" in done.stderr
    assert web3.eth.get_balance(Web3.to_checksum_address(wallet.address)) < 10**18
