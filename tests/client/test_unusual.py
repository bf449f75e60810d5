"""Five rules of the unusual: each finds what it should, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.client.samples import AGENCY, DAY, SHARES, TUSD, card, consent, offer
from twinrights import words
from twinrights.errors import BadValue
from twinrights.money import quote
from twinrights.terms import MarketRate, Share, UseRate
from twinrights.unusual import unusual

UNKNOWN = "0x" + "99" * 20
CARD = card()
SE = words.markets("SE")
QUOTE = quote(CARD, days=90, uses=words.uses("own shop"), markets=SE, exclusive=False, quota=100)


def usual(**changes: Any):
    """An offer at exactly what the card asks."""
    return offer(**{"uses": words.uses("own shop"), "markets": SE, "fee": QUOTE, **changes})


def found(message: Any, *, card: Any = CARD) -> dict[str, str]:
    return {one.rule: one.sentence for one in unusual(message, card=card, currencies=[TUSD])}


def test_what_the_card_sells_at_its_price_is_usual() -> None:
    assert found(usual()) == {}
    assert found(usual(fee=QUOTE + 1)) == {}
    assert found(usual(shares=tuple(reversed(SHARES)))) == {}


@pytest.mark.boundary
def test_longer_than_the_card() -> None:
    longest = {"term": 365 * DAY, "fee": 10**12}
    assert found(usual(**longest)) == {}
    assert found(usual(**longest | {"term": 365 * DAY + 1})) == {
        "term": "It lasts 31,536,001 seconds; your rate card sells at most 365 days."
    }
    assert found(usual(**longest | {"term": 366 * DAY})) == {
        "term": "It lasts 366 days; your rate card sells at most 365 days."
    }


def test_uses_and_markets_outside_the_card() -> None:
    small = card(uses=(UseRate(0, 10_000),), markets=(MarketRate(SE, 10_000),), exclusive_factor=0)
    more = usual(uses=words.uses("own shop, TV"), markets=words.markets("SE+JP"), fee=10**12)
    assert found(more, card=small) == {
        "outside": "It grants what your rate card does not sell: TV; Japan."
    }
    assert found(usual(exclusive=True, fee=10**12), card=small) == {
        "outside": "It grants what your rate card does not sell: exclusivity."
    }
    assert found(usual(fee=10**12), card=small) == {}


@pytest.mark.boundary
def test_a_fee_under_the_quote() -> None:
    asked = TUSD.words(QUOTE)
    assert found(usual(fee=QUOTE - 1)) == {
        "fee": f"The fee is {TUSD.words(QUOTE - 1)}; your rate card asks {asked} for the same."
    }
    assert "fee" in found(usual(exclusive=True))
    assert "fee" in found(usual(term=90 * DAY + 1))  # a day that has begun is a day
    half = found(usual(uses=words.uses("own shop, TV"), fee=QUOTE - 1))
    assert half["fee"].endswith(f"asks {asked} for the part of this that it sells.")
    nothing = usual(uses=words.uses("TV"), fee=CARD.floor - 1, quota=1)
    assert "1,200.00 TUSD" in found(nothing)["fee"]


def test_a_fee_in_another_currency_is_not_compared() -> None:
    other = replace(CARD, currency=UNKNOWN)
    assert found(usual(fee=1), card=other) == {
        "fee": "It is paid in another currency than your rate card, so the fee was not compared."
    }


def test_shares_that_differ() -> None:
    more = (replace(SHARES[0], bps=2_001), *SHARES[1:])
    assert found(usual(shares=more)) == {
        "shares": "You receive 71.66 %; on your rate card it is 71.67 %."
    }
    others = (replace(SHARES[0], payee=UNKNOWN), *SHARES[1:])
    roles = (replace(SHARES[0], role=2), *SHARES[1:])
    for shares in (others, roles):
        assert found(usual(shares=shares)) == {
            "shares": "You receive 71.67 % as on your rate card, but the others are not the same "
            "or have other parts."
        }
    lower = (Share(AGENCY.lower(), 2_000, SHARES[0].role), *SHARES[1:])
    assert found(usual(shares=lower)) == {}


def test_an_unknown_currency_is_unusual_even_without_a_card() -> None:
    sentence = f"It is paid in the unknown currency {UNKNOWN}: it may be worth nothing."
    for message in (usual(currency=UNKNOWN), card(currency=UNKNOWN)):
        assert found(message, card=None) == {"currency": sentence}
    assert found(usual(currency=UNKNOWN))["currency"] == sentence
    assert found(usual(), card=None) == found(consent(), card=None) == {}


@pytest.mark.refusal
@pytest.mark.parametrize("message", [usual(twin_id=5), card(), consent()])
def test_only_an_offer_of_the_same_twin_is_compared(message: Any) -> None:
    with pytest.raises(BadValue) as refused:
        found(message)
    assert str(refused.value) == (
        "card: only an offer is compared with a rate card, of the same twin."
    )
