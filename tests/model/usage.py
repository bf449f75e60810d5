"""May I publish, and what was published (laws 7, 11, 19 and 20)."""

from __future__ import annotations

from enum import IntEnum

from tests.model.digests import batch_hash, hash_leaf, hash_pair, link_batch
from tests.model.papers import Batch, Leaf
from tests.model.refused import require
from tests.model.world import License, World

__all__ = ["Kind", "Reason", "is_live", "is_recorded", "may_publish", "record", "set_reporter"]


class Kind(IntEnum):
    DECLARED = 0
    LATE = 1
    REMOVED = 2


class Reason(IntEnum):
    """Why not, in the order in which it is said."""

    NONE = 0
    UNKNOWN = 1
    NOT_YOURS = 2
    NOT_STARTED = 3
    ENDED = 4
    UNPAID = 5
    USE = 6
    MARKET = 7
    IMAGES = 8


def record(world: World, id: int, batch: Batch) -> None:
    """Append a batch. Declared uses quota; late and removed are statements (law 19)."""
    license = world.licenses.get(id)
    if batch.kind == Kind.DECLARED:
        # Law 11: refused exactly when mayPublish says no.
        asked = (batch.uses, batch.markets, batch.images)
        reason = may_publish(world, id, world.sender, *asked, world.now)
        require(reason == Reason.NONE, "MayNotPublish", id, reason)
    else:
        may_report = license is not None and _may_report(world, license, world.sender)
        require(may_report, "NotReporter", id, world.sender)
        require(batch.images != 0, "BatchEmpty", id)
    assert license
    number = license.batches + 1
    # 24 bits: the last number has no next one, and the error says 0.
    require(batch.number == number, "BatchNumberWrong", batch.number, number % 2**24)

    world.change(
        id,
        batches=number,
        used=license.used + (batch.images if batch.kind == Kind.DECLARED else 0),
        head=link_batch(license.head, batch_hash(id, batch, world.sender, world.now)),
    )


def set_reporter(world: World, reporter: int, is_allowed: bool) -> None:
    """A licensee names who may record usage of all its licenses, or dismisses it."""
    pair = world.sender, reporter
    if is_allowed:
        world.reporters.add(pair)
    else:
        world.reporters.discard(pair)


def may_publish(
    world: World, id: int, who: int, uses: int, markets: int, images: int, at: int
) -> Reason:
    """The first reason against it; an empty question is answered no (law 11)."""
    license = world.licenses.get(id)
    if license is None:
        return Reason.UNKNOWN
    scope = license.terms.scope
    if not _may_report(world, license, who):
        return Reason.NOT_YOURS
    if at < license.start:
        return Reason.NOT_STARTED
    if at >= license.end:
        return Reason.ENDED
    if at >= license.paid_through:
        return Reason.UNPAID
    if uses == 0 or uses & ~scope.uses:
        return Reason.USE
    if markets == 0 or markets & ~scope.markets:
        return Reason.MARKET
    if not 0 < images <= license.images_open:
        return Reason.IMAGES
    return Reason.NONE


def is_live(world: World, id: int, at: int) -> bool:
    """Started, not ended, paid through (law 7)."""
    license = world.licenses.get(id)
    return bool(license) and license.start <= at < min(license.end, license.paid_through)


def is_recorded(
    world: World,
    id: int,
    batch: Batch,
    reporter: int,
    time: int,
    head_before: int,
    later: tuple[int, ...],
    leaf: Leaf,
    proof: tuple[int, ...],
) -> bool:
    """Batch to head and leaf to root, below the batch's images (law 20)."""
    head = link_batch(head_before, batch_hash(id, batch, reporter, time))
    for each in later:
        head = link_batch(head, each)
    node = hash_leaf(leaf)
    for sibling in proof:
        node = hash_pair(node, sibling)

    kept = world.licenses[id].head if id in world.licenses else 0
    return head == kept and leaf.index < batch.images and node == batch.root


def _may_report(world: World, license: License, who: int) -> bool:
    return who == license.licensee or (license.licensee, who) in world.reporters
