"""Licenses: only by terms that the owner signed, or that her card gives (laws 3-6, 10, 14)."""

from __future__ import annotations

from tests.model.cards import quote
from tests.model.digests import (
    card_digest,
    hash_scope,
    hash_shares,
    hash_struct,
    license_id,
    signing_digest,
)
from tests.model.exclusivity import BOOKED_PLACES, PLACES, enter
from tests.model.money import take
from tests.model.papers import Entry, Prices, Revocation, Share, Terms
from tests.model.refused import require
from tests.model.signatures import Signature, require_before, require_signed
from tests.model.twins import known_twin
from tests.model.world import License, Twin, World

__all__ = ["accept", "book", "revoke"]

DAY = 86_400
FIVE_YEARS = 1_827 * DAY
LAST_SECOND = 2**40 - 1
WHOLE_BPS = 10_000
MOST_SHARES = 15
CATEGORIES = 32


def accept(
    world: World,
    terms: Terms,
    signature: Signature | None,
    deposit: int,
    opening: tuple[Entry, ...],
) -> None:
    """By the named licensee, from an offer that the owner signed; it pays the deposit itself."""
    require(terms.scope.card == 0, "CardDiffers", terms.scope.card, 0)
    start = _check_terms(world, terms, deposit)

    # Money first, so that what a hostile currency changes meanwhile is seen (law 12).
    take(world, terms.pay.currency, deposit)

    id = _id_of(world, terms)
    twin = _check_owner(world, terms, id, id, signature)
    _check_policy(world, terms, twin)
    _grant(world, id, terms, start, deposit, opening, is_booking=False)


def book(
    world: World,
    terms: Terms,
    prices: Prices,
    signature: Signature | None,
    deposit: int,
    opening: tuple[Entry, ...],
) -> None:
    """By whoever the card is for, at exactly what the card gives."""
    start = _check_terms(world, terms, deposit)
    _check_prices(world, terms, prices, start)

    take(world, terms.pay.currency, deposit)

    card = card_digest(world.licenses_place, terms, prices)
    require(terms.scope.card == card, "CardDiffers", terms.scope.card, card)
    id = _id_of(world, terms)
    twin = _check_owner(world, terms, id, card, signature)
    is_good = prices.serial >= twin.least_serial  # law 3
    require(is_good, "SerialTooLow", prices.serial, twin.least_serial)
    _check_policy(world, terms, twin)
    _grant(world, id, terms, start, deposit, opening, is_booking=True)


def _check_terms(world: World, terms: Terms, deposit: int) -> int:
    """What can be said of terms by themselves. Returns the start."""
    scope, pay = terms.scope, terms.pay
    start = scope.start or world.now  # law 6: 0 is the second of the grant

    require(world.sender == scope.licensee, "NotLicensee", world.sender, scope.licensee)  # law 10
    require(world.now < scope.valid_until, "TermsExpired", scope.valid_until)  # law 5
    require(start >= world.now, "StartInPast", start)  # law 6
    is_term = 0 < pay.term <= FIVE_YEARS and start + pay.term <= LAST_SECOND  # law 6
    require(is_term, "TermOutOfRange", pay.term)
    require(bool(scope.uses and scope.markets and pay.quota), "NothingGranted")
    require(pay.committed <= pay.fee, "CommittedOverFee", pay.committed, pay.fee)  # law 14
    least = pay.fee if scope.exclusive else pay.committed
    require(least <= deposit <= pay.fee, "DepositOutOfRange", deposit, least, pay.fee)  # law 14
    return start


def _check_prices(world: World, terms: Terms, prices: Prices, start: int) -> None:
    """What a booker chooses must be on sale, and the fee what it gives (law 5)."""
    pay, latest = terms.pay, terms.scope.valid_until
    days, rest = divmod(pay.term, DAY)
    earliest = world.now + prices.lead_time  # law 6

    is_for_sender = prices.licensee in (0, world.sender)
    require(is_for_sender, "CardNotForSender", prices.licensee)
    is_sold = rest == 0 and prices.min_days <= days <= prices.max_days
    require(is_sold, "DaysOutOfRange", pay.term, prices.min_days, prices.max_days)
    require(pay.quota <= prices.max_quota, "QuotaOverCard", pay.quota, prices.max_quota)
    require(earliest <= start <= latest, "StartNotSold", start, earliest, latest)
    quoted = quote(terms.scope, pay, prices)
    require(pay.fee == quoted, "FeeNotQuoted", pay.fee, quoted)


def _check_owner(
    world: World, terms: Terms, id: int, digest: int, signature: Signature | None
) -> Twin:
    """Once, of the present epoch, not withdrawn, signed by whoever owns the twin (laws 3, 5)."""
    twin_id = terms.pay.twin_id
    twin = known_twin(world, twin_id)
    require(id not in world.licenses, "LicenseExists", id)
    require(terms.scope.epoch == twin.epoch, "EpochWrong", terms.scope.epoch, twin.epoch)
    require((twin_id, digest) not in world.revoked, "SignatureRevoked", digest)
    require_signed(world, twin.owner, digest, signature)
    return twin


def _check_policy(world: World, terms: Terms, twin: Twin) -> None:
    """Read at each grant, also against what she signs by mistake (law 4)."""
    scope = terms.scope
    others = _sum_shares(world, terms.shares)
    off_limits = scope.uses & ~twin.uses

    require(off_limits == 0, "UsesOffLimits", off_limits)
    is_allowed = scope.category < CATEGORIES and bool(twin.categories >> scope.category & 1)
    require(is_allowed, "CategoryOffLimits", scope.category)
    require(others <= WHOLE_BPS, "SharesOverWhole", others)
    left = WHOLE_BPS - others
    require(left >= twin.least_owner_bps, "OwnerShareTooLow", left, twin.least_owner_bps)


def _sum_shares(world: World, shares: tuple[Share, ...]) -> int:
    """At most 15 others, each once, each with a part (law 15)."""
    require(len(shares) <= MOST_SHARES, "SharesTooMany", len(shares))
    payees = {0, world.here}
    for share in shares:
        require(share.payee not in payees and share.bps != 0, "PayeeInvalid", share.payee)
        payees.add(share.payee)
    return sum(share.bps for share in shares)


def _grant(
    world: World,
    id: int,
    terms: Terms,
    start: int,
    deposit: int,
    opening: tuple[Entry, ...],
    *,
    is_booking: bool,
) -> None:
    scope, end = terms.scope, start + terms.pay.term
    entry = Entry(id, start, end, scope.uses, scope.markets)
    places = BOOKED_PLACES if is_booking else PLACES
    enter(world, terms, entry, places, opening)  # law 8

    world.licenses[id] = License(terms, start, end, is_booking, paid_in=deposit)
    if scope.markets not in world.market_sets:
        world.market_sets += (scope.markets,)


def revoke(world: World, paper: Revocation, signature: Signature | None) -> None:
    """Kills one offer or card, of her own twin only (law 3)."""
    require_before(world, paper.deadline)
    owner = known_twin(world, paper.twin_id).owner
    digest = signing_digest(world.licenses_place, hash_struct(paper))
    require_signed(world, owner, digest, signature)

    world.revoked.add((paper.twin_id, paper.digest))


def _id_of(world: World, terms: Terms) -> int:
    parts = (hash_scope(terms.scope), terms.pay, hash_shares(terms.shares))
    return license_id(world.licenses_place, *parts)
