"""Lives of licenses as a contract would log them, and what every wallet then holds.

The sums are the client's (`twinrights.money`), the statements' are the auditor's own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.client.stage import DAY
from twinrights import money
from twinrights.audit.events import LICENSES, TWINS, Event
from twinrights.terms import ZERO_HASH, Pay, Share

TWINS_AT, LICENSES_AT = "0x" + "0a" * 20, "0x" + "0b" * 20
CURRENCIES = ("0x" + "c1" * 20, "0x" + "c2" * 20)
NEW_YEAR = 1_893_456_000

MODELS = tuple(f"0x{0xA0 + number:040x}" for number in range(4))
BRANDS = tuple(f"0x{0xB0 + number:040x}" for number in range(2))
CREW = tuple(f"0x{0xC0 + number:040x}" for number in range(3))
PAYERS = (*BRANDS, "0x" + "0d" * 20)
TWIN_IDS = (1 << 200 | 1, 1 << 200 | 2)


@dataclass
class Lived:
    """A license as the contract would hold it."""

    id: int
    pay: Pay
    licensee: str
    shares: tuple[Share, ...]
    start: int
    end: int
    deposited: int
    is_booking: bool
    used: int = 0
    collected: int = 0
    is_noticed: bool = False
    is_settled: bool = False

    def earned(self, at: int, *, end: int | None = None) -> int:
        return money.earned(
            self.pay,
            deposited=self.deposited,
            start=self.start,
            end=self.end if end is None else end,
            used=self.used,
            at=at,
        )

    @property
    def paid_through(self) -> int:
        return self.start + money.covered(self.pay.term, self.deposited, self.pay.fee)


@dataclass
class Lives:
    """Everything that happens, one deed after the other."""

    time: int = NEW_YEAR
    block: int = 1
    index: int = 0
    events: list[Event] = field(default_factory=list)
    owners: dict[int, str] = field(default_factory=dict)
    ready: dict[int, int] = field(default_factory=dict)
    licenses: list[Lived] = field(default_factory=list)
    payable: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    held: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def log(self, name: str, contract: str = LICENSES, **values: Any) -> None:
        self.index += 1
        address = TWINS_AT if contract == TWINS else LICENSES_AT
        where = {"block": self.block, "place": 0, "index": self.index}
        self.events.append(
            Event(
                **where,
                contract=contract,
                address=address,
                name=name,
                transaction=f"0x{self.block:064x}",
                time=self.time,
                values=values,
            )
        )

    def wait(self, seconds: int, *, is_new_block: bool) -> None:
        """Let time pass; without it the next deed may be of the same transaction."""
        self.time += seconds
        if seconds or is_new_block:
            self.block, self.index = self.block + 1, 0

    def mint(self) -> None:
        for twin_id, owner in zip(TWIN_IDS, MODELS, strict=False):
            self.owners[twin_id] = owner
            consent = {"memo": ZERO_HASH, "owner": owner, "replica": ZERO_HASH}
            consent |= {"guardian": owner, "salt": ZERO_HASH, "deadline": 2**40 - 1}
            self.log("TwinMinted", TWINS, twinId=twin_id, owner=owner, consent=consent)

    def grant(self, terms: Any) -> None:
        twin_id, brand, currency, fee, parts, term, quota, bps, delay, booked = terms
        shares = tuple(Share(CREW[i], part, role) for i, (part, role) in enumerate(bps))
        pay = Pay(twin_id, currency, fee, fee * parts[0] // 100, term, quota)
        deposited = max(pay.committed, fee * parts[1] // 100)
        license = Lived(
            id=1000 + len(self.licenses),
            pay=pay,
            licensee=brand,
            shares=shares,
            start=self.time + delay,
            end=self.time + delay + term,
            deposited=deposited,
            is_booking=booked,
        )
        self.licenses.append(license)
        self.held[currency, brand] -= deposited
        scope = {
            "memo": ZERO_HASH,
            "licensee": brand,
            "epoch": 0,
            "validUntil": 2**40 - 1,
            "start": license.start,
            "category": 0,
            "exclusive": False,
            "uses": 1,
            "markets": 1,
            "notice": 30 * DAY,
            "agreement": ZERO_HASH,
            "ref": ZERO_HASH,
            "card": b"\x01" * 32 if booked else ZERO_HASH,
        }
        self.log(
            "LicenseGranted",
            licenseId=license.id,
            twinId=twin_id,
            licensee=brand,
            start=license.start,
            deposited=deposited,
            terms={
                "scope": scope,
                "pay": {
                    "twinId": twin_id,
                    "currency": currency,
                    "fee": fee,
                    "committed": pay.committed,
                    "term": term,
                    "quota": quota,
                },
                "shares": [{"payee": s.payee, "bps": s.bps, "role": s.role} for s in shares],
            },
        )

    def top_up(self, license: Lived, payer: str, percent: int) -> None:
        deposited = max(license.deposited, license.pay.fee * percent // 100)
        if self.time >= license.end or deposited == license.deposited:
            return
        self.held[license.pay.currency, payer] -= deposited - license.deposited
        license.deposited = deposited
        self.log("ToppedUp", licenseId=license.id, payer=payer, deposited=deposited)

    def record(self, license: Lived, images: int) -> None:
        opened = money.covered(license.pay.quota, license.deposited, license.pay.fee)
        is_live = license.start <= self.time < min(license.end, license.paid_through)
        if not is_live or images > opened - license.used:
            return
        license.used += images
        batch = {"number": 1, "kind": 0, "root": ZERO_HASH, "images": images}
        batch |= {"uses": 1, "markets": 1, "manifest": ZERO_HASH}
        self.log("UsageRecorded", licenseId=license.id, reporter=license.licensee, batch=batch)

    def pay_out(self, license: Lived, refusing: int) -> None:
        if license.is_settled:
            return
        total = license.earned(self.time)
        if self.time < license.end:
            self._distribute(license, total, 0, refusing)
        else:
            self._settle(license, total, refusing)

    def end(self, license: Lived, how: str, refusing: int) -> None:
        """End a license early, as far as the law allows."""
        if self.time >= license.end:
            return
        if how == "NoticeGiven" and not license.is_noticed:
            license.is_noticed = True
            license.end = min(license.end, self.time + 30 * DAY)
        elif how == "LapseEnded" and self.time > license.paid_through + 7 * DAY:
            license.end = self.time
        elif how == "Declined" and license.is_booking and self.time < license.start:
            license.end = self.time
            self._settle(license, 0, refusing)
        elif how == "Surrendered" and not license.is_settled:
            total = license.earned(self.time, end=self.time)
            license.end = self.time
            floor = 0 if license.is_noticed else license.pay.committed
            self._settle(license, max(total, floor), refusing)
        else:
            return
        self.log(how, licenseId=license.id, end=license.end)

    def withdraw(self, license: Lived, place: int) -> None:
        accounts = [license.pay.twin_id, int(license.licensee, 16)]
        accounts += [int(share.payee, 16) for share in license.shares]
        account, currency = accounts[place % len(accounts)], license.pay.currency
        if self.is_pending(account):
            return
        amount = self.payable.pop((currency, account), 0)
        if amount:
            payee = self.owners.get(account) or f"0x{account:040x}"
            self.held[currency, payee] += amount
            values = {"account": account, "payee": payee, "amount": amount}
            self.log("Withdrawn", currency=currency, **values)

    def propose(self, twin_id: int, to: str) -> None:
        if not self.is_pending(twin_id):
            self.ready[twin_id] = ready = self.time + 7 * DAY
            self.log("MoveProposed", TWINS, twinId=twin_id, to=to, byGuardian=False, readyAt=ready)

    def drop(self, twin_id: int) -> None:
        if self.is_pending(twin_id):
            del self.ready[twin_id]
            self.log("MoveDropped", TWINS, twinId=twin_id)

    def is_pending(self, twin_id: int) -> bool:
        return twin_id in self.ready and self.time < self.ready[twin_id] + 30 * DAY

    def move(self, twin_id: int, to: str) -> None:
        self.ready.pop(twin_id, None)
        before, self.owners[twin_id] = self.owners[twin_id], to
        values = {"from": before, "to": to, "epoch": 1}
        self.log("TwinMoved", TWINS, twinId=twin_id, **values)

    def _settle(self, license: Lived, total: int, refusing: int) -> None:
        refund = license.deposited - total
        license.deposited, license.is_settled = total, True
        self.log("Settled", licenseId=license.id, earned=total, refunded=refund)
        self._distribute(license, total, refund, refusing)

    def _distribute(self, license: Lived, total: int, refund: int, refusing: int) -> None:
        """Pay by shares; the bits of `refusing` say whose wallet takes nothing."""
        owner = self.owners[license.pay.twin_id]
        paid = [(share.payee, int(share.payee, 16)) for share in license.shares]
        paid += [(owner, license.pay.twin_id), (license.licensee, int(license.licensee, 16))]
        parts = [0] * (len(license.shares) + 1)
        if total > license.collected:
            parts = money.split_between(license.collected, total, license.shares)
            license.collected = total
            self.log("PaidOut", licenseId=license.id, collected=total)
        for place, ((wallet, account), part) in enumerate(zip(paid, [*parts, refund], strict=True)):
            currency = license.pay.currency
            nobody = account in self.owners and self.is_pending(account)
            if part and (nobody or refusing >> place & 1):
                self.payable[currency, account] += part
                self.log("Deferred", currency=currency, account=account, amount=part)
            elif part:
                self.held[currency, wallet] += part


SPANS = st.one_of(
    st.just(0),
    st.integers(1, 3 * DAY),
    st.integers(1, 9 * DAY),
    st.integers(1, 9 * DAY),
    st.integers(1, 40 * DAY),
    st.sampled_from([DAY, 31 * DAY - 1, 31 * DAY]),
)
TERMS = st.tuples(
    st.sampled_from(TWIN_IDS),
    st.sampled_from(BRANDS),
    st.sampled_from(CURRENCIES),
    st.one_of(st.integers(0, 1000), st.integers(1, 2**96 - 1), st.integers(10**8, 10**12)),
    st.tuples(st.integers(0, 60), st.integers(0, 100)),
    st.one_of(st.integers(1, DAY), *[st.integers(20 * DAY, 120 * DAY)] * 3),
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(1, 3_000), st.integers(0, 8)), max_size=3),
    st.one_of(st.just(0), st.integers(0, 5 * DAY)),
    st.booleans(),
)
DEEDS = st.one_of(
    st.tuples(st.just("grant"), TERMS),
    st.tuples(st.just("pay_out"), st.integers(0, 40), st.sampled_from([0, 1, 5, 8, 24, 31])),
    st.tuples(st.just("top_up"), st.integers(0, 40), st.sampled_from(PAYERS), st.integers(0, 100)),
    st.tuples(st.just("record"), st.integers(0, 40), st.integers(1, 4)),
    st.tuples(
        st.just("end"),
        st.integers(0, 40),
        st.sampled_from(["NoticeGiven", "LapseEnded", "Declined", "Surrendered"]),
        st.integers(0, 31),
    ),
    st.tuples(st.just("withdraw"), st.integers(0, 40), st.integers(0, 4)),
    st.tuples(st.just("move"), st.sampled_from(TWIN_IDS), st.sampled_from(MODELS)),
    st.tuples(st.just("propose"), st.sampled_from(TWIN_IDS), st.sampled_from(MODELS)),
    st.tuples(st.just("drop"), st.sampled_from(TWIN_IDS)),
)


@st.composite
def lives(draw: st.DrawFn) -> Lives:
    """Draw a life: a few licenses and whatever may happen to them."""
    life = Lives()
    life.mint()
    life.wait(draw(SPANS), is_new_block=True)
    life.grant(draw(TERMS))
    for seconds, is_new_block, (name, *values) in draw(
        st.lists(st.tuples(SPANS, st.booleans(), DEEDS), min_size=10, max_size=30)
    ):
        life.wait(seconds, is_new_block=is_new_block)
        if name not in ("grant", "move", "propose", "drop"):
            values[0] = life.licenses[values[0] % len(life.licenses)]
        getattr(life, name)(*values)
    life.wait(draw(SPANS), is_new_block=True)
    return life
