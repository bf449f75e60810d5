"""A history with one event changed, doubled or left out: the law that it breaks is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.client.stage import DAY, DOLLAR, FEE
from twinrights.artifacts import load
from twinrights.audit.events import LICENSES, TWINS, UNKNOWN, Event
from twinrights.audit.findings import Finding, Subject, utc
from twinrights.audit.rebuild import rebuild
from twinrights.audit.replay import grants
from twinrights.audit.replay.handlers import HANDLERS
from twinrights.audit.run import Evidence, gather
from twinrights.audit.world import World


@dataclass
class Past:
    """What was read of a life, to be changed and replayed."""

    life: Any
    evidence: Evidence

    def replay(self, events=None, transfers=None) -> World:
        deployment = self.life.chain.deployment
        return rebuild(
            self.evidence.events if events is None else events,
            self.evidence.transfers if transfers is None else transfers,
            chain_id=deployment.chain_id,
            twins=deployment.twins,
            licenses=deployment.licenses,
        )

    def of(self, name: str, license=None) -> Event:
        """Return the first event of that name, of a license if one is named."""
        return next(
            event
            for event in self.evidence.events
            if event.name == name and (license is None or event["licenseId"] == license.id)
        )

    def with_change(self, event: Event, change: Callable[[dict], Any]) -> World:
        values = copy.deepcopy(dict(event.values))
        change(values)
        changed = replace(event, values=values)
        return self.replay([changed if each is event else each for each in self.evidence.events])

    def at_time(self, event: Event, time: int) -> World:
        moved = replace(event, time=time)
        return self.replay([moved if each is event else each for each in self.evidence.events])

    def without(self, event: Event) -> World:
        return self.replay([each for each in self.evidence.events if each is not event])

    def doubled(self, event: Event) -> World:
        events = self.evidence.events
        at = events.index(event) + 1
        return self.replay([*events[:at], event, *events[at:]])


@pytest.fixture(scope="module")
def past(lived) -> Past:
    life = lived("anvil")
    web3 = life.chain.web3
    return Past(life, gather(web3, life.chain.deployment, last=web3.eth.block_number))


def first(world: World, code: str) -> Finding:
    found = [finding for finding in world.findings if finding.code == code]
    assert found, [finding.code for finding in world.findings]
    return found[0]


def codes(world: World) -> set[str]:
    return {finding.code for finding in world.findings} - {"Surplus"}


def set_to(**values: Any) -> Callable[[dict], None]:
    return lambda event: event.update(values)


def in_scope(**values: Any) -> Callable[[dict], None]:
    return lambda event: event["terms"]["scope"].update(values)


def in_pay(**values: Any) -> Callable[[dict], None]:
    return lambda event: event["terms"]["pay"].update(values)


def in_batch(**values: Any) -> Callable[[dict], None]:
    return lambda event: event["batch"].update(values)


def test_the_life_as_it_was_breaks_no_law(past):
    assert codes(past.replay()) == set()


def test_every_event_of_the_abi_is_replayed_or_cannot_happen():
    cannot = {
        (contract, name)
        for contract in (TWINS, LICENSES)
        for name in ("Approval", "ApprovalForAll")
    }
    in_abi = {
        (contract, entry["name"])
        for contract in (TWINS, LICENSES)
        for entry in load(contract).abi
        if entry["type"] == "event"
    }
    assert in_abi - cannot == set(HANDLERS)


def test_every_event_happens_in_the_life(past):
    seen = {(event.contract, event.name) for event in past.evidence.events}
    assert seen == set(HANDLERS)


# Grants: laws 3 to 8, 10 and 14.


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (set_to(twinId=1), "GrantNamesOther"),
        (set_to(licensee="0x" + "11" * 20), "GrantNamesOther"),
        (set_to(deposited=FEE + 1), "DepositOutOfRange"),
        (set_to(deposited=499 * DOLLAR), "DepositOutOfRange"),
        (set_to(start=1), "StartWrong"),
        (in_scope(memo=b"\x01" * 32), "LicenseIdDiffers"),
        (in_scope(validUntil=1), "TermsExpired"),
        (in_scope(epoch=1), "EpochWrong"),
        (in_scope(uses=0), "NothingGranted"),
        (in_scope(uses=1 << 31), "UsesOffLimits"),
        (in_scope(category=31), "CategoryOffLimits"),
        (in_scope(markets=3), "MarketSetMissing"),
        (in_pay(term=0), "TermOutOfRange"),
        (in_pay(term=1827 * DAY + 1), "TermOutOfRange"),
        (in_pay(quota=0), "NothingGranted"),
        (in_pay(committed=FEE + 1), "CommittedOverFee"),
        (in_pay(twinId=1), "GrantNamesOther"),
    ],
)
def test_a_grant_outside_the_law_is_named(past, change, code):
    finding = first(past.with_change(past.of("LicenseGranted", past.life.plain), change), code)
    assert finding.subject == Subject("license", past.life.plain.id)
    assert finding.block == past.of("LicenseGranted", past.life.plain).block


@pytest.mark.parametrize(
    "shares",
    [
        [("0x" + "00" * 20, 1)],
        [("0x" + "11" * 20, 0)],
        [("0x" + "11" * 20, 1), ("0x" + "11" * 20, 1)],
        [(f"0x{number:040x}", 1) for number in range(1, 17)],
        [("0x" + "11" * 20, 10_001)],
    ],
)
def test_shares_that_the_law_forbids_are_named(past, shares):
    def change(values):
        values["terms"]["shares"] = [
            {"payee": payee, "bps": bps, "role": 1} for payee, bps in shares
        ]

    granted = past.of("LicenseGranted", past.life.declined)
    assert "SharesWrong" in codes(past.with_change(granted, change))


def test_an_owner_left_with_too_little_is_named(past):
    def change(values):
        values["terms"]["shares"][0]["bps"] = 4_501

    world = past.with_change(past.of("LicenseGranted", past.life.plain), change)
    finding = first(world, "OwnerShareTooLow")
    assert (finding.expected, finding.found) == ("5000 or more", "4999")


def test_a_second_grant_of_the_same_terms_is_named(past):
    world = past.doubled(past.of("LicenseGranted", past.life.plain))
    assert {"LicenseMadeTwice", "TokenMissing", "TransferMissing"} <= codes(world)


def test_a_grant_against_an_exclusive_license_is_named(past):
    exclusive = past.of("LicenseGranted", past.life.exclusive)
    plain = past.of("LicenseGranted", past.life.plain)
    markets = plain["terms"]["scope"]["markets"]
    world = past.with_change(exclusive, in_scope(markets=markets))
    conflicts = [each for each in world.findings if each.code == "ExclusivityConflict"]
    named = [each for each in conflicts if each.found == f"0x{past.life.plain.id:064x}"]
    assert [each.subject for each in named] == [Subject("license", past.life.exclusive.id)]
    assert named[0].amount == FEE


def test_a_booking_may_stand_beside_fewer_exclusive_licenses(past, monkeypatch):
    monkeypatch.setattr(grants, "MAX_BOOKED_EXCLUSIVES", 1)
    granted = past.of("LicenseGranted", past.life.exclusive)
    assert "ExclusivesFull" not in codes(past.replay())
    finding = first(past.with_change(granted, in_scope(card=b"\x01" * 32)), "ExclusivesFull")
    assert (finding.expected, finding.found) == ("fewer than 1", "1")


def test_an_exclusive_license_that_was_not_paid_whole_is_named_with_the_rest(past):
    granted = past.of("LicenseGranted", past.life.exclusive)
    finding = first(past.with_change(granted, set_to(deposited=FEE - 2)), "DepositOutOfRange")
    assert (finding.amount, finding.expected) == (2, f"{FEE} to {FEE}")


def test_a_booking_in_broken_days_is_named(past):
    granted = past.of("LicenseGranted", past.life.declined)
    assert "BookingNotInDays" in codes(past.with_change(granted, in_pay(term=DAY + 1)))


def test_a_grant_under_a_withdrawn_signature_is_named(past):
    granted = past.of("LicenseGranted", past.life.plain)
    digest = past.life.plain.id.to_bytes(32, "big")
    revoked = replace(
        past.of("Revoked"),
        values={"twinId": past.life.stage.twin_id, "digest": digest},
        block=granted.block - 1,
    )
    finding = first(past.replay(sorted([*past.evidence.events, revoked])), "GrantRevoked")
    assert finding.subject == Subject("license", past.life.plain.id)


def test_a_policy_is_read_as_it_was_at_the_grant(past):
    """The same narrow policy breaks a law before the grants, and none after them."""
    policy = past.of("PolicySet")
    narrow = {**policy.values, "uses": 0}
    later = replace(policy, values=narrow, block=past.evidence.headers[-1].number + 1)
    assert codes(past.replay([*past.evidence.events, later])) == set()
    assert "UsesOffLimits" in codes(past.with_change(policy, set_to(uses=0)))


# Money: laws 12 to 17.


def test_one_unit_too_much_paid_out_is_named(past):
    paid = past.of("PaidOut", past.life.plain)
    world = past.with_change(paid, lambda values: values.update(collected=paid["collected"] + 1))
    finding = first(world, "CollectedNotEarned")
    assert (finding.subject, finding.amount) == (Subject("license", past.life.plain.id), 1)
    assert {"TransferMissing", "TransferUnexplained"} <= codes(world)


def test_images_ahead_of_the_days_are_paid_rounded_up(past):
    # ceil(1,000,000,003 x 3 / 7), not the 428,571,429 below it.
    assert past.of("PaidOut", past.life.quick)["collected"] == 428_571_430


def test_a_payout_to_a_sum_reached_before_is_named(past):
    assert "PaidOutBackwards" in codes(past.doubled(past.of("PaidOut", past.life.plain)))


def test_a_payout_that_left_no_event_is_named_by_its_transfers(past):
    world = past.without(past.of("PaidOut", past.life.ended))
    assert codes(world) == {"TransferUnexplained", "SettledUnpaid"}
    unpaid = first(world, "SettledUnpaid")
    assert (unpaid.subject, unpaid.amount) == (Subject("license", past.life.ended.id), FEE)
    strange = [each.amount for each in world.findings if each.code == "TransferUnexplained"]
    assert sum(strange) == FEE


def test_a_wrong_settlement_is_named(past):
    settled = past.of("Settled", past.life.noticed)
    world = past.with_change(
        settled,
        lambda values: values.update(earned=values["earned"] + 1, refunded=values["refunded"] - 1),
    )
    finding = first(world, "EarnedDiffers")
    assert (finding.subject, finding.amount) == (Subject("license", past.life.noticed.id), 1)


def test_a_refund_that_keeps_something_back_is_named(past):
    settled = past.of("Settled", past.life.noticed)
    world = past.with_change(settled, lambda values: values.update(refunded=values["refunded"] - 1))
    assert first(world, "RefundDiffers").amount == 1
    assert {"TransferMissing", "TransferUnexplained"} <= codes(world)


def test_a_surrender_is_settled_at_what_was_committed(past):
    settled = past.of("Settled", past.life.surrendered)
    assert settled["earned"] == 900 * DOLLAR
    world = past.with_change(
        settled,
        lambda values: values.update(earned=values["earned"] - 1, refunded=values["refunded"] + 1),
    )
    assert first(world, "EarnedDiffers").amount == 1


def test_a_settlement_before_the_end_is_named(past):
    settled = past.of("Settled", past.life.ended)
    assert "SettledBeforeEnd" in codes(past.at_time(settled, past.life.ended.end - 1))
    assert "SettledBeforeEnd" not in codes(past.at_time(settled, past.life.ended.end))


def test_a_payout_after_the_end_without_a_settlement_is_named(past):
    world = past.without(past.of("Settled", past.life.ended))
    assert first(world, "PaidOutUnsettled").subject == Subject("license", past.life.ended.id)


def test_a_second_settlement_is_named(past):
    assert "SettledTwice" in codes(past.doubled(past.of("Settled", past.life.ended)))


def test_a_top_up_over_the_fee_is_named_with_the_excess(past):
    world = past.with_change(past.of("ToppedUp"), set_to(deposited=FEE + 3))
    assert first(world, "DepositOutOfRange").amount == 3


def test_a_top_up_after_the_end_is_named(past):
    late = past.life.part.end
    assert "ToppedUpAfterEnd" in codes(past.at_time(past.of("ToppedUp"), late))
    assert "ToppedUpAfterEnd" not in codes(past.at_time(past.of("ToppedUp"), late - 1))


def test_a_deposit_that_the_currency_did_not_log_is_named(past):
    granted = past.of("LicenseGranted", past.life.plain)
    kept = [each for each in past.evidence.transfers if each.transaction != granted.transaction]
    finding = first(past.replay(transfers=kept), "TransferMissing")
    assert (finding.subject, finding.amount) == (Subject("license", past.life.plain.id), FEE)


def test_a_transfer_out_without_an_event_is_named(past):
    out = next(
        each
        for each in past.evidence.transfers
        if each["from"] == past.life.chain.deployment.licenses
    )
    last = past.evidence.headers[-1].number
    theft = replace(out, block=last + 1, values={**out.values, "amount": 5, "to": "0x" + "99" * 20})
    world = past.replay(transfers=[*past.evidence.transfers, theft])
    finding = first(world, "TransferUnexplained")
    assert (finding.amount, finding.subject.id) == (5, "0x" + "99" * 20)


def test_a_claim_that_no_payout_gives_is_named(past):
    deferred = past.of("Deferred")
    world = past.with_change(deferred, lambda values: values.update(amount=values["amount"] + 1))
    assert first(world, "DeferredUnexplained").amount == deferred["amount"] + 1
    assert first(world, "WithdrawnDiffers").amount == 1


def test_a_withdrawal_to_somebody_else_is_named(past):
    world = past.with_change(past.of("Withdrawn"), set_to(payee="0x" + "99" * 20))
    assert first(world, "WithdrawnToOther").found == "0x" + "99" * 20


# Ends: laws 6 and 9.


def test_a_notice_with_another_end_is_named(past):
    notice = past.of("NoticeGiven")
    finding = first(past.with_change(notice, set_to(end=notice["end"] + 1)), "EarlyEndWrong")
    assert (finding.expected, finding.found) == (utc(notice["end"]), utc(notice["end"] + 1))


def test_a_second_notice_is_named(past):
    assert "NoticeTwice" in codes(past.doubled(past.of("NoticeGiven")))


def test_a_lapse_ended_within_seven_days_is_named(past):
    ended = past.of("LapseEnded")
    paid_through = past.replay().licenses[past.life.lapsed.id].paid_through
    assert "NotLapsed" in codes(past.at_time(ended, paid_through + 7 * DAY))
    assert "NotLapsed" not in codes(past.at_time(ended, paid_through + 7 * DAY + 1))


def test_a_declined_offer_and_a_late_decline_are_named(past):
    declined = past.of("Declined")
    assert "DeclinedAfterStart" in codes(past.at_time(declined, past.life.declined.start))
    world = past.with_change(declined, set_to(licenseId=past.life.part.id))
    assert {"DeclinedNoBooking", "EndedUnsettled"} <= codes(world)


# Usage: laws 11 and 19.


@pytest.mark.parametrize(
    ("change", "code", "found"),
    [
        (in_batch(uses=1 << 19), "UsageNotAllowed", "USE"),
        (in_batch(uses=0), "UsageNotAllowed", "USE"),
        (in_batch(markets=1 << 255), "UsageNotAllowed", "MARKET"),
        (in_batch(images=101), "UsageNotAllowed", "IMAGES"),
        (in_batch(images=0), "UsageNotAllowed", "IMAGES"),
        (in_batch(number=2), "BatchNumberWrong", "2"),
        (set_to(reporter="0x" + "99" * 20), "UsageNotAllowed", "NOT_YOURS"),
    ],
)
def test_a_declared_batch_outside_the_license_is_named(past, change, code, found):
    world = past.with_change(past.of("UsageRecorded", past.life.plain), change)
    finding = first(world, code)
    assert finding.subject == Subject("license", past.life.plain.id)
    assert finding.found == found


def test_a_batch_is_judged_by_its_own_second(past):
    recorded = past.of("UsageRecorded", past.life.plain)
    start, end = past.life.plain.start, past.life.plain.end
    assert first(past.at_time(recorded, start - 1), "UsageNotAllowed").found == "NOT_STARTED"
    assert "UsageNotAllowed" not in codes(past.at_time(recorded, start))
    assert first(past.at_time(recorded, end), "UsageNotAllowed").found == "ENDED"


def test_a_license_is_unpaid_from_the_second_that_it_is_paid_through(past):
    recorded = [event for event in past.evidence.events if event.name == "UsageRecorded"][-1]
    assert recorded["licenseId"] == past.life.part.id
    paid_through = past.replay().licenses[past.life.part.id].paid_through
    assert "UsageNotAllowed" not in codes(past.at_time(recorded, paid_through - 1))
    assert first(past.at_time(recorded, paid_through), "UsageNotAllowed").found == "UNPAID"


def test_a_reporter_reports_only_while_named(past):
    dismissal = [event for event in past.evidence.events if event.name == "ReporterSet"][1]
    earlier = replace(dismissal, block=past.of("ReporterSet").block, index=99)
    events = sorted(earlier if each is dismissal else each for each in past.evidence.events)
    findings = [each for each in past.replay(events).findings if each.code == "UsageNotAllowed"]
    # The agency's transaction recorded under two licenses.
    assert [finding.found for finding in findings] == ["NOT_YOURS", "NOT_YOURS"]


def test_a_batch_left_out_changes_the_head_and_the_numbers(past):
    honest = past.replay().licenses[past.life.plain.id]
    world = past.without(past.of("UsageRecorded", past.life.plain))
    assert "BatchNumberWrong" in codes(world)
    assert world.licenses[past.life.plain.id].head != honest.head


def test_use_outside_the_terms_that_a_licensee_admits_is_a_remark(past):
    late = next(
        event
        for event in past.evidence.events
        if event.name == "UsageRecorded" and event["batch"]["kind"] == 1
    )
    world = past.with_change(late, in_batch(markets=1 << 255))
    finding = first(world, "UsedOutsideTerms")
    assert (finding.severity.value, finding.law) == ("note", 7)


# Twins and tokens: laws 1 to 3.


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda values: values["consent"].update(salt=b"\x09" * 32), "TwinIdDiffers"),
        (set_to(owner="0x" + "99" * 20), "OwnerNotConsenting"),
        (lambda values: values["consent"].update(deadline=0), "ConsentExpired"),
    ],
)
def test_a_twin_without_its_models_consent_is_named(past, change, code):
    assert code in codes(past.with_change(past.of("TwinMinted"), change))


def test_a_moved_token_is_named(past):
    token = past.of("Transfer")
    moved = replace(
        token,
        block=past.evidence.headers[-1].number + 1,
        values={**token.values, "from": token["to"], "to": "0x" + "99" * 20},
    )
    world = past.replay([*past.evidence.events, moved])
    assert codes(world) == {"TokenMoved", "TokenUnexplained"}


def test_a_license_whose_grant_was_left_out_is_named(past):
    world = past.without(past.of("LicenseGranted", past.life.plain))
    assert {"TokenUnexplained", "LicenseUnknown"} <= codes(world)


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("EpochRaised", {"epoch": 2}, "EpochNotNext"),
        ("LeastSerialRaised", {"leastSerial": 0}, "SerialNotHigher"),
        ("PolicySet", {"leastOwnerBps": 10_001}, "LeastShareOverWhole"),
        ("MarketSetNumbered", {"number": 9}, "MarketSetWrong"),
    ],
)
def test_a_counter_out_of_order_is_named(past, name, values, code):
    assert code in codes(past.with_change(past.of(name), set_to(**values)))


NOBODY = "0x" + "00" * 20


def in_consent(**values: Any) -> Callable[[dict], None]:
    return lambda event: event["consent"].update(values)


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("MoveProposed", {"readyAt": 7}, "MoveDelayDiffers"),
        ("MoveProposed", {"byGuardian": False}, "MoveDelayDiffers"),
        ("TwinMoved", {"epoch": 2}, "EpochNotNext"),
        ("TwinMoved", {"from": "0x" + "99" * 20}, "MovedFromOther"),
        ("TwinMoved", {"to": "0x" + "99" * 20}, "TokenMoved"),
        ("GuardianSet", {"guardian": NOBODY}, "MovedTooEarly"),
        ("Flagged", {"licenseId": 7}, "FlagOfOther"),
    ],
)
def test_a_move_against_the_law_is_named(past, name, values, code):
    assert code in codes(past.with_change(past.of(name), set_to(**values)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MoveProposed", "MoveOverMove"),
        ("MoveDropped", "NothingDropped"),
        ("TwinRetired", "RetiredTwice"),
    ],
)
def test_a_move_told_twice_is_named(past, name, code):
    assert code in codes(past.doubled(past.of(name)))


def test_a_rescue_without_a_guardian_is_named(past):
    minted = [event for event in past.evidence.events if event.name == "TwinMinted"]
    proposed = past.of("MoveProposed")
    (its,) = [event for event in minted if event["twinId"] == proposed["twinId"]]
    assert "NoGuardian" in codes(past.with_change(its, in_consent(guardian=NOBODY)))


def test_a_move_that_its_dismissed_guardian_leaves_behind_is_named(past):
    assert "MoveNotDropped" in codes(past.without(past.of("MoveDropped")))


def test_a_policy_of_a_retired_twin_is_named(past):
    retired, policy = past.of("TwinRetired"), past.of("PolicySet")
    values = {**policy.values, "twinId": retired["twinId"]}
    events = past.evidence.events
    at = events.index(retired) + 1
    late = replace(retired, name="PolicySet", values=values)
    assert "RetiredAllows" in codes(past.replay([*events[:at], late, *events[at:]]))


def test_a_log_that_the_abi_does_not_know_is_named(past):
    strange = replace(past.of("Locked"), name=UNKNOWN, values={})
    world = past.replay([*past.evidence.events, replace(strange, block=10**6)])
    assert codes(world) == {"EventUnknown"}
