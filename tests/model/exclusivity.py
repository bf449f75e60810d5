"""Licenses of different licensees never overlap if one of them is exclusive (law 8)."""

from __future__ import annotations

from tests.model.papers import Entry, Terms
from tests.model.refused import require
from tests.model.world import Book, World

__all__ = ["BOOKED_PLACES", "PLACES", "enter"]

PLACES = 8
BOOKED_PLACES = 4
"""Bookings fill at most half of the places, so that a card never keeps an offer out."""


def enter(
    world: World, terms: Terms, entry: Entry, places: int, opening: tuple[Entry, ...]
) -> None:
    """Write a grant into the book of its twin and category, if it conflicts with nothing."""
    twin_id, category = where = terms.pay.twin_id, terms.scope.category
    book = world.books.get(where, Book())
    entries, exclusives = book.entries, book.exclusives

    if terms.scope.exclusive:
        # Whoever buys exclusively hands in every grant, and is checked against each by its license.
        _refuse_conflict(world, terms, entry, [other for other in opening if other.end > world.now])
        require(opening == entries, "OpeningStale", twin_id, category)
        exclusives = _without_ended(world, exclusives)
        require(len(exclusives) < places, "ExclusivesFull", twin_id, category)
        entries = tuple(other for other in entries if other.end > world.now)
        exclusives = (*exclusives, entry.license_id)
    else:
        _refuse_conflict(world, terms, entry, [_as_granted(world, id) for id in exclusives])

    world.books[where] = Book((*entries, entry), exclusives)


def _refuse_conflict(world: World, terms: Terms, entry: Entry, others: list[Entry]) -> None:
    for other in others:
        shares_where = bool(other.uses & entry.uses and other.markets & entry.markets)
        is_met = shares_where and _meets(world, other.license_id, terms.scope.licensee, entry)
        require(not is_met, "ExclusivityConflict", other.license_id)


def _meets(world: World, other: int, licensee: int, entry: Entry) -> bool:
    """Another licensee's license, by its present end: what is past it conflicts with nothing."""
    license = world.licenses.get(other)
    if license is None or license.licensee == licensee:
        return False
    return max(license.start, entry.start) < min(license.end, entry.end)


def _as_granted(world: World, id: int) -> Entry:
    scope, start = world.licenses[id].terms.scope, world.licenses[id].start
    return Entry(id, start, start + world.licenses[id].pay.term, scope.uses, scope.markets)


def _without_ended(world: World, ids: tuple[int, ...]) -> tuple[int, ...]:
    """The places of those that have ended are taken by the last."""
    left = list(ids)
    for place in reversed(range(len(left))):
        if world.licenses[left[place]].end <= world.now:
            left[place] = left[-1]
            left.pop()
    return tuple(left)
