"""setGuardian and guardianOf: who helps after a loss (law 2)."""

from __future__ import annotations

import brownie
import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.clock import wait_until
from tests.contracts.support.desk import MODEL_KEY, ZERO
from tests.contracts.support.keys import GUARDIAN_KEY, NEW_KEY, OTHER_KEY, address_of
from tests.contracts.support.moves import READY_FOR, at_once, propose
from tests.contracts.support.reverts import reverts_with

pytestmark = pytest.mark.law2

NEW = address_of(NEW_KEY)
OTHER = address_of(OTHER_KEY)


def name(desk, guardian):
    return act(desk, "GuardianChange", guardian=guardian).send()


def guardian_of(desk):
    return desk.twins.guardianOf(desk.twin, desk.consents[desk.twin])


@pytest.mark.refusal
def test_the_guardian_cannot_name_another(desk, model):
    signed = act(desk, "GuardianChange", guardian=OTHER)
    with reverts_with("SignatureInvalid", model):
        signed.send(signature=signed.sign(GUARDIAN_KEY))


@pytest.mark.refusal
def test_a_dismissed_guardian_proposes_nothing(desk):
    name(desk, OTHER)
    with reverts_with("SignatureInvalid", OTHER):
        propose(desk, by_guardian=True)


@pytest.mark.refusal
@pytest.mark.boundary
def test_nobody_proposes_where_there_is_no_guardian(desk):
    name(desk, ZERO)
    with reverts_with("SignatureInvalid", ZERO):
        propose(desk, by_guardian=True)


@pytest.mark.refusal
@pytest.mark.boundary
def test_nobody_stands_in_for_no_guardian(desk):
    name(desk, ZERO)
    with reverts_with("SignatureInvalid", ZERO):
        at_once(desk, guardians=b"")


@pytest.mark.refusal
@pytest.mark.parametrize("field", range(6))
def test_another_consent_proves_no_guardian(desk, field):
    consent = list(desk.consents[desk.twin])
    consent[field] = [b"m".ljust(32), OTHER, b"r".ljust(32), OTHER, b"s".ljust(32), 1][field]
    given = desk.twins.twinIdOf(consent)
    with reverts_with("ConsentDiffers", given, desk.twin):
        desk.twins.guardianOf(desk.twin, consent)
    with reverts_with("ConsentDiffers", given, desk.twin):
        propose(desk, by_guardian=True, consent=consent)
    with reverts_with("ConsentDiffers", given, desk.twin):
        at_once(desk, consent=consent)


@pytest.mark.refusal
def test_the_consent_of_her_other_twin_proves_no_guardian(desk):
    second = desk.mint("second")
    with reverts_with("ConsentDiffers", second, desk.twin):
        propose(desk, by_guardian=True, consent=desk.consents[second])


@pytest.mark.refusal
@pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
def test_refuses_a_twin_that_is_not(desk, twin):
    with reverts_with("TwinUnknown", twin):
        desk.twins.guardianOf(twin, desk.consents[desk.twin])


@pytest.mark.refusal
def test_a_guardian_delays_its_dismissal_once(desk):
    """It gets ahead of the act by a proposal; while that is pending, it has no act left."""
    dismissal = act(desk, "GuardianChange", guardian=ZERO)
    propose(desk, by_guardian=True)
    with reverts_with("NonceWrong", 1, 2):
        dismissal.send()
    with reverts_with("MovePending", desk.twin, NEW):
        propose(desk, by_guardian=True)
    name(desk, ZERO)
    assert desk.twins.moveOf(desk.twin)["to"] == ZERO
    assert guardian_of(desk) == ZERO


def test_the_first_guardian_is_the_one_of_the_consent(desk):
    assert guardian_of(desk) == address_of(GUARDIAN_KEY)


def test_the_owner_names_another_at_once(desk):
    event = name(desk, OTHER).events["GuardianSet"]
    assert dict(event) == {"twinId": desk.twin, "guardian": OTHER}
    assert guardian_of(desk) == OTHER


