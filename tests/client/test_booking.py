"""The terms of a booking are those that the contract demands; what is not on sale is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.client.deployed import deployed
from tests.client.grants import authority, send, signed, twin
from tests.client.samples import DAY, FAR, HM, NEW_YEAR_2027, RIVAL, STRANGER, card, worded
from twinrights import money, words
from twinrights.booking import booking_terms
from twinrights.errors import (
    CardDiffers,
    CardNotForSender,
    DaysOutOfRange,
    ExclusiveNotSold,
    FeeNotQuoted,
    MarketsNotSold,
    NotLicensee,
    QuotaOverCard,
    UsesNotSold,
)
from twinrights.terms import MarketRate, UseRate
from twinrights.typed_data import card_digest, prices_abi, to_abi

PLACE = {"chain_id": 1337, "contract": "0x" + "c0" * 20}
WISH = {
    "licensee": HM.address,
    "start": NEW_YEAR_2027,
    "days": 30,
    "uses": words.uses("own shop, own social"),
    "markets": words.markets("SE+DE"),
    "quota": 20,
}


def booked(rates=None, **changes):
    return booking_terms(rates or worded(card()), **{**WISH, **PLACE, **changes})


class TestTerms:
    def test_take_what_the_licensee_chose(self):
        terms = booked(exclusive=True, ref=b"\x07" * 32)

        chosen = terms.scope.licensee, terms.scope.start, terms.scope.uses, terms.scope.markets
        assert chosen == (HM.address, NEW_YEAR_2027, WISH["uses"], WISH["markets"])
        assert (terms.scope.exclusive, terms.scope.ref) == (True, b"\x07" * 32)
        assert (terms.pay.term, terms.pay.quota) == (30 * DAY, 20)

    def test_take_all_else_from_the_card(self):
        rates = worded(card(epoch=4, category=6, notice=7 * DAY, agreement=b"\x09" * 32))
        terms = booked(rates)

        scope, pay = terms.scope, terms.pay
        assert (scope.memo, scope.epoch, scope.valid_until) == (rates.memo, 4, rates.valid_until)
        assert (scope.category, scope.notice, scope.agreement) == (6, 7 * DAY, b"\x09" * 32)
        assert (pay.twin_id, pay.currency, pay.committed) == (
            rates.twin_id, rates.currency, rates.floor,
        )  # fmt: skip
        assert terms.shares == rates.shares
        assert scope.card == card_digest(rates, **PLACE)

    def test_cost_what_the_card_gives(self):
        rates = worded(card())
        asked = {name: WISH[name] for name in ("days", "uses", "markets", "quota")}

        for exclusive in (False, True):
            fee = money.quote(rates, exclusive=exclusive, **asked)
            assert booked(rates, exclusive=exclusive).pay.fee == fee

    @pytest.mark.boundary
    @pytest.mark.parametrize("bound", [{"days": 7}, {"days": 365}, {"quota": 80}])
    def test_reach_to_the_cards_bounds(self, bound):
        assert booked(**bound)


class TestRefusals:
    @pytest.mark.refusal
    @pytest.mark.boundary
    @pytest.mark.parametrize("days", [0, 6, 366])
    def test_days_outside_the_cards_bounds(self, days):
        with pytest.raises(DaysOutOfRange) as refused:
            booked(days=days)
        found = refused.value
        assert (found.term, found.min_days, found.max_days) == (days * DAY, 7, 365)

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_one_image_more_than_the_card_sells(self):
        with pytest.raises(QuotaOverCard) as refused:
            booked(quota=81)
        assert (refused.value.quota, refused.value.max_quota) == (81, 80)

    @pytest.mark.refusal
    def test_a_card_for_somebody_else(self):
        rates = worded(card(licensee=RIVAL.address))

        with pytest.raises(CardNotForSender) as refused:
            booked(rates)
        assert refused.value.licensee == RIVAL.address
        assert booked(rates, licensee=RIVAL.address.lower()).scope.licensee.lower() == (
            RIVAL.address.lower()
        )

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("rates", "changes", "error"),
        [
            (card(uses=(UseRate(0, 1),)), {}, UsesNotSold),
            (card(markets=(MarketRate(1, 1),)), {}, MarketsNotSold),
            (card(exclusive_factor=0), {"exclusive": True}, ExclusiveNotSold),
        ],
        ids=["uses", "markets", "exclusivity"],
    )
    def test_what_is_not_on_sale(self, rates, changes, error):
        with pytest.raises(error):
            booked(worded(rates), **changes)


@pytest.fixture(scope="module")
def rates():
    whole = card(
        twin_id=twin(), currency=deployed().dollar, epoch=authority()[1], valid_until=FAR,
        serial=authority()[3],
    )  # fmt: skip
    return signed(whole)


@pytest.mark.law5
class TestOnTheChain:
    """The contract takes exactly these terms, and none that differ by a unit or a field."""

    def terms(self, rates, **changes):
        wish = {**WISH, "start": deployed().clock.now() + 60 * DAY, **changes}
        return booking_terms(rates.message, **wish, **deployed().of_licenses)

    def book(self, rates, terms, payer=HM):
        deed = to_abi(terms), prices_abi(rates.message), rates.signature, terms.pay.fee, []
        send("book", *deed, payer=payer)

    @pytest.mark.parametrize("days", [7, 30, 365])
    def test_are_taken(self, rates, days):
        self.book(rates, self.terms(rates, days=days, ref=bytes([days % 256]) * 32))

    @pytest.mark.refusal
    @pytest.mark.parametrize("units", [-1, 1])
    def test_are_not_taken_for_a_unit_more_or_less(self, rates, units):
        terms = self.terms(rates)
        other = replace(terms, pay=replace(terms.pay, fee=terms.pay.fee + units))

        with pytest.raises(FeeNotQuoted) as refused:
            self.book(rates, other)
        assert (refused.value.fee, refused.value.quoted) == (other.pay.fee, terms.pay.fee)

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "change", [{"notice": 0}, {"category": 1}, {"agreement": b"\x01" * 32}, {"memo": "else"}],
        ids=lambda change: next(iter(change)),
    )  # fmt: skip
    def test_are_not_taken_with_a_field_of_the_card_changed(self, rates, change):
        terms = self.terms(rates)

        with pytest.raises(CardDiffers) as refused:
            self.book(rates, replace(terms, scope=replace(terms.scope, **change)))
        assert refused.value.card == terms.scope.card

    @pytest.mark.refusal
    def test_are_not_taken_from_somebody_else(self, rates):
        with pytest.raises(NotLicensee):
            self.book(rates, self.terms(rates), payer=STRANGER)
