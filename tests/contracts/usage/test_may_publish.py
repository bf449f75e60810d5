"""mayPublish: the first reason that applies; declaring refuses exactly when it says no (law 11)."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, MARKETS, USES, ZERO
from tests.contracts.support.reverts import reverts_with

NONE, UNKNOWN, NOT_YOURS, NOT_STARTED, ENDED, UNPAID, USE, MARKET, IMAGES = range(9)
DAY_10 = 10 * DAY
MOST_TIME = 2**40 - 1

BAD = {
    "who": {"who": "stranger"},
    "use": {"uses": 1 << 20},
    "market": {"markets": 1},
    "images": {"images": 0},
}
REASONS = {"who": NOT_YOURS, "use": USE, "market": MARKET, "images": IMAGES}


@pytest.fixture
def part(desk):
    """Starts in a day, for ninety days, of which ten are paid: eleven images."""
    return desk.accept(start=now() + DAY, deposit=1_000 * desk.unit)


def ask(desk, license, who="hm", **asked):
    return license.may_publish(who=getattr(desk, who), **asked)


@pytest.mark.law11
@pytest.mark.refusal
@pytest.mark.parametrize("back", [1, DAY])
def test_does_not_answer_for_the_past(desk, lone, back):
    wait_until(lone.start + 2 * DAY)
    at = lone.start + 2 * DAY - back

    with reverts_with("AtInPast", at):
        lone.may_publish(at=at)


@pytest.mark.law11
@pytest.mark.refusal
def test_does_not_answer_for_the_past_of_no_license(desk):
    with reverts_with("AtInPast", 1):
        desk.licenses.mayPublish(7, desk.hm, 1, 1, 1, 1)


@pytest.mark.law11
@pytest.mark.boundary
@pytest.mark.parametrize("license_id", [0, 7, 2**256 - 1])
def test_an_unknown_license_comes_first(desk, license_id):
    assert desk.licenses.mayPublish(license_id, ZERO, 0, 0, 0, 0) == UNKNOWN


@pytest.mark.law11
@pytest.mark.parametrize("who", ["rival", "model", "agency", "photographer", "stranger", "relay"])
def test_it_is_nobodys_but_the_licensees(desk, lone, who):
    assert ask(desk, lone, who) == NOT_YOURS


@pytest.mark.law11
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (-DAY, NOT_STARTED),
        (-1, NOT_STARTED),
        (0, NONE),
        (1, NONE),
        (DAY_10 - 1, NONE),
        (DAY_10, UNPAID),
        (90 * DAY - 1, UNPAID),
        (90 * DAY, ENDED),
        (90 * DAY + 1, ENDED),
    ],
)
@pytest.mark.boundary
def test_by_the_second(part, second, reason):
    assert part.may_publish(at=part.start + second) == reason


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.boundary
@pytest.mark.parametrize("second", [-1, 0, DAY_10 - 1, DAY_10, 90 * DAY - 1, 90 * DAY])
def test_says_in_that_second_what_it_said_before(part, second):
    before = part.may_publish(at=part.start + second)
    wait_until(part.start + second)

    assert part.may_publish() == before
    assert part.may_publish(at=part.start + second) == before


@pytest.mark.law11
@pytest.mark.boundary
def test_answers_for_the_last_second_there_is(part):
    assert part.may_publish(at=MOST_TIME) == ENDED


@pytest.mark.law7
@pytest.mark.law11
def test_an_end_that_has_come_is_said_before_what_is_unpaid(desk, part):
    """A license that lapsed and then ended has ended."""
    part.give_notice()

    assert part.may_publish(at=part.start + 30 * DAY) == ENDED


@pytest.mark.law11
@pytest.mark.parametrize("uses", [1, 2, 4, USES])
def test_any_of_the_uses_granted_will_do(lone, uses):
    assert lone.may_publish(uses=uses) == NONE


@pytest.mark.law11
@pytest.mark.boundary
@pytest.mark.parametrize("uses", [0, USES + 1, USES | 1 << 31, 2**32 - 1])
def test_no_use_and_any_other_use_are_a_no(lone, uses):
    assert lone.may_publish(uses=uses) == USE


@pytest.mark.law11
@pytest.mark.parametrize("markets", [1 << 100, 1 << 103, MARKETS])
def test_any_of_the_markets_granted_will_do(lone, markets):
    assert lone.may_publish(markets=markets) == NONE


@pytest.mark.law11
@pytest.mark.boundary
@pytest.mark.parametrize("markets", [0, 1, MARKETS | 1 << 99, 1 << 255, 2**256 - 1])
def test_no_market_and_any_other_market_are_a_no(lone, markets):
    assert lone.may_publish(markets=markets) == MARKET


@pytest.mark.law11
@pytest.mark.boundary
@pytest.mark.parametrize(("images", "reason"), [(0, 8), (1, 0), (11, 0), (12, 8), (2**32 - 1, 8)])
def test_no_images_and_more_than_are_open_are_a_no(part, images, reason):
    assert part.may_publish(images=images, at=part.start) == reason


@pytest.mark.law11
@pytest.mark.boundary
def test_every_use_and_every_market_can_be_granted(desk):
    twin = desk.mint("open", uses=2**32 - 1)
    world = desk.accept(uses=2**32 - 1, markets=2**256 - 1, twinId=twin)

    assert world.may_publish(uses=2**32 - 1, markets=2**256 - 1) == NONE


@pytest.mark.law11
@pytest.mark.refusal
@pytest.mark.parametrize("second", [-1, DAY_10, 90 * DAY], ids=["early", "unpaid", "over"])
@pytest.mark.parametrize("first", range(len(BAD)), ids=BAD)
def test_reasons_come_in_their_order(desk, part, second, first):
    """Everything from `first` on is wrong, and so is the time."""
    wrong = {key: value for bad in list(BAD)[first:] for key, value in BAD[bad].items()}
    time = {-1: NOT_STARTED, DAY_10: UNPAID, 90 * DAY: ENDED}[second]
    expected = NOT_YOURS if first == 0 else time

    assert ask(desk, part, **wrong, at=part.start + second) == expected


@pytest.mark.law11
@pytest.mark.parametrize("first", range(len(BAD)), ids=BAD)
def test_in_a_live_second_the_first_that_is_wrong_is_said(desk, lone, first):
    wrong = {key: value for bad in list(BAD)[first:] for key, value in BAD[bad].items()}

    assert ask(desk, lone, **wrong) == REASONS[list(BAD)[first]]


ASKED = {
    "all right": {},
    "all images": {"images": 11},
    "too many": {"images": 12},
    "none": {"images": 0},
    "all uses": {"uses": USES},
    "no use": {"uses": 0},
    "other use": {"uses": USES + 1},
    "all markets": {"markets": MARKETS},
    "no market": {"markets": 0},
    "other market": {"markets": MARKETS + 1},
    "stranger": {"who": "stranger"},
    "rival": {"who": "rival"},
    "reporter": {"who": "tool"},
    "stranger with everything wrong": {"who": "stranger", "uses": 0, "markets": 0, "images": 0},
    "everything wrong": {"uses": 0, "markets": 0, "images": 0},
    "market and images wrong": {"markets": 0, "images": 0},
}
SECONDS = {"before": -1, "start": 0, "last paid": DAY_10 - 1, "unpaid": DAY_10, "end": 90 * DAY}


@pytest.mark.law11
@pytest.mark.law19
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("second", SECONDS.values(), ids=SECONDS)
def test_declaring_refuses_exactly_when_the_answer_is_no(desk, part, second):
    """The table of all that can be asked: the answer, and what becomes of the batch."""
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
    wait_until(part.start + second)
    for asked in ASKED.values():
        reason = ask(desk, part, **asked)
        who = getattr(desk, asked.get("who", "hm"))
        declared = {key: value for key, value in asked.items() if key != "who"}
        snapshot = desk.snapshot()
        if reason == NONE:
            part.record(**declared, by=who)
            assert part.state.batches == 1
        else:
            with reverts_with("MayNotPublish", part.id, reason):
                part.record(**declared, by=who)
        desk.restore(snapshot)


@pytest.mark.law7
@pytest.mark.law11
def test_a_top_up_opens_seconds_and_images_again(desk, part):
    part.top_up(part.fee)

    assert part.may_publish(at=part.start + 50 * DAY, images=100) == NONE


@pytest.mark.law11
def test_a_batch_leaves_fewer_images(desk, lone):
    lone.record(images=60)

    assert lone.may_publish(images=40) == NONE
    assert lone.may_publish(images=41) == IMAGES
