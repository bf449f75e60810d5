"""Replays UsageLedger: who reported what, whether that was licensed, the head (laws 11, 19)."""

from __future__ import annotations

from twinrights.audit.digests import batch_hash, next_head
from twinrights.audit.events import Event
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.replay.judge import Judge, license_of
from twinrights.audit.state import License, UsageBatch
from twinrights.audit.world import World
from twinrights.terms import Kind, Reason

__all__ = ["recorded", "reporter_set"]

BATCH = ("number", "kind", "root", "images", "uses", "markets", "manifest")


def reporter_set(world: World, event: Event, _: Event | None) -> None:
    """ReporterSet: whom a licensee lets record, from now on."""
    world.reporters[event["licensee"], event["reporter"]] = event["isAllowed"]


def recorded(world: World, event: Event, _: Event | None) -> None:
    """UsageRecorded: one more batch, its quota taken if declared, and the next head."""
    license = license_of(world, event)
    if license is None:
        return
    batch, reporter = event["batch"], event["reporter"]
    # The decoder of the contract takes no other kind; a contract that is not ours might.
    kind = Kind(min(batch["kind"], Kind.REMOVED))
    against = _against(world, license, event, kind)
    _judge(Judge(world, event, Subject("license", license.id)), license, kind, against)

    added = batch_hash(
        license.id, [batch[name] for name in BATCH], reporter=reporter, time=event.time
    )
    world.change(
        license,
        event,
        batches=license.batches + 1,
        head=next_head(license.head, added),
        images_left=license.images_left - (batch["images"] if kind is Kind.DECLARED else 0),
    )
    world.usage.append(
        UsageBatch(
            license_id=license.id,
            twin_id=license.twin_id,
            licensee=license.licensee,
            number=batch["number"],
            kind=kind,
            images=batch["images"],
            uses=batch["uses"],
            markets=batch["markets"],
            root=batch["root"],
            manifest=batch["manifest"],
            reporter=reporter,
            time=event.time,
            block=event.block,
            transaction=event.transaction,
            against=against,
        )
    )


def _against(world: World, license: License, event: Event, kind: Kind) -> Reason:
    """Return the first reason against publishing the batch in its second, in the order of law 11.

    Only what is declared needs images left.
    """
    batch, reporter = event["batch"], event["reporter"]
    if not _may_report(world, license, reporter):
        return Reason.NOT_YOURS
    if (lapse := license.lapse(event.time)) is not Reason.NONE:
        return lapse
    if not batch["uses"] or batch["uses"] & ~license.uses:
        return Reason.USE
    if not batch["markets"] or batch["markets"] & ~license.markets:
        return Reason.MARKET
    is_short = kind is Kind.DECLARED and batch["images"] > license.images_left
    return Reason.IMAGES if not batch["images"] or is_short else Reason.NONE


def _may_report(world: World, license: License, who: str) -> bool:
    return who == license.licensee or world.reporters.get((license.licensee, who), False)


def _judge(judge: Judge, license: License, kind: Kind, against: Reason) -> None:
    batch = judge.event["batch"]
    name = f"batch {batch['number']}"
    judge.must(
        batch["number"] == license.batches + 1,
        "BatchNumberWrong",
        f"has a {name} after batch {license.batches}",
        expected=license.batches + 1,
        found=batch["number"],
        law=19,
    )
    judge.must(
        batch["images"] > 0,
        "BatchEmpty",
        f"has a {name} without images",
        expected="1 or more",
        found=batch["images"],
        law=19,
    )
    if kind is Kind.DECLARED:
        judge.must(
            against is Reason.NONE,
            "UsageNotAllowed",
            f"did not allow {name} when it was declared: {against.name.lower().replace('_', ' ')}",
            expected=Reason.NONE.name,
            found=against.name,
            law=11,
        )
    else:
        _judge_statement(judge, license, kind, against)


def _judge_statement(judge: Judge, license: License, kind: Kind, against: Reason) -> None:
    """Judge what was stated after the fact: it grants nothing, but only some may state it."""
    batch = judge.event["batch"]
    judge.must(
        against is not Reason.NOT_YOURS,
        "ReporterUnknown",
        f"has a batch {batch['number']} from somebody who may not report for it",
        expected=f"{license.licensee} or one of its reporters",
        found=judge.event["reporter"],
        law=19,
    )
    outside = (batch["uses"] & ~license.uses) or (batch["markets"] & ~license.markets)
    judge.must(
        kind is Kind.REMOVED or not outside,
        "UsedOutsideTerms",
        f"was used outside its terms, says its own licensee in batch {batch['number']}",
        expected="granted uses and markets",
        found="others",
        law=7,
        severity=Severity.NOTE,
    )
