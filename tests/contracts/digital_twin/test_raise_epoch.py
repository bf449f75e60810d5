"""raiseEpoch: every older signature of the owner is void (law 3)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.desk import MODEL_KEY
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.moves import propose
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

pytestmark = pytest.mark.law3

EPOCH = 2**16
"""Nonces of one epoch."""


@pytest.mark.refusal
def test_an_older_offer_is_void(desk):
    act(desk, "EpochRaise").send()
    with reverts_with("EpochWrong", 0, 1):
        desk.accept(epoch=0)


@pytest.mark.refusal
def test_an_older_card_is_void(desk):
    act(desk, "EpochRaise").send()
    with reverts_with("EpochWrong", 0, 1):
        booking(desk, epoch=0).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("epoch", [0, 2, 2**32 - 1])
def test_only_the_present_epoch_is_good(desk, epoch):
    act(desk, "EpochRaise").send()
    with reverts_with("EpochWrong", epoch, 1):
        desk.accept(epoch=epoch)


@pytest.mark.refusal
def test_an_offer_signed_ahead_waits_for_its_epoch(desk):
    with reverts_with("EpochWrong", 1, 0):
        desk.accept(epoch=1)


@pytest.mark.refusal
@pytest.mark.parametrize("ahead", [1, 2, 1000, 2**16 - 2])
def test_an_act_signed_ahead_is_void_too(desk, ahead):
    """It carries a nonce that would have come."""
    signed = act(desk, "Policy", nonce=1 + ahead)
    act(desk, "EpochRaise").send()
    for _ in range(ahead - 1 if ahead < 3 else 2):
        act(desk, "Flag").send()
    nonce = desk.twins.authority(desk.twin)["nonce"]
    with reverts_with("NonceWrong", 1 + ahead, nonce):
        signed.send()


@pytest.mark.boundary
def test_an_act_of_an_epoch_to_come_is_good_there(desk):
    """What a number to come is in, raising the epoch does not end: it brings it."""
    ahead = act(desk, "Policy", nonce=EPOCH, uses=1)
    act(desk, "EpochRaise").send()
    ahead.send()
    assert desk.twins.authority(desk.twin)["uses"] == 1


@pytest.mark.boundary
def test_an_offer_of_an_epoch_to_come_is_good_there(desk, hm):
    terms, signature = offered(desk, epoch=1)
    act(desk, "EpochRaise").send()
    desk.licenses.accept(terms, signature, terms[1][2], [], {"from": hm})
    assert desk.licenses.ownerOf(desk.licenses.licenseIdOf(terms)) == hm


@pytest.mark.refusal
@pytest.mark.boundary
def test_raising_past_it_ends_what_was_signed_for_it(desk, hm):
    ahead = act(desk, "Policy", nonce=EPOCH)
    terms, signature = offered(desk, epoch=1)
    for _ in range(2):
        act(desk, "EpochRaise").send()
    with reverts_with("NonceWrong", EPOCH, 2 * EPOCH):
        ahead.send()
    with reverts_with("EpochWrong", 1, 2):
        desk.licenses.accept(terms, signature, terms[1][2], [], {"from": hm})


def offered(desk, **changes):
    """Terms, and the model's signature of them."""
    terms = desk.terms(**changes)
    digest = desk.licenses.licenseIdOf(terms).to_bytes(32, "big")
    return terms, sign_digest(digest, MODEL_KEY)


@pytest.mark.boundary
@pytest.mark.parametrize("times", [1, 2, 3])
def test_raises_the_epoch_by_one_each_time(desk, times):
    for _ in range(times):
        act(desk, "EpochRaise").send()
    assert desk.twins.authority(desk.twin)["epoch"] == times


def test_an_offer_of_the_new_epoch_is_good(desk):
    act(desk, "EpochRaise").send()
    assert desk.accept(epoch=1).state.licensee == desk.hm


def test_leaves_running_licenses(desk, lone):
    before = lone.state
    act(desk, "EpochRaise").send()
    assert lone.state == before


def test_leaves_her_other_twin(desk):
    second = desk.mint("second")
    act(desk, "EpochRaise").send()
    assert desk.twins.authority(second)["epoch"] == 0


@pytest.mark.boundary
@pytest.mark.parametrize("times", [1, 2, 3])
def test_each_epoch_has_nonces_of_its_own(desk, times):
    for _ in range(times):
        act(desk, "EpochRaise").send()
    assert desk.twins.authority(desk.twin)["nonce"] == times * 2**16


def test_leaves_the_policy(desk):
    act(desk, "EpochRaise").send()
    assert desk.twins.authority(desk.twin)["uses"] == 0xFFFF


def test_tells_the_new_epoch(desk):
    event = act(desk, "EpochRaise").send().events["EpochRaised"]
    assert dict(event) == {"twinId": desk.twin, "epoch": 1}


@pytest.mark.law2
def test_a_pending_move_goes_on(desk):
    propose(desk)
    waits = told(desk.twins.moveOf(desk.twin))
    act(desk, "EpochRaise").send()
    assert told(desk.twins.moveOf(desk.twin)) == waits
