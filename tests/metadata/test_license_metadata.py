"""What wallets show of a license: state, days, bar, uses, markets, money, and nothing harmful."""

from __future__ import annotations

from datetime import datetime, timezone
from random import Random

import pytest

from tests.metadata.drawn import DAY, SVG
from twinrights import words

MOST = {name: 2**bits - 1 for name, bits in (("imagesLeft", 32), ("batches", 24), ("uses", 32))}
EXTREMES = {
    "all zero": {
        "licensee": "0x" + "0" * 40,
        **dict.fromkeys(("start", "end", "paidThrough", "deposited", "collected"), 0),
        **dict.fromkeys(("imagesLeft", "uses", "markets", "batches"), 0),
    },
    "all ones": {
        **dict.fromkeys(("start", "end", "paidThrough"), 2**40 - 1),
        **dict.fromkeys(("deposited", "collected"), 2**96 - 1),
        **MOST,
        "markets": 2**256 - 1,
        "head": b"\xff" * 32,
        **dict.fromkeys(("isBooking", "isNoticed", "isSettled"), True),
    },
    "the longest term": {"start": 0, "end": 2**40 - 1, "paidThrough": 2**39},
    "an end before the start": {"start": 2**40 - 1, "end": 0, "paidThrough": 2**40 - 1},
    "more collected than deposited": {"deposited": 1, "collected": 2**96 - 1},
    "only unknown words": {"uses": 0xFFF << 20, "markets": 0x7F << 249},
}


def day_of(time: int) -> str:
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%d")


@pytest.mark.law7
@pytest.mark.parametrize(
    ("state", "caption", "start", "end", "paid", "settled"),
    [
        ("not started", "Starts", 10, 40, 40, False),
        ("not started", "Never began", 10, 5, 40, False),
        ("live", "Live through", -10, 40, 40, False),
        ("live", "Live through", -10, 40, 20, False),
        ("unpaid", "Unpaid since", -10, 40, -5, False),
        ("unpaid", "Unpaid since", -10, 40, -10, False),
        ("ended", "Ended, last day", -40, -10, -10, False),
        ("ended", "Ended, last day", -40, -10, -20, False),
        ("ended", "Never began", 10, -5, 40, False),
        ("settled", "Ended, last day", -40, -10, -10, True),
        ("settled", "Never began", 10, -5, 40, True),
    ],
)
def test_tells_where_it_is_in_its_life(drawing, state, caption, start, end, paid, settled):
    at = drawing.now()
    times = {"start": at + start * DAY, "end": at + end * DAY, "paidThrough": at + paid * DAY}
    told = drawing.license(**times, isSettled=settled)
    day = {
        "Starts": day_of(times["start"]),
        "Never began": day_of(times["end"]),
        "Live through": day_of(min(times["end"], times["paidThrough"]) - 1),
        "Unpaid since": day_of(times["paidThrough"]),
        "Ended, last day": day_of(times["end"] - 1),
    }[caption]
    assert told.trait("State") == state
    assert state in told.words
    assert told.words[told.words.index(caption) - 2 : told.words.index(caption)] == [day, "LICENSE"]


@pytest.mark.law6
@pytest.mark.boundary
def test_through_is_the_last_day_that_is_included(drawing):
    april = int(datetime(2031, 4, 1, tzinfo=timezone.utc).timestamp())
    assert drawing.license(end=april).trait("Last day") == "2031-03-31"
    assert drawing.license(end=april + 1).trait("Last day") == "2031-04-01"
    assert "through 2031-03-31" in drawing.license(end=april).words


@pytest.mark.law14
@pytest.mark.boundary
def test_paid_through_is_the_last_day_that_is_paid(drawing):
    april = int(datetime(2031, 4, 1, tzinfo=timezone.utc).timestamp())
    told = drawing.license(end=april + 30 * DAY, paidThrough=april)
    assert told.trait("Last paid day") == "2031-03-31"
    assert "paid through 2031-03-31" in told.words


@pytest.mark.law14
@pytest.mark.parametrize(("paid", "told"), [(-30, "nothing paid"), (60, "paid to the end")])
def test_tells_when_nothing_and_when_all_is_paid(drawing, paid, told):
    at = drawing.now()
    times = {"start": at - 30 * DAY, "end": at + 60 * DAY, "paidThrough": at + paid * DAY}
    assert told in drawing.license(**times).words


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize(("hour", "day"), [(0, "2029-12-31"), (12, "2030-01-01")])
def test_the_last_paid_day_where_nothing_is_paid_is_that_of_the_second_before(drawing, hour, day):
    start = 1_893_456_000 + hour * 3_600
    told = drawing.license(start=start, end=start + 60 * DAY, paidThrough=start)
    assert told.trait("Last paid day") == day


