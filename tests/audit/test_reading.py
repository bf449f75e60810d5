"""Headers and logs as a node gives them: gaps, objections, order; and what a report says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from web3.exceptions import Web3RPCError

from tests.client.stage import DOLLAR, FEE
from twinrights import words
from twinrights.audit import events, headers
from twinrights.audit.findings import Coins
from twinrights.audit.run import audit
from twinrights.chain.deployment import Deployment
from twinrights.errors import BadValue, NoContract, WrongChain
from twinrights.money import Currency
from twinrights.terms import Kind, Reason


@pytest.fixture
def read(life):
    web3 = life.chain.web3
    return headers.read(web3, first=1, last=web3.eth.block_number)


def test_an_honest_chain_of_headers_has_no_break(read):
    assert list(headers.broken(read)) == []


def test_a_block_left_out_is_a_gap(read):
    finding = next(headers.broken([*read[:5], *read[6:]]))
    assert (finding.code, finding.block) == ("HeaderGap", read[6].number)
    assert finding.sentence == (
        f"Block {read[6].number} does not follow block {read[4].number}: history was exchanged or "
        "left out."
    )


def test_an_exchanged_block_is_a_gap_on_its_far_side(read):
    forged = replace(read[5], hash=b"\x01" * 32)
    found = list(headers.broken([*read[:5], forged, *read[6:]]))
    assert [(each.code, each.block) for each in found] == [("HeaderGap", read[6].number)]


def test_a_clock_that_runs_back_is_named(read):
    early = replace(read[5], time=read[4].time - 1)
    found = next(headers.broken([*read[:5], early]))
    assert (found.code, found.block) == ("ClockRanBack", read[5].number)


def test_a_state_that_changes_without_a_transaction_is_named(read):
    still = replace(read[5], is_still=True)
    found = list(headers.broken([read[4], still]))
    assert [each.code for each in found] == ["StateWithoutTransaction"]
    assert list(headers.broken([read[4], replace(still, state_root=read[4].state_root)])) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"difficulty": 1},
        {"withdrawals": [{"amount": 1}]},
        {"parentBeaconBlockRoot": bytes(32)},
        {"transactions": [b"\x01"]},
    ],
)
def test_a_block_that_may_change_the_state_by_itself_is_not_judged(life, changes):
    block = {**life.chain.web3.eth.get_block("latest"), "transactions": [], **changes}
    assert not headers._header(block).is_still
    assert headers._header(
        {
            **block,
            "transactions": [],
            "difficulty": 0,
            "withdrawals": [],
            "parentBeaconBlockRoot": None,
        }
    ).is_still


@pytest.mark.parametrize("most", [1, 2, 7])
def test_ranges_halve_until_the_node_agrees(life, read, monkeypatch, most):
    deployment, original = life.chain.deployment, life.chain.web3.eth.get_logs
    asked = []

    def objecting(wanted):
        asked.append(count := wanted["toBlock"] - wanted["fromBlock"] + 1)
        if count > most:
            raise Web3RPCError("query exceeds max block range")
        return original(wanted)

    plain = events.logs(
        life.chain.web3, twins=deployment.twins, licenses=deployment.licenses, headers=read
    )
    monkeypatch.setattr(life.chain.web3.eth, "get_logs", objecting)
    found = events.logs(
        life.chain.web3, twins=deployment.twins, licenses=deployment.licenses, headers=read
    )
    assert found == plain
    assert max(asked) == len(read)


def test_a_node_that_objects_to_a_single_block_is_heard(life, read, monkeypatch):
    def objecting(_):
        raise Web3RPCError("no logs here")

    deployment = life.chain.deployment
    monkeypatch.setattr(life.chain.web3.eth, "get_logs", objecting)
    with pytest.raises(Web3RPCError, match="no logs here"):
        events.logs(
            life.chain.web3, twins=deployment.twins, licenses=deployment.licenses, headers=read
        )


def test_progress_is_told_to_its_end(life):
    told = {}
    audit(
        life.chain.web3,
        life.chain.deployment,
        progress=lambda what, done, of: told.update({what: (done, of)}),
    )
    assert all(done == of for done, of in told.values())
    assert {"reading headers", "reading events", "asking for licenses"} <= set(told)


def test_the_same_audit_on_each_chain_gives_the_same_money(lived):
    reports = [
        audit(life.chain.web3, life.chain.deployment)
        for life in (lived(kind) for kind in ("py-evm", "ganache"))
    ]
    # Seconds differ from chain to chain, so only what does not depend on them is equal.
    deposited = [[each.deposited for each in report.totals] for report in reports]
    assert deposited[0] == deposited[1]
    assert [report.compared for report in reports] == [
        ("views", "storage"),
        ("views", "storage", "proofs", "storage roots"),
    ]


def test_totals_add_up_to_the_unit(any_life):
    report = audit(any_life.chain.web3, any_life.chain.deployment)
    assert len(report.totals) == 2
    for each in report.totals:
        left = each.earned_uncollected + each.unearned
        assert each.earned_uncollected > 0
        assert each.unearned > 0
        assert each.deposited == each.collected + each.refunded + left
        assert sum(each.paid.values()) == each.collected
        gift = 7 * DOLLAR if each.currency == any_life.stage.usd else 0
        assert each.balance == each.logged == left + each.payable + gift


def test_a_gift_is_a_remark_and_no_finding(life):
    report = audit(life.chain.web3, life.chain.deployment)
    assert report.findings == ()
    assert [(each.code, each.amount) for each in report.remarks] == [("Surplus", 7 * DOLLAR)]


def test_what_was_granted_is_said_as_the_chain_says_it(life):
    report = audit(life.chain.web3, life.chain.deployment)
    for ours in report.licenses:
        theirs = life.chain.licenses.get(ours.id)
        assert (ours.licensee, ours.end, ours.deposited) == (
            theirs.licensee,
            theirs.end,
            theirs.deposited,
        )
    plain = next(each for each in report.licenses if each.id == life.plain.id)
    assert plain.paid_in == FEE


def test_an_audit_of_an_earlier_block_judges_that_block(life):
    report = audit(life.chain.web3, life.chain.deployment, block=20)
    assert report.block == 20
    assert report.ok
    now = audit(life.chain.web3, life.chain.deployment)
    assert report.events < now.events


def test_the_history_of_a_twin_a_brand_and_a_license(life):
    report = audit(life.chain.web3, life.chain.deployment)
    of_twin = report.history(twin_id=life.stage.twin_id)
    assert len(of_twin) == 8
    assert report.history(licensee=life.stage.hm.address.lower()) == of_twin
    assert report.history(licensee=life.stage.rival.address) == ()
    of_part = report.history(license_id=life.part.id)
    assert [(each.kind, each.against, each.live) for each in of_part] == [
        (Kind.LATE, Reason.UNPAID, False),
        (Kind.DECLARED, Reason.NONE, True),
    ]
    ours = {(each.license_id, each.number, each.time, each.reporter) for each in of_twin}
    theirs = life.chain.usage.history(twin_id=life.stage.twin_id)
    assert {(e.license_id, e.batch.number, e.time, e.reporter) for e in theirs} == ours


def test_a_report_is_one_value_for_machines(life):
    report = audit(life.chain.web3, life.chain.deployment)
    data = json.loads(json.dumps(report.to_json()))
    assert (data["ok"], data["reconciled"], data["findings"]) == (True, True, [])
    assert (data["twins"], data["licenses"], data["usage_batches"]) == (3, 17, 8)
    usd = data["totals"][0]
    assert (usd["symbol"], usd["decimals"]) == ("TUSD", 6)
    assert sum(int(amount) for amount in usd["paid"].values()) == int(usd["collected"])
    history = json.loads(json.dumps(report.history_json(license_id=life.part.id)))
    assert history[0]["against"] == "unpaid"
    assert history[0]["uses"] == words.use_names(words.uses("own_shop"))


def test_other_code_is_a_finding_and_the_audit_goes_on(life):
    deployment = life.chain.deployment
    other = replace(deployment, metadata=deployment.twins)
    report = audit(life.chain.web3, other)
    assert [finding.code for finding in report.findings] == ["CodeDiffers"]
    assert report.findings[0].subject.id == deployment.twins


def test_no_code_and_another_chain_are_no_audit(life):
    deployment: Deployment = life.chain.deployment
    with pytest.raises(NoContract):
        audit(life.chain.web3, replace(deployment, licenses="0x" + "99" * 20))
    with pytest.raises(WrongChain):
        audit(life.chain.web3, replace(deployment, chain_id=5))


@pytest.mark.parametrize("method", ["eth_getStorageAt", "eth_getProof"])
@pytest.mark.parametrize(
    ("code", "message", "found"),
    [
        (-32601, "the method does not exist", []),
        (-32000, "method not supported", []),
        (-32005, "limit exceeded", ["NotCompared"]),
    ],
)
def test_what_a_node_shows_of_one_contract_only_is_not_compared(
    lived, monkeypatch, method, code, message, found
):
    life = lived("ganache")
    web3, licenses = life.chain.web3, life.chain.deployment.licenses
    ask = web3.provider.make_request

    def refusing(asked, values):
        if asked == method and values[0].lower() == licenses.lower():
            return {"jsonrpc": "2.0", "id": 1, "error": {"code": code, "message": message}}
        return ask(asked, values)

    monkeypatch.setattr(web3.provider, "make_request", refusing)
    web3.provider._request_func_cache = (None, None)
    report = audit(web3, life.chain.deployment)
    web3.provider._request_func_cache = (None, None)

    assert [each.code for each in report.findings] == found
    assert (
        report.compared
        == {
            "eth_getStorageAt": ("views",),
            "eth_getProof": ("views", "storage"),
        }[method]
    )
    unshown = [each for each in report.not_judged if "TwinLicense" in each]
    assert len(unshown) == 4 - len(report.compared)
    assert all("DigitalTwin" not in each for each in unshown)
    assert report.reconciled


def test_a_block_before_the_deployment_or_after_the_newest_is_refused(life):
    web3, deployment = life.chain.web3, life.chain.deployment
    with pytest.raises(BadValue, match="nothing to audit"):
        audit(web3, deployment, block=deployment.block - 1)
    with pytest.raises(BadValue, match="there is no block"):
        audit(web3, deployment, block=web3.eth.block_number + 1)


def test_money_is_said_to_the_last_unit():
    coins = Coins([Currency(symbol="T", decimals=18, address="0x" + "11" * 20)])
    assert coins.say(2**96 - 1, "0x" + "11" * 20) == "79,228,162,514.264337593543950335 T"
    whole = Coins([Currency(symbol="W", decimals=0, address="0x" + "11" * 20)])
    assert whole.say(1_000, "0x" + "11" * 20) == "1,000 W"
