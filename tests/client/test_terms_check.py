"""Terms and rate cards that cannot be are refused before anybody signs, in one sentence."""

from __future__ import annotations

import pytest

from tests.client.samples import (
    AGENCY,
    DAY,
    HM,
    NEW_YEAR_2027,
    PHOTOGRAPHER,
    SHARES,
    card,
    offer,
)
from twinrights import words
from twinrights.errors import BadValue
from twinrights.money import MOST
from twinrights.terms import ZERO_ADDRESS, MarketRate, Share, UseRate
from twinrights.terms_check import MAX_NOTICE, MAX_TERM, check_card, check_shares, check_terms

WORLD = words.markets("world")


@pytest.mark.boundary
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"start": 0},
        {"term": 1},
        {"term": MAX_TERM},
        {"uses": 2**20 - 1},
        {"markets": WORLD},
        {"quota": 1},
        {"fee": MOST, "committed": MOST},
        {"fee": 0, "committed": 0},
        {"notice": 0},
        {"notice": MAX_NOTICE},
        {"shares": ()},
        {"shares": (Share(AGENCY, 10_000, 1),)},
        {"shares": tuple(Share(f"0x{number + 1:040x}", 1, 8) for number in range(15))},
        {"start": 2**40 - 1 - DAY, "term": DAY},
    ],
    ids=str,
)
def test_terms_at_every_bound_pass(changes):
    check_terms(offer(**changes))


def shares(*parts: tuple[str, int, int]) -> dict:
    return {"shares": tuple(Share(*part) for part in parts)}


ROLES = (
    "agency_commission, agency_service_fee, photographer, stylist, hair, make_up, retoucher, other"
)

SHARES_REFUSED = [
    (shares((AGENCY, 6_000, 1), (PHOTOGRAPHER, 4_001, 3)),
     "shares: they add up to 10001 of 10000 basis points: lower them."),
    (shares((AGENCY, 5, 1), (AGENCY, 5, 2)),
     f"payee: {AGENCY} has two shares: add them up in one."),
    (shares((AGENCY.lower(), 5, 1), (AGENCY, 5, 2)),
     f"payee: {AGENCY} has two shares: add them up in one."),
    (shares((ZERO_ADDRESS, 5, 1)), "payee: it is nobody: name a wallet."),
    (shares((AGENCY, 0, 1)), f"bps: the share of {AGENCY} is 0: leave it out."),
    (shares((AGENCY, 5, 0)),
     "role: owner is not a share: the owner has what the others leave."),
    (shares((AGENCY, 5, 9)), f"role: 9 is no role: choose one of {ROLES}."),
    ({"shares": tuple(Share(f"0x{number + 1:040x}", 1, 8) for number in range(16))},
     "shares: there are 16: the most is 15."),
]  # fmt: skip

TERMS_REFUSED = [
    ({"licensee": ZERO_ADDRESS}, "licensee: it is nobody: name the brand's wallet."),
    ({"licensee": "hm"}, "licensee: 'hm' is not an address, or was mistyped."),
    ({"term": 0}, "term: the end is not after the start: choose a later end."),
    ({"term": -DAY}, "term: the end is not after the start: choose a later end."),
    ({"term": MAX_TERM + 1}, "term: it is over 5 years (1827 days): choose an earlier end."),
    ({"start": 2**40 - DAY, "term": DAY}, "start: it is further away than a license can say."),
    ({"start": -1}, "start: it is further away than a license can say."),
    ({"uses": 0}, "uses: there is none: grant at least one use."),
    ({"uses": 1 << 20}, "uses: bit 20 is no use that this version knows: update it."),
    ({"uses": 1 << 32}, "uses: bit 32 is no use that this version knows: update it."),
    ({"uses": -1}, "uses: a set of bits cannot be negative."),
    ({"markets": 0}, "markets: there is none: grant at least one market."),
    ({"markets": WORLD + (1 << 255)},
     "markets: bit 255 is no market that this version knows: update it."),
    ({"category": 28}, "category: 28 is no category that this version knows: update it."),
    ({"quota": 0}, "quota: it is 0: grant at least one image."),
    ({"quota": 2**32}, f"quota: {2**32} is not within 0 to 2^32 - 1."),
    ({"fee": MOST + 1}, "fee: it is over 2^96 - 1 units, the most of a license: lower it."),
    ({"fee": -1, "committed": -1}, "fee: it is negative: an amount is 0 or more."),
    ({"fee": 9, "committed": 10}, "committed: it is more than the fee: commit the fee or less."),
    ({"notice": MAX_NOTICE + 1},
     "notice: it is over 90 days, the most that binds: shorten it."),
    ({"epoch": 2**32}, f"epoch: {2**32} is not within 0 to 2^32 - 1."),
    ({"agreement": b""}, "agreement: it must have 32 bytes, not 0."),
]  # fmt: skip