@pytest.mark.parametrize(
    ("time", "day"),
    [
        (0, "1970-01-01"),
        (951_782_399, "2000-02-28"),
        (951_782_400, "2000-02-29"),
        (1_709_164_800, "2024-02-29"),
        (4_107_542_400, "2100-03-01"),
        (2**40 - 1, "36812-02-20"),
    ],
)
def test_tells_the_days_of_the_calendar(drawing, time, day):
    assert drawing.license(start=time).trait("First day") == day


def test_gives_the_times_as_dates_to_those_who_count(drawing):
    told = drawing.license(start=5, end=2**40 - 1, paidThrough=77)
    dates = [t for t in told.metadata["attributes"] if t.get("display_type") == "date"]
    assert [(t["trait_type"], t["value"]) for t in dates] == [
        ("Start", 5),
        ("End", 2**40 - 1),
        ("Paid through", 77),
    ]


@pytest.mark.parametrize("use", range(32))
def test_names_each_use_as_the_client_does(drawing, use):
    told = drawing.license(uses=1 << use)
    assert told.traits("Use") == words.use_labels(1 << use)
    assert words.use_labels(1 << use)[0] in told.words


def test_names_all_uses_at_once(drawing):
    assert drawing.license(uses=2**32 - 1).traits("Use") == words.use_labels(2**32 - 1)


def test_tells_that_there_is_no_use(drawing):
    told = drawing.license(uses=0)
    assert told.traits("Use") == []
    assert {"Uses (0)", "none"} <= set(told.words)


def test_names_each_market_by_its_code(drawing):
    for place in range(0, 256, 8):
        mask = 0xFF << place
        assert drawing.license(markets=mask).trait("Markets").split() == words.market_names(mask)


def test_names_all_markets_at_once(drawing):
    told = drawing.license(markets=2**256 - 1)
    assert told.trait("Markets").split() == words.market_names(2**256 - 1)
    assert told.traits("Market group") == []


@pytest.mark.parametrize("group", words.market_group_list(), ids=lambda group: group.slug)
def test_names_a_group_where_the_markets_are_exactly_it(drawing, group):
    mask = words.market_groups()[group.slug]
    told = drawing.license(markets=mask)
    assert told.trait("Market group") == group.english
    assert {group.english, f"Markets ({mask.bit_count()})"} <= set(told.words)
    assert told.trait("Markets").split() == words.market_names(mask)


@pytest.mark.parametrize("group", words.market_group_list(), ids=lambda group: group.slug)
def test_names_no_group_where_one_market_is_missing_or_more(drawing, group):
    mask = words.market_groups()[group.slug]
    others = set(words.market_groups().values())
    for other in {mask & (mask - 1), mask | 1 << 250} - others:
        assert drawing.license(markets=other).traits("Market group") == []


@pytest.mark.parametrize("mask", [0xAAAAAAAA, 0xFFFFF, 2**32 - 1, 0x7F, 0b1011 << 15, 1 << 31])
def test_counts_what_does_not_fit_the_picture(drawing, mask):
    told = drawing.license(uses=mask)
    lines = [text.text for text in told.picture.iter(f"{SVG}text") if 240 < y_of(text) < 290]
    listed, _, more = " ".join(lines).partition(", +")
    names = words.use_labels(mask)
    assert len(lines) == 3 if more else len(lines) <= 3
    assert listed.split(", ") == names[: len(listed.split(", "))]
    assert len(listed.split(", ")) + int(more.removesuffix(" more") or 0) == len(names)


def test_each_line_holds_as_many_words_as_fit(drawing):
    for mask in Random(1).sample(range(1, 2**20), 60):
        told = drawing.license(uses=mask)
        lines = [text.text for text in told.picture.iter(f"{SVG}text") if 240 < y_of(text) < 290]
        rest = words.use_labels(mask)
        for number, line in enumerate(lines, 1):
            held, rest = filled(rest, is_last=number == 3)
            tail = "" if not rest else f", +{len(rest)} more" if number == 3 else ","
            assert line == ", ".join(held) + tail


