"""What the laws ask of a grant, as far as history can answer (laws 3-8, 10, 14, 15)."""

from __future__ import annotations

from typing import Any

from twinrights.audit.arithmetic import WHOLE
from twinrights.audit.digests import license_id
from twinrights.audit.findings import utc
from twinrights.audit.replay.judge import Judge
from twinrights.audit.replay.twins import explain_mint
from twinrights.audit.state import License, Twin
from twinrights.terms import ZERO_ADDRESS

__all__ = ["judge_grant"]

MAX_TERM = 1827 * 86_400
MAX_SHARES = 15
CATEGORIES = 32


def judge_grant(judge: Judge, license: License) -> None:
    """Add a finding for each law that a grant breaks in its own second."""
    terms = judge.event["terms"]
    _judge_identity(judge, terms)
    _judge_scope(judge, terms["scope"], license)
    _judge_sums(judge, license)
    _judge_twin(judge, terms["scope"], license)
    _judge_shares(judge, license)
    _judge_exclusivity(judge, license)


def _judge_identity(judge: Judge, terms: Any) -> None:
    """Laws 5 and 10: the id is the digest of the terms, once, and the indexed values are theirs."""
    world, event = judge.world, judge.event
    digest = license_id(terms, separator=world.licenses_separator)
    judge.must(
        digest == event["licenseId"],
        "LicenseIdDiffers",
        "is not the digest of the terms beside it",
        expected=f"0x{digest:064x}",
        found=f"0x{event['licenseId']:064x}",
        law=5,
    )
    judge.must(
        event["licenseId"] not in world.licenses,
        "LicenseMadeTwice",
        "was granted a second time",
        expected="one grant",
        found="two",
        law=5,
    )
    named = (event["twinId"], event["licensee"])
    signed = (terms["pay"]["twinId"], terms["scope"]["licensee"])
    judge.must(
        named == signed,
        "GrantNamesOther",
        "was granted for another twin or licensee than its terms name",
        expected=signed,
        found=named,
        law=10,
    )
    explain_mint(judge, event["licenseId"])
    judge.must(
        terms["scope"]["markets"] in world.set_numbers,
        "MarketSetMissing",
        "was granted for a set of markets that has no number",
        expected="MarketSetNumbered",
        found="none",
        law=None,
    )


def _judge_scope(judge: Judge, scope: Any, license: License) -> None:
    """Laws 5 and 6: valid, not in the past, of a bounded term, and granting something."""
    time, start, end = judge.event.time, license.start, license.granted_end
    judge.must(
        time < scope["validUntil"],
        "TermsExpired",
        "was granted when its terms had expired",
        expected=f"before {utc(scope['validUntil'])}",
        found=utc(time),
        law=5,
    )
    agreed = scope["start"] or time
    judge.must(
        start == agreed and start >= time,
        "StartWrong",
        "starts in the past, or not when its terms say",
        expected=utc(max(agreed, time)),
        found=utc(start),
        law=6,
    )
    judge.must(
        0 < license.term <= MAX_TERM and end < 1 << 40,
        "TermOutOfRange",
        "was granted for a term outside its bounds",
        expected=f"1 to {MAX_TERM} seconds",
        found=license.term,
        law=6,
    )
    judge.must(
        bool(license.uses and license.markets and license.quota),
        "NothingGranted",
        "grants no use, no market or no image",
        expected="at least one of each",
        found=(license.uses, license.markets, license.quota),
        law=5,
    )


def _judge_sums(judge: Judge, license: License) -> None:
    """Law 14: committed <= deposited <= fee, and an exclusive license pays the whole fee."""
    judge.must(
        license.committed <= license.fee,
        "CommittedOverFee",
        "commits more than its fee",
        expected=f"at most {license.fee}",
        found=license.committed,
        law=14,
    )
    least = license.fee if license.is_exclusive else license.committed
    judge.must(
        least <= license.deposited <= license.fee,
        "DepositOutOfRange",
        "was granted for a deposit outside its bounds",
        expected=f"{least} to {license.fee}",
        found=license.deposited,
        law=14,
        amount=max(least - license.deposited, license.deposited - license.fee),
        currency=license.currency,
    )


