"""vouch, withdrawVouch, flag: words in public, worth what their speaker is worth."""

from __future__ import annotations

import pytest

from tests.contracts.support.acts import act
from tests.contracts.support.desk import FAR
from tests.contracts.support.reverts import reverts_with

COMMITMENT = "0x" + "c0" * 32
PEOPLE = ("agency", "hm", "rival", "photographer", "stranger")


@pytest.mark.refusal
def test_only_the_owner_flags(desk, model, hm):
    with reverts_with("SignatureInvalid", model):
        act(desk, "Flag").send(by=hm, signature=b"")


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("until", [0, 1, FAR])
def test_anyone_vouches(desk, model, role, until):
    event = desk.twins.vouch(model, COMMITMENT, until, {"from": getattr(desk, role)}).events
    assert dict(event["Vouched"]) == {
        "voucher": getattr(desk, role),
        "subject": model,
        "commitment": COMMITMENT,
        "until": until,
    }


@pytest.mark.parametrize("role", PEOPLE)
def test_anyone_withdraws_its_own_word(desk, model, role):
    event = desk.twins.withdrawVouch(model, COMMITMENT, {"from": getattr(desk, role)}).events
    assert dict(event["VouchWithdrawn"]) == {
        "voucher": getattr(desk, role),
        "subject": model,
        "commitment": COMMITMENT,
    }


def test_the_owner_flags_an_image(desk):
    event = act(desk, "Flag", licenseId=9, imageHash=b"f".ljust(32)).send().events["Flagged"]
    assert dict(event) == {
        "twinId": desk.twin,
        "licenseId": 9,
        "imageHash": "0x" + b"f".ljust(32).hex(),
    }


def test_words_change_nothing_but_the_nonce(desk, model):
    before = desk.twins.authority(desk.twin)
    desk.twins.vouch(model, COMMITMENT, FAR, {"from": desk.agency})
    act(desk, "Flag").send()
    after = desk.twins.authority(desk.twin)
    assert after["nonce"] == before["nonce"] + 1
    assert tuple(after)[3:] == tuple(before)[3:]
