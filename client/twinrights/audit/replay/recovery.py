"""Replays the room of DigitalTwin that outlives a lost key: guardian, moves, retiring (law 2)."""

from __future__ import annotations

from dataclasses import replace

from twinrights.audit.events import Event
from twinrights.audit.findings import Subject, utc
from twinrights.audit.replay.judge import Judge, twin_of
from twinrights.audit.replay.twins import next_epochs
from twinrights.audit.state import Pending, Twin
from twinrights.audit.world import World
from twinrights.terms import ZERO_ADDRESS

__all__ = ["guardian_set", "move_dropped", "move_proposed", "moved", "retired"]

OWNERS_DELAY = 7 * 86_400
GUARDIANS_DELAY = 14 * 86_400


def guardian_set(world: World, event: Event, following: Event | None) -> None:
    """GuardianSet: at once, and a move that the last guardian proposed is dropped with it."""
    twin = twin_of(world, event)
    if twin is None:
        return
    move = twin.pending
    if move and move.by_guardian and not move.is_void(event.time):
        is_dropped = following is not None and following.name == "MoveDropped"
        Judge(world, event, Subject("twin", twin.id)).must(
            is_dropped and following is not None and following["twinId"] == twin.id,
            "MoveNotDropped",
            "kept a move that its dismissed guardian had proposed",
            expected="MoveDropped",
            found=following.name if following else "nothing",
            law=2,
        )
        # The drop that follows is not an act of its own: it raises no nonce.
        twin = replace(twin, nonce=twin.nonce - 1)
    world.twins[twin.id] = replace(
        twin, guardian=event["guardian"], is_reguarded=True, nonce=twin.nonce + 1
    )


def move_proposed(world: World, event: Event, _: Event | None) -> None:
    """MoveProposed: one at a time, ready 7 days after the owner's, 14 after the guardian's word."""
    twin = twin_of(world, event)
    if twin is None:
        return
    judge = Judge(world, event, Subject("twin", twin.id))
    judge.must(
        twin.pending is None or twin.pending.is_void(event.time),
        "MoveOverMove",
        "got a second move while one was pending",
        expected="one move at a time",
        found="two",
        law=2,
    )
    by_guardian = event["byGuardian"]
    ready_at = event.time + (GUARDIANS_DELAY if by_guardian else OWNERS_DELAY)
    judge.must(
        event["readyAt"] == ready_at,
        "MoveDelayDiffers",
        "got a move with another delay than its author must wait",
        expected=utc(ready_at),
        found=utc(event["readyAt"]),
        law=2,
    )
    judge.must(
        not by_guardian or twin.guardian != ZERO_ADDRESS,
        "NoGuardian",
        "got a move by its guardian, though it has none",
        expected="no move",
        found=event["to"],
        law=2,
    )
    world.twins[twin.id] = replace(
        twin, pending=Pending(event["to"], event["readyAt"], by_guardian), nonce=twin.nonce + 1
    )


def move_dropped(world: World, event: Event, _: Event | None) -> None:
    """MoveDropped: only what is pending can be dropped."""
    twin = twin_of(world, event)
    if twin is None:
        return
    Judge(world, event, Subject("twin", twin.id)).must(
        twin.pending is not None and not twin.pending.is_void(event.time),
        "NothingDropped",
        "dropped a move, though none was pending",
        expected="a pending move",
        found="none",
        law=2,
    )
    world.twins[twin.id] = replace(twin, pending=None, nonce=twin.nonce + 1)


def moved(world: World, event: Event, _: Event | None) -> None:
    """TwinMoved: a pending move in its time, or at once by owner and guardian; a new epoch."""
    twin = twin_of(world, event)
    if twin is None:
        return
    judge = Judge(world, event, Subject("twin", twin.id))
    judge.must(
        event["from"] == twin.owner,
        "MovedFromOther",
        "was moved from a wallet that did not own it",
        expected=twin.owner,
        found=event["from"],
        law=2,
    )
    judge.must(
        event["epoch"] == twin.epoch + 1,
        "EpochNotNext",
        "got an epoch that is not the next one",
        expected=twin.epoch + 1,
        found=event["epoch"],
        law=3,
    )
    is_completed = _is_ready(twin, event)
    # Whether both did sign, the transaction's own data tell; without a guardian nobody can have.
    judge.must(
        is_completed or twin.guardian != ZERO_ADDRESS,
        "MovedTooEarly",
        "was moved at once, though no guardian can have signed",
        expected="a pending move that is ready",
        found="none",
        law=2,
    )
    nonce = twin.nonce if is_completed else twin.nonce + 1
    world.twins[twin.id] = replace(
        twin,
        owner=event["to"],
        epoch=event["epoch"],
        nonce=next_epochs(nonce),
        pending=None,
    )


def _is_ready(twin: Twin, event: Event) -> bool:
    move = twin.pending
    if move is None or move.to != event["to"]:
        return False
    return move.ready_at <= event.time and not move.is_void(event.time)


def retired(world: World, event: Event, _: Event | None) -> None:
    """TwinRetired: once; from then on the policy allows nothing."""
    twin = twin_of(world, event)
    if twin is None:
        return
    Judge(world, event, Subject("twin", twin.id)).must(
        not twin.is_retired,
        "RetiredTwice",
        "was retired a second time",
        expected="once",
        found="twice",
        law=2,
    )
    world.twins[twin.id] = replace(
        twin, is_retired=True, uses=0, categories=0, least_owner_bps=0, nonce=twin.nonce + 1
    )
