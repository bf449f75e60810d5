"""Replays the ways in which a license ends early, and withdrawn signatures (laws 3, 6, 9)."""

from __future__ import annotations

from twinrights.audit.events import Event
from twinrights.audit.findings import Subject, utc
from twinrights.audit.replay.judge import Judge, license_of, twin_of
from twinrights.audit.state import License
from twinrights.audit.world import World

__all__ = ["declined", "lapse_ended", "notice_given", "revoked", "surrendered"]

MAX_NOTICE = 90 * 86_400
GRACE = 7 * 86_400


def revoked(world: World, event: Event, _: Event | None) -> None:
    """Revoked: one offer or card is void from now on."""
    twin = twin_of(world, event)
    if twin is not None:
        world.revoked.add((twin.id, event["digest"]))


def notice_given(world: World, event: Event, _: Event | None) -> None:
    """NoticeGiven: once; the end falls to now plus the notice, at most 90 days."""
    license = license_of(world, event)
    if license is None:
        return
    judge = _not_over(world, event, license)
    judge.must(
        not license.is_noticed,
        "NoticeTwice",
        "was given notice a second time",
        expected="one notice",
        found="two",
        law=9,
    )
    _ends_at(judge, min(license.end, event.time + min(license.notice, MAX_NOTICE)))
    world.change(license, event, end=event["end"], is_noticed=True)


def lapse_ended(world: World, event: Event, _: Event | None) -> None:
    """LapseEnded: now, and only when unpaid for more than seven days."""
    license = license_of(world, event)
    if license is None:
        return
    judge = _not_over(world, event, license)
    judge.must(
        event.time > license.paid_through + GRACE,
        "NotLapsed",
        "was ended as unpaid, though it had not been unpaid for seven days",
        expected=f"after {utc(license.paid_through + GRACE)}",
        found=utc(event.time),
        law=9,
    )
    _ends_at(judge, event.time)
    world.change(license, event, end=event["end"])


def declined(world: World, event: Event, _: Event | None) -> None:
    """Declined: a booking, before its start. Settled stands just before it."""
    license = license_of(world, event)
    if license is None:
        return
    judge = _not_over(world, event, license)
    judge.must(
        license.is_booking,
        "DeclinedNoBooking",
        "was declined, though its owner had signed it",
        expected="a booking",
        found="an offer",
        law=6,
    )
    judge.must(
        event.time < license.start,
        "DeclinedAfterStart",
        "was declined after its start",
        expected=f"before {utc(license.start)}",
        found=utc(event.time),
        law=6,
    )
    _close(judge, license)


def surrendered(world: World, event: Event, _: Event | None) -> None:
    """Surrendered: by the licensee, before the end. Settled stands just before it."""
    license = license_of(world, event)
    if license is not None:
        _close(_not_over(world, event, license), license)


def _close(judge: Judge, license: License) -> None:
    judge.must(
        license.is_settled,
        "EndedUnsettled",
        "was closed without being settled",
        expected="Settled",
        found="nothing",
        law=17,
    )
    _ends_at(judge, judge.event.time)
    judge.world.change(license, judge.event, end=judge.event["end"])


def _not_over(world: World, event: Event, license: License) -> Judge:
    judge = Judge(world, event, Subject("license", license.id))
    judge.must(
        event.time < license.end,
        "EndedAfterEnd",
        "was ended when it had ended already",
        expected=f"before {utc(license.end)}",
        found=utc(event.time),
        law=9,
    )
    return judge


def _ends_at(judge: Judge, end: int) -> None:
    judge.must(
        judge.event["end"] == end,
        "EarlyEndWrong",
        "got another end than the law gives",
        expected=utc(end),
        found=utc(judge.event["end"]),
        law=9,
    )