def _judge_twin(judge: Judge, scope: Any, license: License) -> None:
    """Law 3: the twin's epoch and its withdrawals in the second of the grant; then its policy."""
    world = judge.world
    twin = world.twins.get(license.twin_id)
    if twin is None:
        judge.must(
            False,
            "TwinUnknown",
            "was granted for a twin that was never made",
            expected="a twin with that id",
            found="none",
            law=5,
        )
        return
    judge.must(
        scope["epoch"] == twin.epoch,
        "EpochWrong",
        "was granted by a signature of another epoch",
        expected=twin.epoch,
        found=scope["epoch"],
        law=3,
    )
    digest = license.card if license.is_booking else license.id.to_bytes(32, "big")
    judge.must(
        (twin.id, digest) not in world.revoked,
        "GrantRevoked",
        "was granted by a signature that its owner had withdrawn",
        expected="not withdrawn",
        found="withdrawn",
        law=3,
    )
    _judge_policy(judge, twin, license)


def _judge_policy(judge: Judge, twin: Twin, license: License) -> None:
    """Law 4: the owner's standing policy in the second of the grant."""
    judge.must(
        license.uses & ~twin.uses == 0,
        "UsesOffLimits",
        "grants uses that the owner's policy did not allow",
        expected=twin.uses,
        found=license.uses,
        law=4,
    )
    in_policy = license.category < CATEGORIES and twin.categories >> license.category & 1
    judge.must(
        bool(in_policy),
        "CategoryOffLimits",
        "was granted in a category that the owner's policy did not allow",
        expected=twin.categories,
        found=license.category,
        law=4,
    )
    left = WHOLE - sum(share.bps for share in license.shares)
    judge.must(
        left >= twin.least_owner_bps,
        "OwnerShareTooLow",
        "leaves its owner less than her policy keeps for her",
        expected=f"{twin.least_owner_bps} or more",
        found=left,
        law=4,
    )


def _judge_shares(judge: Judge, license: License) -> None:
    """Law 15: at most 15 others, each once and with a part, together at most the whole."""
    payees = [share.payee for share in license.shares]
    forbidden = {ZERO_ADDRESS, judge.world.licenses_address}
    judge.must(
        len(payees) <= MAX_SHARES
        and len(set(payees)) == len(payees)
        and not forbidden & set(payees)
        and all(share.bps > 0 for share in license.shares)
        and sum(share.bps for share in license.shares) <= WHOLE,
        "SharesWrong",
        "divides its fee in a way that the law forbids",
        expected="up to 15 different wallets, each with a part, at most the whole",
        found=[(share.payee, share.bps) for share in license.shares],
        law=15,
    )
    judge.must(
        not license.is_booking or license.term % 86_400 == 0,
        "BookingNotInDays",
        "was booked for a term that is not whole days",
        expected="a multiple of 86400",
        found=license.term,
        law=5,
    )


def _judge_exclusivity(judge: Judge, license: License) -> None:
    """Law 8, in both directions, by the ends as they were at the grant."""
    world = judge.world
    for other_id in world.granted[license.twin_id, license.category, license.is_exclusive]:
        other = world.licenses[other_id]
        judge.must(
            not _conflicts(license, other),
            "ExclusivityConflict",
            f"was granted against license 0x{other.id:064x} of another licensee",
            expected="no overlap in use, market and time",
            found=f"0x{other.id:064x}",
            law=8,
            amount=license.fee,
            currency=license.currency,
        )


def _conflicts(one: License, other: License) -> bool:
    return (
        one.licensee != other.licensee
        and (one.is_exclusive or other.is_exclusive)
        and one.uses & other.uses != 0
        and one.markets & other.markets != 0
        and max(one.start, other.start) < min(one.end, other.end)
    )
