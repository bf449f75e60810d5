"""What every act on a twin has in common, from setPolicy to flag (law 3)."""

from __future__ import annotations

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.keys import OTHER_KEY, malleable
from tests.contracts.support.reverts import reverts_with

EVENTS = {
    "Policy": "PolicySet",
    "EpochRaise": "EpochRaised",
    "SerialRaise": "LeastSerialRaised",
    "GuardianChange": "GuardianSet",
    "Flag": "Flagged",
    "Retirement": "TwinRetired",
}
KINDS = tuple(EVENTS)
EPOCH = 2**16
"""Each epoch has nonces of its own."""
PEOPLE = ("relay", "hm", "rival", "agency", "photographer", "stylist", "stranger")

pytestmark = [pytest.mark.law3, pytest.mark.parametrize("kind", KINDS)]


def nonce_after(kind):
    """The nonce after an act of nonce 1."""
    return EPOCH if kind == "EpochRaise" else 2


@pytest.mark.refusal
@pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
def test_refuses_a_twin_that_is_not(desk, kind, twin):
    with reverts_with("TwinUnknown", twin):
        act(desk, kind, twinId=twin, nonce=0).send()


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_an_act_in_the_second_of_its_deadline(desk, kind):
    with reverts_with("SignatureExpired", now()):
        act(desk, kind, deadline=now()).send()


@pytest.mark.refusal
@pytest.mark.parametrize("ahead", [-1, 1, 2**32 - 2])
def test_refuses_another_nonce_than_the_present(desk, kind, ahead):
    with reverts_with("NonceWrong", 1 + ahead, 1):
        act(desk, kind, nonce=1 + ahead).send()


@pytest.mark.refusal
def test_refuses_an_act_that_was_sent(desk, kind):
    sent = act(desk, kind)
    sent.send()
    with reverts_with("NonceWrong", 1, nonce_after(kind)):
        sent.send()


@pytest.mark.refusal
def test_refuses_another_form_of_a_signature_that_was_used(desk, kind):
    sent = act(desk, kind)
    sent.send()
    with reverts_with("NonceWrong", 1, nonce_after(kind)):
        sent.send(signature=malleable(sent.sign()))


@pytest.mark.refusal
@pytest.mark.parametrize("other", KINDS)
def test_any_act_makes_an_unsent_one_void(desk, kind, other):
    unsent = act(desk, kind)
    act(desk, other).send()
    with reverts_with("NonceWrong", 1, nonce_after(other)):
        unsent.send()


@pytest.mark.refusal
def test_refuses_the_signature_of_another_key(desk, kind, model):
    signed = act(desk, kind)
    with reverts_with("SignatureInvalid", model):
        signed.send(signature=signed.sign(OTHER_KEY))


@pytest.mark.refusal
@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_acts_without_the_owners_signature(desk, kind, model, role):
    with reverts_with("SignatureInvalid", model):
        act(desk, kind).send(by=getattr(desk, role), signature=b"")


@pytest.mark.refusal
@pytest.mark.parametrize("other", KINDS)
def test_refuses_the_signature_of_another_kind_of_act(desk, kind, other, model):
    if other == kind:
        other = "Consent"
    with reverts_with("SignatureInvalid", model):
        act(desk, kind).send(signature=act(desk, other).sign())


@pytest.mark.refusal
def test_refuses_an_act_that_was_signed_for_another_twin(desk, kind, model):
    second = desk.mint("second")
    with reverts_with("SignatureInvalid", model):
        act(desk, kind, twinId=second).send(signature=act(desk, kind).sign())


@pytest.mark.refusal
@pytest.mark.parametrize(("field", "value"), [("memo", b"m" * 32), ("deadline", 2**40 - 2)])
def test_refuses_an_act_with_a_field_that_was_not_signed(desk, kind, model, field, value):
    with reverts_with("SignatureInvalid", model):
        act(desk, kind, **{field: value}).send(signature=act(desk, kind).sign())


@pytest.mark.boundary
def test_takes_an_act_in_the_last_second_before_its_deadline(desk, kind):
    signed = act(desk, kind, deadline=now() + DAY)
    wait_until(now() + DAY - 1)
    assert EVENTS[kind] in signed.send().events


def test_raises_the_nonce(desk, kind):
    act(desk, kind).send()
    assert desk.twins.authority(desk.twin)["nonce"] == nonce_after(kind)


def test_leaves_the_nonce_of_her_other_twin(desk, kind):
    second = desk.mint("second")
    act(desk, kind).send()
    assert desk.twins.authority(second)["nonce"] == 1


@pytest.mark.parametrize("role", PEOPLE)
def test_anyone_may_send_what_the_owner_signed(desk, kind, role):
    assert EVENTS[kind] in act(desk, kind).send(by=getattr(desk, role)).events


def test_the_owner_may_leave_the_signature_empty_when_she_sends_it(desk, kind, relay, model):
    relay.transfer(model, "1 ether")
    assert EVENTS[kind] in act(desk, kind).send(by=model, signature=b"").events
