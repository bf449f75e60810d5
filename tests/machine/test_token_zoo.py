"""Odd tokens against every deed with money: refused, or harmless to everybody else (laws 12, 18).

What comes of each deed stands in `token_zoo.csv`. What one odd token does to one deed, to the unit,
is in `tests/contracts/money/test_tokens.py` and `test_reentrancy.py`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.machine.desk import DAY, FEE
from tests.machine.node import CallRefused
from tests.machine.zoo import Zoo
from tests.model.deeds import Deed

with (Path(__file__).parent / "token_zoo.csv").open(encoding="utf-8", newline="") as table:
    ROWS = {row.pop("token"): row for row in csv.DictReader(table)}
CASES = [(animal, deed) for animal, row in ROWS.items() for deed in row]
DEPOSITED, COLLECTED, SETTLED = 4, 5, 13

pytestmark = [pytest.mark.law12, pytest.mark.law18]
every_case = pytest.mark.parametrize(("animal", "name"), CASES)


@pytest.fixture(scope="module")
def zoo():
    zoo = Zoo()
    yield zoo
    zoo.stage.node.stop()


@pytest.mark.refusal
@every_case
def test_what_comes_of_it(zoo, animal, name):
    zoo.enter(animal)

    assert tried(zoo, name) == ROWS[animal][name]


@every_case
def test_another_currency_does_not_notice(zoo, animal, name):
    zoo.enter(animal)
    before = zoo.state(zoo.lone), zoo.dollars()
    tried(zoo, name)

    assert (zoo.state(zoo.lone), zoo.dollars()) == before


@every_case
def test_another_currency_pays_to_the_unit(zoo, animal, name):
    zoo.enter(animal)
    before = {who: zoo.balance(zoo.dollar, zoo.who(who)) for who in ("agency", "model", "hm")}
    tried(zoo, name)
    zoo.do(Deed(False, "payOut", zoo.parts(zoo.lone)), "stranger", zoo.now + 90 * DAY)
    gained = {who: zoo.balance(zoo.dollar, zoo.who(who)) - sum for who, sum in before.items()}

    assert gained == {"agency": FEE // 5, "model": FEE // 5 * 4, "hm": 0}
    assert zoo.balance(zoo.dollar, zoo.here.address) == 0


@every_case
def test_another_license_of_this_currency_stays_as_it_was(zoo, animal, name):
    zoo.enter(animal)
    before = zoo.state(zoo.other)
    tried(zoo, name)

    assert zoo.state(zoo.other) == before


@pytest.mark.law17
@every_case
def test_another_license_of_this_currency_settles_whole(zoo, animal, name):
    zoo.enter(animal)
    tried(zoo, name)
    zoo.do(Deed(False, "payOut", zoo.parts(zoo.other)), "stranger", zoo.now + 90 * DAY)
    state = zoo.state(zoo.other)

    assert (state[DEPOSITED], state[COLLECTED], state[SETTLED]) == (zoo.fee, zoo.fee, 1)


@pytest.mark.boundary
@pytest.mark.parametrize(("animal", "name"), [case for case in CASES if case[0] != "Rebasing"])
def test_the_balance_covers_what_is_owed(zoo, animal, name):
    """But for what shrinks by itself: nobody can hold what is no longer there."""
    zoo.enter(animal)
    tried(zoo, name)

    assert zoo.balance(zoo.ledger, zoo.here.address) >= zoo.owed() > 0


def tried(zoo, name):
    """Let the currency misbehave at this deed; return `done`, or the error's name."""
    deed, sender = zoo.deed(name)
    zoo.misbehave(deed)
    to, data = zoo.stage.write(deed)
    try:
        zoo.stage.node.call(to, data, sender=zoo.who(sender), now=zoo.now)
    except CallRefused as refused:
        return zoo.stage.licenses.decode_error(refused.data).name
    zoo.do(deed, sender, zoo.now)
    return "done"
