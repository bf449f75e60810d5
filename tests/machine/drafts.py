"""Terms, cards and deposits, as people might choose them, and what spoils them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.machine.base import DAY
from tests.machine.stage import CREW, FAR, LICENSEES
from tests.machine.twin_rules import TwinRules
from tests.model.cards import quote
from tests.model.deeds import Deed
from tests.model.digests import card_digest, hash_scope, hash_shares, license_id
from tests.model.papers import Entry, MarketRate, Pay, Policy, Prices, Scope, Share, Terms, UseRate
from tests.model.world import Book

__all__ = ["Draft", "Drafts"]

MARKET_SETS = (1, 0b11, 0b110, 1 << 255, 2**256 - 1, 0b111 << 100)
TERMS_OF = (1, 2, 3_600, DAY, DAY, 30 * DAY, 30 * DAY, 1_827 * DAY)
FEES = (0, 1, 7, 99, 10_007, 9_000_000_000, 9_000_000_000, 2**96 - 1)
QUOTAS = (1, 3, 100, 100, 2**32 - 1)
NOTICES = (0, 1, 3_600, 30 * DAY, 90 * DAY, 90 * DAY + 1, 2**32 - 1)


@dataclass(frozen=True)
class Draft:
    """All that a grant brings. Prices make it a booking."""

    terms: Terms
    deposit: int
    at: int
    prices: Prices | None = None
    opening: tuple[Entry, ...] | None = None
    """None for the book's own entries, where they are needed."""
    sender: int | None = None
    signer: int | None = None

    def scope(self, **fields: Any) -> Draft:
        return replace(self, terms=replace(self.terms, scope=replace(self.terms.scope, **fields)))

    def pay(self, **fields: Any) -> Draft:
        return replace(self, terms=replace(self.terms, pay=replace(self.terms.pay, **fields)))

    def shares(self, *shares: Share) -> Draft:
        return replace(self, terms=replace(self.terms, shares=shares))

    def card(self, **fields: Any) -> Draft:
        assert self.prices
        return replace(self, prices=replace(self.prices, **fields))


