"""tokenURI: what wallets show of twins and licenses, from the live state, as JSON."""

from __future__ import annotations

import base64
import json

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.keys import NEW_KEY, address_of
from tests.contracts.support.moves import propose
from tests.contracts.support.reverts import reverts_with

PREFIX = "data:application/json;base64,"


def shown(contract, token_id):
    """The name of a token, and each of its traits by its kind (the last, where there are more)."""
    uri = contract.tokenURI(token_id)
    assert uri.startswith(PREFIX)
    metadata = json.loads(base64.b64decode(uri.removeprefix(PREFIX), validate=True))
    traits = {trait["trait_type"]: trait["value"] for trait in metadata["attributes"]}
    return traits | {"name": metadata["name"]}


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("license_id", [0, 1, 2**256 - 1])
def test_refuses_a_license_that_is_not(desk, license_id):
    with reverts_with("LicenseUnknown", license_id):
        desk.licenses.tokenURI(license_id)


@pytest.mark.law2
def test_shows_a_twin_by_its_id(desk):
    assert shown(desk.twins, desk.twin)["Twin"] == f"0x{desk.twin:064x}"


@pytest.mark.law2
def test_shows_the_owner_of_a_twin(desk, model):
    assert shown(desk.twins, desk.twin)["Owner"] == model.address


@pytest.mark.law3
def test_shows_the_present_epoch(desk):
    act(desk, "EpochRaise").send()
    assert shown(desk.twins, desk.twin)["Epoch"] == 1


@pytest.mark.law2
def test_says_that_it_is_retired(desk):
    act(desk, "Retirement").send()
    assert shown(desk.twins, desk.twin)["State"] == "retired"


@pytest.mark.law2
def test_says_that_a_move_is_pending_and_where_to(desk):
    propose(desk)
    told = shown(desk.twins, desk.twin)
    assert (told["State"], told["Moving to"]) == ("move pending", address_of(NEW_KEY))


@pytest.mark.law5
def test_shows_a_license_by_its_id(desk, lone):
    assert shown(desk.licenses, lone.id)["License"] == f"0x{lone.id:064x}"


@pytest.mark.law5
def test_shows_the_licensee(desk, lone, hm):
    assert shown(desk.licenses, lone.id)["Licensee"] == hm.address


@pytest.mark.law6
def test_shows_start_and_present_end(desk, lone):
    lone.give_notice()
    told = shown(desk.licenses, lone.id)
    assert (told["Start"], told["End"]) == (lone.start, lone.start + 30 * DAY)


@pytest.mark.law14
def test_shows_what_the_deposit_covers(desk):
    held = desk.accept(deposit=4_500 * desk.unit)
    told = shown(desk.licenses, held.id)
    assert (told["Paid through"], told["Images left"]) == (held.start + 45 * DAY, 50)


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "state"), [(-1, "not started"), (0, "live")])
def test_is_live_from_its_first_second(desk, second, state):
    held = desk.accept(start=now() + DAY)
    wait_until(held.start + second)
    assert shown(desk.licenses, held.id)["State"] == state


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "state"), [(-1, "live"), (0, "ended")])
def test_is_live_to_its_last_second(desk, lone, second, state):
    wait_until(lone.end + second)
    assert shown(desk.licenses, lone.id)["State"] == state


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "state"), [(-1, "live"), (0, "unpaid")])
def test_is_live_to_the_last_second_that_is_paid(desk, second, state):
    held = desk.accept(deposit=4_500 * desk.unit)
    wait_until(held.start + 45 * DAY + second)
    assert shown(desk.licenses, held.id)["State"] == state


@pytest.mark.law17
def test_says_that_it_is_settled(desk, lone):
    wait_until(lone.end)
    lone.pay_out()
    told = shown(desk.licenses, lone.id)
    assert (told["State"], told["Collected"]) == ("settled", told["Deposited"])


@pytest.mark.law4
def test_says_what_the_policy_allows(desk):
    told = shown(desk.twins, desk.twin)
    assert told["Owner keeps at least"] == "50 %"
    assert (told["Allowed use"], told["Allowed category"]) == ("cinema", "footwear")


@pytest.mark.law11
def test_says_what_was_granted(desk, lone):
    told = shown(desk.licenses, lone.id)
    assert (told["Use"], told["Markets"]) == ("own social", "ID IE IL IM")
