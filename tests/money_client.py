"""Works the bookings of docs/money.md out by the Python client's own sums."""

from __future__ import annotations

from dataclasses import replace

from tests.money_lives import DAY, Figures
from tests.money_page import asked, card
from twinrights import money
from twinrights.terms import MarketRate, Pay, RateCard, Share, UseRate

__all__ = ["SHARES", "ZERO", "earned", "priced"]

ZERO = "0x" + "0" * 40
SHARES = tuple(
    Share(f"0x{number:040x}", bps, 0) for number, (_, bps) in enumerate(card().shares, 1)
)


def _rate_card() -> RateCard:
    page = card()
    return RateCard(
        memo="",
        twin_id=1,
        licensee=ZERO,
        epoch=0,
        serial=0,
        valid_until=2**40 - 1,
        category=0,
        currency=ZERO,
        notice=page.notice,
        agreement=bytes(32),
        floor=page.floor,
        day_rate=page.day_rate,
        image_rate=page.image_rate,
        exclusive_factor=page.exclusive_factor,
        min_days=page.min_days,
        max_days=page.max_days,
        max_quota=page.max_quota,
        lead_time=0,
        uses=tuple(UseRate(use, weight) for use, weight in page.uses),
        markets=tuple(MarketRate(markets, weight) for markets, weight in page.markets),
        shares=SHARES,
    )


def priced(section: str) -> tuple[Figures, Pay]:
    """The price of a booking and its parts, and what its license pays."""
    wish, whole = asked(section), _rate_card()
    wanted = {"days": wish.days, "uses": wish.uses, "markets": wish.markets, "quota": wish.quota}

    def quote(rates: RateCard, **changed: object) -> int:
        return money.quote(rates, **{"exclusive": wish.exclusive, **wanted, **changed})

    flat = replace(whole, floor=0, image_rate=0)
    plain = replace(flat, day_rate=10_000)
    one = {"days": 1, "exclusive": False}
    of_uses = replace(plain, min_days=1, markets=(MarketRate(wish.markets, 10_000),))
    uses = tuple(UseRate(rate.use, 10_000) for rate in whole.uses if wish.uses >> rate.use & 1)
    of_markets = replace(plain, min_days=1, uses=uses)
    seen = {
        "U": quote(of_uses, **one),
        "M": quote(of_markets, **one) // len(uses),
        "by time": quote(flat),
        "by images": quote(replace(whole, floor=0, day_rate=0)),
        "fee": (fee := quote(whole)),
        "term in seconds": wish.days * DAY,
    }
    return seen, Pay(1, ZERO, fee, whole.floor, wish.days * DAY, wish.quota)


def earned(pay: Pay, deposited: int, seconds: int, used: int = 0) -> int:
    """A license that started at second 1000 and has not ended early."""
    times = {"start": 1_000, "end": 1_000 + pay.term, "at": 1_000 + seconds}
    return money.earned(pay, deposited=deposited, used=used, **times)
