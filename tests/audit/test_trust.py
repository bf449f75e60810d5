"""What people said in public: the audit keeps it, and shows for whom nobody vouches."""

from __future__ import annotations

import pytest

from tests.audit.page_tree import of_class, only, read, said
from tests.client.stage import DAY, FAR
from twinrights.audit.page.document import document
from twinrights.audit.run import audit
from twinrights.terms import Flag
from twinrights.typed_data import to_abi

IMAGE = b"\x0a" * 32


def speak(life) -> None:
    """Two vouch for the model, who says something of herself; what is old or taken back is not."""
    stage, trust = life.stage, life.chain.trust
    until = life.chain.now() + 30 * DAY
    for voucher, word in (
        (stage.agency, b"\x01" * 32),
        (stage.stranger, b"\x02" * 32),
        (stage.stranger, b"\x03" * 32),
        (stage.model, b"\x04" * 32),
    ):
        trust.vouch(stage.model.address, word, until=until, payer=voucher)
    trust.withdraw(stage.model.address, b"\x03" * 32, payer=stage.stranger)
    stage.raw("vouch", stage.hm.address, b"\x05" * 32, 1, sender=stage.rival, twins=True)
    flag = Flag("", stage.twin_id, life.plain.id, IMAGE, stage.nonce, FAR)
    trust.flag(stage.sign(flag), payer=stage.stranger)


@pytest.fixture
def spoken(any_life):
    speak(any_life)
    return any_life


def test_the_audit_keeps_what_the_client_reads(spoken):
    stage, chain = spoken.stage, spoken.chain
    report = audit(chain.web3, chain.deployment)
    assert report.ok
    read_by_client = chain.trust.vouches(stage.model.address)
    assert [(v.voucher, v.commitment, v.until, v.time) for v in report.vouches] == [
        (v.voucher, v.commitment, v.until, v.time) for v in read_by_client
    ]
    vouchers = [each.voucher for each in report.vouches_for(stage.model.address)]
    assert vouchers == [stage.agency.address, stage.stranger.address]
    assert report.vouches_for(stage.hm.address) == ()

    flagged = chain.trust.flags()
    assert [(f.twin_id, f.license_id, f.image_hash, f.time) for f in report.flags] == [
        (f.twin_id, f.license_id, f.image_hash, f.time) for f in flagged
    ]
    assert report.flags[-1].license_id == spoken.plain.id
    value = report.to_json()
    assert (len(value["vouches"]), len(value["flags"])) == (3, len(flagged))
    assert value["flags"][-1]["image"] == f"0x{IMAGE.hex()}"


def test_the_page_counts_nobody_as_vouched_for_by_itself(life):
    stage = life.stage
    until = life.chain.now() + 30 * DAY
    life.chain.trust.vouch(stage.hm.address, b"\x01" * 32, until=until, payer=stage.hm)
    trust = read(document(audit(life.chain.web3, life.chain.deployment)))
    assert "Nobody vouches for 2 owners and 2 licensees." in said(only(trust, of_class("trust")))


def test_a_doubt_about_anothers_license_is_a_remark_and_no_flag_of_it(life):
    stage = life.stage
    before = len(audit(life.chain.web3, life.chain.deployment).remarks)
    consent = stage.sign(stage.consent(owner=stage.rival.address), signer=stage.rival)
    own = life.chain.twins.mint(consent, payer=stage.stranger)
    act = stage.sign(Flag("", own.id, life.plain.id, IMAGE, 0, FAR), signer=stage.rival)
    stage.raw("flag", to_abi(act.message), act.signature, twins=True)
    report = audit(life.chain.web3, life.chain.deployment)
    assert report.ok
    assert len(report.remarks) == before + 1
    assert (report.flags[-1].twin_id, report.flags[-1].license_id) == (own.id, 0)