@pytest.mark.boundary
def test_a_guardian_may_be_named_where_there_was_none(desk):
    consent = act(desk, "Consent", guardian=ZERO)
    consent.send()
    twin = desk.twins.twinIdOf(consent.values)
    act(desk, "GuardianChange", twinId=twin, guardian=OTHER).send()
    assert desk.twins.guardianOf(twin, consent.values) == OTHER


def test_no_consent_is_read_once_another_was_named(desk):
    name(desk, OTHER)
    nothing = (bytes(32), ZERO, bytes(32), ZERO, bytes(32), 0)
    assert desk.twins.guardianOf(desk.twin, nothing) == OTHER


def test_the_new_guardian_proposes(desk):
    name(desk, OTHER)
    signed = act(desk, "Move")
    propose(desk, signed, by_guardian=True, signature=signed.sign(OTHER_KEY))
    assert desk.twins.moveOf(desk.twin)["to"] == NEW


def test_dismissing_a_guardian_drops_its_proposal(desk):
    propose(desk, by_guardian=True)
    events = name(desk, OTHER).events
    assert dict(events["MoveDropped"]) == {"twinId": desk.twin}
    assert desk.twins.moveOf(desk.twin)["to"] == ZERO


def test_dismissing_a_guardian_leaves_the_owners_proposal(desk):
    propose(desk)
    assert "MoveDropped" not in name(desk, OTHER).events
    assert desk.twins.moveOf(desk.twin)["to"] == NEW


@pytest.mark.boundary
def test_nothing_is_dropped_where_its_proposal_is_void(desk):
    propose(desk, by_guardian=True)
    void = desk.twins.moveOf(desk.twin)["readyAt"] + READY_FOR
    wait_until(void - 1)
    last = act(desk, "GuardianChange", guardian=OTHER)
    wait_until(void)
    assert "MoveDropped" not in last.send().events
    propose(desk)
    assert not desk.twins.moveOf(desk.twin)["byGuardian"]


@pytest.mark.boundary
def test_the_owner_who_is_her_own_guardian_moves_at_once(desk, model):
    name(desk, model.address)
    signed = act(desk, "MoveAtOnce")
    at_once(desk, signed, guardians=signed.sign(MODEL_KEY))
    assert desk.twins.ownerOf(desk.twin) == NEW


@pytest.mark.boundary
def test_a_wallet_that_was_left_stays_guardian_if_it_was(desk, model):
    name(desk, model.address)
    signed = act(desk, "MoveAtOnce")
    at_once(desk, signed, guardians=signed.sign(MODEL_KEY))
    rescue = act(desk, "Move", to=OTHER)
    propose(
        desk,
        rescue,
        by_guardian=True,
        signature=rescue.sign(MODEL_KEY),
        acceptance=rescue.sign(OTHER_KEY),
    )
    assert desk.twins.moveOf(desk.twin)["to"] == OTHER


def test_leaves_policy_and_marks(desk):
    before = desk.twins.authority(desk.twin)
    name(desk, OTHER)
    after = desk.twins.authority(desk.twin)
    assert tuple(after)[4:] == tuple(before)[4:]
    assert not desk.twins.isRetired(desk.twin)


def test_leaves_her_other_twin(desk):
    second = desk.mint("second")
    name(desk, OTHER)
    assert desk.twins.guardianOf(second, desk.consents[second]) == address_of(GUARDIAN_KEY)


def test_a_contract_wallet_is_a_guardian(desk):
    wallet = brownie.ContractWallet.deploy(OTHER, {"from": desk.relay})
    name(desk, wallet.address)
    signed = act(desk, "Move")
    propose(desk, signed, by_guardian=True, signature=signed.sign(OTHER_KEY))
    assert desk.twins.moveOf(desk.twin)["byGuardian"]
