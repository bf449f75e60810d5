"""Replays the grants of TwinLicense: terms, policy, shares, exclusivity (laws 3-8, 10, 14)."""

from __future__ import annotations

from twinrights.audit.arithmetic import covered
from twinrights.audit.digests import next_link
from twinrights.audit.events import Event
from twinrights.audit.findings import Subject
from twinrights.audit.replay.grant_laws import judge_grant
from twinrights.audit.replay.judge import Judge
from twinrights.audit.replay.money import paid_in
from twinrights.audit.state import Book, License
from twinrights.audit.world import World
from twinrights.terms import Share

__all__ = ["granted", "market_set_numbered"]

MAX_EXCLUSIVES = 8
MAX_BOOKED_EXCLUSIVES = 4
"""How many exclusive licenses there may be with one that was booked from a card."""


def market_set_numbered(world: World, event: Event, _: Event | None) -> None:
    """MarketSetNumbered: numbers run from 1, one for each set."""
    number, markets = event["number"], event["markets"]
    Judge(world, event, Subject("contract", event.address)).must(
        number == len(world.market_sets) + 1 and markets not in world.set_numbers,
        "MarketSetWrong",
        "gave a set of markets a number that is not the next, or a second one",
        expected=len(world.market_sets) + 1,
        found=number,
        law=None,
    )
    world.market_sets[number] = markets
    world.set_numbers.setdefault(markets, number)


def granted(world: World, event: Event, _: Event | None) -> None:
    """LicenseGranted: everything that the laws ask of a grant and that history can answer."""
    judge = Judge(world, event, Subject("license", event["licenseId"]))
    license = _license(world, event)

    judge_grant(judge, license)

    key = (license.twin_id, license.category)
    world.books[key] = _entered(world, world.books.get(key, Book()), license, judge)
    # An exclusive license meets all others, one that is not meets only those that are.
    world.granted[license.twin_id, license.category, True].append(license.id)
    if license.is_exclusive:
        world.granted[license.twin_id, license.category, False].append(license.id)
    world.keep(license, event)
    paid_in(world, license, event, payer=license.licensee, amount=license.deposited)


def _license(world: World, event: Event) -> License:
    """Return the license as its grant leaves it."""
    scope, pay = event["terms"]["scope"], event["terms"]["pay"]
    start, deposited = event["start"], event["deposited"]
    fee = pay["fee"]
    return License(
        id=event["licenseId"],
        twin_id=event["twinId"],
        licensee=event["licensee"],
        currency=pay["currency"],
        fee=fee,
        committed=pay["committed"],
        term=pay["term"],
        quota=pay["quota"],
        category=scope["category"],
        is_exclusive=scope["exclusive"],
        uses=scope["uses"],
        markets=scope["markets"],
        market_set=world.set_numbers.get(scope["markets"], 0),
        notice=scope["notice"],
        card=scope["card"],
        shares=tuple(Share(s["payee"], s["bps"], s["role"]) for s in event["terms"]["shares"]),
        granted_at=event.time,
        granted_end=start + pay["term"],
        start=start,
        end=start + pay["term"],
        paid_through=start + covered(pay["term"], deposited=deposited, fee=fee),
        images_left=covered(pay["quota"], deposited=deposited, fee=fee),
        deposited=deposited,
        paid_in=deposited,
    )


def _entered(world: World, book: Book, license: License, judge: Judge) -> Book:
    """Return the conflict book after a grant, as the contract's own algorithm leaves it."""
    entries, words, count = book.entries, list(book.words), len(book.exclusives)
    hash_ = book.granted
    if license.is_exclusive:
        entries = tuple(each for each in entries if each.end > judge.event.time)
        hash_ = 0
        for each in entries:
            hash_ = next_link(hash_, each)
        for at in reversed(range(count)):
            if world.licenses[words[at]].end <= judge.event.time:
                count -= 1
                words[at] = words[count]
        most = MAX_BOOKED_EXCLUSIVES if license.is_booking else MAX_EXCLUSIVES
        judge.must(
            count < most,
            "ExclusivesFull",
            f"was granted beside {count} exclusive licenses that had not ended",
            expected=f"fewer than {most}",
            found=count,
            law=8,
        )
        words[count : count + 1] = [license.id]
        count += 1
    return Book(
        granted=next_link(hash_, license.entry),
        entries=(*entries, license.entry),
        exclusives=tuple(words[:count]),
        words=tuple(words),
    )
