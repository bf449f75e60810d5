"""Replays DigitalTwin: consent, policy, epoch, serial; and the tokens of both contracts."""

from __future__ import annotations

from dataclasses import replace

from twinrights.audit.arithmetic import WHOLE
from twinrights.audit.digests import twin_id
from twinrights.audit.events import Event
from twinrights.audit.findings import Subject, utc
from twinrights.audit.replay.judge import Judge, twin_of
from twinrights.audit.state import Twin
from twinrights.audit.world import World
from twinrights.terms import ZERO_ADDRESS

__all__ = [
    "epoch_raised",
    "least_serial_raised",
    "locked",
    "minted",
    "next_epochs",
    "policy_set",
    "token_moved",
]


def token_moved(world: World, event: Event, following: Event | None) -> None:
    """ERC-721 Transfer: from nobody, once; of a twin also by a move, which follows (laws 2, 5)."""
    is_twin = event.contract == "DigitalTwin"
    if is_twin and event["from"] != ZERO_ADDRESS and following and following.name == "TwinMoved":
        same = all(
            following[name] == event[key]
            for name, key in (("twinId", "id"), ("from", "from"), ("to", "to"))
        )
        if same:
            return
    judge = Judge(world, event, Subject(event.contract, event["id"]))
    judge.must(
        event["from"] == ZERO_ADDRESS,
        "TokenMoved",
        f"was moved from {event['from']} to {event['to']}, though it cannot be transferred",
        expected=ZERO_ADDRESS,
        found=event["from"],
        law=2 if is_twin else 5,
    )
    world.minted.add((event.contract, event["id"]))


def minted(world: World, event: Event, _: Event | None) -> None:
    """TwinMinted: a twin exists only by its model's own consent, once (law 1)."""
    id_, consent = event["twinId"], event["consent"]
    judge = Judge(world, event, Subject("twin", id_))
    digest = twin_id(consent, separator=world.twins_separator)
    judge.must(
        digest == id_,
        "TwinIdDiffers",
        "is not the digest of the consent beside it",
        expected=f"0x{digest:064x}",
        found=f"0x{id_:064x}",
        law=1,
    )
    judge.must(
        id_ not in world.twins,
        "TwinMadeTwice",
        "was made a second time",
        expected="one mint",
        found="two",
        law=1,
    )
    judge.must(
        event["owner"] == consent["owner"],
        "OwnerNotConsenting",
        "belongs to another wallet than the one that consented",
        expected=consent["owner"],
        found=event["owner"],
        law=1,
    )
    judge.must(
        event.time < consent["deadline"],
        "ConsentExpired",
        "was made when its consent had expired",
        expected=f"before {utc(consent['deadline'])}",
        found=utc(event.time),
        law=1,
    )
    explain_mint(judge, id_)
    world.twins[id_] = Twin(id=id_, owner=event["owner"], guardian=consent["guardian"])


def explain_mint(judge: Judge, id_: int) -> None:
    """Match the token of a twin or license with the event that made it."""
    token = (judge.event.contract, id_)
    judge.must(
        token in judge.world.minted,
        "TokenMissing",
        "was made without its ERC-721 token",
        expected="a Transfer from nobody",
        found="none",
        law=None,
    )
    judge.world.minted.discard(token)


def locked(world: World, event: Event, _: Event | None) -> None:
    """Locked says nothing but that the twin cannot be transferred (ERC-5192)."""
    Judge(world, event, Subject("twin", event["tokenId"])).must(
        event["tokenId"] in world.twins,
        "TwinUnknown",
        "was locked without ever having been made",
        expected="a twin with that id",
        found="none",
        law=2,
    )


def policy_set(world: World, event: Event, _: Event | None) -> None:
    """PolicySet: what the owner allows from now on (law 4)."""
    twin = twin_of(world, event)
    if twin is None:
        return
    judge = Judge(world, event, Subject("twin", twin.id))
    judge.must(
        not twin.is_retired,
        "RetiredAllows",
        "got a policy after it had been retired",
        expected="none",
        found="a policy",
        law=2,
    )
    judge.must(
        event["leastOwnerBps"] <= WHOLE,
        "LeastShareOverWhole",
        "keeps more than the whole for its owner",
        expected=f"at most {WHOLE}",
        found=event["leastOwnerBps"],
        law=4,
    )
    world.twins[twin.id] = replace(
        twin,
        uses=event["uses"],
        categories=event["categories"],
        least_owner_bps=event["leastOwnerBps"],
        nonce=twin.nonce + 1,
    )


def epoch_raised(world: World, event: Event, _: Event | None) -> None:
    """EpochRaised: by one, never down (law 3)."""
    twin = twin_of(world, event)
    if twin is None:
        return
    Judge(world, event, Subject("twin", twin.id)).must(
        event["epoch"] == twin.epoch + 1,
        "EpochNotNext",
        "got an epoch that is not the next one",
        expected=twin.epoch + 1,
        found=event["epoch"],
        law=3,
    )
    world.twins[twin.id] = replace(twin, epoch=event["epoch"], nonce=next_epochs(twin.nonce + 1))


def next_epochs(nonce: int) -> int:
    """Return the first nonce of the next epoch: each has 65,536 of its own (law 3)."""
    return (nonce | 0xFFFF) + 1


def least_serial_raised(world: World, event: Event, _: Event | None) -> None:
    """LeastSerialRaised: only up (law 3)."""
    twin = twin_of(world, event)
    if twin is None:
        return
    Judge(world, event, Subject("twin", twin.id)).must(
        event["leastSerial"] > twin.least_serial,
        "SerialNotHigher",
        "got a least serial that is not higher than the one before",
        expected=f"above {twin.least_serial}",
        found=event["leastSerial"],
        law=3,
    )
    world.twins[twin.id] = replace(twin, least_serial=event["leastSerial"], nonce=twin.nonce + 1)
