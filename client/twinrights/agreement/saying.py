"""What an agreement says, as texts in its language: the terms and the annex, value by value."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from eth_utils.address import to_checksum_address

from twinrights import words
from twinrights.agreement.annex import Annex
from twinrights.agreement.template import Template
from twinrights.money import Currency, split
from twinrights.terms import WHOLE_BPS, ZERO_ADDRESS, RateCard, Share, Terms

__all__ = ["annex_values", "values"]

DAY, HOUR, MINUTE = 86_400, 3_600, 60
MOST_NOTICE = 90 * DAY
NEW_YORK_BPS = 2_000
"""The most of a model's pay that New York Labor Law section 1035 lets an agency take."""

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
LAST = 253_402_300_800
"""The first second of the year 10000."""


def values(
    message: Terms | RateCard, currency: Currency, template: Template, *, chain_id: int
) -> dict[str, Any]:
    """Return what stands in the places of a template for an offer's terms or a rate card."""
    say = _Saying(template, currency)
    of_kind = _offer(message, say) if isinstance(message, Terms) else _card(message, say)
    return {
        "offer": isinstance(message, Terms),
        "card": isinstance(message, RateCard),
        "chain_id": chain_id,
        "symbol": currency.symbol,
        "currency": to_checksum_address(currency.address),
        "annex": False,
        **of_kind,
    }


def annex_values(annex: Annex, template: Template) -> dict[str, Any]:
    """Return what stands in the places of a template for an annex."""
    altered = [template.phrase(name) for name in annex.alterations]
    by = template.phrase(annex.represented_by)
    return {
        "annex": True,
        "model": annex.model,
        "licensee_name": annex.licensee,
        "brand_shown": annex.brand_shown,
        "product_line": annex.product_line,
        "purpose": annex.purpose,
        "alterations": ", ".join(altered) or template.phrase("none"),
        "agents_and_retailers": "; ".join(annex.agents_and_retailers) or template.phrase("none"),
        "represented_by": f"{by}, {annex.representative}" if annex.representative else by,
        "alone": annex.represented_by not in ("counsel", "union"),
        "law_and_court": annex.law_and_court,
        "other": annex.other,
    }


