"""Replays what people say in public: who vouches for whom, and which images owners doubt."""

from __future__ import annotations

from dataclasses import replace

from twinrights.audit.events import Event
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.replay.judge import Judge, twin_of
from twinrights.audit.state import Flagged, Vouch
from twinrights.audit.world import World

__all__ = ["flagged", "vouch_withdrawn", "vouched"]


def vouched(world: World, event: Event, _: Event | None) -> None:
    """Vouched: anyone may say so; said again, it holds until the new time."""
    # Taken out first, so that a word stands where it was said last.
    world.vouches.pop(_word(event), None)
    world.vouches[_word(event)] = Vouch(*_word(event), event["until"], event.time)


def vouch_withdrawn(world: World, event: Event, _: Event | None) -> None:
    """VouchWithdrawn: the word is said no longer; who never gave it takes nothing back."""
    world.vouches.pop(_word(event), None)


def flagged(world: World, event: Event, _: Event | None) -> None:
    """Flagged: the owner's word about an image; the license that it names must be of this twin."""
    twin = twin_of(world, event)
    if twin is None:
        return
    license = world.licenses.get(event["licenseId"])
    is_own = license is not None and license.twin_id == twin.id
    Judge(world, event, Subject("twin", twin.id)).must(
        event["licenseId"] == 0 or is_own,
        "FlagOfOther",
        "flagged an image under a license that is not one of its own",
        expected="a license of this twin",
        found=f"0x{event['licenseId']:064x}",
        law=None,
        severity=Severity.NOTE,
    )
    about = event["licenseId"] if is_own else 0
    world.flags.append(Flagged(twin.id, about, event["imageHash"], event.time))
    world.twins[twin.id] = replace(twin, nonce=twin.nonce + 1)


def _word(event: Event) -> tuple[str, str, bytes]:
    return event["voucher"], event["subject"], event["commitment"]
