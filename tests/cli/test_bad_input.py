"""Bad input gets one line and an exit code, and leaves chain and folder as they were."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.cli import hostile
from tests.cli.abroad import Abroad
from tests.cli.bad_input import ABROAD, CASES, Case
from tests.cli.world import World, say

ANYTHING = "\0"
"""Stands for what differs from run to run: a price of gas, the chain's present second."""


def pattern(expected: str) -> str:
    return ".+".join(map(re.escape, expected.split(ANYTHING)))


def check(case: Case, names: dict[str, str], state: Callable[[], object]) -> None:
    before = state()

    said = say(case.line.format(**names))

    expected = case.says.format(**names, any=ANYTHING)
    assert re.fullmatch(f"twinrights: {pattern(expected)}\n", said.err), said.err
    assert (said.code, said.out) == (case.code, "")
    assert state() == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "_"))
def test_bad_input_gets_its_line_and_changes_nothing(case: Case, world: World) -> None:
    if case.before:
        case.before(world)
    check(case, hostile.names(world), world.state)


@pytest.mark.parametrize("case", ABROAD, ids=lambda case: case.name.replace(" ", "_"))
def test_so_does_what_is_right_only_on_local_chains(
    case: Case, abroad: Abroad, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case.without:
        monkeypatch.delenv(case.without)
    check(case, abroad.names, abroad.state)


def test_a_keystore_does_there_what_development_keys_may_not(abroad: Abroad) -> None:
    said = say("deploy --as treasury --out treasury.json --json")
    assert (said.code, said.value["chain_id"], said.value["currencies"]) == (0, 11155111, [])


def test_names_of_cases_differ() -> None:
    names = [case.name for case in (*CASES, *ABROAD)]
    assert len(set(names)) == len(names)
