"""The whole story, once on the chain inside this process and once on Anvil, counted again."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.demo.recount import ROLES, Recount, price, shipped_rows
from twinrights.audit.run import audit
from twinrights.chain.node import start_program
from twinrights.demo import roster, story
from twinrights.demo.deals import Fate
from twinrights.demo.ended import Ended
from twinrights.demo.teller import Teller
from twinrights.terms import Reason

KEYS = [
    "chain",
    "twins",
    "licensees",
    "licenses",
    "images",
    "usage_batches",
    "streamed",
    "paid_out",
    "refused",
    "audit",
    "seconds",
]


@dataclass
class Told:
    """The story as it was told on one kind of chain."""

    name: str
    ended: Ended
    recount: Recount
    said: str

    @property
    def value(self) -> dict[str, Any]:
        return self.ended.value


@pytest.fixture(scope="module", params=["py-evm", "anvil"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    with node_of(request.param, tmp_path_factory.mktemp("node")) as rpc:
        said = io.StringIO()
        teller = Teller(Console(file=said, width=200))
        ended = story.played(roster.load(), teller, None, rpc, None)
        chain = ended.stage.chain
        recount = Recount(
            chain.web3,
            twins=chain.deployment.twins,
            licenses=chain.deployment.licenses,
            dollar=ended.stage.currency.address,
        )
        yield Told(request.param, ended, recount, said.getvalue())


@contextmanager
def node_of(kind: str, folder: Path) -> Iterator[str | None]:
    if kind == "py-evm":
        yield None
    else:
        with start_program("anvil", folder=folder) as node:
            yield node.url


def test_the_object_has_the_keys_that_were_promised(told: Told):
    value = told.value
    assert list(value) == KEYS
    assert list(value["audit"]) == ["findings", "reconciled", "lie_caught"]
    assert set(value["paid_out"]) == ROLES
    assert value["chain"] == told.name


def test_thirty_twins_belong_to_their_models_who_hold_no_coin(told: Told):
    owners = {event["args"]["owner"] for event in told.recount.minted}
    assert told.value["twins"] == len(told.recount.minted) == 30
    assert owners == {wallet.address for wallet in told.ended.stage.cast.models.values()}
    assert all(told.recount.web3.eth.get_balance(owner) == 0 for owner in owners)
    assert all(told.recount.web3.eth.get_transaction_count(owner) == 0 for owner in owners)


def test_every_twin_is_licensed_and_every_brand_has_offers_and_bookings(told: Told):
    granted = [event["args"] for event in told.recount.granted]
    assert told.value["licenses"] == len({one["licenseId"] for one in granted}) == 66
    assert len({one["twinId"] for one in granted}) == 30
    assert told.value["licensees"] == ["hm", "quillon", "fjordlane"]
    brands = {told.ended.stage.cast.brands[slug].address for slug in told.value["licensees"]}
    assert {one["licensee"] for one in granted} == brands
    for brand in brands:
        kinds = {
            one["terms"]["scope"]["card"] == bytes(32)
            for one in granted
            if one["licensee"] == brand
        }
        assert kinds == {True, False}


def test_each_fee_is_what_the_row_asks_for_uses_markets_days_and_images(told: Told):
    slug_of = {twin_id: slug for slug, twin_id in told.ended.stage.twins.items()}
    rows = shipped_rows()
    fees = set()
    for event in told.recount.granted:
        terms = event["args"]["terms"]
        assert terms["pay"]["fee"] == price(rows[slug_of[event["args"]["twinId"]]], terms)
        fees.add(terms["pay"]["fee"])
    assert len(fees) > 50


def test_every_picture_is_recorded_and_a_group_under_three_licenses_at_once(told: Told):
    assert told.value["images"] == told.recount.images == 66
    assert told.value["usage_batches"] == len(told.recount.batches) == 78
    under = defaultdict(set)
    for event in told.recount.batches:
        under[event["args"]["batch"]["root"]].add(bytes(event["transactionHash"]))
    times = Counter(event["args"]["batch"]["root"] for event in told.recount.batches)
    groups = [root for root, count in times.items() if count == 3]
    assert len(groups) == 6
    assert all(len(under[root]) == 1 for root in groups)
    assert set(times.values()) == {1, 3}


def test_what_was_streamed_arrived_to_the_last_unit(told: Told):
    value, received, cast = told.value, told.recount.received(), told.ended.stage.cast
    assert value["streamed"] == told.recount.streamed == sum(value["paid_out"].values())
    by_role = dict.fromkeys(ROLES, 0)
    rescue = told.ended.stage.rescue
    for wallet in (*cast.models.values(), rescue.phone):
        by_role["owner"] += received[wallet.address]
    for (_, role), address in cast.payees.items():
        by_role[role] += received[address]
    assert by_role == value["paid_out"]
    assert all(by_role.values())


def test_who_lost_her_phone_is_paid_at_the_new_one_also_what_was_earned_before(told: Told):
    stage, received = told.ended.stage, told.recount.received()
    rescue = stage.rescue
    twin = stage.chain.twins.get(stage.twins[rescue.model.slug])
    assert (twin.owner, twin.authority.epoch) == (rescue.phone.address, 1)
    assert rescue.waited > 0
    assert received[rescue.phone.address] > rescue.waited
    assert received[stage.cast.models[rescue.model.slug].address] == 0
    assert told.recount.web3.eth.get_balance(rescue.phone.address) == 0


def test_nobody_is_paid_in_two_roles(told: Told):
    payees = told.ended.stage.cast.payees
    assert len(set(payees.values())) == len(payees)
    agencies = [slug for slug, role in payees if role.startswith("agency")]
    assert set(Counter(agencies).values()) == {2}


def test_money_was_paid_out_at_several_times(told: Told):
    days = {
        told.recount.web3.eth.get_block(e["blockNumber"])["timestamp"] // 86_400
        for e in told.recount.paid
    }
    assert len(days) >= 3


def test_the_contracts_refused_each_by_its_own_error(told: Told):
    assert sorted(told.value["refused"]) == [
        "CommittedOverFee",
        "ExclusivityConflict",
        "FeeNotQuoted",
        "MayNotPublish",
        "MoveNotReady",
        "OwnerShareTooLow",
        "SignatureRevoked",
        "UsesOffLimits",
    ]
    for refusal in told.ended.stage.refusals:
        assert f"refused, {refusal.name}: {refusal.deed}" in told.said


def state(told: Told, fate: Fate) -> tuple[Any, Any]:
    stage = told.ended.stage
    deal = stage.plan.of(fate)
    assert deal is not None
    license_id = stage.license_of(deal)
    return told.recount.license_of(license_id), told.recount.terms_of(license_id)["pay"]


def test_a_declined_booking_was_refunded_whole(told: Told):
    license, pay = state(told, Fate.DECLINED)
    assert license["isBooking"]
    assert license["isSettled"]
    assert license["deposited"] == license["collected"] == 0
    assert license["end"] < license["start"]
    assert pay["fee"] > 0


def test_a_lapsed_license_recovered_by_a_late_top_up(told: Told):
    license, pay = state(told, Fate.LAPSES)
    assert license["deposited"] == pay["fee"]
    assert license["paidThrough"] == license["start"] + pay["term"]
    assert "mayPublish said UNPAID" in told.said


def test_a_license_with_notice_ended_early_and_the_rest_went_back(told: Told):
    license, pay = state(told, Fate.NOTICED)
    assert license["isNoticed"]
    assert license["isSettled"]
    lived = license["end"] - license["start"]
    assert 0 < lived < pay["term"]
    assert license["deposited"] == license["collected"] == pay["fee"] * lived // pay["term"]


def test_a_surrender_paid_what_was_committed(told: Told):
    license, pay = state(told, Fate.SURRENDERED)
    assert license["isSettled"]
    assert license["deposited"] == license["collected"] == pay["committed"] < pay["fee"]


def test_the_auditor_agreed_and_caught_the_lie_with_license_and_amount(told: Told):
    assert told.value["audit"] == {"findings": 0, "reconciled": True, "lie_caught": True}
    lie = told.ended.lie
    assert lie is not None
    assert lie.code == "DepositedDiffers"
    assert lie.amount == 1_000 * 10**6
    assert lie.subject.id in {event["args"]["licenseId"] for event in told.recount.granted}


def test_the_lie_was_put_back(told: Told):
    chain = told.ended.stage.chain
    assert audit(chain.web3, chain.deployment).findings == ()


def test_some_licenses_still_run_and_may_publish(told: Told):
    chain, stage = told.ended.stage.chain, told.ended.stage
    live = [deal for deal in stage.plan.deals if chain.licenses.is_live(stage.license_of(deal))]
    assert live
    reasons = {
        chain.licenses.may_publish(
            stage.license_of(deal),
            who=stage.cast.reporters[deal.brand.slug].address,
            uses=deal.uses,
            markets=deal.markets,
            images=1,
        )
        for deal in live
    }
    assert reasons == {Reason.NONE}