class _Saying:
    """Numbers, times and words in one language."""

    def __init__(self, template: Template, currency: Currency) -> None:
        self._template = template
        self._phrase = template.phrase
        self.language = template.language
        self._currency = currency

    def number(self, text: str) -> str:
        """Return an English number, "1,250.50", as the language writes it."""
        signs = str.maketrans(",.", self._phrase("thousands") + self._phrase("point"))
        return text.translate(signs)

    def price(self, units: int) -> str:
        return f"{self.number(self._currency.format(units))} {self._currency.symbol}"

    def percent(self, bps: int) -> str:
        return f"{self.number(_scaled(bps, 2))} %"

    def factor(self, weight: int) -> str:
        return self.number(_scaled(weight, 4))

    def counted(self, number: int, unit: str) -> str:
        one, many = self._phrase(unit).split(", ")
        return f"{self.number(f'{number:,}')} {one if number == 1 else many}"

    def span(self, seconds: int) -> str:
        for size, unit in ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes")):
            if seconds and seconds % size == 0:
                return self.counted(seconds // size, unit)
        return self.counted(seconds, "seconds")

    def from_to(self, least: int, most: int) -> str:
        if least == most:
            return self.counted(most, "days")
        both = {"least": self.number(f"{least:,}"), "most": self.counted(most, "days")}
        return self._phrase("from_to", **both)

    def moment(self, seconds: int) -> str:
        when = EPOCH + timedelta(seconds=seconds)
        month = self._phrase("months").split(", ")[when.month - 1]
        day = self._phrase("day", day=str(when.day), month=month, year=str(when.year))
        if seconds % DAY == 0:
            return day
        time = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
        return self._phrase("moment", day=day, time=time)

    def until(self, end: int) -> str:
        """Return the end of what lasts to just before a second; a whole last day by its name."""
        if end >= LAST:
            return self._phrase("always")
        if end and end % DAY == 0:
            return self._phrase("through", day=self.moment(end - DAY))
        return self._phrase("until", moment=self.moment(end))

    def notice(self, seconds: int) -> str:
        if not seconds:
            return self._phrase("at_once")
        return self._phrase("later", span=self.span(min(seconds, MOST_NOTICE)))

    def use(self, number: int) -> str:
        known = words.use_list()
        return known.label(number, self.language) if number < known.width else f"use {number}"

    def meaning(self, number: int) -> str:
        """Return what a use means, after a colon; nothing where the template does not know it."""
        known = words.use_list().by_number.get(number)
        meaning = self._template.meaning(known.slug) if known else ""
        return f": {meaning}" if meaning else ""

    def uses(self, mask: int) -> str:
        return words.use_words(mask, language=self.language)

    def markets(self, mask: int) -> str:
        return words.market_words(mask, language=self.language, names=True)

    def category(self, number: int) -> str:
        known = words.category_list()
        return known.label(number, self.language) if number < known.width else f"category {number}"


def _offer(terms: Terms, say: _Saying) -> dict[str, Any]:
    scope, pay = terms.scope, terms.pay
    return {
        "twin": f"0x{pay.twin_id:064x}",
        "licensee": to_checksum_address(scope.licensee),
        "quota": say.counted(pay.quota, "images"),
        "use": [
            {"use": say.use(number), "meaning": say.meaning(number)}
            for number in words.use_list().numbers(scope.uses)
        ],
        "uses": say.uses(scope.uses),
        "training": scope.uses >> words.uses("ai_training").bit_length() - 1 & 1,
        "category": say.category(scope.category),
        "markets": say.markets(scope.markets),
        "codes": _codes(scope.markets),
        "start": say.moment(scope.start) if scope.start else "",
        "end": say.until(scope.start + pay.term),
        "term": say.span(pay.term),
        "valid_until": say.until(scope.valid_until),
        "fee": say.price(pay.fee) if pay.fee else "",
        "pays": pay.fee,
        "committed": say.price(pay.committed) if pay.committed else "",
        "exclusive": scope.exclusive,
        "notice": say.notice(scope.notice),
        **_shares(terms.shares, say, fee=pay.fee),
    }


def _card(card: RateCard, say: _Saying) -> dict[str, Any]:
    uses = sum({1 << rate.use for rate in card.uses if rate.use < words.use_list().width})
    markets = 0
    for group in card.markets:
        markets |= group.markets
    return {
        "twin": f"0x{card.twin_id:064x}",
        "licensee": to_checksum_address(card.licensee),
        "anyone": card.licensee == ZERO_ADDRESS,
        "serial": card.serial,
        "use": [
            {
                "use": say.use(rate.use),
                "meaning": say.meaning(rate.use),
                "weight": say.factor(rate.weight),
            }
            for rate in card.uses
        ],
        "group": [
            {
                "markets": say.markets(group.markets),
                "weight": say.factor(group.weight),
                "codes": f" ({codes})" if (codes := _codes(group.markets)) else "",
            }
            for group in card.markets
        ],
        "uses": say.uses(uses),
        "training": uses & words.uses("ai_training"),
        "category": say.category(card.category),
        "markets": say.markets(markets),
        "days": say.from_to(card.min_days, card.max_days),
        "quota": say.counted(card.max_quota, "images"),
        "lead_time": say.span(card.lead_time) if card.lead_time else "",
        "valid_until": say.until(card.valid_until),
        "day_rate": say.price(card.day_rate),
        "image_rate": say.price(card.image_rate),
        "floor": say.price(card.floor) if card.floor else "",
        "factor": say.factor(card.exclusive_factor) if card.exclusive_factor else "",
        "pays": True,
        "exclusive": False,
        "notice": say.notice(card.notice),
        **_shares(card.shares, say, fee=0),
    }


def _shares(shares: tuple[Share, ...], say: _Saying, *, fee: int) -> dict[str, Any]:
    """Return who receives which part; with a fee also the amount of it."""
    owner = WHOLE_BPS - sum(share.bps for share in shares)
    amounts = [f" ({say.price(part)})" for part in split(fee, shares)] if fee else []
    rows = [
        {
            "role": words.role_label(share.role, language=say.language),
            "percent": say.percent(share.bps),
            "amount": amounts[at] if fee else "",
            "wallet": to_checksum_address(share.payee),
        }
        for at, share in enumerate(shares)
    ]
    commission = sum(s.bps for s in shares if s.role == words.role("agency_commission"))
    return {
        "owner_percent": say.percent(owner),
        "owner_amount": amounts[-1] if fee else "",
        "share": rows,
        "shares": "".join(f"; {row['role']} {row['percent']}{row['amount']}" for row in rows),
        "commission_over_20": commission * WHOLE_BPS > NEW_YORK_BPS * (owner + commission),
    }


def _codes(markets: int) -> str:
    """Return the countries by their codes; nothing for all of them."""
    names = words.market_names(markets)
    return "" if len(names) == len(words.market_codes()) else ", ".join(names)


def _scaled(number: int, places: int) -> str:
    whole, rest = divmod(number, 10**places)
    return f"{whole:,}.{rest:0{places}d}".rstrip("0").rstrip(".")
