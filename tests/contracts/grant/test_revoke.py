"""revoke: withdraws one offer or one rate card of one's own twin (law 3)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, FAR, MODEL_KEY
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.keys import OTHER_KEY, address_of, malleable
from tests.contracts.support.reverts import reverts_with

PEOPLE = ("relay", "hm", "rival", "agency", "photographer", "stylist", "stranger")

pytestmark = pytest.mark.law3


class Offer:
    """An offer that waits for its licensee."""

    def __init__(self, desk, **changes):
        self.desk, self.terms = desk, desk.terms(**changes)
        self.digest = desk.licenses.licenseIdOf(self.terms).to_bytes(32, "big")
        self.signature = sign_digest(self.digest, MODEL_KEY)

    def accept(self):
        deed = (self.terms, self.signature, self.terms[1][2], [])
        return self.desk.licenses.accept(*deed, {"from": self.desk.hm})


@pytest.fixture
def offer(desk):
    return Offer(desk)


@pytest.fixture
def rivals_twin(desk):
    """The twin of another owner."""
    consent = act(desk, "Consent", owner=address_of(OTHER_KEY))
    consent.send(signature=consent.sign(OTHER_KEY))
    return desk.twins.twinIdOf(consent.values)


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("late", [0, 1])
def test_refuses_an_act_from_its_deadline_on(desk, offer, late):
    with reverts_with("SignatureExpired", now() - late):
        act(desk, "Revocation", digest=offer.digest, deadline=now() - late).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
def test_refuses_a_twin_that_is_not(desk, offer, twin):
    with reverts_with("TwinUnknown", twin):
        act(desk, "Revocation", twinId=twin, digest=offer.digest).send()


@pytest.mark.refusal
def test_a_deadline_is_told_before_a_twin_that_is_not(desk, offer):
    with reverts_with("SignatureExpired", 1):
        act(desk, "Revocation", twinId=7, digest=offer.digest, deadline=1).send()


@pytest.mark.refusal
@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_withdraws_without_the_owners_signature(desk, offer, model, role):
    with reverts_with("SignatureInvalid", model):
        act(desk, "Revocation", digest=offer.digest).send(by=getattr(desk, role), signature=b"")


@pytest.mark.refusal
def test_refuses_the_signature_of_another_key(desk, offer, model):
    revocation = act(desk, "Revocation", digest=offer.digest)
    with reverts_with("SignatureInvalid", model):
        revocation.send(signature=revocation.sign(OTHER_KEY))


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("field", "value"), [("memo", b"m" * 32), ("digest", b"d" * 32), ("deadline", FAR - 1)]
)
def test_refuses_an_act_with_a_field_that_was_not_signed(desk, offer, model, field, value):
    signature = act(desk, "Revocation", digest=offer.digest).sign()
    with reverts_with("SignatureInvalid", model):
        act(desk, "Revocation", **{"digest": offer.digest} | {field: value}).send(
            signature=signature
        )


@pytest.mark.refusal
def test_the_signature_of_an_offer_does_not_withdraw_it(desk, offer, model):
    with reverts_with("SignatureInvalid", model):
        act(desk, "Revocation", digest=offer.digest).send(signature=offer.signature)


@pytest.mark.refusal
def test_refuses_another_owners_act_on_the_models_twin(desk, offer, rivals_twin, model):
    revocation = act(desk, "Revocation", digest=offer.digest)
    with reverts_with("SignatureInvalid", model):
        revocation.send(signature=revocation.sign(OTHER_KEY))


@pytest.mark.refusal
def test_a_withdrawn_offer_cannot_be_accepted(desk, offer):
    act(desk, "Revocation", digest=offer.digest).send()
    with reverts_with("SignatureRevoked", offer.digest):
        offer.accept()


@pytest.mark.refusal
def test_a_withdrawn_offer_cannot_be_accepted_by_another_form_of_its_signature(desk, offer):
    act(desk, "Revocation", digest=offer.digest).send()
    offer.signature = malleable(offer.signature)
    with reverts_with("SignatureRevoked", offer.digest):
        offer.accept()


@pytest.mark.refusal
def test_a_withdrawn_card_cannot_be_booked_from(desk):
    draft = booking(desk)
    act(desk, "Revocation", digest=draft.card).send()
    with reverts_with("SignatureRevoked", draft.card):
        draft.send()


@pytest.mark.refusal
def test_withdrawing_before_the_offer_is_signed_counts(desk):
    """Who keeps terms unsigned can make them void beforehand."""
    later = Offer(desk, ref=b"later".ljust(32))
    act(desk, "Revocation", digest=later.digest).send()
    with reverts_with("SignatureRevoked", later.digest):
        later.accept()


def test_another_owner_withdraws_nothing_of_the_models(desk, offer, rivals_twin, hm):
    revocation = act(desk, "Revocation", twinId=rivals_twin, digest=offer.digest)
    revocation.send(signature=revocation.sign(OTHER_KEY))
    offer.accept()
    assert desk.licenses.balanceOf(hm) == 1


def test_withdrawing_for_her_other_twin_leaves_this_one(desk, offer, hm):
    second = desk.mint("second")
    act(desk, "Revocation", twinId=second, digest=offer.digest).send()
    offer.accept()
    assert desk.licenses.balanceOf(hm) == 1


def test_leaves_other_offers(desk, offer, hm):
    act(desk, "Revocation", digest=offer.digest).send()
    Offer(desk).accept()
    assert desk.licenses.balanceOf(hm) == 1


def test_leaves_a_license_that_was_granted(desk, lone):
    before = lone.state
    act(desk, "Revocation", digest=lone.id.to_bytes(32, "big")).send()
    assert lone.state == before


def test_leaves_the_nonce_of_the_twin(desk, offer):
    before = desk.twins.authority(desk.twin)["nonce"]
    act(desk, "Revocation", digest=offer.digest).send()
    assert desk.twins.authority(desk.twin)["nonce"] == before


def test_says_so_when_asked(desk, offer):
    asked = (desk.twin, offer.digest)
    before = desk.licenses.isRevoked(*asked)
    act(desk, "Revocation", digest=offer.digest).send()
    assert (before, desk.licenses.isRevoked(*asked)) == (False, True)


def test_tells_what_was_withdrawn(desk, offer):
    event = act(desk, "Revocation", digest=offer.digest).send().events["Revoked"]
    assert (event["twinId"], bytes.fromhex(str(event["digest"])[2:])) == (desk.twin, offer.digest)


@pytest.mark.boundary
def test_can_be_sent_twice(desk, offer):
    revocation = act(desk, "Revocation", digest=offer.digest)
    revocation.send()
    revocation.send()
    assert desk.licenses.isRevoked(desk.twin, offer.digest)


@pytest.mark.boundary
def test_takes_an_act_in_the_last_second_before_its_deadline(desk, offer):
    revocation = act(desk, "Revocation", digest=offer.digest, deadline=now() + DAY)
    wait_until(now() + DAY - 1)
    revocation.send()
    assert desk.licenses.isRevoked(desk.twin, offer.digest)


@pytest.mark.parametrize("role", PEOPLE)
def test_anyone_may_send_what_the_owner_signed(desk, offer, role):
    act(desk, "Revocation", digest=offer.digest).send(by=getattr(desk, role))
    assert desk.licenses.isRevoked(desk.twin, offer.digest)


def test_the_owner_may_leave_the_signature_empty_when_she_sends_it(desk, offer, relay, model):
    relay.transfer(model, "1 ether")
    act(desk, "Revocation", digest=offer.digest).send(by=model, signature=b"")
    assert desk.licenses.isRevoked(desk.twin, offer.digest)
