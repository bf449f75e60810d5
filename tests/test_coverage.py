"""What `make coverage` says of a contract of which the answer is known."""

import pytest

from scripts import measure_coverage as coverage

GATE = """// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

contract Gate {
    error TooLow(uint256 given);

    function pass(uint256 given, bool isFree) external pure returns (uint256 sum) {
        require(given > 1 && given < 9, TooLow(given));
        if (isFree) return 0;
        else if (given == 2) sum = 1;
        else {
            for (uint256 i; i < given; ++i) sum += i;
        }
        unchecked {
            sum += given == 3 ? 1 : 2;
        }
    }

    function shut() external pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(0, 0)
        }
    }
}
"""

TESTS = """// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Gate} from "../../../contracts/Gate.sol";

contract GateTest {
    function test_some() external {
        Gate gate = new Gate();
        (bool isDone,) = address(gate).call(abi.encodeCall(gate.pass, (1, false)));
        require(!isDone && gate.pass(4, false) == 8, "it does not add up");
    }
}
"""

MISSING = [
    "8 is never false: given < 9",
    "9 is never true: isFree",
    "9 never runs: return 0",
    "10 is never true: given == 2",
    "10 never runs: sum = 1",
    "15 is never true: given == 3",
    '20 never runs: assembly ("memory-safe") { hash := keccak256(0, 0) }',
]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    root = tmp_path_factory.mktemp("gate")
    for file, source in {
        "contracts/Gate.sol": GATE,
        "tests/invariants/laws/Gate.t.sol": TESTS,
    }.items():
        (root / file).parent.mkdir(parents=True)
        (root / file).write_text(source)
    probes = coverage.instrument(root / "copy", root)
    return probes, coverage.measure(root / "copy", probes, coverage.LAWS)


def test_just_what_never_runs_and_is_never_seen_is_missing(measured):
    text, is_whole = coverage.report(*measured)
    assert not is_whole
    missing = [line for line in text.splitlines() if "never" in line]
    assert missing == [f"contracts/Gate.sol:{line}" for line in MISSING]


def test_the_table_counts_lines_statements_and_branches(measured):
    text, _ = coverage.report(*measured)
    assert text.splitlines()[1].split() == ["contracts/Gate.sol", "3/6", "6/9", "10/14"]


def test_where_everything_was_reached_nothing_is_missing(measured):
    probes, _ = measured
    text, is_whole = coverage.report(probes, [1] * len(probes))
    assert is_whole
    assert "never" not in text
