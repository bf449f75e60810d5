"""isLive: started, not ended, and paid for (law 7)."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with


@pytest.mark.law7
@pytest.mark.refusal
def test_does_not_answer_for_the_past(desk, lone):
    wait_until(lone.start + DAY)

    with reverts_with("AtInPast", lone.start + DAY - 1):
        desk.licenses.isLive(lone.id, lone.start + DAY - 1)


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize("license_id", [0, 7, 2**256 - 1])
@pytest.mark.parametrize("at", [0, 2**40 - 1])
def test_an_unknown_license_is_not(desk, license_id, at):
    assert not desk.licenses.isLive(license_id, at)


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("second", "live"),
    [
        (-1, False),
        (0, True),
        (1, True),
        (10 * DAY - 1, True),
        (10 * DAY, False),
        (90 * DAY - 1, False),
        (90 * DAY, False),
    ],
)
def test_by_the_second(desk, second, live):
    part = desk.accept(start=now() + DAY, deposit=1_000 * desk.unit)

    assert desk.licenses.isLive(part.id, part.start + second) is live
    wait_until(part.start + second)
    assert desk.licenses.isLive(part.id, 0) is live


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(("second", "live"), [(90 * DAY - 1, True), (90 * DAY, False)])
def test_of_a_license_that_is_paid_whole(desk, lone, second, live):
    assert desk.licenses.isLive(lone.id, lone.start + second) is live


@pytest.mark.law7
def test_is_again_after_a_late_top_up(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    wait_until(part.start + 20 * DAY)
    assert not desk.licenses.isLive(part.id, 0)
    part.top_up(part.fee)

    assert desk.licenses.isLive(part.id, 0)


@pytest.mark.law7
@pytest.mark.law9
def test_is_not_after_a_surrender(desk, lone):
    lone.surrender()

    assert not desk.licenses.isLive(lone.id, 0)


@pytest.mark.law6
@pytest.mark.law7
def test_is_not_after_a_declining(desk):
    booking = desk.book()
    booking.decline()

    assert not desk.licenses.isLive(booking.id, booking.start)


@pytest.mark.law7
def test_does_not_ask_for_images(desk, lone):
    """A license whose images are used up is live all the same."""
    lone.record(images=100)

    assert desk.licenses.isLive(lone.id, 0)


@pytest.mark.law7
@pytest.mark.boundary
def test_of_a_term_of_one_second(desk):
    blink = desk.accept(term=1, start=now() + DAY)

    assert desk.licenses.isLive(blink.id, blink.start)
    assert not desk.licenses.isLive(blink.id, blink.start - 1)
    assert not desk.licenses.isLive(blink.id, blink.start + 1)


@pytest.mark.law7
@pytest.mark.boundary
def test_of_a_license_without_a_fee_for_its_whole_term(desk):
    free = desk.accept(fee=0, committed=0)

    assert desk.licenses.isLive(free.id, free.end - 1)