@pytest.mark.refusal
@pytest.mark.parametrize(("changes", "sentence"), TERMS_REFUSED + SHARES_REFUSED)
def test_terms_that_cannot_be_are_refused(changes, sentence):
    with pytest.raises(BadValue) as refused:
        check_terms(offer(**changes))
    assert str(refused.value) == sentence


@pytest.mark.refusal
@pytest.mark.boundary
def test_terms_that_are_too_late_are_refused():
    check_terms(offer(valid_until=NEW_YEAR_2027 + 1), now=NEW_YEAR_2027)
    check_terms(offer(start=0, valid_until=NEW_YEAR_2027 + 2), now=NEW_YEAR_2027 + 1)

    with pytest.raises(BadValue, match=r"^start: it has passed: choose a later one\.$"):
        check_terms(offer(), now=NEW_YEAR_2027 + 1)
    with pytest.raises(BadValue, match=r"^valid_until: it has passed: choose a later one\.$"):
        check_terms(offer(), now=NEW_YEAR_2027)


CARDS_REFUSED = [
    ({"uses": ()}, "uses: none is on sale: list at least one."),
    ({"uses": (UseRate(20, 1),)}, "uses: 20 is no use that this version knows: update it."),
    ({"uses": (UseRate(6, 1), UseRate(6, 2))}, "uses: email is listed twice: keep one weight."),
    ({"uses": (UseRate(6, 2**32),)}, f"weight: {2**32} is not within 0 to 2^32 - 1."),
    ({"markets": ()}, "markets: none is on sale: list at least one."),
    ({"markets": (MarketRate(0, 1),)}, "markets: there is none: grant at least one market."),
    ({"markets": (MarketRate(1 << 255, 1),)},
     "markets: bit 255 is no market that this version knows: update it."),
    ({"category": 99}, "category: 99 is no category that this version knows: update it."),
    ({"floor": MOST + 1}, "floor: it is over 2^96 - 1 units, the most of a license: lower it."),
    ({"floor": 0},
     "floor: it is 0 and the card is open to anyone: ask for something, or name the licensee."),
    ({"day_rate": -1}, "day_rate: it is negative: an amount is 0 or more."),
    ({"image_rate": MOST + 1},
     "image_rate: it is over 2^96 - 1 units, the most of a license: lower it."),
    ({"min_days": 0}, "min_days: it is 0: a booking is of whole days, at least one."),
    ({"min_days": 366}, "max_days: it is less than min_days: no term would do."),
    ({"max_days": 1_828}, "max_days: it is over 1827: a license lasts at most 5 years."),
    ({"max_quota": 0}, "max_quota: it is 0: sell at least one image."),
    ({"lead_time": 2**32}, f"lead_time: {2**32} is not within 0 to 2^32 - 1."),
    ({"notice": MAX_NOTICE + 1},
     "notice: it is over 90 days, the most that binds: shorten it."),
]  # fmt: skip


@pytest.mark.refusal
@pytest.mark.parametrize(("changes", "sentence"), CARDS_REFUSED + SHARES_REFUSED)
def test_rate_cards_that_cannot_be_are_refused(changes, sentence):
    with pytest.raises(BadValue) as refused:
        check_card(card(**changes))
    assert str(refused.value) == sentence


@pytest.mark.boundary
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"licensee": HM.address},
        {"min_days": 1_827, "max_days": 1_827},
        {"floor": 1, "day_rate": 0, "image_rate": 0},
        {"floor": 0, "licensee": HM.address},
        {"exclusive_factor": 0, "lead_time": 0, "notice": 0},
        {"max_quota": 1},
    ],
    ids=str,
)
def test_rate_cards_at_every_bound_pass(changes):
    check_card(card(**changes), now=NEW_YEAR_2027 - 1)


@pytest.mark.refusal
def test_rate_cards_that_are_too_late_are_refused():
    with pytest.raises(BadValue, match=r"^valid_until: it has passed: choose a later one\.$"):
        check_card(card(), now=NEW_YEAR_2027)


def test_shares_are_checked_alone():
    check_shares(SHARES)