def filled(names, *, is_last):
    """The names of one line of 42 letters, up to the first that does not fit, and the others."""
    held = 1
    for count in range(2, len(names) + 1):
        room = 42 if count == len(names) else 42 - len(", +249 more") if is_last else 41
        if len(", ".join(names[:count])) > room:
            break
        held = count
    return names[:held], names[held:]


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_no_line_is_longer_than_the_card_is_wide(drawing, changes):
    for text in drawing.license(**changes).picture.iter(f"{SVG}text"):
        assert len(text.text) <= 42


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("license_id", [0, 1, 2**256 - 1])
def test_is_well_formed_and_inert_for_any_state(drawing, license_id, changes):
    told = drawing.license(license_id, **changes)
    assert {element.tag.removeprefix(SVG) for element in told.picture.iter()} == {
        *("svg", "title", "rect", "circle", "path", "g", "text")
    }
    names = {name for element in told.picture.iter() for name in element.attrib}
    assert not [name for name in names if "href" in name or name.startswith("on")]
    assert "url(" not in told.svg
    assert told.svg.count("http") == 1  # the name of the SVG language


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_has_what_erc_721_asks_for_and_traits_that_can_be_read(drawing, changes):
    told = drawing.license(**changes).metadata
    assert list(told) == ["name", "description", "image", "attributes"]
    for trait in told["attributes"]:
        kind = ["display_type"] if isinstance(trait["value"], int) else []
        assert list(trait) == [*kind, "trait_type", "value"]


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_the_bar_stays_inside_the_card(drawing, changes):
    for bar in drawing.license(**changes).picture.iter(f"{SVG}rect"):
        if bar.get("y") == "146":
            assert 0 <= int(bar.get("width")) <= 302


def test_the_bar_is_as_long_as_the_part_that_is_paid_and_passed(drawing):
    at = drawing.now()
    told = drawing.license(start=at - 30 * DAY, end=at + 60 * DAY, paidThrough=at + 15 * DAY)
    bars = [int(r.get("width")) for r in told.picture.iter(f"{SVG}rect") if r.get("y") == "146"]
    assert bars == [302, 302 * 45 // 90, 302 * 30 // 90]


@pytest.mark.law12
def test_tells_the_money_to_the_unit(drawing):
    told = drawing.license(deposited=2**96 - 1, collected=2**95)
    assert told.trait("Deposited") == str(2**96 - 1)
    assert told.trait("Collected") == str(2**95)
    assert "50 % of the deposit" in told.words


def test_tells_that_all_is_paid_out(drawing):
    assert "all of the deposit" in drawing.license(deposited=7, collected=7).words


def test_tells_that_nothing_is_deposited(drawing):
    assert "nothing deposited" in drawing.license(deposited=0, collected=0).words


def test_tells_what_is_left_and_recorded(drawing):
    head = bytes(range(32))
    told = drawing.license(imagesLeft=2**32 - 1, batches=2**24 - 1, head=head)
    assert (told.trait("Images left"), told.trait("Usage batches")) == (2**32 - 1, 2**24 - 1)
    assert told.trait("Usage head") == "0x" + head.hex()
    assert str(2**32 - 1) in told.words


@pytest.mark.parametrize(
    ("booking", "noticed", "origin", "notice", "word"),
    [
        (False, False, "offer", "no", "from an offer"),
        (True, False, "rate card", "no", "from a rate card"),
        (True, True, "rate card", "yes", "notice given"),
    ],
)
def test_tells_where_it_comes_from_and_that_notice_was_given(
    drawing, booking, noticed, origin, notice, word
):
    told = drawing.license(isBooking=booking, isNoticed=noticed)
    assert (told.trait("Origin"), told.trait("Notice given")) == (origin, notice)
    assert word in told.words


def test_names_itself_and_its_holder(drawing):
    told = drawing.license(2**255 + 0xABC)
    assert told.metadata["name"] == "License 0x80000000…00000abc"
    assert told.trait("License") == f"0x{2**255 + 0xABC:064x}"
    assert told.trait("Licensee") == "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
    assert {"0x80000000…00000abc", "0x709979…dc79C8"} <= set(told.words)


def test_says_what_it_is(drawing):
    assert drawing.license().metadata["description"] == (
        "A license to publish images of a digital twin in these uses and markets, for a time. Live "
        "once it has started, while it has not ended and is paid through. Not transferable. Days "
        "are UTC, and through a day includes that day: the last one is that of the second before "
        "the end. As numbers, Start is the first licensed second, End and Paid through are the "
        "first seconds no longer licensed or paid. Amounts are in the smallest unit of the "
        "currency of its terms."
    )


def test_says_when_it_was_drawn(drawing):
    soon = [datetime.fromtimestamp(drawing.now() + late, timezone.utc) for late in (0, 60)]
    shown = drawing.license().trait("State at")
    assert shown in [f"{minute:%Y-%m-%d %H:%M} UTC" for minute in soon]
    assert f"now {day_of(drawing.now())}" in drawing.license().words


def y_of(text) -> int:
    return int(text.get("y"))
