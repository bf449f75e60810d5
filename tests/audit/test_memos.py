"""A memo that was signed is written again from its fields: what it says else is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from tests.client.stage import Stage
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.memos import other_memos
from twinrights.audit.run import audit, gather
from twinrights.memo import render
from twinrights.typed_data import Signed, to_abi, typed_data, with_memo


def events_of(life) -> Iterable:
    web3 = life.chain.web3
    return gather(web3, life.chain.deployment, last=web3.eth.block_number).events


def granted_under(stage: Stage, memo: str | None = None) -> int:
    """Return the license of an offer under that memo, sent past the client.

    Without one the memo calls the currency unknown.
    """
    epoch = stage.chain.twins.get(stage.twin_id).authority.epoch
    plain, licenses = stage.terms(epoch=epoch), stage.chain.deployment.licenses
    terms = with_memo(plain, memo or render(plain))
    data = typed_data(terms, chain_id=stage.chain.chain_id, contract=licenses)
    signature = stage.model.sign_typed_data(data)
    stage.chain.fund(stage.hm.address, terms.pay.fee, payer=stage.hm)
    dollar = stage.contracts.currency(stage.usd)
    allowance = stage.contracts.deed(dollar, "approve", licenses, terms.pay.fee)
    stage.contracts.send(allowance, stage.hm)
    stage.raw("accept", to_abi(terms), signature, terms.pay.fee, [])
    digest = Signed(terms, signature, stage.chain.chain_id, licenses).digest
    return int.from_bytes(digest, "big")


def test_memos_that_say_what_the_fields_say_are_no_finding(any_life):
    assert list(other_memos(events_of(any_life), any_life.chain.currencies)) == []


@pytest.mark.law5
def test_an_offer_under_another_memo_is_named_and_leaves_the_money_reconciled(life):
    stage = life.stage
    wrong = granted_under(stage, "I license nothing.")

    report = audit(stage.chain.web3, stage.chain.deployment)

    (found,) = [each for each in report.findings if each.code == "MemoDiffers"]
    assert found.subject == Subject("license", wrong)
    assert found.severity is Severity.WARNING
    assert found.found.endswith(keccak(text="I license nothing.").hex())
    assert found.expected.startswith("I license my digital twin ")
    assert report.reconciled


@pytest.mark.law1
def test_a_consent_under_another_memo_is_named(life):
    events = list(events_of(life))
    minted = next(event for event in events if event.name == "TwinMinted")
    other = {**minted["consent"], "memo": keccak(text="I consent to nothing.")}
    changed = replace(minted, values={**minted.values, "consent": other})

    (found,) = other_memos([changed], life.chain.currencies)

    assert (found.code, found.subject) == ("MemoDiffers", Subject("twin", minted["twinId"]))
    assert found.transaction == minted.transaction


def test_a_memo_may_call_its_currency_unknown(life):
    unknown = granted_under(life.stage)

    licenses = [each["licenseId"] for each in events_of(life) if each.name == "LicenseGranted"]
    assert unknown in licenses
    assert list(other_memos(events_of(life), life.chain.currencies)) == []
