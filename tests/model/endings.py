"""How a license ends early (laws 6 and 9)."""

from __future__ import annotations

from dataclasses import replace

from tests.model.digests import hash_scope, hash_shares, hash_struct, signing_digest
from tests.model.money import distribute, earned, known_license, refund, settle
from tests.model.papers import Decline, Ending, LapseEnd, Notice, Pay, Scope, Share
from tests.model.refused import require
from tests.model.signatures import Signature, require_before, require_signed
from tests.model.twins import known_twin
from tests.model.world import License, World

__all__ = ["decline", "end_lapsed", "give_notice", "surrender"]

DAY = 86_400
MOST_NOTICE = 90 * DAY
GRACE = 7 * DAY


def give_notice(
    world: World,
    paper: Notice,
    scope: Scope,
    pay: Pay,
    shares_hash: int,
    signature: Signature | None,
) -> None:
    """Once; after the notice of the terms, at most 90 days whatever they say."""
    id, license = _by_owner(world, paper, scope, pay, shares_hash, signature)
    require(not license.is_noticed, "NoticeGivenBefore", id)

    end = world.now + min(scope.notice, MOST_NOTICE)
    world.change(id, end=min(license.end, end), is_noticed=True)


def end_lapsed(
    world: World,
    paper: LapseEnd,
    scope: Scope,
    pay: Pay,
    shares_hash: int,
    signature: Signature | None,
) -> None:
    """At once, when unpaid for more than seven days."""
    id, license = _by_owner(world, paper, scope, pay, shares_hash, signature)
    is_lapsed = world.now > license.paid_through + GRACE
    require(is_lapsed, "NotLapsed", id, license.paid_through)

    world.change(id, end=world.now)


def decline(
    world: World,
    paper: Decline,
    scope: Scope,
    pay: Pay,
    shares_hash: int,
    signature: Signature | None,
) -> None:
    """The owner's no to a booking before its start: everything is refunded at once (law 6)."""
    id, license = _by_owner(world, paper, scope, pay, shares_hash, signature)
    require(license.is_booking, "NotBooking", id)
    require(world.now < license.start, "LicenseStarted", id, license.start)

    world.change(id, end=world.now)
    refund(world, id, settle(world, id, 0))


def surrender(world: World, scope_hash: int, pay: Pay, shares: tuple[Share, ...]) -> None:
    """The licensee's end at once. Unless the owner gave notice before, what is committed is due."""
    id, license = known_license(world, scope_hash, pay, hash_shares(shares))
    require(world.sender == license.licensee, "NotLicensee", world.sender, license.licensee)
    require(world.now < license.end, "LicenseOver", id, license.end)

    due = earned(replace(license, end=world.now), world.now)
    if not license.is_noticed:
        due = max(due, pay.committed)

    world.change(id, end=world.now)
    distribute(world, id, due, settle(world, id, due))


def _by_owner(
    world: World,
    paper: Ending,
    scope: Scope,
    pay: Pay,
    shares_hash: int,
    signature: Signature | None,
) -> tuple[int, License]:
    """What every ending by the owner must pass. It carries the twin's nonce (law 3)."""
    id, license = known_license(world, hash_scope(scope), pay, shares_hash)
    twin = known_twin(world, pay.twin_id)
    require(paper.license_id == id, "EndingDiffers", paper.license_id, id)
    require(world.now < license.end, "LicenseOver", id, license.end)
    require_before(world, paper.deadline)
    require(paper.nonce == twin.nonce, "NonceWrong", paper.nonce, twin.nonce)
    digest = signing_digest(world.licenses_place, hash_struct(paper))
    require_signed(world, twin.owner, digest, signature)
    return id, license
