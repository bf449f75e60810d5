"""What is brought to the facade: of its kind, signed, for this chain; and a stale book."""

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from tests.client.stage import DAY
from twinrights import TwinRights, Wallet
from twinrights.errors import (
    AtInPast,
    BadDate,
    BadSignedFile,
    BadValue,
    NotSigned,
    OpeningStale,
    OtherContract,
    UnknownWord,
    WrongChain,
)
from twinrights.grants import Grants
from twinrights.terms import Reason
from twinrights.typed_data import Signed


def test_a_message_is_drafted_with_its_memo_for_its_contract(stage):
    consent, terms = stage.chain.draft(stage.consent()), stage.chain.draft(stage.terms())
    assert consent.contract == stage.chain.deployment.twins
    assert terms.contract == stage.chain.deployment.licenses
    assert "5,000.00 TUSD" in terms.message.scope.memo
    assert not terms.signature
    signed = stage.chain.sign(stage.terms(), signer=stage.model)
    assert signed.message.scope.memo.startswith("I ")
    assert stage.chain.licenses.accept(signed, payer=stage.hm).deposited


def test_a_file_goes_there_and_back_and_is_accepted(any_stage, tmp_path):
    file = any_stage.chain.sign(any_stage.terms(), signer=any_stage.model).save(tmp_path / "offer")
    license = any_stage.chain.licenses.accept(Signed.load(file), payer=any_stage.hm)
    assert license.id == int.from_bytes(Signed.load(file).digest, "big")


def test_a_message_of_another_kind_is_refused(stage):
    offer = stage.offer()
    for act in (stage.chain.twins.mint, stage.chain.licenses.give_notice):
        with pytest.raises(BadSignedFile, match="it is a Terms and should be a"):
            act(offer, payer=stage.hm)
    with pytest.raises(BadSignedFile, match="it is a Terms and should be a RateCard"):
        stage.booking(offer)
    with pytest.raises(TypeError, match="not a Terms"):
        stage.chain.licenses.quote(offer, days=1, uses="email", markets="SE", quota=1)


def test_a_message_without_signature_is_refused(stage):
    with pytest.raises(NotSigned) as caught:
        stage.chain.licenses.accept(stage.chain.draft(stage.terms()), payer=stage.hm)
    assert caught.value.kind == "offer"


def test_a_message_for_another_chain_is_refused(stage):
    offer = replace(stage.offer(), chain_id=1)
    with pytest.raises(WrongChain) as caught:
        stage.chain.licenses.accept(offer, payer=stage.hm)
    assert caught.value.values() == {"chain_id": stage.chain.chain_id, "expected": 1}


def test_a_message_for_another_contract_is_refused(stage):
    offer = replace(stage.offer(), contract=stage.usd)
    with pytest.raises(OtherContract) as caught:
        stage.chain.licenses.accept(offer, payer=stage.hm)
    assert caught.value.values() == {
        "contract": stage.usd,
        "expected": stage.chain.deployment.licenses,
    }


def test_unknown_words_and_times_without_a_zone_are_refused(stage):
    license = stage.license()
    asked = {"who": stage.hm.address, "uses": "email", "markets": "SE", "images": 1}
    with pytest.raises(UnknownWord):
        stage.chain.licenses.may_publish(license, **{**asked, "uses": "billbord"})
    with pytest.raises(UnknownWord):
        stage.chain.licenses.may_publish(license, **{**asked, "markets": "XX"})
    with pytest.raises(BadDate):
        stage.chain.licenses.may_publish(license, **asked, at=datetime(2031, 1, 1))  # noqa: DTZ001
    with pytest.raises(BadValue, match="'hm' is not one"):
        stage.chain.licenses.may_publish(license, **{**asked, "who": "hm"})
    past = datetime(2001, 1, 1, tzinfo=timezone.utc)
    with pytest.raises(AtInPast):
        stage.chain.licenses.may_publish(license, **asked, at=past)
    lower = {**asked, "who": stage.hm.address.lower(), "uses": ["email"], "markets": ["SE", "NO"]}
    assert stage.chain.licenses.may_publish(license, **lower) is Reason.NONE


def test_an_opening_that_was_stale_is_collected_once_more(any_stage, monkeypatch):
    real, collected = Grants.opening, []

    def late(grants, twin_id, category):
        found = real(grants, twin_id, category)
        collected.append(found)
        if len(collected) == 1:
            any_stage.license(start=any_stage.chain.now() + 365 * DAY)
        return found

    monkeypatch.setattr(Grants, "opening", late)
    any_stage.license(any_stage.rival, exclusive=True)
    assert [len(entries) for entries in collected] == [0, 1]


def test_an_opening_that_stays_stale_is_refused(stage, monkeypatch):
    stage.license()
    tries = []
    monkeypatch.setattr(Grants, "opening", lambda *_: tries.append(1) or ())
    with pytest.raises(OpeningStale):
        stage.license(exclusive=True)
    assert len(tries) == 2


def test_grants_tell_the_terms_that_were_signed(any_stage):
    offer = any_stage.offer()
    license = any_stage.chain.licenses.accept(offer, payer=any_stage.hm)
    fresh = TwinRights(any_stage.chain.web3, any_stage.chain.deployment).licenses
    for licenses in (any_stage.chain.licenses, fresh):
        grant = licenses.terms(license)
        assert (grant.license_id, grant.twin_id) == (license.id, any_stage.twin_id)
        assert (grant.start, grant.end) == (license.start, license.end)
        signed = offer.message
        assert replace(grant.scope, memo=signed.scope.memo) == signed.scope
        assert (grant.pay, grant.shares) == (signed.pay, signed.shares)
        assert grant.terms.scope.memo == ""
    assert fresh.all(licensee=any_stage.hm.address) == (grant,)
    assert fresh.all(licensee=any_stage.rival.address) == ()
    assert fresh.all(twin_id=7) == ()


def test_the_package_gives_its_three_names_and_no_others():
    import twinrights

    assert twinrights.Wallet is Wallet
    assert twinrights.Terms.__name__ == "Terms"
    with pytest.raises(AttributeError, match="has no attribute 'Twin'"):
        twinrights.Twin  # noqa: B018
