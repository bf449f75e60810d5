"""mint: makes the twin of a consent, for the wallet that signed it (law 1)."""

from __future__ import annotations

import pytest
from brownie import web3

from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, FAR, MODEL_KEY, ZERO
from tests.contracts.support.keys import OTHER_KEY, address_of, compact, malleable
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

pytestmark = pytest.mark.law1

PEOPLE = ("relay", "hm", "rival", "agency", "photographer", "stylist", "stranger")


@pytest.fixture
def consent(desk):
    return act(desk, "Consent")


@pytest.fixture
def twin(desk, consent):
    return desk.twins.twinIdOf(consent.values)


@pytest.mark.refusal
def test_refuses_a_consent_whose_deadline_is_past(desk):
    deadline = now() - 1
    with reverts_with("SignatureExpired", deadline):
        act(desk, "Consent", deadline=deadline).send()


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_consent_in_the_second_of_its_deadline(desk):
    deadline = now()
    with reverts_with("SignatureExpired", deadline):
        act(desk, "Consent", deadline=deadline).send()


@pytest.mark.refusal
def test_refuses_to_make_a_twin_twice(consent, twin):
    consent.send()
    with reverts_with("TwinExists", twin):
        consent.send()


@pytest.mark.refusal
@pytest.mark.parametrize("form", [malleable, compact])
def test_refuses_another_form_of_a_signature_that_was_used(consent, twin, form):
    consent.send()
    with reverts_with("TwinExists", twin):
        consent.send(signature=form(consent.sign()))


@pytest.mark.refusal
def test_refuses_the_signature_of_another_key(consent, model):
    with reverts_with("SignatureInvalid", model):
        consent.send(signature=consent.sign(OTHER_KEY))


@pytest.mark.refusal
@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_has_a_twin_made_without_the_models_signature(desk, consent, model, role):
    with reverts_with("SignatureInvalid", model):
        consent.send(by=getattr(desk, role), signature=b"")


@pytest.mark.refusal
@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 66, 96])
def test_refuses_zeros_of_any_length(consent, model, length):
    with reverts_with("SignatureInvalid", model):
        consent.send(signature=bytes(length))


@pytest.mark.refusal
@pytest.mark.parametrize("end", [slice(0, 64), slice(0, 63), slice(1, 65)])
def test_refuses_a_signature_that_was_cut(consent, model, end):
    with reverts_with("SignatureInvalid", model):
        consent.send(signature=consent.sign()[end])


@pytest.mark.refusal
def test_refuses_a_signature_with_a_byte_behind_it(consent, model):
    with reverts_with("SignatureInvalid", model):
        consent.send(signature=consent.sign() + b"\0")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memo", b"m" * 32),
        ("replica", b"other".ljust(32)),
        ("guardian", address_of(OTHER_KEY)),
        ("salt", b"other".ljust(32)),
        ("deadline", FAR - 1),
    ],
)
def test_refuses_a_consent_with_a_field_that_was_not_signed(desk, consent, model, field, value):
    with reverts_with("SignatureInvalid", model):
        act(desk, "Consent", **{field: value}).send(signature=consent.sign())


@pytest.mark.refusal
def test_nobody_becomes_the_owner_by_a_consent_of_the_model(desk, consent, stranger):
    stolen = act(desk, "Consent", owner=stranger.address)
    with reverts_with("SignatureInvalid", stranger):
        stolen.send(signature=consent.sign())


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("signature", [b"", bytes(65), b"\x1b" * 65])
def test_refuses_the_zero_address_as_owner(desk, signature):
    with reverts_with("SignatureInvalid", ZERO):
        act(desk, "Consent", owner=ZERO).send(signature=signature)


@pytest.mark.refusal
def test_refuses_a_contract_that_cannot_sign_as_owner(desk):
    with reverts_with("SignatureInvalid", desk.token):
        act(desk, "Consent", owner=desk.token.address).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(("field", "bits"), [(1, 160), (3, 160), (5, 40)])
def test_refuses_a_word_that_its_field_cannot_hold(desk, consent, model, field, bits):
    """Owner, guardian, deadline; Solidity gives no reason."""
    data = desk.twins.mint.encode_input(consent.values, consent.sign())
    at = len("0x") + 8 + 64 * field
    word = int(data[at : at + 64], 16) | 1 << bits
    dirty = data[:at] + f"{word:064x}" + data[at + 64 :]
    for sent, is_taken in ((data, True), (dirty, False)):
        answer = web3.provider.make_request(
            "eth_call", [{"to": desk.twins.address, "data": sent}, "latest"]
        )
        assert ("result" in answer) is is_taken
        assert is_taken or answer["error"].get("data", "0x") in ("0x", None)


def test_gives_the_twin_to_the_model(desk, consent, twin, model):
    consent.send()
    assert desk.twins.ownerOf(twin) == model


def test_anybody_makes_a_twin_with_the_replica_of_another(desk):
    """Whose face it shows, the chain does not know: others vouch for that."""
    other = address_of(OTHER_KEY)
    copied = act(desk, "Consent", owner=other, replica=desk.consents[desk.twin][2])
    copied.send(signature=copied.sign(OTHER_KEY))
    assert desk.twins.ownerOf(desk.twins.twinIdOf(copied.values)) == other


def test_counts_a_second_twin_of_one_wallet(desk, consent, model):
    before = desk.twins.balanceOf(model)
    consent.send()
    assert desk.twins.balanceOf(model) == before + 1


@pytest.mark.boundary
def test_takes_a_consent_in_the_last_second_before_its_deadline(desk, model):
    consent = act(desk, "Consent", deadline=now() + DAY)
    wait_until(now() + DAY - 1)
    consent.send()
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == model


@pytest.mark.parametrize("role", PEOPLE)
def test_anyone_may_send_what_the_model_signed(desk, consent, twin, model, role):
    consent.send(by=getattr(desk, role))
    assert desk.twins.ownerOf(twin) == model


def test_the_model_needs_no_coin(consent, model):
    assert model.balance() == 0
    consent.send()
    assert model.balance() == 0


def test_the_model_may_leave_the_signature_empty_when_she_sends_it(
    desk, consent, twin, relay, model
):
    relay.transfer(model, "1 ether")
    consent.send(by=model, signature=b"")
    assert desk.twins.ownerOf(twin) == model


@pytest.mark.boundary
@pytest.mark.parametrize("form", [malleable, compact])
def test_takes_any_form_of_a_signature_once(desk, consent, twin, model, form):
    consent.send(signature=form(consent.sign(MODEL_KEY)))
    assert desk.twins.ownerOf(twin) == model


def test_tells_the_whole_consent(desk, consent, twin, model):
    event = consent.send().events["TwinMinted"]
    assert event["twinId"] == twin
    assert event["owner"] == model
    assert told(event["consent"]) == consent.values


def test_says_at_once_that_the_token_is_locked(consent, twin):
    assert consent.send().events["Locked"]["tokenId"] == twin


def test_a_new_twin_allows_nothing(desk, consent, twin, model):
    consent.send()
    assert told(desk.twins.authority(twin)) == (model.address, 0, 0, 0, 0, 0, 0)


def test_answers_with_the_id(desk, consent, twin):
    answered = desk.twins.mint.call(consent.values, consent.sign(), {"from": desk.relay})
    assert answered == twin
