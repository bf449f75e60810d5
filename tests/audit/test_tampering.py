"""One stored number is changed behind the contracts' back: the audit names whose and how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.audit.life import Life
from tests.client.stage import DAY, DOLLAR
from twinrights.audit.findings import Finding, Subject, utc
from twinrights.audit.run import audit
from twinrights.audit.storage import (
    COUNTERS,
    IS_REPORTER,
    IS_REVOKED,
    SET_OF,
    Live,
    Token,
    balance_slot,
    book_slot,
    collected_slot,
    head_slot,
    live_slot,
    mapping_slot,
    payable_slot,
    token_slot,
)
from twinrights.audit.tamper import CannotTamper, tamper
from twinrights.wallets import LOCAL_CHAINS

LIE = 1_000 * DOLLAR
MARKS = {
    "py-evm": {"StateWithoutTransaction"},
    "ganache": {"StateWithoutTransaction"},
    "anvil": {"StateRootDiffers"},
}
"""How each kind of chain shows that somebody wrote into it, besides the number itself."""

HARMLESS = {
    "BatchesDiffers",
    "BookDiffers",
    "ExclusivesDiffer",
    "HeadDiffers",
    "MarketsDiffers",
    "ReporterDiffers",
    "UsesDiffers",
}
"""What touches no money, now or later."""


def kind_of(life: Life) -> str:
    version = life.chain.web3.client_version.lower()
    return next((kind for kind in ("ganache", "anvil") if kind in version), "py-evm")


def change(life: Life, slot: int, how, *, address: str | None = None) -> None:
    """Tamper with one word of TwinLicense, or of another contract."""
    web3, contract = life.chain.web3, address or life.chain.deployment.licenses
    storage = web3.eth.get_storage_at(contract, slot)
    tamper(web3, contract, slot, how(int.from_bytes(storage, "big")))


def found(life: Life) -> dict[str, Finding]:
    """Return the findings by code, without the mark that tampering left in the headers."""
    report = audit(life.chain.web3, life.chain.deployment)
    codes = [finding.code for finding in report.findings]
    assert len(set(codes)) == len(codes), codes
    assert not report.ok
    marks = MARKS[kind_of(life)]
    assert marks <= set(codes)
    assert report.reconciled is (set(codes) - marks <= HARMLESS and "StateRootDiffers" not in codes)
    return {each.code: each for each in report.findings if each.code not in marks}


def live_word(**changes: int):
    def how(word: int) -> int:
        live = Live.of(word)
        return replace(
            live, **{name: getattr(live, name) + by for name, by in changes.items()}
        ).word

    return how


def only(findings: dict[str, Finding]) -> Finding:
    assert len(findings) == 1, findings
    return next(iter(findings.values()))


def test_an_honest_chain_gives_no_finding(any_life):
    report = audit(any_life.chain.web3, any_life.chain.deployment)
    assert report.findings == ()
    assert report.ok
    assert report.reconciled


def test_a_raised_deposit_is_named_with_license_and_amount(any_life):
    change(any_life, live_slot(any_life.plain.id), live_word(deposited=LIE))

    findings = found(any_life)

    assert set(findings) == {"DepositedDiffers", "Insolvent"}
    deposit = findings["DepositedDiffers"]
    assert deposit.subject == Subject("license", any_life.plain.id)
    assert deposit.amount == LIE
    assert deposit.currency == any_life.stage.usd
    shown = deposit.subject.shown
    assert deposit.sentence == (
        f"License {shown}: its deposit is 6,000.000000 TUSD on the chain, "
        "5,000.000000 TUSD by its events: 1,000.000000 TUSD more."
    )
    # The gift that lies in the contract covers 7 of the 1,000.
    assert findings["Insolvent"].amount == LIE - 7 * DOLLAR


def test_a_lowered_deposit_is_named_with_license_and_amount(life):
    change(life, live_slot(life.plain.id), live_word(deposited=-1))
    finding = only(found(life))
    assert (finding.code, finding.amount) == ("DepositedDiffers", 1)
    assert finding.sentence.endswith("0.000001 TUSD less.")


def test_a_changed_collected_sum_is_named_with_license_and_amount(any_life):
    change(any_life, collected_slot(any_life.plain.id), lambda word: word + LIE)
    finding = only(found(any_life))
    assert finding.code == "CollectedDiffers"
    assert finding.subject == Subject("license", any_life.plain.id)
    assert finding.amount == LIE


def test_an_erased_collected_sum_leaves_the_contract_insolvent(life):
    collected = life.chain.licenses.get(life.plain).collected
    change(life, collected_slot(life.plain.id), lambda _: 0)
    findings = found(life)
    assert findings["CollectedDiffers"].amount == collected
    assert findings["Insolvent"].amount == collected - 7 * DOLLAR
    assert len(findings) == 2


def test_an_exchanged_head_is_named(any_life):
    head = any_life.chain.licenses.get(any_life.plain).head
    change(any_life, head_slot(any_life.plain.id), lambda word: word ^ 1)
    finding = only(found(any_life))
    assert finding.code == "HeadDiffers"
    assert finding.subject == Subject("license", any_life.plain.id)
    assert finding.expected == "0x" + head.hex()
    assert finding.amount is None


def test_a_prolonged_end_is_named(any_life):
    def longer(word: int) -> int:
        token = Token.of(word)
        return replace(token, beside=token.beside + (DAY << 16)).word

    change(any_life, token_slot(any_life.plain.id), longer)
    finding = only(found(any_life))
    assert finding.code == "EndDiffers"
    end = any_life.plain.end
    assert (finding.expected, finding.found) == (utc(end), utc(end + DAY))
    assert finding.sentence.endswith(
        f"its end is {utc(end + DAY)} on the chain, {utc(end)} by its events."
    )


@pytest.mark.parametrize(
    ("bit", "code", "which"),
    [
        (1, "BookingDiffers", "plain"),
        (2, "NoticedDiffers", "noticed"),
        (4, "SettledDiffers", "ended"),
    ],
)
def test_a_flipped_mark_is_named(life, bit, code, which):
    license = getattr(life, which)
    change(life, token_slot(license.id), lambda word: word ^ bit << 160)
    finding = only(found(life))
    assert (finding.code, finding.subject) == (code, Subject("license", license.id))


def test_another_licensee_is_named(life):
    change(
        life,
        token_slot(life.plain.id),
        lambda word: Token(life.stage.rival.address, word >> 160).word,
    )
    finding = only(found(life))
    assert finding.code == "LicenseeDiffers"
    assert finding.found == life.stage.rival.address


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("paid_through", "PaidThroughDiffers"),
        ("images_left", "ImagesLeftDiffers"),
        ("batches", "BatchesDiffers"),
        ("uses", "UsesDiffers"),
        ("market_set", "MarketsDiffers"),
    ],
)
def test_each_other_number_of_a_license_is_named(life, field, code):
    change(life, live_slot(life.plain.id), live_word(**{field: 1}))
    finding = only(found(life))
    assert (finding.code, finding.subject) == (code, Subject("license", life.plain.id))


def test_a_raised_claim_is_named_with_account_and_amount(any_life):
    stage = any_life.stage
    account = int(stage.agency.address, 16)
    change(any_life, payable_slot(stage.usd, account), lambda word: word + LIE)
    findings = found(any_life)
    assert set(findings) == {"PayableDiffers", "Insolvent"}
    claim = findings["PayableDiffers"]
    assert claim.subject == Subject("account", stage.agency.address)
    assert claim.amount == LIE


def test_an_erased_claim_of_an_owner_is_named_with_her_twin(life):
    slot = payable_slot(life.blocklist, life.stage.twin_id)
    change(life, slot, lambda _: 0)
    finding = only(found(life))
    assert finding.code == "PayableDiffers"
    assert finding.subject == Subject("twin", life.stage.twin_id)
    assert finding.amount == int(finding.expected) > 0


def test_a_missing_balance_is_named_with_currency_and_amount(any_life):
    usd, licenses = any_life.stage.usd, any_life.chain.deployment.licenses
    change(any_life, balance_slot(licenses), lambda word: word - LIE, address=usd)
    findings = found(any_life)
    assert set(findings) == {"BalanceDiffers", "Insolvent"}
    assert findings["BalanceDiffers"].subject == Subject("currency", usd)
    assert findings["BalanceDiffers"].amount == LIE
    assert findings["Insolvent"].amount == LIE - 7 * DOLLAR


def test_a_surplus_that_nobody_logged_is_a_remark(life):
    usd, licenses = life.stage.usd, life.chain.deployment.licenses
    change(life, balance_slot(licenses), lambda word: word + LIE, address=usd)
    report = audit(life.chain.web3, life.chain.deployment)
    remark = next(each for each in report.remarks if each.code == "SurplusUnlogged")
    assert (remark.amount, remark.currency) == (LIE, usd)
    assert {each.code for each in report.findings} == MARKS["py-evm"]
    assert report.reconciled


def test_an_exchanged_conflict_book_is_named(any_life):
    slot = book_slot(any_life.stage.twin_id, 0)
    change(any_life, slot, lambda word: word ^ 1)
    finding = only(found(any_life))
    assert finding.code == "BookDiffers"
    assert finding.subject == Subject("twin", any_life.stage.twin_id)


def test_a_forgotten_exclusive_license_is_named(life):
    slot = book_slot(life.stage.twin_id, 0)
    change(life, slot, lambda word: word - (1 << 248))
    finding = only(found(life))
    assert finding.code == "ExclusivesDiffer"
    assert f"{life.exclusive.id:064x}" in finding.expected
    assert f"{life.exclusive.id:064x}" in finding.found
    assert finding.expected.count("0x") == 2
    assert finding.found.count("0x") == 1


@pytest.mark.parametrize(
    ("shift", "code"), [(0, "EpochDiffers"), (32, "NonceDiffers"), (64, "LeastSerialDiffers")]
)
def test_a_changed_counter_of_a_twin_is_named(life, shift, code):
    twins = life.chain.deployment.twins
    slot = mapping_slot(COUNTERS, life.stage.twin_id)
    change(life, slot, lambda word: word + (1 << shift), address=twins)
    finding = only(found(life))
    assert (finding.code, finding.subject) == (code, Subject("twin", life.stage.twin_id))


def test_another_owner_of_a_twin_is_named(any_life):
    twins, thief = any_life.chain.deployment.twins, any_life.stage.stranger.address
    slot = token_slot(any_life.stage.twin_id)
    change(any_life, slot, lambda word: Token(thief, word >> 160).word, address=twins)
    finding = only(found(any_life))
    assert finding.code == "OwnerDiffers"
    assert (finding.expected, finding.found) == (any_life.stage.model.address, thief)


def test_a_widened_policy_is_named(life):
    twins = life.chain.deployment.twins
    change(life, token_slot(life.stage.twin_id), lambda word: word | 1 << 255, address=twins)
    finding = only(found(life))
    assert (finding.code, finding.expected) == ("PolicyDiffers", str((1 << 20) - 1))


def test_a_bit_that_means_nothing_is_named(life):
    twins = life.chain.deployment.twins
    change(life, token_slot(life.stage.twin_id), lambda word: word | 1 << 175, address=twins)
    finding = only(found(life))
    assert (finding.code, finding.subject) == (
        "StorageDiffers",
        Subject("twin", life.stage.twin_id),
    )


def test_a_reporter_whom_nobody_named_is_named(life):
    stage = life.stage
    slot = mapping_slot(IS_REPORTER, int(stage.hm.address, 16), int(stage.reporter.address, 16))
    change(life, slot, lambda _: 1)
    finding = only(found(life))
    assert (finding.code, finding.found) == ("ReporterDiffers", "True")


def test_an_undone_withdrawal_is_named(life):
    report_digest = life.revoked
    slot = mapping_slot(IS_REVOKED, life.stage.twin_id, int.from_bytes(report_digest, "big"))
    change(life, slot, lambda _: 0)
    assert only(found(life)).code == "RevocationDiffers"


def test_a_word_that_no_view_shows_is_named(any_life):
    markets = any_life.chain.licenses.get(any_life.plain).markets
    change(any_life, mapping_slot(SET_OF, markets), lambda word: word + 1)
    assert only(found(any_life)).code == "StorageDiffers"


@pytest.mark.parametrize("any_life", ["ganache"], indirect=True)
def test_a_word_that_no_event_explains_is_found_where_roots_can_be_had(any_life):
    change(any_life, live_slot(0xBAD), lambda _: 1)
    finding = only(found(any_life))
    assert finding.code == "StorageUnexplained"
    assert finding.subject == Subject("contract", any_life.chain.deployment.licenses)


@pytest.mark.parametrize("any_life", ["anvil"], indirect=True)
def test_a_lie_that_was_buried_under_an_empty_block_leaves_that_block(any_life):
    web3 = any_life.chain.web3
    change(any_life, live_slot(any_life.plain.id), live_word(deposited=LIE))
    web3.manager.request_blocking("evm_mine", [])
    codes = {each.code for each in audit(web3, any_life.chain.deployment).findings}
    # The new header owns up to the state, so only the change itself shows.
    assert codes == {"StateWithoutTransaction", "DepositedDiffers", "Insolvent"}


@pytest.mark.parametrize("any_life", ["ganache"], indirect=True)
def test_a_lie_that_was_taken_back_still_leaves_its_blocks(any_life):
    change(any_life, live_slot(any_life.plain.id), live_word(deposited=LIE))
    change(any_life, live_slot(any_life.plain.id), live_word(deposited=-LIE))
    report = audit(any_life.chain.web3, any_life.chain.deployment)
    assert [each.code for each in report.findings] == ["StateWithoutTransaction"] * 2
    assert report.reconciled


def test_a_chain_that_is_not_local_is_not_tampered_with(life, monkeypatch):
    monkeypatch.setattr(type(life.chain.web3.eth), "chain_id", 1)
    assert 1 not in LOCAL_CHAINS
    with pytest.raises(CannotTamper) as caught:
        tamper(life.chain.web3, life.chain.deployment.licenses, 0, 1)
    assert caught.value.chain_id == 1
