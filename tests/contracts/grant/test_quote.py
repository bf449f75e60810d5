"""quote: what a card gives, held against the formula in plain Python (law 5)."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.contracts.grant.booking import amended
from tests.contracts.support.desk import DAY, ZERO
from tests.contracts.support.examples import given, some
from tests.contracts.support.reverts import reverts_with

MOST = 2**96 - 1
ALL_USES, ALL_MARKETS, ISO_MARKETS = 2**32 - 1, 2**256 - 1, 2**249 - 1

pytestmark = pytest.mark.law5


def price(scope, pay, prices):
    """The formula of the design: whole numbers, the part by time rounded up."""
    day_rate, image_rate, factor, use_rates, market_rates = (
        *prices[2:5],
        *prices[9:11],
    )
    use_weights: dict[int, int] = {}
    for use, weight in use_rates:
        use_weights.setdefault(use, weight)
    asked = [use for use in range(32) if scope[7] >> use & 1]
    groups = set()
    for market in (bit for bit in range(256) if scope[8] >> bit & 1):
        groups.add(next(n for n, (group, _) in enumerate(market_rates) if group >> market & 1))
    by_uses = sum(use_weights[use] for use in asked)
    by_markets = sum(market_rates[number][1] for number in groups)
    times = factor if scope[6] else 10_000
    product = day_rate * (pay[4] // DAY) * by_uses * by_markets * times
    return max(pay[3], -(-product // 10**12) + image_rate * pay[5])


def asked(desk, *, prices=None, **changes):
    """Scope, pay and prices of a question; nothing is committed unless it says so."""
    terms = desk.terms(**{"committed": 0} | changes)
    return terms[0], terms[1], desk.prices(**prices or {})


@pytest.mark.law8
@pytest.mark.refusal
def test_refuses_exclusivity_that_is_not_on_sale(desk):
    with reverts_with("ExclusiveNotSold"):
        desk.licenses.quote(*asked(desk, exclusive=True, prices={"exclusiveFactor": 0}))


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("uses", "unsold"), [(1 << 3, 1 << 3), (1 << 31, 1 << 31), (ALL_USES, ALL_USES - 0b111)]
)
def test_refuses_the_uses_that_are_not_listed(desk, uses, unsold):
    with reverts_with("UsesNotSold", unsold):
        desk.licenses.quote(*asked(desk, uses=uses))


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("unsold", [1, 1 << 104, 1 << 255, ISO_MARKETS - (0b1111 << 100)])
def test_refuses_the_markets_that_are_not_listed(desk, unsold):
    with reverts_with("MarketsNotSold", unsold):
        desk.licenses.quote(*asked(desk, markets=unsold | 1 << 101))


@pytest.mark.refusal
@pytest.mark.boundary
def test_an_empty_list_sells_nothing(desk):
    with reverts_with("UsesNotSold", 0b111):
        desk.licenses.quote(*asked(desk, prices={"uses": []}))


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("use", [32, 255])
def test_a_use_beyond_the_32_is_none(desk, use):
    with reverts_with("UsesNotSold", 1):
        desk.licenses.quote(*asked(desk, uses=1, prices={"uses": [(use, 10_000)]}))


@pytest.mark.boundary
@pytest.mark.parametrize(
    ("day_rate", "weight", "expected"),
    [(1, 10_000, 1), (1, 10_001, 2), (1, 1, 1), (1, 0, 0), (0, 2**32 - 1, 0), (3, 3_334, 2)],
)
def test_rounds_the_part_by_time_up(desk, day_rate, weight, expected):
    prices = {"dayRate": day_rate, "imageRate": 0, "uses": [(0, weight)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=DAY, prices=prices)) == expected


@pytest.mark.boundary
def test_rounds_once_and_not_each_day(desk):
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_001)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=100 * DAY, prices=prices)) == 101


@pytest.mark.boundary
def test_adds_images_after_rounding(desk):
    prices = {"dayRate": 1, "imageRate": 7, "uses": [(0, 1)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=DAY, quota=3, prices=prices)) == 22


@pytest.mark.boundary
@pytest.mark.parametrize(("floor", "expected"), [(0, 190), (189, 190), (190, 190), (191, 191)])
def test_never_falls_below_the_floor(desk, floor, expected):
    prices = {"dayRate": 10, "imageRate": 9, "uses": [(0, 10_000)]}
    question = asked(desk, uses=1, term=DAY, quota=20, committed=floor, prices=prices)
    assert desk.licenses.quote(*question) == expected


def test_a_market_belongs_to_the_first_group_that_lists_it(desk):
    groups = [(0b01, 10_000), (0b11, 30_000)]
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_000)], "markets": groups}
    prices_of = [
        desk.licenses.quote(*asked(desk, uses=1, term=DAY, markets=markets, prices=prices))
        for markets in (0b01, 0b10, 0b11)
    ]
    assert prices_of == [1, 3, 4]


def test_a_group_is_paid_whole_and_once(desk):
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_000)], "markets": [(0b111, 20_000)]}
    prices_of = {
        desk.licenses.quote(*asked(desk, uses=1, term=DAY, markets=markets, prices=prices))
        for markets in range(1, 8)
    }
    assert prices_of == {2}


def test_a_use_that_is_listed_twice_is_paid_once_by_its_first_weight(desk):
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 20_000), (0, 90_000)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=DAY, prices=prices)) == 2


@pytest.mark.boundary
def test_an_empty_group_costs_nothing(desk):
    prices = {"dayRate": 1, "imageRate": 0, "markets": [(0, 2**32 - 1), (ALL_MARKETS, 10_000)]}
    prices["uses"] = [(0, 10_000)]
    assert desk.licenses.quote(*asked(desk, uses=1, term=DAY, prices=prices)) == 1


@pytest.mark.boundary
@pytest.mark.parametrize("markets", [ISO_MARKETS, ALL_MARKETS])
def test_sells_all_249_countries_in_one_group(desk, markets):
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_000)], "markets": [(markets, 50_000)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=DAY, markets=markets, prices=prices)) == 5


@pytest.mark.boundary
def test_sells_all_249_countries_each_by_itself(desk):
    groups = [(1 << bit, 10_000) for bit in range(249)]
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_000)], "markets": groups}
    question = asked(desk, uses=1, term=DAY, markets=ISO_MARKETS, prices=prices)
    assert desk.licenses.quote(*question) == 249


@pytest.mark.boundary
def test_the_greatest_card_overflows_nothing(desk):
    prices = {
        "dayRate": MOST,
        "imageRate": MOST,
        "exclusiveFactor": 2**32 - 1,
        "uses": [(use, 2**32 - 1) for use in range(32)],
        "markets": [(1 << bit, 2**32 - 1) for bit in range(256)],
    }
    question = asked(
        desk,
        exclusive=True,
        uses=ALL_USES,
        markets=ALL_MARKETS,
        term=2**32 - 1,
        quota=2**32 - 1,
        committed=MOST,
        prices=prices,
    )
    assert desk.licenses.quote(*question) == price(*question)


@pytest.mark.boundary
def test_a_part_of_a_day_is_not_counted(desk):
    prices = {"dayRate": 1, "imageRate": 0, "uses": [(0, 10_000)]}
    assert desk.licenses.quote(*asked(desk, uses=1, term=2 * DAY - 1, prices=prices)) == 1


@pytest.mark.parametrize("field", ["licensee", "start", "category", "notice", "validUntil", "ref"])
def test_depends_on_nothing_else(desk, field, rival):
    scope, pay, prices = asked(desk)
    value = {"licensee": rival.address, "ref": b"r" * 32}.get(field, 1)
    other = amended((scope, pay, []), **{field: value})
    assert desk.licenses.quote(*other[:2], prices) == desk.licenses.quote(scope, pay, prices)


def test_does_not_ask_who_asks(desk, stranger):
    question = asked(desk)
    assert desk.licenses.quote(*question, {"from": stranger}) == price(*question)


def amounts(bits):
    """Numbers of all lengths, with the ends and the round ones."""
    return st.one_of(
        st.integers(0, 3),
        st.integers(0, 2**bits - 1),
        st.sampled_from([10_000 % 2**bits, 2**bits - 1]),
    )


@st.composite
def questions(draw):
    """Any card, and any uses and markets that it sells."""
    uses = draw(st.lists(st.tuples(st.integers(0, 31), amounts(32)), min_size=1, max_size=12))
    groups = st.integers(1, 2**8 - 1) | st.integers(1, ALL_MARKETS)
    markets = draw(st.lists(st.tuples(groups, amounts(32)), min_size=1, max_size=6))
    sold_uses, sold_markets = sum(1 << use for use in {use for use, _ in uses}), 0
    for group, _ in markets:
        sold_markets |= group
    asked_uses = draw(st.integers(1, ALL_USES)) & sold_uses or sold_uses
    asked_markets = draw(st.integers(1, ALL_MARKETS)) & sold_markets or sold_markets
    factor = draw(amounts(32))
    exclusive = factor != 0 and draw(st.booleans())
    scope = [bytes(32), ZERO, 0, 0, 0, 0, exclusive, asked_uses, asked_markets, 0, *[bytes(32)] * 3]
    term = draw(st.integers(0, 2**32 - 1))
    pay = [1, ZERO, draw(amounts(96)), draw(amounts(96)), term, draw(amounts(32))]
    prices = [ZERO, 0, draw(amounts(96)), draw(amounts(96)), factor, 0, 0, 0, 0, uses, markets]
    return scope, pay, prices


@some(200)
@given(question=questions())
def test_is_the_formula(deployed, question):
    assert deployed.licenses.quote(*question) == price(*question)
