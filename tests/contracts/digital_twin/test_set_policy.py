"""setPolicy: what the owner allows at all, read at every later grant (law 4)."""

from __future__ import annotations

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.keys import OTHER_KEY, address_of
from tests.contracts.support.moves import propose
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

pytestmark = pytest.mark.law4

MOST = {"uses": 2**32 - 1, "categories": 2**32 - 1, "leastOwnerBps": 10_000}
LEAST = {"uses": 0, "categories": 0, "leastOwnerBps": 0}


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("bps", [10_001, 2**16 - 1])
def test_refuses_to_keep_more_than_the_whole(desk, bps):
    with reverts_with("LeastShareOverWhole", bps):
        act(desk, "Policy", leastOwnerBps=bps).send()


@pytest.mark.refusal
@pytest.mark.parametrize(("field", "value"), [("uses", 1), ("categories", 1), ("leastOwnerBps", 1)])
def test_refuses_a_policy_that_was_not_signed(desk, model, field, value):
    with reverts_with("SignatureInvalid", model):
        act(desk, "Policy", **{field: value}).send(signature=act(desk, "Policy").sign())


@pytest.mark.boundary
@pytest.mark.parametrize("policy", [MOST, LEAST])
@pytest.mark.parametrize("field", list(MOST))
def test_keeps_each_field_to_its_last_bit(desk, policy, field):
    act(desk, "Policy", **policy).send()
    assert desk.twins.authority(desk.twin)[field] == policy[field]


@pytest.mark.boundary
@pytest.mark.parametrize("field", list(MOST))
def test_no_field_runs_into_another(desk, field):
    act(desk, "Policy", **LEAST | {field: MOST[field]}).send()
    kept = desk.twins.authority(desk.twin)
    assert {name: kept[name] for name in MOST} == LEAST | {field: MOST[field]}


@pytest.mark.boundary
def test_one_policy_replaces_the_other_whole(desk):
    act(desk, "Policy", **MOST).send()
    act(desk, "Policy", **LEAST).send()
    kept = desk.twins.authority(desk.twin)
    assert {name: kept[name] for name in MOST} == LEAST


def test_leaves_the_owner(desk, model):
    act(desk, "Policy", **MOST).send()
    assert desk.twins.ownerOf(desk.twin) == model


def test_leaves_the_epoch(desk):
    act(desk, "Policy").send()
    assert desk.twins.authority(desk.twin)["epoch"] == 0


def test_leaves_her_other_twin(desk):
    second = desk.mint("second")
    act(desk, "Policy", **LEAST).send()
    assert desk.twins.authority(second)["uses"] == 0xFFFF


def test_tells_the_policy(desk):
    event = act(desk, "Policy", uses=5, categories=6, leastOwnerBps=7).send().events["PolicySet"]
    assert dict(event) == {"twinId": desk.twin, "uses": 5, "categories": 6, "leastOwnerBps": 7}


@pytest.mark.law2
def test_leaves_guardian_and_pending_move(desk):
    act(desk, "GuardianChange", guardian=address_of(OTHER_KEY)).send()
    propose(desk)
    waits = told(desk.twins.moveOf(desk.twin))
    act(desk, "Policy", uses=1).send()
    assert desk.twins.guardianOf(desk.twin, desk.consents[desk.twin]) == address_of(OTHER_KEY)
    assert told(desk.twins.moveOf(desk.twin)) == waits
    act(desk, "Retirement").send()
    assert desk.twins.guardianOf(desk.twin, desk.consents[desk.twin]) == address_of(OTHER_KEY)
    assert told(desk.twins.moveOf(desk.twin)) == waits
