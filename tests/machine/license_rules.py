"""What happens to licenses: grants, endings, revocations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine.base import CHANCE, DAY
from tests.machine.drafts import Draft, Drafts
from tests.machine.stage import FAR, LICENSEES
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import card_digest, hash_scope, hash_shares
from tests.model.papers import Share
from tests.model.signatures import UNSIGNED

__all__ = ["LicenseRules"]

TERMS_FAULTS = (
    *("licensee", "expired", "last second", "start", "no term", "long", "longest", "beyond"),
    *("no use", "no market", "no image", "committed", "over", "under", "poor", "lost"),
    *("hollow", "absent", "twin", "twice", "epoch", "revoked", "key", "most", "many"),
    *("no payee", "here", "no part", "payee twice", "use", "category", "no category"),
    *("whole", "owner", "stale", "conflict", "unsigned", "missing"),
)
FOUR = {"min_size": 4, "max_size": 4}
OFFER_FAULTS = st.lists(st.sampled_from((*TERMS_FAULTS, "card", "use")), **FOUR)
CARD_FAULTS = (
    *("other", "days", "few days", "many days", "quota", "early", "late", "latest", "fee"),
    *("exclusive", "exclusive", "fee", "serial", "use sold", "market sold", "card"),
    *("changed", "serial", "use sold", "market sold", "other"),
)
BOOKING_FAULTS = st.lists(st.sampled_from((*TERMS_FAULTS, *CARD_FAULTS, *CARD_FAULTS)), **FOUR)
ENDING_FAULT = st.sampled_from(
    ("late", "last second", "nonce", "key", "unsigned", "differs", "unknown", "over", "edge")
)


class LicenseRules(Drafts):
    @rule(chance=CHANCE, faults=OFFER_FAULTS)
    def accept(self, chance: int, faults: list[str]) -> None:
        self.chance(chance)
        for fault in faults:
            self.probe(*self.granting(self.spoilt(self.draft(), fault)))
        self.grant_once(self.draft())

    @rule(chance=CHANCE, faults=BOOKING_FAULTS)
    def book(self, chance: int, faults: list[str]) -> None:
        self.chance(chance)
        for fault in faults:
            self.probe(*self.granting(self.spoilt(self.booking(), fault)))
        self.grant_once(self.booking())

    def grant_once(self, draft: Draft) -> None:
        """A license exists once: the same terms are refused from then on."""
        if self.grant(draft) is not None:
            self.probe(*self.granting(draft))

    @rule(chance=CHANCE, booked=st.booleans(), fault=st.sampled_from(("late", "key", "twin", "")))
    def revoke(self, chance: int, booked: bool, fault: str) -> None:
        """An offer or a card that was never seen on the chain; nobody can accept it then."""
        self.chance(chance)
        draft = self.booking() if booked else self.draft()
        twin_id = draft.terms.pay.twin_id
        owner = self.world.twins[twin_id].owner
        digest = self.signed_digest(draft)
        at = self.world.now
        paper = papers.Revocation(9, twin_id, digest, self.deadline(at))
        bad, by = paper, owner
        if fault == "late":
            bad = replace(paper, deadline=at)
        if fault == "twin":
            bad = replace(paper, twin_id=self.fresh())
        if fault == "key":
            by = self.another(owner)
        signature = self.sign(bad, by, self.licenses_place)
        self.probe(Deed(False, "revoke", (bad, signature)), self.another(owner), at)

        signature = self.sign(paper, owner, self.licenses_place)
        deed, sender = Deed(False, "revoke", (paper, signature)), self.anyone()
        if self.often(False, True):
            deed, sender = Deed(False, "revoke", (paper, UNSIGNED)), owner
        self.do(deed, sender, at)
        self.probe(*self.granting(draft))

    @rule(chance=CHANCE, fault=ENDING_FAULT)
    def give_notice(self, chance: int, fault: str) -> None:
        self.chance(chance)
        now = self.world.now
        id = self.find(lambda each: not each.is_noticed and now < each.end)
        id = self.need() if id is None else id
        if id is None:
            return
        self.end(id, papers.Notice, "giveNotice", fault)
        self.probe(*self.ending(id, papers.Notice, "giveNotice"))
        late = self.find(lambda each: not each.is_noticed and self.world.now < each.end)
        if late is not None:
            license = self.world.licenses[late]
            # A notice that is over just at the start leaves no second of the license.
            at = max(self.world.now, license.start - license.terms.scope.notice)
            at = self.often(at, self.world.now, license.end - 1)
            self.end(late, papers.Notice, "giveNotice", "", min(at, license.end - 1))
            for _ in range(2):
                self.probe(*self.granting(self._conflict(self.draft(), late)))

    @rule(chance=CHANCE, fault=ENDING_FAULT)
    def end_lapsed(self, chance: int, fault: str) -> None:
        self.chance(chance)
        self.end_one_lapsed(fault)
        self.end_one_lapsed("edge")

    def end_one_lapsed(self, fault: str) -> None:
        grace = 7 * DAY
        lapses = self.find(lambda each: self.world.now <= each.paid_through + grace < each.end - 1)
        if lapses is None or self.often(False, True):
            days = DAY * self.one_of([30, 90, 1_827])
            fee = self.one_of([7, 10_007, 9_000_000_000])
            lapses = self.need(term=days, fee=fee, committed=0, exclusive=False)
        if lapses is None:
            return
        license = self.world.licenses[lapses]
        last = license.paid_through + grace
        if not self.world.now <= last < license.end - 1:
            return
        self.probe(*self.ending(lapses, papers.LapseEnd, "endLapsed", at=last))
        self.end(lapses, papers.LapseEnd, "endLapsed", fault, at=last + self.often(1, 2, DAY))

    @rule(chance=CHANCE, fault=ENDING_FAULT)
    def decline(self, chance: int, fault: str) -> None:
        self.chance(chance)
        now = self.world.now
        booked = self.find(lambda each: each.is_booking and now < min(each.start, each.end))
        if booked is None or self.often(False, True):
            at = now
            start = at + self.one_of([DAY, DAY + 1, 3 * DAY])
            booked = self.need(booking=True, start=start, at=at, valid_until=FAR)
        if booked is not None:
            license = self.world.licenses[booked]
            self.probe(*self.ending(booked, papers.Decline, "decline", at=license.start))
            at = self.one_of([self.world.now, license.start - 1])
            self.end(booked, papers.Decline, "decline", fault, at=max(self.world.now, at))
        offer = self.find(lambda each: not each.is_booking and now < each.end)
        if offer is not None:
            self.probe(*self.ending(offer, papers.Decline, "decline"))

    @rule(chance=CHANCE, fault=st.sampled_from(("sender", "unknown", "gas", "again", "edge")))
    def surrender(self, chance: int, fault: str) -> None:
        self.chance(chance)
        self.surrender_one(fault)
        self.surrender_one("edge")

    def surrender_one(self, fault: str) -> None:
        now = self.world.now
        id = self.find(lambda each: now < each.end)
        if id is None or self.often(False, True):
            id = self.need(term=self.one_of([DAY, 30 * DAY]))
        if id is None:
            return
        license = self.world.licenses[id]
        deed, licensee = self.with_shares(id, "surrender"), license.licensee
        at = self.edge_of(license)
        at = at if now <= at < license.end else self.world.now
        if fault == "sender":
            self.probe(deed, self.another(licensee), at)
        if fault == "unknown":
            parts = (self.fresh(), license.pay, license.terms.shares)
            self.probe(Deed(False, "surrender", parts), licensee, at)
        if fault == "gas" and license.deposited - license.collected > 0:
            self.probe(deed, licensee, at, gas=SHORT_OF_GAS)
        self.probe(deed, licensee, license.end)
        self.do(deed, licensee, at)
        if fault == "again":
            self.probe(deed, licensee)

    @rule(chance=CHANCE, booked=st.booleans())
    def fill_places(self, chance: int, booked: bool) -> None:
        """One brand buys every exclusive place of one twin and category; then there is none."""
        if self.chance(chance).random() < 0.5:
            return
        twin_id, licensee = self.open_twin(), self.who(self.one_of(LICENSEES))
        twin = self.world.twins[twin_id]
        category = max(each for each in range(32) if twin.categories >> each & 1)
        wanted = {
            "twin_id": twin_id,
            "licensee": licensee,
            "category": category,
            "exclusive": True,
            "currency": self.dollar,
            "valid_until": FAR,
            "at": None,
            **({} if booked else {"fee": 0, "committed": 0}),
            "term": 30 * DAY,
            "markets": 1 << self.random.randint(0, 9),
        }
        for _ in range(9):
            wanted["at"] = self.world.now
            wanted["start"] = self.world.now + 2 * DAY
            draft = self.booking(**wanted) if booked else self.draft(**wanted)
            if self.grant(draft) is None:
                break
        for rival in LICENSEES:
            wanted["licensee"] = self.who(rival)
            self.probe(*self.granting(self.draft(**wanted | {"fee": 7, "committed": 0})))

    def spoilt(self, draft: Draft, fault: str) -> Draft:
        """The same with one fault; whatever is signed is signed with it."""
        if draft.prices is None or fault in CARD_FAULTS:
            return self._spoil(draft, fault)
        spoilt = self._spoil(draft, fault)
        # A card is spoilt, too, so that nothing else is said than what is wrong.
        return spoilt if fault in ("key", "twice") else self.under_card(spoilt)

    def _spoil(self, draft: Draft, fault: str) -> Draft:
        if draft.prices is not None and fault in CARD_FAULTS:
            return self._spoil_card(draft, fault)
        scope, pay, at = draft.terms.scope, draft.terms.pay, draft.at
        twin = self.world.twins[pay.twin_id]
        least = pay.fee if scope.exclusive else pay.committed
        one = Share(self.who("stylist"), 1, 1)
        fields: dict[str, Callable[[], Draft]] = {
            "licensee": lambda: replace(draft, sender=self.another(scope.licensee)),
            "expired": lambda: draft.scope(valid_until=at),
            "last second": lambda: draft.scope(valid_until=at + 1),
            "start": lambda: draft.scope(start=at - 1),
            "no term": lambda: draft.pay(term=0),
            "long": lambda: draft.pay(term=1_827 * DAY + self.one_of([1, DAY])),
            "longest": lambda: draft.pay(term=1_827 * DAY),
            "beyond": lambda: draft.scope(start=FAR - pay.term + self.one_of([0, 1])),
            "no use": lambda: draft.scope(uses=0),
            "no market": lambda: draft.scope(markets=0),
            "no image": lambda: draft.pay(quota=0),
            "committed": lambda: draft.pay(committed=min(2**96 - 1, pay.fee + 1)),
            "over": lambda: replace(draft, deposit=min(2**96 - 1, pay.fee + 1)),
            "under": lambda: replace(draft, deposit=max(0, least - 1)),
            "poor": lambda: draft.scope(licensee=self.who("stranger")),
            "lost": lambda: draft.pay(currency=self.coin("fee")),
            "hollow": lambda: draft.pay(currency=self.coin("hollow")),
            "absent": lambda: draft.pay(currency=self.stage.absent),
            "twin": lambda: draft.pay(twin_id=self.fresh()),
            "epoch": lambda: draft.scope(epoch=abs(twin.epoch + self.one_of([-1, 1]))),
            "key": lambda: replace(draft, signer=self.another(twin.owner)),
            "most": lambda: draft.shares(*(Share(each + 99, 1, 1) for each in range(15))),
            "many": lambda: draft.shares(*(Share(each + 99, 1, 1) for each in range(16))),
            "no payee": lambda: draft.shares(one, Share(0, 1, 1)),
            "here": lambda: draft.shares(Share(self.world.here, 1, 1)),
            "no part": lambda: draft.shares(replace(one, bps=0)),
            "payee twice": lambda: draft.shares(one, Share(self.who("agency"), 1, 1), one),
            "use": lambda: self._off_limits(draft),
            "category": lambda: self._off_limits_category(draft),
            "no category": lambda: draft.scope(category=self.one_of([32, 255])),
            "whole": lambda: draft.shares(replace(one, bps=9_999), Share(99, 2, 1)),
            "owner": lambda: draft.shares(
                replace(one, bps=min(10_000, 10_001 - twin.least_owner_bps))
            ),
            "card": lambda: draft.scope(card=self.fresh()),
            "unsigned": lambda: replace(draft, signer=self.who("stranger")),
            "missing": lambda: self._exclusively(draft),
            "twice": lambda: self._twice(draft),
            "revoked": lambda: self._revoked(draft),
            "stale": lambda: self._stale(draft),
            "conflict": lambda: self._conflict(draft),
        }
        return fields[fault]()

    def _spoil_card(self, draft: Draft, fault: str) -> Draft:
        scope, pay, prices, at = draft.terms.scope, draft.terms.pay, draft.prices, draft.at
        assert prices
        days = pay.term // DAY
        earliest = at + prices.lead_time
        least = self.world.twins[pay.twin_id].least_serial
        fields: dict[str, Callable[[], Draft]] = {
            "other": lambda: draft.card(licensee=self.another(scope.licensee)),
            "days": lambda: draft.pay(term=pay.term + self.one_of([1, -1])),
            "few days": lambda: draft.card(min_days=days + 1),
            "many days": lambda: draft.card(max_days=days - 1),
            "quota": lambda: draft.card(max_quota=pay.quota - 1),
            "early": lambda: draft.card(lead_time=prices.lead_time + scope.start - earliest + 1),
            "late": lambda: draft.scope(valid_until=max(at + 1, scope.start - 1)),
            "latest": lambda: draft.scope(valid_until=max(at + 1, scope.start)),
            "fee": lambda: draft.pay(fee=pay.fee + 1),
            "exclusive": lambda: self.at_price(draft.scope(exclusive=True)).card(
                exclusive_factor=0
            ),
            "use sold": lambda: draft.card(uses=prices.uses[1:]),
            "market sold": lambda: draft.card(markets=(papers.MarketRate(1 << 76, 1),)),
            "card": lambda: draft.scope(card=self.one_of([0, 1])),
            "changed": lambda: draft.scope(notice=scope.notice ^ 1),
        }
        if fault == "serial":
            if least == 0:
                kind = papers.SerialRaise
                self.do_act(
                    kind, "raiseLeastSerial", pay.twin_id, at=self.world.now, least_serial=1
                )
                draft, least = replace(draft, at=max(draft.at, self.world.now)), 1
            return self.under_card(draft.card(serial=least - 1))
        spoilt = fields[fault]()
        if fault in ("card", "changed"):
            return spoilt
        return self.under_card(spoilt)

    def _off_limits(self, draft: Draft) -> Draft:
        """A use that the policy does not allow; the policy is made narrower if it allows all."""
        self._narrow(draft.terms.pay.twin_id)
        return replace(draft.scope(uses=0b1_0000_0001), at=max(draft.at, self.world.now))

    def _off_limits_category(self, draft: Draft) -> Draft:
        self._narrow(draft.terms.pay.twin_id)
        return replace(draft.scope(category=31), at=max(draft.at, self.world.now))

    def _narrow(self, twin_id: int) -> None:
        twin = self.world.twins[twin_id]
        if twin.uses >> 8 & 1 or twin.categories >> 31:
            fields = {"uses": 0b1111, "categories": 0b11, "least_owner_bps": twin.least_owner_bps}
            self.do_act(papers.Policy, "setPolicy", twin_id, at=self.world.now, **fields)

    def _twice(self, draft: Draft) -> Draft:
        """Terms that have been granted, brought once more."""
        id = self.find(lambda each: each.is_booking == (draft.prices is not None))
        if id is None or draft.prices is not None:
            return draft
        license = self.world.licenses[id]
        return Draft(license.terms, license.terms.pay.fee, self.world.now)

    def _revoked(self, draft: Draft) -> Draft:
        twin_id = draft.terms.pay.twin_id
        paper = papers.Revocation(9, twin_id, self.signed_digest(draft), FAR)
        owner = self.world.twins[twin_id].owner
        signature = self.sign(paper, owner, self.licenses_place)
        self.do(Deed(False, "revoke", (paper, signature)), self.anyone())
        return draft

    def _stale(self, draft: Draft) -> Draft:
        """An exclusive buyer's opening that is not the book: an entry too few, or one changed."""
        draft = self._exclusively(draft)
        entries = self.entries(draft.terms)
        if entries and self.often(True, False):
            return replace(draft, opening=entries[:-1])
        end = draft.at + self.one_of([0, 1, DAY])
        return replace(draft, opening=(*entries, papers.Entry(self.fresh(), 0, end, 1, 1)))

    def _conflict(self, draft: Draft, id: int | None = None) -> Draft:
        """Another licensee's terms over a license, of which one is exclusive; or just beside it."""
        now = draft.at
        if id is None:
            id = self.find(lambda each: now < each.end and each.start <= each.end)
        if id is None:
            return draft
        other = self.world.licenses[id]
        scope = other.terms.scope
        rivals = [self.who(each) for each in LICENSEES if self.who(each) != scope.licensee]
        start = self.one_of([max(now, other.start), max(now, other.end - 1), other.end])
        before = max(now, other.start - draft.terms.pay.term)
        draft = draft.pay(twin_id=other.pay.twin_id).scope(
            licensee=self.one_of(rivals),
            category=scope.category,
            uses=scope.uses,
            markets=scope.markets & -scope.markets,
            start=self.one_of([start, start, before]),
            epoch=self.world.twins[other.pay.twin_id].epoch,
        )
        if draft.prices is not None:
            return draft
        return draft if scope.exclusive else self._exclusively(draft)

    def _exclusively(self, draft: Draft) -> Draft:
        draft = draft.scope(exclusive=True)
        if draft.prices is not None:
            return self.at_price(draft)
        return replace(draft, deposit=draft.terms.pay.fee)

    def signed_digest(self, draft: Draft) -> int:
        if draft.prices is None:
            return self.id_of(draft.terms)
        return card_digest(self.licenses_place, draft.terms, draft.prices)

    def coin(self, manner: str) -> int:
        return self.one_of([each for each, is_so in self.world.manners.items() if is_so == manner])

    @property
    def dollar(self) -> int:
        return next(iter(self.world.manners))

    def with_shares(self, id: int, name: str) -> Deed:
        """A deed that brings a license's pay and shares."""
        terms = self.world.licenses[id].terms
        return Deed(False, name, (hash_scope(terms.scope), terms.pay, terms.shares))

    def ending(
        self, id: int, kind: type, name: str, at: int | None = None, **changes: Any
    ) -> tuple[Deed, int, int]:
        """An ending by the owner: the deed, its sender, its second."""
        at = self.world.now if at is None else at
        license = self.world.licenses[id]
        terms, twin = license.terms, self.world.twins[license.pay.twin_id]
        by = changes.pop("by", twin.owner)
        unsigned = changes.pop("unsigned", False)
        pay = changes.pop("pay", terms.pay)
        act = {"memo": 4, "license_id": id, "nonce": twin.nonce, "deadline": self.deadline(at)}
        paper = kind(**act | changes)
        signature = UNSIGNED if unsigned else self.sign(paper, by, self.licenses_place)
        arguments = paper, terms.scope, pay, hash_shares(terms.shares), signature
        return Deed(False, name, arguments), self.another(twin.owner), at

    def end(self, id: int, kind: type, name: str, fault: str, at: int | None = None) -> None:
        """An ending by the owner: once with a fault, once without."""
        at = self.world.now if at is None else at
        license = self.world.licenses[id]
        twin = self.world.twins[license.pay.twin_id]
        changes: dict[str, Any] = {
            "late": {"deadline": at},
            "last second": {"deadline": at + 1},
            "nonce": {"nonce": abs(twin.nonce + self.one_of([-1, 1]))},
            "key": {"by": self.another(twin.owner)},
            "unsigned": {"unsigned": True},
            "differs": {"license_id": self.one_of([0, *self.world.licenses])},
            "unknown": {"pay": replace(license.pay, fee=license.pay.fee ^ 1)},
        }.get(fault, {})
        when = at
        if fault == "over":
            when = license.end
        if fault == "edge":
            when = self.edge_of(license)
        self.probe(*self.ending(id, kind, name, when, **changes))
        deed, sender, at = self.ending(id, kind, name, at)
        if self.often(False, True):
            deed, sender, at = self.ending(id, kind, name, at, unsigned=True)
            sender = twin.owner
        self.do(deed, sender, at)


SHORT_OF_GAS = 150_000
"""More than a deed reads for, less than a transfer must find left."""
