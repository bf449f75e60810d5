"""One twin of the model, and what is needed to license it by hand: terms, deeds, signatures."""

from __future__ import annotations

from typing import Any

from tests.machine.node import START
from tests.machine.stage import FAR, Stage
from tests.model.currencies import ENDLESS
from tests.model.deeds import Deed
from tests.model.digests import (
    card_digest,
    hash_scope,
    hash_shares,
    hash_struct,
    license_id,
    signing_digest,
    twin_id,
)
from tests.model.papers import MarketRate, Pay, Prices, Scope, Share, Terms, UseRate
from tests.model.signatures import UNSIGNED, Signature

__all__ = ["DAY", "FEE", "Desk"]

DAY = 86_400
FEE = 9_000_000_000


class Desk:
    """Everybody has plenty of dollars, with a standing allowance."""

    def __init__(self) -> None:
        self.stage = Stage()
        people = self.stage.people
        people["reporter"] = people["tool"]
        self.twins_place, self.here = self.stage.world.twins_place, self.stage.world.licenses_place
        self.consent = self.stage.consents[0]
        self.twin = twin_id(self.twins_place, self.consent)
        self.tokens = {name: token for token, (name, _) in self.stage.tokens.items()}
        self.dollar = self.tokens["TestDollar"]
        self.nonce = 1
        for wallet in people.values():
            self.stage.tell(self.dollar, "mint", wallet, 2**100)
            self.stage.tell(self.dollar, "approve", self.here.address, ENDLESS, sender=wallet)

    def who(self, role: str) -> int:
        return self.stage.people[role]

    def terms(self, *, ref: int, start: int = 0, licensee: str = "hm", **pay: int) -> Terms:
        scope = Scope(
            memo=7,
            licensee=self.who(licensee),
            epoch=0,
            valid_until=FAR,
            start=start and START + start,
            category=0,
            exclusive=False,
            uses=1,
            markets=1,
            notice=DAY,
            agreement=8,
            card=0,
            ref=ref,
        )
        named = {"twin_id": self.twin, "currency": self.dollar, "fee": FEE, "committed": 0}
        paid = Pay(**named | {"term": 90 * DAY, "quota": 100} | pay)
        return Terms(scope, paid, (Share(self.who("agency"), 2_000, 1),))

    def prices(self, terms: Terms) -> Prices:
        """A card that gives just this fee for 90 days."""
        price = terms.pay.fee // 90
        weights = (UseRate(0, 10_000),), (MarketRate(1, 10_000),)
        return Prices(0, 0, price, 0, 0, 1, 365, 100, DAY, *weights)

    def book(self, terms: Terms) -> Terms:
        """The terms of a booking under that card."""
        card = card_digest(self.here, terms, self.prices(terms))
        fields = vars(terms.scope) | {"card": card}
        return Terms(Scope(**fields), terms.pay, terms.shares)

    def booking_deed(self, terms: Terms, *, signed: bool) -> Deed:
        signature = self.signature(terms.scope.card, "model") if signed else UNSIGNED
        return Deed(False, "book", (terms, self.prices(terms), signature, terms.pay.fee, ()))

    def accepting(self, terms: Terms, deposit: int, *, signed: bool) -> Deed:
        signature = self.signature(self.id(terms), "model") if signed else UNSIGNED
        return Deed(False, "accept", (terms, signature, deposit, ()))

    def grant(self, terms: Terms, deposit: int, by: str = "hm") -> Terms:
        self.do(self.accepting(terms, deposit, signed=True), by)
        return terms

    def ending(self, kind: type, terms: Terms, name: str, signed: bool) -> Deed:
        paper = kind(1, self.id(terms), self.nonce, FAR)
        signature = self.sign(paper, "model", self.here) if signed else UNSIGNED
        parts = terms.scope, terms.pay, hash_shares(terms.shares)
        return Deed(False, name, (paper, *parts, signature))

    def signed_deed(self, name: str, paper: Any, signed: bool) -> Deed:
        signature = self.sign(paper, "model", self.here) if signed else UNSIGNED
        return Deed(False, name, (paper, signature))

    def parts(self, terms: Terms) -> tuple[Any, ...]:
        return hash_scope(terms.scope), terms.pay, terms.shares

    def hashed(self, terms: Terms) -> tuple[Any, ...]:
        return hash_scope(terms.scope), terms.pay, hash_shares(terms.shares)

    def id(self, terms: Terms) -> int:
        return license_id(self.here, *self.hashed(terms))

    def sign(self, paper: Any, by: str, place: Any = None) -> Signature:
        digest = signing_digest(place or self.twins_place, hash_struct(paper))
        return self.signature(digest, by)

    def signature(self, digest: int, by: str) -> Signature:
        return Signature(self.who(by), digest)

    def do(self, deed: Deed, by: str, at: int = START) -> None:
        to, data = self.stage.write(deed)
        receipt = self.stage.node.send(to, data, sender=self.who(by), now=at)
        assert receipt["status"] == "0x1", f"{deed.name} failed"
