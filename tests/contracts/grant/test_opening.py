"""The conflict book: what an exclusive buyer hands in, and how many it holds (law 8)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.grant.granting import grant
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.opening import chained, opening
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

MOST, MOST_BOOKED = 8, 4

pytestmark = pytest.mark.law8


@pytest.fixture
def three(desk, hm):
    """The entries of three licenses of H&M."""
    for days in (1, 2, 3):
        grant(desk, hm, term=days * DAY)
    return opening(desk)


def alone(desk, entries, who=None):
    """An exclusive license, with these entries handed in."""
    who = who or desk.hm
    return desk.accept(by=who, licensee=who.address, exclusive=True, opening=entries)


def filled(desk, count, way="offer", **changes):
    """So many exclusive licenses, each in a market of its own."""
    return [
        grant(desk, desk.hm, exclusive=True, way=way, **{"markets": 1 << 100 + number} | changes)
        for number in range(count)
    ]


# Entries that are not those of the book, made of its three.
ALTERED = {
    "none": lambda a, b, c: [],
    "the first is missing": lambda a, b, c: [b, c],
    "the second is missing": lambda a, b, c: [a, c],
    "the last is missing": lambda a, b, c: [a, b],
    "two are in another order": lambda a, b, c: [b, a, c],
    "one comes twice": lambda a, b, c: [a, b, c, c],
    "one is made up": lambda a, b, c: [a, b, c, (7, 1, 2, 1, 1)],
    "an ended one is made up": lambda a, b, c: [(7, 0, 1, 1, 1), a, b, c],
    "another id": lambda a, b, c: [a, (b[0] ^ 1, *b[1:]), c],
    "another start": lambda a, b, c: [a, (b[0], b[1] + 1, *b[2:]), c],
    "a later end": lambda a, b, c: [a, (*b[:2], b[2] + 1, *b[3:]), c],
    "an end that is past": lambda a, b, c: [a, (*b[:2], 0, *b[3:]), c],
    "no uses": lambda a, b, c: [a, (*b[:3], 0, b[4]), c],
    "no markets": lambda a, b, c: [a, (*b[:4], 0), c],
}


@pytest.mark.refusal
@pytest.mark.parametrize("how", list(ALTERED))
def test_refuses_entries_that_are_not_those_of_the_book(desk, three, how):
    with reverts_with("OpeningStale", desk.twin, 0):
        alone(desk, ALTERED[how](*three))


@pytest.mark.refusal
def test_hiding_an_entry_hides_no_conflict(desk, three, rival):
    with reverts_with("OpeningStale", desk.twin, 0):
        alone(desk, [], rival)


@pytest.mark.refusal
def test_shrinking_an_entry_hides_no_conflict(desk, three, rival):
    shrunk = [(*entry[:3], 0, 0) for entry in three]
    with reverts_with("OpeningStale", desk.twin, 0):
        alone(desk, shrunk, rival)


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_entries_where_nothing_was_granted(desk):
    with reverts_with("OpeningStale", desk.twin, 1):
        desk.accept(category=1, exclusive=True, opening=[(7, 1, 2, 1, 1)])


@pytest.mark.refusal
def test_a_grant_in_between_makes_the_entries_stale(desk, three, hm):
    grant(desk, hm)
    with reverts_with("OpeningStale", desk.twin, 0):
        alone(desk, three)


@pytest.mark.refusal
def test_the_entries_of_another_category_do_not_serve(desk, three, hm):
    grant(desk, hm, category=1)
    with reverts_with("OpeningStale", desk.twin, 1):
        desk.accept(category=1, exclusive=True, opening=three)


@pytest.mark.refusal
@pytest.mark.boundary
def test_entries_that_were_dropped_are_not_handed_in_again(desk, three, hm):
    wait_until(three[0][2])
    grant(desk, hm, exclusive=True)
    with reverts_with("OpeningStale", desk.twin, 0):
        alone(desk, [three[0], *opening(desk)])


@pytest.mark.refusal
def test_a_conflict_is_told_before_a_stale_opening(desk, three, rival):
    with reverts_with("ExclusivityConflict", three[0][0]):
        alone(desk, three[:1], rival)


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_ninth_exclusive_license(desk, hm):
    filled(desk, MOST)
    with reverts_with("ExclusivesFull", desk.twin, 0):
        grant(desk, hm, exclusive=True, markets=1)


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("way", ["offer", "booking"])
def test_refuses_a_fifth_exclusive_license_to_a_booking(desk, hm, way):
    filled(desk, MOST_BOOKED, way)
    with reverts_with("ExclusivesFull", desk.twin, 0):
        grant(desk, hm, exclusive=True, way="booking")


@pytest.mark.boundary
def test_bookings_leave_four_places_to_offers(desk, hm):
    filled(desk, MOST_BOOKED, "booking")
    filled(desk, MOST - MOST_BOOKED)
    assert len(desk.licenses.bookOf(desk.twin, 0)[1]) == MOST


@pytest.mark.boundary
def test_a_full_book_takes_others_that_are_not_exclusive(desk, rival):
    filled(desk, MOST)
    assert grant(desk, rival, markets=1).state.licensee == rival


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_full_book_is_searched_to_its_last_place(desk, rival, place):
    standing = filled(desk, MOST)[place]
    with reverts_with("ExclusivityConflict", standing.id):
        grant(desk, rival, markets=1 << 100 + place)


@pytest.mark.boundary
def test_another_category_has_a_book_of_its_own(desk, hm):
    filled(desk, MOST)
    assert grant(desk, hm, exclusive=True, category=1).state.licensee == hm


@pytest.mark.boundary
@pytest.mark.parametrize("place", [0, 3, 7])
def test_an_exclusive_license_that_was_surrendered_makes_place(desk, hm, place):
    held = filled(desk, MOST)
    held[place].surrender()
    ninth = grant(desk, hm, exclusive=True, markets=1)
    expected = {one.id for one in held} - {held[place].id} | {ninth.id}
    assert set(desk.licenses.bookOf(desk.twin, 0)[1]) == expected


@pytest.mark.boundary
def test_all_exclusive_licenses_that_have_ended_make_place_at_once(desk, hm):
    filled(desk, MOST, term=DAY)
    wait_until(now() + DAY)
    ninth = grant(desk, hm, exclusive=True)
    assert told(desk.licenses.bookOf(desk.twin, 0)[1]) == (ninth.id,)


@pytest.mark.refusal
@pytest.mark.boundary
def test_in_their_last_second_they_still_hold_their_places(desk, hm):
    filled(desk, MOST, term=DAY)
    wait_until(now() + DAY - 1)
    with reverts_with("ExclusivesFull", desk.twin, 0):
        grant(desk, hm, exclusive=True, start=now() + 1)


@pytest.mark.boundary
def test_an_exclusive_license_that_was_noticed_holds_its_place_to_its_end(desk, hm):
    held = filled(desk, MOST)
    held[0].give_notice()
    with reverts_with("ExclusivesFull", desk.twin, 0):
        grant(desk, hm, exclusive=True, markets=1)


@pytest.mark.boundary
def test_an_empty_book_is_opened_with_nothing(desk):
    assert alone(desk, []).state.licensee == desk.hm


def test_another_license_needs_no_entries(desk, three, rival):
    """What it hands in nevertheless is not looked at."""
    made_up = [(7, 1, 2, 1, 1)]
    assert desk.accept(by=rival, licensee=rival.address, opening=made_up).state.licensee == rival


def test_an_empty_book_tells_nothing(desk):
    assert told(desk.licenses.bookOf(desk.twin, 0)) == (0, ())


def test_the_book_is_the_chain_of_its_entries(desk, three):
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained(three)


def test_an_exclusive_license_is_entered_behind_the_others(desk, three):
    held = alone(desk, three)
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained([*three, held.entry])


@pytest.mark.boundary
@pytest.mark.parametrize(("second", "left"), [(-1, 3), (0, 2)])
def test_an_opening_drops_what_has_passed_its_end(desk, three, second, left):
    wait_until(three[0][2] + second)
    held = alone(desk, three)
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained([*three[3 - left :], held.entry])


@pytest.mark.boundary
@pytest.mark.parametrize("ended", [0, 1, 2])
def test_what_was_dropped_may_lie_anywhere(desk, hm, ended):
    for number in range(3):
        grant(desk, hm, term=DAY if number == ended else 9 * DAY)
    entries = opening(desk)
    wait_until(now() + DAY)
    held = alone(desk, entries)
    kept = [entry for number, entry in enumerate(entries) if number != ended]
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained([*kept, held.entry])


def test_an_early_end_leaves_the_entry_as_it_was_granted(desk, hm):
    held = grant(desk, hm)
    held.surrender()
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained([held.entry])


def test_a_booking_is_entered_like_an_offer(desk):
    held = booking(desk).send()
    assert desk.licenses.bookOf(desk.twin, 0)[0] == chained([held.entry])


def test_exclusive_licenses_are_told_in_the_book(desk):
    held = filled(desk, 3)
    assert told(desk.licenses.bookOf(desk.twin, 0)[1]) == tuple(one.id for one in held)


@pytest.mark.boundary
def test_twenty_licenses_are_opened_at_once(desk, hm, rival):
    for _ in range(20):
        grant(desk, hm)
    assert grant(desk, rival, exclusive=True, markets=1).state.licensee == rival
