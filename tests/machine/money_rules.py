"""What happens to money and usage, and what bad currencies do."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine.base import CHANCE, DAY
from tests.machine.license_rules import SHORT_OF_GAS, LicenseRules
from tests.machine.node import CallRefused
from tests.machine.stage import FAR, LICENSEES
from tests.machine.wire import words
from tests.model.currencies import ENDLESS, permit_words
from tests.model.deeds import LICENSE_DEEDS, TWIN_DEEDS, Deed, forbid
from tests.model.digests import (
    batch_hash,
    hash_leaf,
    hash_pair,
    hash_scope,
    hash_shares,
    link_batch,
)
from tests.model.money import earned
from tests.model.moves import pending_move
from tests.model.papers import Batch, LapseEnd, Leaf, MoveDrop
from tests.model.refused import Refused
from tests.model.usage import Kind, is_live, is_recorded, may_publish
from tests.model.world import License

__all__ = ["MoneyRules"]

BARRING = {"FalseReturn": "refuse", "Blocklist": "setBlocked", "ReturnBomb": "lay"}
"""How a currency is told to bar a wallet, or not any more."""


class MoneyRules(LicenseRules):
    @rule(
        chance=CHANCE,
        fault=st.sampled_from(("over", "under", "unknown", "ended", "poor", "allowance", "retry")),
    )
    def top_up(self, chance: int, fault: str) -> None:
        self.chance(chance)
        id = self.partly_paid()
        if id is None:
            return
        license = self.world.licenses[id]
        fee, deposited = license.pay.fee, license.deposited
        payer = self.often(license.licensee, *(self.who(name) for name in LICENSEES))
        if fault == "over" and fee < 2**96 - 1:
            self.probe(self.topping(id, fee + 1), payer)
        if fault == "under" and deposited:
            self.probe(self.topping(id, deposited - 1), payer)
        if fault == "unknown":
            pay = license.pay
            deed = Deed(False, "topUp", (self.fresh(), pay, self.fresh(), fee))
            self.probe(deed, payer)
        if fault == "poor":
            self.probe(self.topping(id, fee), self.who("stranger"))
        if fault == "ended":
            for at in (license.end - 1, license.end):
                self.probe(self.topping(id, fee), payer, max(self.world.now, at))
        part = self.one_of([deposited + 1, fee, self.random.randint(deposited, fee)])
        at = self.edge_of(license)
        at = at if at < license.end else self.world.now
        self.do(self.topping(id, part), payer, at)
        if fault == "retry":
            self.do(self.topping(id, part), payer)

    @rule(chance=CHANCE, fault=st.sampled_from(("gas", "unknown", "again", "other shares", "")))
    def pay_out(self, chance: int, fault: str) -> None:
        self.chance(chance)
        id = self.find(lambda each: not each.is_settled and each.deposited > each.collected)
        if id is None or self.often(False, True):
            id = self.need()
        if id is None:
            return
        self.pay(id, fault)

    def pay(self, id: int, fault: str = "") -> None:
        license = self.world.licenses[id]
        deed, at = self.with_shares(id, "payOut"), self.edge_of(license)
        if at > self.world.now + 90 * DAY and self.often(True, False):
            at = self.world.now + DAY
        # Somebody brings too little gas where at least one transfer is due.
        sends = not license.is_settled and license.deposited > license.collected
        if fault == "gas" and sends and at >= license.end:
            self.probe(deed, self.anyone(), at, gas=SHORT_OF_GAS)
        if fault == "unknown":
            parts = (self.fresh(), license.pay, license.terms.shares)
            self.probe(Deed(False, "payOut", parts), self.anyone(), at)
        if fault == "other shares":
            parts = (hash_scope(license.terms.scope), license.pay, license.terms.shares[1:])
            self.probe(Deed(False, "payOut", parts), self.anyone(), at)
        self.do(deed, self.anyone(), at)
        if fault == "again" and self.world.licenses[id].is_settled:
            self.probe(deed, self.anyone())
            self.probe(self.topping(id, license.pay.fee), license.licensee)

    @rule(chance=CHANCE, fault=st.sampled_from(("none", "barred", "again")))
    def withdraw(self, chance: int, fault: str) -> None:
        self.chance(chance)
        for _ in range(2):
            self.withdraw_one(fault)

    def withdraw_one(self, fault: str) -> None:
        if not self.world.payable or self.often(False, True):
            self.make_wait()
        waiting = list(self.world.payable)
        if fault == "none" or not waiting:
            somewhere = self.one_of(list(self.world.manners))
            account = self.one_of([self.anyone(), *self.world.twins, self.fresh()])
            self.probe(Deed(False, "withdraw", (somewhere, account)), self.anyone())
        if not waiting:
            return
        currency, account = self.one_of(waiting)
        deed = Deed(False, "withdraw", (currency, account))
        self.probe(deed, self.anyone())
        self.admit(currency, account)
        self.do(deed, self.anyone())
        if fault == "again":
            self.probe(deed, self.anyone())

    @rule(chance=CHANCE, fault=st.sampled_from(("", "late", "last", "key", "nonce", "amount")))
    def permit(self, chance: int, fault: str) -> None:
        """A permit that is good, or not: it never fails, and sets an allowance only if it is."""
        self.chance(chance)
        self.permit_one("")
        self.permit_one(fault)

    def permit_one(self, fault: str) -> None:
        tokens = list(self.stage.tokens)
        currency = self.often(self.dollar, *tokens, self.stage.absent)
        owner = self.who(self.one_of(("hm", "rival")))
        amount = self.one_of([0, 1, 10**9, 2**100, ENDLESS])
        nonce = self.world.permits.get((currency, owner), 0)
        at = self.world.now
        deadline = {"late": at - 1, "last": at}.get(fault, FAR)
        signer = self.another(owner) if fault == "key" else owner
        said = amount if fault != "amount" else amount ^ 1
        nonce += fault == "nonce"
        digest = permit_words(self.world, currency, owner, said, nonce, deadline)
        signature = self.sign_digest(digest, signer)
        if signature.key not in self.stage.signers:
            return
        deed = Deed(False, "permit", (currency, amount, deadline, signature))
        self.do(deed, owner, at)
        if currency in self.stage.tokens and self.often(True, False):
            self.allow(currency, owner, ENDLESS)

    @rule(
        chance=CHANCE,
        first=st.sampled_from(Kind),
        fault=st.sampled_from(
            ("number", "empty", "who", "unknown", "use", "market", "images", "no use", "no market")
        ),
    )
    def record(self, chance: int, first: Kind, fault: str) -> None:
        self.chance(chance)
        for kind, wrong in ((first, fault), (Kind.DECLARED, "empty")):
            self.record_one(kind, wrong)

    def record_one(self, first: Kind, fault: str) -> None:
        id = self.find(self.is_open)
        if id is None:
            id = self.need(start=self.world.now, at=self.world.now, quota=100)
        if id is None:
            return
        self.try_record(id, fault)
        license = self.world.licenses[id]
        most = max(1, license.images_open)
        images = self.one_of([1, most, self.random.randint(1, most)])
        batch = self.batch(license, first, images)
        deed = Deed(False, "record", (id, batch))
        at = self.edge_of(license) if first != Kind.DECLARED else self.world.now
        reporter = self.reporter_of(license)
        if self.do(deed, reporter, at):
            self.history.setdefault(id, []).append((batch, reporter, at))
            if len(self.history[id]) == self.world.licenses[id].batches:
                self.prove(id)

    @rule(chance=CHANCE, edge=st.booleans())
    def ask(self, chance: int, edge: bool) -> None:
        """Try to declare at every second around the edges of a license: law 7 and 11."""
        self.chance(chance)
        id = self.find(lambda each: True)
        if id is None:
            return
        license = self.world.licenses[id]
        for _ in range(4):
            at = self.edge_of(license)
            who = self.often(license.licensee, self.anyone())
            deed = Deed(False, "record", (id, self.batch(license, Kind.DECLARED, 1)))
            self.probe(deed, who, at)
            self.probe(deed, license.licensee, max(self.world.now, license.start - 1))
            self.views(id, who, at, edge)

    @rule(chance=CHANCE, is_allowed=st.booleans())
    def set_reporter(self, chance: int, is_allowed: bool) -> None:
        self.chance(chance)
        licensee = self.often(self.who("hm"), *(self.who(name) for name in LICENSEES))
        for allows in (is_allowed, True):
            self.do(Deed(False, "setReporter", (self.anyone(), allows)), licensee)

    @rule(chance=CHANCE, spoilt=st.booleans())
    def multicall(self, chance: int, spoilt: bool) -> None:
        """Several deeds of one brand; one that fails undoes all."""
        self.chance(chance)
        brand = self.who(self.one_of(LICENSEES))
        deeds: list[Deed] = [Deed(False, "setReporter", (self.who("tool"), True))]
        draft = self.draft(licensee=brand, start=self.world.now, at=self.world.now)
        deed, _, at = self.granting(draft)
        deeds += [deed] * self.one_of([0, 1, 1])
        for id, license in list(self.world.licenses.items()):
            if license.licensee == brand and self.is_open(license) and len(deeds) < 4:
                batch = self.batch(license, self.one_of(list(Kind)), 1)
                deeds.append(Deed(False, "record", (id, batch)))
                deeds.append(self.with_shares(id, "payOut"))
        whole = Deed(False, "multicall", (tuple(deeds),))
        if spoilt:
            bad = Deed(False, "withdraw", (self.dollar, self.fresh()))
            place = self.random.randint(0, len(deeds))
            parts = (*deeds[:place], bad, *deeds[place:])
            self.probe(Deed(False, "multicall", (parts,)), brand, at)
            self.probe(Deed(False, "multicall", ((whole, bad),)), brand, at)
        self.do(whole, brand, at)
        self.do(Deed(False, "multicall", ((),)), self.anyone())

    @rule(chance=CHANCE)
    def forbidden(self, chance: int) -> None:
        """No transfer, no approval: of any token, by anybody, its holder first."""
        self.chance(chance)
        kept = [(True, id, twin.owner) for id, twin in self.world.twins.items()]
        kept += [(False, id, each.licensee) for id, each in self.world.licenses.items()]
        of_twins, id, holder = self.one_of(kept)
        to = self.anyone()
        arguments = {
            "approve(address,uint256)": (to, id),
            "setApprovalForAll(address,bool)": (to, 1),
            "transferFrom(address,address,uint256)": (holder, to, id),
            "safeTransferFrom(address,address,uint256)": (holder, to, id),
            "safeTransferFrom(address,address,uint256,bytes)": (holder, to, id, b"data"),
        }
        deeds = TWIN_DEEDS if of_twins else LICENSE_DEEDS
        for name, values in arguments.items():
            assert deeds[name] is forbid
            self.probe(Deed(of_twins, name, values), self.often(holder, self.anyone()))

    @rule(chance=CHANCE, bars=st.booleans())
    def bar(self, chance: int, bars: bool) -> None:
        """An issuer bars a wallet, perhaps the contract itself; or lets it be."""
        self.chance(chance)
        currency = self.one_of([each for each in self.stage.tokens if self.barring(each)])
        wallet = self.often(self.anyone(), self.who("agency"), self.world.here)
        self.set_barred(currency, wallet, bars)

    @rule(chance=CHANCE, part=st.integers(1, 3))
    def shrink(self, chance: int, part: int) -> None:
        """The contract's balance becomes smaller by itself: that currency's licenses suffer."""
        self.chance(chance)
        currency = next(each for each, (name, _) in self.stage.tokens.items() if name == "Rebasing")
        held = self.world.balances.get((currency, self.world.here), 0)
        self.stage.tell(currency, "shrink", self.world.here, held // part)
        self.world.balances[currency, self.world.here] = held - held // part
        self.shrunk.add(currency)
        self.compare(self.world.manners)

    @rule(chance=CHANCE)
    def call_back(self, chance: int) -> None:
        """A currency does a deed of its own while it is being paid in."""
        self.chance(chance)
        currency = next(each for each, is_so in self.world.manners.items() if is_so == "calling")
        licensee = self.who(self.one_of(LICENSEES))
        now = self.world.now
        wanted: dict[str, Any] = {"currency": currency, "fee": 10_007, "committed": 0, "at": now}
        wanted |= {"exclusive": False, "term": 30 * DAY, "start": now, "valid_until": FAR}
        id, other = self.need(**wanted, deposit=0), self.need(**wanted, deposit=10_007)
        if id is None or other is None:
            return
        license = self.world.licenses[id]
        when = self.edge_of(license)
        # As much comes in for this license as goes out of the other: the balance says nothing.
        hidden = earned(self.world.licenses[other], when)
        hiding = self.topping(id, hidden), self.with_shares(other, "payOut")
        inner = self.one_of(
            [
                self.with_shares(id, "payOut"),
                self.topping(id, license.pay.fee),
                Deed(False, "multicall", (hiding,)),
                Deed(False, "multicall", (hiding,)),
                Deed(False, "setReporter", (self.who("tool"), True)),
                Deed(False, "withdraw", (currency, self.who("agency"))),
                Deed(False, "record", (id, self.batch(license, Kind.DECLARED, 1))),
                self.ending(id, LapseEnd, "endLapsed")[0],
            ]
        )
        lapsed = license.paid_through + 7 * DAY + 1
        outer = [
            (self.topping(id, license.pay.fee), licensee, max(self.world.now, at))
            for at in (when, lapsed)
        ]
        draft = self.draft(currency=currency, at=self.world.now)
        outer.append(self.granting(draft))
        to, data = self.stage.write(inner)
        self.stage.tell(currency, "arm", to, bytes.fromhex(data[2:]))
        self.world.armed[currency] = inner
        for deed, sender, at in outer:
            self.probe(deed, sender, at)
        self.do(*self.one_of(outer))
        self.world.armed.pop(currency, None)
        self.stage.tell(currency, "arm", 0, b"")

    def topping(self, id: int, deposited: int) -> Deed:
        terms = self.world.licenses[id].terms
        parts = hash_scope(terms.scope), terms.pay, hash_shares(terms.shares)
        return Deed(False, "topUp", (*parts, deposited))

    def partly_paid(self) -> int | None:
        """A license that is not paid whole and has not ended."""
        now = self.world.now
        id = self.find(lambda each: now < each.end and each.deposited < each.pay.fee)
        if id is not None and self.often(True, False):
            return id
        wanted: dict[str, Any] = {"committed": 0, "exclusive": False, "deposit": 0}
        term, fee = DAY * self.one_of([1, 30]), self.one_of([7, 10_007, 9_000_000_000])
        return self.need(term=term, fee=fee, **wanted)

    def make_wait(self) -> None:
        """A pay-out of which something cannot be sent."""
        currency = self.one_of([each for each in self.stage.tokens if self.barring(each)])
        id = self.need(currency=currency, fee=9_000_000_000, term=30 * DAY, deposit=9_000_000_000)
        if id is None:
            return
        license = self.world.licenses[id]
        payees = [share.payee for share in license.terms.shares]
        payees += [license.licensee, self.world.twins[license.pay.twin_id].owner]
        if self.barring(currency) == "setBlocked":
            payees.append(self.world.here)
        self.set_barred(currency, self.one_of(payees), True)
        at = max(self.world.now, license.start) + self.one_of([1, DAY, 30 * DAY])
        self.do(self.with_shares(id, "payOut"), self.anyone(), at)

    def admit(self, currency: int, account: int) -> None:
        """Take away what keeps an amount from leaving."""
        payee = account
        if account in self.world.twins:
            payee = self.world.twins[account].owner
            if pending_move(self.world, account):
                self.do_act(MoveDrop, "dropMove", account, at=self.world.now)
        for wallet in (payee, self.world.here):
            if (currency, wallet) in self.world.barred:
                self.set_barred(currency, wallet, False)

    def barring(self, currency: int) -> str | None:
        return BARRING.get(self.stage.tokens[currency][0])

    def set_barred(self, currency: int, wallet: int, bars: bool) -> None:
        name = self.barring(currency)
        assert name
        if wallet == self.world.here and name != "setBlocked":
            return
        self.stage.tell(currency, name, wallet, 2 * bars if name == "lay" else bars)
        if bars:
            self.world.barred.add((currency, wallet))
        else:
            self.world.barred.discard((currency, wallet))

    def allow(self, currency: int, owner: int, amount: int) -> None:
        self.stage.tell(currency, "approve", self.world.here, amount, sender=owner)
        self.world.allowances[currency, owner] = amount

    def is_open(self, license: License) -> bool:
        """Whether images can be declared now."""
        until = min(license.end, license.paid_through)
        return license.start <= self.world.now < until and license.images_open > 0

    def batch(self, license: License, kind: Kind, images: int, **changes: int) -> Batch:
        scope = license.terms.scope
        one, other = self.leaves()
        named = {"number": license.batches + 1, "kind": kind}
        named |= {"root": hash_pair(hash_leaf(one), hash_leaf(other))}
        named |= {"images": images, "uses": scope.uses & -scope.uses}
        named |= {"markets": self.one_of([scope.markets, scope.markets & -scope.markets])}
        return Batch(**named | {"manifest": 6} | changes)

    def leaves(self) -> tuple[Leaf, Leaf]:
        """The two images of every batch, whose tree has no other leaf."""
        return Leaf(0, 11, 12), Leaf(1, 21, 22)

    def prove(self, id: int) -> None:
        """Ask for an image of some batch, truly or with one thing wrong (law 20)."""
        history = self.history[id]
        hashes = [batch_hash(id, *each) for each in history]
        place = self.random.randrange(len(history))
        batch, reporter, time = history[place]
        before = reduce(link_batch, hashes[:place], 0)
        one, other = self.random.sample(self.leaves(), 2)
        proof = (hash_leaf(other),)
        said = (batch, reporter, time, before, tuple(hashes[place + 1 :]), one, proof)
        self.view("isRecorded", is_recorded(self.world, id, *said), id, *said)
        wrong: tuple[Any, ...] = self.one_of(
            [
                (replace(batch, images=batch.images ^ 1), *said[1:]),
                (batch, self.another(reporter), *said[2:]),
                (batch, reporter, time + 1, *said[3:]),
                (*said[:3], before ^ 1, *said[4:]),
                (*said[:4], (*said[4], 5), *said[5:]),
                (*said[:5], replace(one, file=one.file + 1), proof),
                (*said[:6], ()),
            ]
        )
        self.view("isRecorded", is_recorded(self.world, id, *wrong), id, *wrong)

    def reporter_of(self, license: License) -> int:
        named = [to for by, to in self.world.reporters if by == license.licensee]
        return self.one_of([license.licensee, *sorted(named)])

    def try_record(self, id: int, fault: str) -> None:
        license = self.world.licenses[id]
        scope, who = license.terms.scope, self.reporter_of(license)
        kind = self.one_of(list(Kind))
        changes: dict[str, int] = {
            "number": {"number": max(0, license.batches + self.one_of([0, 2]))},
            "empty": {"images": 0},
            "images": {"images": license.images_open + 1},
            "use": {"uses": (~scope.uses & 0xFFFFFFFF) or 0},
            "market": {"markets": (~scope.markets & (2**256 - 1)) or 0},
            "no use": {"uses": 0},
            "no market": {"markets": 0},
        }.get(fault, {})
        if fault in ("use", "market", "images", "no use", "no market"):
            kind = Kind.DECLARED
        if changes.get("images", 0) > 2**32 - 1:
            return
        if fault == "who":
            who = self.another(who)
        asked = self.fresh() if fault == "unknown" else id
        batch = self.batch(license, kind, **{"images": 1} | changes)
        self.probe(Deed(False, "record", (asked, batch)), who)
        self.probe(Deed(False, "record", (asked, replace(batch, kind=Kind.DECLARED))), who)

    def views(self, id: int, who: int, at: int, edge: bool) -> None:
        """What the contracts say when they are only asked."""
        world, scope = self.world, self.world.licenses[id].terms.scope
        asked = id, who, scope.uses if edge else scope.uses | 1 << 30, 1, self.one_of([0, 1, 4])
        known = Refused("AtInPast", at) if 0 < at < world.now else None
        reason = known or may_publish(world, *asked, at or world.now)
        self.view("mayPublish", reason, *asked, at)
        self.view("isLive", known or is_live(world, id, at or world.now), id, at)
        past = self.random.randint(1, world.now - 1)
        self.view("isLive", Refused("AtInPast", past), id, past)
        self.view("mayPublish", Refused("AtInPast", past), *asked, past)
        nothing = self.fresh()
        self.view("ownerOf", Refused("TokenDoesNotExist"), nothing)
        self.view("balanceOf", Refused("BalanceQueryForZeroAddress"), 0)
        self.view("tokenURI", Refused("LicenseUnknown", nothing), nothing)

    def view(self, name: str, expected: Any, *arguments: Any) -> None:
        data = self.stage.licenses.encode(name, *arguments)
        try:
            said = words(self.stage.node.call(self.world.here, data, sender=0, now=self.world.now))
        except CallRefused as error:
            refused = self.stage.licenses.decode_error(error.data)
            assert str(refused) == str(expected), f"{name}: the law says {expected}, not {refused}"
            self.tally.refused[refused.name] += 1
        else:
            assert said == [int(expected)], f"{name}: the law says {expected}, the chain {said}"
