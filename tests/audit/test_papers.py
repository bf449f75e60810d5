"""What a store has is held to the chain: agreements to their terms, manifests to their batches."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from tests.client.agreements import annex
from twinrights.agreement import Agreement, with_agreement
from twinrights.audit.events import Event
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.papers import NO_STORE, Papers
from twinrights.audit.run import audit, gather
from twinrights.media.images import ImageFile
from twinrights.media.manifest import Manifest
from twinrights.store import FolderStore, Kind

NOTHING = b"\x07" * 32


@pytest.fixture
def store(tmp_path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def listed(*names: str) -> Manifest:
    files = [ImageFile(name, 3, hashlib.sha256(name.encode()).digest()) for name in names]
    return Manifest.of(files)


def granted(life) -> Event:
    web3 = life.chain.web3
    events = gather(web3, life.chain.deployment, last=web3.eth.block_number).events
    return next(each for each in events if each.name == "LicenseGranted")


def under(event: Event, agreement: bytes, **pay) -> Event:
    """The grant as if its terms named that agreement."""
    terms = event["terms"]
    scope = {**terms["scope"], "agreement": agreement}
    changed = {**terms, "scope": scope, "pay": {**terms["pay"], **pay}}
    return replace(event, values={**event.values, "terms": changed})


def recorded(event: Event, manifest: Manifest, /, **changes) -> Event:
    batch = {
        "number": 1, "kind": 0, "root": manifest.tree.root, "images": len(manifest.entries),
        "uses": 1, "markets": 1, "manifest": manifest.hash, **changes,
    }  # fmt: skip
    values = {"licenseId": event["licenseId"], "batch": batch, "reporter": event["licensee"]}
    return replace(event, name="UsageRecorded", values=values)


def look(life, store, *events: Event) -> Papers:
    deployment = life.chain.deployment
    return Papers(store).look(
        events,
        chain_id=deployment.chain_id,
        licenses=deployment.licenses,
        currencies=life.chain.currencies,
    )


def agreement_of(life, event: Event) -> Agreement:
    from twinrights.audit.memos import terms_of

    return Agreement.of(
        terms_of(event["terms"]),
        annex(),
        chain_id=life.chain.chain_id,
        contract=life.chain.deployment.licenses,
        currency=life.chain.currency("TUSD"),
    )


def test_files_that_say_what_the_chain_says_are_counted_and_no_finding(life, store):
    event, manifest = granted(life), listed("a", "b")
    agreed = agreement_of(life, event)
    store.put(Kind.AGREEMENT, agreed.to_bytes())
    store.put(Kind.MANIFEST, manifest.to_bytes())

    papers = look(life, store, under(event, agreed.hash), recorded(event, manifest))

    assert (papers.findings, papers.held, papers.unread) == ([], 2, ())


def test_an_agreement_of_another_fee_is_named_by_the_field(life, store):
    event = granted(life)
    agreed = agreement_of(life, event)
    store.put(Kind.AGREEMENT, agreed.to_bytes())

    (found,) = look(life, store, under(event, agreed.hash, fee=4_999_000_000)).findings

    subject = Subject("license", event["licenseId"])
    assert (found.code, found.subject, found.severity) == (
        "AgreementDiffers",
        subject,
        Severity.WARNING,
    )
    assert (found.expected, found.found) == ("5,000.00 TUSD", "4,999.00 TUSD")
    assert (
        found.sentence == f"{subject.title} was granted with another fee than its agreement says."
    )


def test_an_agreement_in_words_of_its_own_is_named(life, store):
    event = granted(life)
    wrong = replace(agreement_of(life, event), words=NOTHING)
    store.put(Kind.AGREEMENT, wrong.to_bytes())

    (found,) = look(life, store, under(event, wrong.hash)).findings

    assert found.code == "AgreementUnreadable"
    assert "the terms in it give other words than were agreed" in found.sentence


def test_a_contract_of_another_make_is_held_by_its_hash_alone(life, store):
    store.put(Kind.AGREEMENT, b"%PDF-1.7")
    papers = look(life, store, under(granted(life), keccak(b"%PDF-1.7")))
    assert (papers.findings, papers.held) == ([], 1)


@pytest.mark.law20
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"images": 3}, ["ManifestImagesDiffer"]),
        ({"root": NOTHING}, ["ManifestRootDiffers"]),
        ({"images": 1, "root": NOTHING}, ["ManifestImagesDiffer", "ManifestRootDiffers"]),
    ],
)
def test_a_batch_that_its_manifest_does_not_give_is_named(changes, codes, life, store):
    manifest = listed("a", "b")
    store.put(Kind.MANIFEST, manifest.to_bytes())
    papers = look(life, store, recorded(granted(life), manifest, **changes))
    assert [each.code for each in papers.findings] == codes
    assert {each.law for each in papers.findings} == {20}


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[]",
        b"scribble",
        b"[" * 100_000,
        b'{"manifest": 1, "images": [], "salt": ""}',
        listed("a").to_bytes().replace(b'"index":0', b'"index":4294967296'),
    ],
    ids=range(6),
)
def test_a_manifest_that_is_none_is_named(content, life, store):
    store.put(Kind.MANIFEST, content)
    batch = recorded(granted(life), listed("a"), manifest=keccak(content))
    assert [each.code for each in look(life, store, batch).findings] == ["ManifestUnreadable"]


def test_a_store_that_gives_another_file_is_named(life, store):
    manifest = listed("a")
    store.put(Kind.MANIFEST, manifest.to_bytes())
    (store.folder / "manifest" / f"0x{manifest.hash.hex()}").write_bytes(listed("b").to_bytes())

    papers = look(life, store, recorded(granted(life), manifest))

    assert [each.code for each in papers.findings] == ["StoreDiffers"]
    assert papers.held == 0


def test_what_the_store_does_not_have_is_said_once_for_each_file(life, store):
    event, manifest = granted(life), listed("a")
    batch = recorded(event, manifest)
    papers = look(life, store, under(event, NOTHING), batch, batch)
    assert papers.unread == (
        f"{store.address} does not have 1 of the agreements that the chain names.",
        f"{store.address} does not have 1 of the manifests that the chain names.",
    )


def test_terms_without_an_agreement_ask_for_none(life, store):
    assert look(life, store, granted(life)).unread == ()


def test_an_audit_without_a_store_says_so(life):
    report = audit(life.chain.web3, life.chain.deployment)
    assert NO_STORE in report.not_judged
    assert report.held == 0


def test_an_audit_holds_the_agreement_that_a_license_was_granted_under(life, store):
    stage = life.stage
    epoch = stage.chain.twins.get(stage.twin_id).authority.epoch
    terms = stage.terms(epoch=epoch)
    agreed = Agreement.of(
        terms,
        annex(),
        chain_id=stage.chain.chain_id,
        contract=stage.chain.deployment.licenses,
        currency=stage.chain.currency("TUSD"),
        language="sv",
    )
    store.put(Kind.AGREEMENT, agreed.to_bytes())
    stage.chain.fund(stage.hm.address, terms.pay.fee, payer=stage.hm)
    signed = stage.sign(with_agreement(terms, agreed.hash))
    stage.chain.licenses.accept(signed, payer=stage.hm)

    report = audit(stage.chain.web3, stage.chain.deployment, store=store)

    assert (report.held, report.findings) == (1, ())
