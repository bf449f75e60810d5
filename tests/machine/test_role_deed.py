"""Who may do what: eight roles, every deed of both contracts, in `role_deed.csv` (laws 1-4, 9-11).

Everybody has enough tokens, and each deed would be good from the right person: what differs is who
sends it and what it brings. `yes`, or the error and its values; `sender` is whoever sends.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.machine.node import CallRefused
from tests.machine.role_desk import RoleDesk
from tests.model.refused import Refused

ROLES = ("model", "guardian", "agency", "photographer", "hm", "rival", "reporter", "stranger")
with (Path(__file__).parent / "role_deed.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


@pytest.fixture(scope="module")
def desk():
    desk = RoleDesk()
    yield desk
    desk.stage.node.stop()


@pytest.mark.parametrize("contract", ["DigitalTwin", "TwinLicense"])
def test_every_deed_is_in_the_table_and_nothing_else(desk, contract):
    listed = {row["deed"] for row in ROWS if row["contract"] == contract}

    assert listed == desk.deeds_of(contract)


def test_every_role_is_in_the_table():
    assert tuple(ROWS[0])[3:] == ROLES


@pytest.mark.law1
@pytest.mark.law2
@pytest.mark.law3
@pytest.mark.law4
@pytest.mark.law9
@pytest.mark.law10
@pytest.mark.law11
@pytest.mark.refusal
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row['contract']}.{row['deed']}, {row['brings']}" for row in ROWS]
)
def test_a_deed_by_a_role(desk, row, role):
    assert said(desk, row, role) == expected(desk, row[role], role)


def said(desk, row, role):
    deed, at = desk.deed(row["contract"], row["deed"], row["brings"])
    to, data = desk.stage.write(deed)
    try:
        desk.stage.node.call(to, data, sender=desk.who(role), now=at)
    except CallRefused as refused:
        return str(desk.stage.licenses.decode_error(refused.data))
    return "yes"


def expected(desk, cell, role):
    if cell == "yes":
        return cell
    name, *values = cell.split()
    return str(Refused(name, *(desk.value(value, role) for value in values)))
