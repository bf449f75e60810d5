"""Price, earned, covered and shares are the contract's to the unit; amounts are exact."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.client.deployed import deployed
from tests.client.grants import granted, record
from tests.client.samples import DAY, HM, TUSD, card, offer
from twinrights import words
from twinrights.errors import BadAmount, ExclusiveNotSold, MarketsNotSold, UsesNotSold
from twinrights.money import MOST, Currency, covered, earned, quote, split, split_between
from twinrights.terms import MarketRate, Share, UseRate
from twinrights.typed_data import (
    pay_abi,
    prices_abi,
    scope_abi,
    scope_hash,
    shares_hash,
)

WEIGHTS = st.integers(0, 2**32 - 1)
AMOUNTS = st.integers(0, MOST)
MASKS = st.integers(1, 2**256 - 1)
ASKED = {"days": 30, "uses": 0b11, "exclusive": False, "quota": 20}


def asked_of_the_chain(rates, *, days, uses, markets, exclusive, quota):
    terms = offer(
        uses=uses, markets=markets, exclusive=exclusive, quota=quota, term=days * DAY,
        committed=rates.floor,
    )  # fmt: skip
    view = deployed().licenses.functions.quote
    return view(scope_abi(terms.scope), pay_abi(terms.pay), prices_abi(rates)).call()


class TestQuote:
    def test_adds_weights_of_uses_and_market_groups_and_rounds_the_days_up(self):
        rates = card(
            day_rate=1, image_rate=0, floor=0,
            uses=(UseRate(0, 5_000), UseRate(1, 2_500)), markets=(MarketRate(1, 10_000),),
        )  # fmt: skip

        assert quote(rates, days=1, uses=0b11, markets=1, exclusive=False, quota=9) == 1
        assert quote(rates, days=2, uses=0b11, markets=1, exclusive=False, quota=9) == 2
        assert quote(rates, days=4, uses=0b11, markets=1, exclusive=False, quota=9) == 3

    def test_is_at_least_the_floor(self):
        rates = card(day_rate=1, image_rate=1, floor=50)

        assert quote(rates, markets=words.markets("SE"), **ASKED) == 50

    def test_counts_a_market_in_the_first_group_that_lists_it(self):
        rates = card(
            day_rate=10_000, image_rate=0, floor=0, uses=(UseRate(0, 10_000),),
            markets=(MarketRate(0b011, 10_000), MarketRate(0b110, 70_000)),
        )  # fmt: skip
        asked = {"days": 1, "uses": 1, "exclusive": False, "quota": 1}

        assert quote(rates, markets=0b010, **asked) == 10_000
        assert quote(rates, markets=0b100, **asked) == 70_000
        assert quote(rates, markets=0b110, **asked) == 80_000

    @settings(max_examples=60, deadline=None)
    @given(
        rates=st.builds(
            card,
            floor=AMOUNTS,
            day_rate=AMOUNTS,
            image_rate=AMOUNTS,
            exclusive_factor=st.integers(1, 2**32 - 1),
            uses=st.lists(st.builds(UseRate, st.integers(0, 255), WEIGHTS), max_size=40),
            markets=st.lists(st.builds(MarketRate, MASKS, WEIGHTS), max_size=6),
        ),
        days=st.integers(0, 49_710),
        exclusive=st.booleans(),
        quota=st.integers(0, 2**32 - 1),
        pick=st.integers(0, 2**256 - 1),
    )
    def test_is_what_the_contract_asks_whatever_the_card_says(
        self, rates, days, exclusive, quota, pick
    ):
        uses = sum({1 << rate.use for rate in rates.uses if rate.use < 32}) & pick
        markets = 0
        for rate in rates.markets:
            markets |= rate.markets & pick
        asked = {"days": days, "uses": uses, "exclusive": exclusive, "quota": quota}

        told = asked_of_the_chain(rates, markets=markets, **asked)
        assert quote(rates, markets=markets, **asked) == told

    @pytest.mark.refusal
    def test_refuses_uses_that_are_not_on_sale_and_names_them(self):
        with pytest.raises(UsesNotSold) as refused:
            quote(card(), **{**ASKED, "uses": 0b1_0000_0001}, markets=words.markets("SE"))
        assert refused.value.uses == 0b1_0000_0000

    @pytest.mark.refusal
    def test_refuses_markets_that_are_not_on_sale_and_names_them(self):
        nordic = card(markets=(MarketRate(words.markets("Nordics"), 10_000),))

        with pytest.raises(MarketsNotSold) as refused:
            quote(nordic, markets=words.markets("SE+JP"), **ASKED)
        assert refused.value.markets == words.markets("JP")

    @pytest.mark.refusal
    def test_refuses_exclusivity_that_is_not_on_sale(self):
        asked = {**ASKED, "exclusive": True, "markets": words.markets("SE")}

        with pytest.raises(ExclusiveNotSold):
            quote(card(exclusive_factor=0), **asked)


@cache
def odd_license(exclusive):
    """A license whose sums never come out even; half of its fee is paid unless it is exclusive."""
    terms = granted(
        offer(fee=9_999_999_997, committed=1_000_003, term=1_000_003, quota=7, start=0,
              exclusive=exclusive),
        deposit=None if exclusive else 4_999_999_999,
    )  # fmt: skip
    record(terms, images=2)
    return terms


@pytest.mark.law13
class TestEarned:
    @pytest.mark.parametrize("exclusive", [False, True])
    @settings(max_examples=40, deadline=None)
    @given(passed=st.integers(-DAY, 1_200_000))
    def test_is_what_the_contract_says_at_any_second(self, exclusive, passed):
        terms = odd_license(exclusive)
        found = deployed().licenses.functions.licenseOf(terms.license_id).call()
        _, start, end, _, deposited, *_ = found
        pay = terms.terms.pay
        hashes = scope_hash(terms.terms.scope), shares_hash(terms.terms.shares)
        view = deployed().licenses.functions.earned
        told = view(hashes[0], pay_abi(pay), hashes[1], start + passed).call()

        at = start + passed
        assert earned(pay, deposited=deposited, start=start, end=end, used=2, at=at) == told

    @pytest.mark.boundary
    def test_is_nothing_at_the_first_second_and_the_whole_fee_at_the_end(self):
        pay = offer(fee=9_999_999_997).pay
        times = {"start": 100, "end": 100 + pay.term}

        assert earned(pay, deposited=pay.fee, used=0, at=100, **times) == 0
        assert earned(pay, deposited=pay.fee, used=0, at=times["end"], **times) == pay.fee
        assert earned(pay, deposited=pay.fee, used=0, at=2**40, **times) == pay.fee
        assert earned(pay, deposited=pay.fee, used=pay.quota, at=0, **times) == pay.fee

    def test_stops_at_the_present_end(self):
        pay = offer(fee=900, committed=0, term=90).pay

        assert earned(pay, deposited=900, start=0, end=30, used=0, at=80) == 300
        assert earned(pay, deposited=900, start=50, end=30, used=0, at=80) == 0

    def test_is_never_more_than_the_deposit(self):
        pay = offer(fee=900, committed=0, term=90).pay

        assert earned(pay, deposited=250, start=0, end=90, used=0, at=80) == 250


@pytest.mark.law14
class TestCovered:
    def test_is_the_part_that_is_paid_for_whole(self):
        assert covered(90, 500, 900) == 50
        assert covered(90, 509, 900) == 50
        assert covered(90, 510, 900) == 51

    @pytest.mark.boundary
    def test_is_everything_at_the_fee_and_without_a_fee_and_nothing_without_a_deposit(self):
        assert covered(90, 900, 900) == 90
        assert covered(90, 0, 0) == 90
        assert covered(90, 0, 900) == 0

    def test_is_what_the_contract_books(self):
        terms = odd_license(False)
        found = deployed().licenses.functions.licenseOf(terms.license_id).call()
        _, start, _, paid_through, deposited, _, images_left, *_ = found
        pay = terms.terms.pay

        assert paid_through == start + covered(pay.term, deposited, pay.fee)
        assert images_left == covered(pay.quota, deposited, pay.fee) - 2


@st.composite
def divisions(draw):
    """Positive basis points that sum to at most the whole."""
    found, rest = [], 10_000
    for number in range(draw(st.integers(0, 15))):
        if rest == 0:
            break
        bps = draw(st.integers(1, rest))
        found.append(Share(f"0x{number + 1:040x}", bps, 8))
        rest -= bps
    return found


@pytest.mark.law15
class TestShares:
    @given(total=AMOUNTS, shares=divisions())
    def test_sum_to_the_total(self, total, shares):
        assert sum(split(total, shares)) == total

    @given(first=AMOUNTS, second=AMOUNTS, shares=divisions())
    def test_never_fall_while_the_total_grows(self, first, second, shares):
        before, after = sorted((first, second))

        assert min(split_between(before, after, shares)) >= 0

    @given(stops=st.lists(AMOUNTS, min_size=1, max_size=6), shares=divisions())
    def test_come_to_the_same_however_often_they_are_collected(self, stops, shares):
        stops.sort()
        paid = [0] * (len(shares) + 1)
        for before, after in zip([0, *stops], stops, strict=False):
            paid = [a + b for a, b in zip(paid, split_between(before, after, shares), strict=True)]

        assert paid == split(stops[-1], shares)

    @given(total=AMOUNTS, shares=divisions())
    def test_leave_the_owner_at_least_her_part(self, total, shares):
        bps = 10_000 - sum(share.bps for share in shares)

        assert split(total, shares)[-1] >= total * bps // 10_000

    @pytest.mark.boundary
    def test_go_whole_to_one_other_or_whole_to_the_owner(self):
        assert split(7, [Share(HM.address, 10_000, 8)]) == [7, 0]
        assert split(7, []) == [7]
        assert split(0, [Share(HM.address, 1, 8)]) == [0, 0]


class TestCurrency:
    @pytest.mark.parametrize(
        ("text", "units"),
        [
            ("1,250.50", 1_250_500_000),
            ("1250.5", 1_250_500_000),
            (" 0.000001 ", 1),
            ("0", 0),
            ("1,000,000", 10**12),
            ("79228162514264337593543.950335", MOST),
        ],
    )
    def test_reads_amounts_exactly(self, text, units):
        assert TUSD.parse(text) == units

    @pytest.mark.parametrize(
        ("units", "decimals", "text"),
        [
            (1_250_500_000, 6, "1,250.50"),
            (5_000_000_000, 6, "5,000.00"),
            (9_837_103_754, 6, "9,837.103754"),
            (1, 6, "0.000001"),
            (0, 6, "0.00"),
            (1_234, 0, "1,234"),
            (1_234, 1, "123.4"),
            (1_234, 2, "12.34"),
            (1, 18, "0.000000000000000001"),
            (-1_250_500_000, 6, "-1,250.50"),
        ],
    )
    def test_writes_amounts_exactly(self, units, decimals, text):
        assert Currency(symbol="X", decimals=decimals, address="").format(units) == text

    def test_writes_amounts_with_the_symbol(self):
        assert TUSD.words(1_250_500_000) == "1,250.50 TUSD"

    @given(units=AMOUNTS, decimals=st.integers(0, 18))
    def test_reads_back_what_it_writes(self, units, decimals):
        currency = Currency(symbol="X", decimals=decimals, address="")

        assert currency.parse(currency.format(units)) == units

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "text",
        ["", "-1", "+1", "1,5", "1.250,50", "1,25.0", "12,34", "1e3", "1.", ".5", "1 000", "NaN",
         "Infinity", "0x10", "1_000", "١", "5 TUSD", "1.2.3", ",100"],
    )  # fmt: skip
    def test_refuses_what_is_no_amount(self, text):
        with pytest.raises(BadAmount) as refused:
            TUSD.parse(text)
        assert str(refused.value) == f"{text!r} is not an amount: write it like 1,250.50."

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("decimals", "text", "places"),
        [
            (6, "0.0000001", "at most 6 decimals"),
            (6, "1.0000000", "at most 6 decimals"),
            (1, "1.25", "at most 1 decimal"),
            (0, "1.5", "no decimals"),
        ],
    )
    def test_refuses_more_decimals_than_the_currency_has(self, decimals, text, places):
        with pytest.raises(BadAmount) as refused:
            Currency(symbol="X", decimals=decimals, address="").parse(text)
        assert str(refused.value) == f"{text!r} is not an amount: X has {places}."

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_refuses_one_unit_more_than_a_license_can_hold(self):
        with pytest.raises(BadAmount) as refused:
            TUSD.parse("79228162514264337593543.950336")
        assert refused.value.problem == "it is more than a license can hold"
