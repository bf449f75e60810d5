"""What is kept of the peers is what the pages show, and ours in it is what is kept of ours."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks import beside, gas_page, gas_snapshot
from benchmarks.floors import FLOORS, calldata, floor, transfers
from benchmarks.gas import BUY, MINT_FIRST, MINT_SECOND, PAY_OUT, RECORD, ROWS

PACKAGES = gas_page.GAS.parent / "peers"


@pytest.fixture(scope="module")
def rows():
    return gas_page.beside()


@pytest.fixture(scope="module")
def found():
    return gas_page.kept()


def test_each_row_has_these_fields_and_no_other(rows):
    fields = ["operation", "gas", "floor", "best_peer", "peer_gas"]
    assert [list(row) for row in rows] == [fields] * len(ROWS)
    assert [row["operation"] for row in rows] == [row.operation for row in ROWS]


def test_ours_beside_the_peers_is_ours_as_it_is_kept(rows):
    there = {row["operation"]: row["gas"] for row in rows}
    assert there == {row["operation"]: row["gas"] for row in gas_snapshot.kept()}


def test_the_rows_follow_from_every_peer(rows, found):
    assert beside.rows_of(found) == rows


def test_no_operation_is_below_its_floor_nor_is_any_peer(rows, found):
    floors = {row["operation"]: row["floor"] for row in rows}
    assert all(row["gas"] > row["floor"] for row in rows)
    assert all(p["gas"] > floors[p["operation"]] for p in found["peers"] if p["is_peer"])


def test_the_best_peer_is_no_worse_than_any_other(rows, found):
    for row in rows:
        same = [p for p in found["peers"] if p["operation"] == row["operation"] and p["is_peer"]]
        assert row["peer_gas"] == min((p["gas"] for p in same), default=None)
        assert (row["best_peer"] is None) == (not same)


@pytest.mark.parametrize(
    "part",
    [
        "Sablier Flow",
        "Sablier Lockup",
        "Superfluid",
        "Unlock",
        "EAS",
        "OpenZeppelin ERC-721",
        "Solady ERC-721",
        "ERC-4907",
    ],
)
def test_every_peer_was_measured(found, part):
    assert [peer for peer in found["peers"] if part in peer["peer"]]


def test_what_is_bought_paid_out_and_recorded_costs_less_than_at_any_peer(rows):
    for row in rows:
        if row["operation"] not in gas_page.DEARER and row["peer_gas"] is not None:
            assert row["gas"] < row["peer_gas"], row["operation"]


def test_where_ours_spends_more_than_a_peer_the_reason_is_given_and_nowhere_else(rows):
    more = {row["operation"] for row in rows if row["peer_gas"] and row["gas"] >= row["peer_gas"]}
    assert more == set(gas_page.DEARER)


def test_what_ours_is_made_of_sums_to_it(rows, found):
    for row in rows:
        ours = found["ours"][row["operation"]]
        assert sum(part["gas"] for part in ours["parts"]) == ours["gas"] == row["gas"]
        instructions = [p["gas"] for p in ours["parts"] if p["what"].startswith("its own")]
        assert instructions[0] > 0


def test_the_page_shows_what_is_kept(rows, found):
    assert gas_page.PAGE.read_text(encoding="utf-8") == gas_page.page(rows, found)


def test_the_readme_shows_floors_and_peers(rows):
    readme = gas_snapshot.README.read_text(encoding="utf-8")
    for row in rows:
        line = next(li for li in readme.splitlines() if li.startswith(f"| {row['operation']} |"))
        peer = row["best_peer"] or "none"
        assert f"| {row['gas']:,} | {row['floor']:,} | {peer} |" in line


def test_the_floors_are_those_of_the_design():
    wanted = {MINT_FIRST: 67_659, MINT_SECOND: 50_559, BUY: 88_360, PAY_OUT: 63_540, RECORD: 28_109}
    assert {row: floor(row) for row in wanted} == wanted
    assert set(FLOORS) == set(ROWS)


def test_a_floor_counts_each_byte_and_each_balance_once():
    # a selector and a word of two bytes that are not zero: 4 and 2 at 16 gas, 30 at 4
    assert calldata("", 2).gas == 6 * 16 + 30 * 4
    # one more wallet: its balance, the payer's again, a warm call, a log
    assert transfers(2).gas - transfers(1).gas == 5_000 + 100 + 100 + 1_756


def test_the_peers_have_exact_versions_and_no_registry():
    package = json.loads((PACKAGES / "package.json").read_text(encoding="utf-8"))
    exact = re.compile(r"(npm:@?[a-z0-9/-]+@)?\d+\.\d+\.\d+")
    versions = [*package["dependencies"].values(), *package["overrides"].values()]
    assert all(exact.fullmatch(version) for version in versions)
    lock = json.loads((PACKAGES / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert all("integrity" in entry for entry in packages)