class Drafts(TwinRules):
    """What a grant is made of."""

    def open_twin(self) -> int:
        """A twin that allows something."""
        usable = [
            id
            for id, twin in self.world.twins.items()
            if twin.uses and twin.categories and twin.least_owner_bps < 10_000
        ]
        if usable:
            return self.one_of(usable)
        twin_id = self.mint_one()
        policy = {"uses": 2**32 - 1, "categories": 2**32 - 1, "least_owner_bps": 1_000}
        self.do_act(Policy, "setPolicy", twin_id, **policy)
        return twin_id

    def draft(self, **wanted: Any) -> Draft:
        """Terms that the owner's policy allows, as an offer."""
        twin_id = wanted.pop("twin_id", None) or self.open_twin()
        twin = self.world.twins[twin_id]
        at = wanted.pop("at", self.world.now + self.often(0, 1, 60))
        wanted_deposit = wanted.pop("deposit", None)
        exclusive = wanted.pop("exclusive", self.often(False, True, False))
        categories = [each for each in range(32) if twin.categories >> each & 1]
        fee = wanted.pop("fee", self.one_of(FEES))
        committed = wanted.pop("committed", self.one_of([0, fee, self.random.randint(0, fee)]))
        if fee == 2**96 - 1 and committed:
            committed = self.one_of([1, fee])
        pay = Pay(
            twin_id,
            wanted.pop("currency", self.currency()),
            fee,
            committed,
            wanted.pop("term", self.one_of(TERMS_OF)),
            wanted.pop("quota", self.one_of(QUOTAS)),
        )
        scope = Scope(
            memo=7,
            licensee=wanted.pop("licensee", self.who(self.one_of(LICENSEES))),
            epoch=twin.epoch,
            valid_until=wanted.pop("valid_until", self.often(FAR, at + 1, at + DAY)),
            start=wanted.pop("start", self.often(0, at, at + 1, at + DAY)),
            category=wanted.pop("category", self.one_of(categories[:2])),
            exclusive=exclusive,
            uses=wanted.pop("uses", twin.uses & self.one_of([0b1, 0b11, 0b111]) or twin.uses),
            markets=wanted.pop("markets", self.one_of(MARKET_SETS)),
            notice=wanted.pop("notice", self.one_of(NOTICES)),
            agreement=8,
            card=0,
            ref=self.fresh(),
        )
        assert not wanted, wanted
        shares = self.some_shares(twin.owner, 10_000 - twin.least_owner_bps)
        least = fee if exclusive else committed
        deposit = self.one_of([least, fee, self.random.randint(least, fee)])
        deposit = wanted_deposit if wanted_deposit is not None else deposit
        return Draft(Terms(scope, pay, shares), deposit, at)

    def booking(self, **wanted: Any) -> Draft:
        """Terms of a card: whole days, at its price."""
        at = self.world.now + self.often(0, 1, 60)
        lead_time = self.one_of([0, 1, DAY])
        start = at + lead_time + self.one_of([0, 0, 1, DAY])
        floor = self.one_of([0, 1, 1_000, 9_000_000])
        chosen = {
            "at": at,
            "start": start,
            "valid_until": self.often(FAR, max(at + 1, start), start + DAY),
            "term": DAY * self.one_of([1, 3, 30]),
            "quota": self.one_of([1, 3, 100]),
            "fee": 10**12,
            "committed": floor,
        }
        draft = self.draft(**chosen | wanted)
        scope, pay, at = draft.terms.scope, draft.terms.pay, draft.at
        days = pay.term // DAY
        least = self.world.twins[pay.twin_id].least_serial
        uses = [UseRate(use, self.weight()) for use in range(32) if scope.uses >> use & 1]
        odd = [UseRate(32, 1), UseRate(uses[0].use, 5), UseRate(255, 9)]
        prices = Prices(
            licensee=self.often(0, scope.licensee),
            serial=least + self.often(0, 1),
            day_rate=self.one_of([0, 1, 45_000_000]),
            image_rate=self.one_of([0, 1, 2_500_000]),
            exclusive_factor=self.one_of([1, 10_000, 25_000]),
            min_days=self.one_of([0, 1, days]),
            max_days=self.one_of([days, days + 1, 365]),
            max_quota=pay.quota + self.one_of([0, 1]),
            lead_time=lead_time,
            uses=tuple(self.often([*uses], [*uses, *odd])),
            markets=self.market_rates(scope.markets),
        )
        return self.at_price(replace(draft, prices=prices))

    def at_price(self, draft: Draft) -> Draft:
        """The fee that the card gives, a deposit that goes with it, and the card's digest."""
        assert draft.prices
        fee = quote(draft.terms.scope, draft.terms.pay, draft.prices)
        least = fee if draft.terms.scope.exclusive else draft.terms.pay.committed
        deposit = self.one_of([least, fee, self.random.randint(least, fee)])
        return self.under_card(replace(draft.pay(fee=fee), deposit=deposit))

    def under_card(self, draft: Draft) -> Draft:
        assert draft.prices
        return draft.scope(card=card_digest(self.licenses_place, draft.terms, draft.prices))

    def weight(self) -> int:
        return self.one_of([0, 1, 3_333, 10_000, 60_000])

    def market_rates(self, markets: int) -> tuple[MarketRate, ...]:
        """Groups that sell these markets, some of them twice."""
        low = markets & -markets
        groups = [MarketRate(low, self.weight()), MarketRate(markets, self.weight())]
        other = MarketRate(1 << 77, 12_345)
        return tuple(self.often(groups, groups[1:], [other, *groups], [*groups, *groups]))

    def some_shares(self, owner: int, most: int) -> tuple[Share, ...]:
        """A crew whose parts leave the owner what she wants."""
        crew, left = [], most
        for payee in self.random.sample(CREW, self.random.randint(0, 4)):
            if left == 0:
                break
            bps = self.one_of([1, left, self.random.randint(1, left), max(1, left // 3)])
            crew.append(Share(self.who(payee), bps, self.random.randint(0, 255)))
            left -= bps
        return tuple(crew)

    def currency(self) -> int:
        """Mostly one that does as it is asked."""
        good = [each for each, manner in self.world.manners.items() if manner not in BAD]
        return self.one_of(good)

    def entries(self, terms: Terms) -> tuple[Entry, ...]:
        """What an exclusive buyer hands in."""
        where = terms.pay.twin_id, terms.scope.category
        return self.world.books.get(where, Book()).entries if terms.scope.exclusive else ()

    def granting(self, draft: Draft) -> tuple[Deed, int, int]:
        """The deed of a draft, its sender, its second."""
        terms, opening = draft.terms, draft.opening
        opening = self.entries(terms) if opening is None else opening
        signer = draft.signer
        if signer is None:
            twin = self.world.twins.get(terms.pay.twin_id)
            signer = twin.owner if twin else self.who("model")
        sender = terms.scope.licensee if draft.sender is None else draft.sender
        if draft.prices is None:
            signature = self.sign_digest(self.id_of(terms), signer)
            deed = Deed(False, "accept", (terms, signature, draft.deposit, opening))
        else:
            card = card_digest(self.licenses_place, terms, draft.prices)
            signature = self.sign_digest(card, signer)
            deed = Deed(False, "book", (terms, draft.prices, signature, draft.deposit, opening))
        return deed, sender, draft.at

    def id_of(self, terms: Terms) -> int:
        parts = hash_scope(terms.scope), terms.pay, hash_shares(terms.shares)
        return license_id(self.licenses_place, *parts)

    def grant(self, draft: Draft) -> int | None:
        """A license of a draft, or None if it is refused."""
        return self.id_of(draft.terms) if self.do(*self.granting(draft)) else None

    def need(self, *, booking: bool = False, **wanted: Any) -> int | None:
        """A new license with these terms; tries a few times, for the policy may say no."""
        for _ in range(4):
            draft = self.booking(**wanted) if booking else self.draft(**wanted)
            found = self.grant(draft)
            if found is not None:
                return found
        return None


BAD = ("fee", "hollow", "absent")
