"""tokenURI: what wallets show of twins and licenses, from the live state, as JSON."""

from __future__ import annotations

import json

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

PREFIX = "data:application/json;utf8,"


def shown(contract, token_id):
    uri = contract.tokenURI(token_id)
    assert uri.startswith(PREFIX)
    return json.loads(uri.removeprefix(PREFIX))


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("license_id", [0, 1, 2**256 - 1])
def test_refuses_a_license_that_is_not(desk, license_id):
    with reverts_with("LicenseUnknown", license_id):
        desk.licenses.tokenURI(license_id)


@pytest.mark.law2
def test_shows_a_twin_by_its_id(desk):
    assert shown(desk.twins, desk.twin)["name"] == f"Digital twin 0x{desk.twin:064x}"


@pytest.mark.law2
def test_shows_the_owner_of_a_twin(desk, model):
    assert shown(desk.twins, desk.twin)["owner"] == model.address.lower()


@pytest.mark.law3
def test_shows_the_present_epoch(desk):
    act(desk, "EpochRaise").send()
    assert shown(desk.twins, desk.twin)["epoch"] == 1


@pytest.mark.law5
def test_shows_a_license_by_its_id(desk, lone):
    assert shown(desk.licenses, lone.id)["name"] == f"License 0x{lone.id:064x}"


@pytest.mark.law5
def test_shows_the_licensee(desk, lone, hm):
    assert shown(desk.licenses, lone.id)["licensee"] == hm.address.lower()


@pytest.mark.law6
def test_shows_start_and_present_end(desk, lone):
    lone.give_notice()
    told = shown(desk.licenses, lone.id)
    assert (told["start"], told["end"]) == (lone.start, lone.start + 30 * DAY)


@pytest.mark.law14
def test_shows_what_the_deposit_covers(desk):
    held = desk.accept(deposit=4_500 * desk.unit)
    told = shown(desk.licenses, held.id)
    assert (told["paidThrough"], told["imagesLeft"]) == (held.start + 45 * DAY, 50)


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "live"), [(-1, False), (0, True)])
def test_is_live_from_its_first_second(desk, second, live):
    held = desk.accept(start=now() + DAY)
    wait_until(held.start + second)
    assert shown(desk.licenses, held.id)["live"] is live


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "live"), [(-1, True), (0, False)])
def test_is_live_to_its_last_second(desk, lone, second, live):
    wait_until(lone.end + second)
    assert shown(desk.licenses, lone.id)["live"] is live


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "live"), [(-1, True), (0, False)])
def test_is_live_to_the_last_second_that_is_paid(desk, second, live):
    held = desk.accept(deposit=4_500 * desk.unit)
    wait_until(held.start + 45 * DAY + second)
    assert shown(desk.licenses, held.id)["live"] is live
