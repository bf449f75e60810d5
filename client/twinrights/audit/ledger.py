"""Every account of a history: what it earned, was given and was paid, up to any second.

An account is one wallet in one role of one license. What is earned accrues by law 13 and is divided
by law 15, whoever collects when; what is paid stands in events. The owner's part is keyed by the
twin: what is due when a twin moves goes over to the wallet that takes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from types import MappingProxyType

from twinrights.audit.arithmetic import division
from twinrights.audit.events import Event
from twinrights.audit.state import LICENSEE, OWNER, Flow, License, Posting
from twinrights.audit.world import World
from twinrights.terms import ZERO_ADDRESS

__all__ = ["PAYER", "Account", "Cut", "Ledger", "Position", "months"]

PAYER = -2
"""The role of who paid into another's license, which gives no claim."""

OTHER = 8
"""The role of a payee whom the terms give the owner's number, which is nobody's but hers."""

COLUMNS = MappingProxyType({1: "commission", 2: "service_fee"})
"""The columns of the agency's two roles; every other payee is of the crew."""

Key = tuple[int, int, int]
"""Block, place and index of an event, which sort as it happened."""

LAST_MONTH = 253_399_622_400
"""9999-12-01T00:00:00Z: a private chain's clock may show any second."""

LAST: Key = (1 << 64, 0, 0)


@dataclass(frozen=True, slots=True)
class Account:
    """A wallet in one role of one license: that of a share, OWNER, LICENSEE or PAYER."""

    wallet: str
    role: int
    license_id: int


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A point of the history: before the event `key`, in the second `time`."""

    key: Key
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An account from the beginning to a cut, in the smallest unit of its license's currency.

    `gross` is what the license earned (of an owner: while the twin was hers) and is the sum of
    `service_fee`, `commission`, `crew` and `net`. `earned` is the account's own part, and a
    licensee's expense. `moved` is what was due to a twin's owner when it came, less what was due
    when it went. `paid_out` and `refunded` were given, `paid` reached the wallet; `waiting` is
    what did not. `balance` is what is due, or of a licensee what it has paid ahead and not back.
    """

    gross: int = 0
    service_fee: int = 0
    commission: int = 0
    crew: int = 0
    net: int = 0
    deposited: int = 0
    by_others: int = 0
    earned: int = 0
    moved: int = 0
    paid_out: int = 0
    refunded: int = 0
    paid: int = 0
    waiting: int = 0
    balance: int = 0

    def since(self, earlier: Position) -> Position:
        """Return the differences to an earlier cut."""
        return Position(**{n: getattr(self, n) - getattr(earlier, n) for n in NAMES})

    def plus(self, other: Position) -> Position:
        """Return the sums with another position."""
        return Position(**{n: getattr(self, n) + getattr(other, n) for n in NAMES})

    @property
    def held(self) -> int:
        """Return what of the balance is still in the license: uncollected, or prepaid."""
        return self.balance - self.waiting


NAMES = tuple(field.name for field in fields(Position))


class Ledger:
    """The accounts of everybody in a history that was replayed up to the second `until`."""

    def __init__(self, events: Sequence[Event], world: World, *, until: int) -> None:
        self.world = world
        self.events = sorted(events)
        self.now = Cut(LAST, until)
        # A clock that went back is a finding; here it stands until it is reached again.
        self._times = list(accumulate((event.time for event in self.events), max))
        self._owners = _owners(self.events, self.now)
        self._own: dict[Account, list[Posting]] = defaultdict(list)
        self._of_owners: dict[int, list[Posting]] = defaultdict(list)
        self._deposits: dict[int, list[Posting]] = defaultdict(list)
        for posting in world.postings:
            self._own[self._account(posting)].append(posting)
            if posting.account == world.licenses[posting.license_id].twin_id:
                self._of_owners[posting.license_id].append(posting)
            if posting.flow is Flow.DEPOSIT:
                self._deposits[posting.license_id].append(posting)

    def cut(self, time: int) -> Cut:
        """Return the cut at a second: what happened before it counts, what happened in it not."""
        if time > self.now.time:
            return self.now
        place = bisect_left(self._times, time)
        return Cut(_key(self.events[place]) if place < len(self.events) else LAST, time)

    def accounts(self, wallet: str | None = None) -> list[Account]:
        """Return all accounts, or those of one wallet, by license in the order of their grants."""
        found: dict[int, dict[Account, None]] = {each: {} for each in self.world.licenses}
        for license in self.world.licenses.values():
            found[license.id] |= dict.fromkeys(self._named(license))
        for account in self._own:
            found[account.license_id][account] = None
        return [
            account
            for each in found.values()
            for account in each
            if wallet is None or account.wallet.lower() == wallet.lower()
        ]

    def position(self, account: Account, cut: Cut) -> Position:
        """Return how an account stands at a cut."""
        license = self.world.licenses[account.license_id]
        if account.role in (LICENSEE, PAYER):
            return self._payer(account, license, cut)
        parts = self._parts_while(account, license, cut)
        own = _sums(self._own[account], cut)
        paid = own[Flow.SHARE] - own[Flow.DEFERRAL] + own[Flow.WITHDRAWAL]
        place = _place(account, license)
        earned = 0 if place is None else parts[place]
        moved = self._moved(account, license, cut) if account.role == OWNER else 0
        return Position(
            **_named_parts(license, parts),
            earned=earned,
            moved=moved,
            paid_out=own[Flow.SHARE],
            paid=paid,
            waiting=self._waiting(account, license, cut),
            balance=earned + moved - paid,
        )

    def earned(self, currency: str, cut: Cut) -> dict[int, int]:
        """Return what all licenses of a currency had earned at a cut, by role, the owner first."""
        earned: dict[int, int] = {OWNER: 0}
        for license in self.world.licenses.values():
            if license.currency == currency:
                roles = [*(share.role or OTHER for share in license.shares), OWNER]
                for role, part in zip(roles, self._parts(license, cut), strict=True):
                    earned[role] = earned.get(role, 0) + part
        return dict(sorted(earned.items()))

    def sums(self, currency: str, cut: Cut) -> dict[Flow, int]:
        """Return how much of a currency flowed before a cut, by its flow."""
        return _sums([each for each in self.world.postings if each.currency == currency], cut)

    def _account(self, posting: Posting) -> Account:
        """Return whose account a posting belongs to."""
        license = self.world.licenses[posting.license_id]
        wallet, role = posting.wallet, posting.role
        if posting.account == license.twin_id and wallet == ZERO_ADDRESS:
            # A move is pending: what cannot be paid now is given to who owns the twin, and waits.
            key = _key(posting.event)
            wallet = next(
                (span.wallet for span in self._owners[license.twin_id] if key < span.until.key),
                wallet,
            )
        elif posting.flow is Flow.DEPOSIT and wallet != license.licensee:
            role = PAYER
        elif role == OWNER and posting.account != license.twin_id:
            role = OTHER
        return Account(wallet, role, license.id)

    def _named(self, license: License) -> Iterator[Account]:
        """Yield who has an account by the terms: licensee, payees, and every owner since."""
        yield Account(license.licensee, LICENSEE, license.id)
        for share in license.shares:
            yield Account(share.payee, share.role or OTHER, license.id)
        granted = self.world.lives[license.id][0][0]
        for span in self._owners[license.twin_id]:
            if span.until.key > _key(granted):
                yield Account(span.wallet, OWNER, license.id)

    def _payer(self, account: Account, license: License, cut: Cut) -> Position:
        own = _sums(self._own[account], cut)
        if account.role == PAYER:
            return Position(deposited=own[Flow.DEPOSIT])
        parts = self._parts(license, cut)
        deposited = _sums(self._deposits[license.id], cut)[Flow.DEPOSIT]
        paid = own[Flow.REFUND] - own[Flow.DEFERRAL] + own[Flow.WITHDRAWAL]
        return Position(
            **_named_parts(license, parts),
            deposited=deposited,
            by_others=deposited - own[Flow.DEPOSIT],
            earned=sum(parts),
            refunded=own[Flow.REFUND],
            paid=paid,
            waiting=own[Flow.DEFERRAL] - own[Flow.WITHDRAWAL],
            balance=deposited - sum(parts) - paid,
        )

    def _parts(self, license: License, cut: Cut) -> list[int]:
        """Return what a license has earned at a cut, divided: the shares, last the owner's."""
        lives = self.world.lives[license.id]
        place = bisect_left(lives, cut.key, key=lambda life: _key(life[0]))
        total = lives[place - 1][1].earned(cut.time) if place else 0
        return division(total, [share.bps for share in license.shares])

    def _parts_while(self, account: Account, license: License, cut: Cut) -> list[int]:
        """Return the same of the time in which an account had to do with the license."""
        parts = [0] * (len(license.shares) + 1)
        if account.role != OWNER:
            return parts if _place(account, license) is None else self._parts(license, cut)
        for span in self._owners[license.twin_id]:
            if span.wallet == account.wallet and span.since.key < cut.key:
                before = self._parts(license, span.since)
                after = self._parts(license, min(span.until, cut))
                parts = [a + b - c for a, b, c in zip(parts, after, before, strict=True)]
        return parts

    def _moved(self, account: Account, license: License, cut: Cut) -> int:
        """Return what was due when the twin came to a wallet, less what was when it went."""
        moved = 0
        for span in self._owners[license.twin_id]:
            if span.wallet == account.wallet and span.since.key < cut.key:
                moved += self._due(license, span.since)
                moved -= self._due(license, span.until) if span.until.key < cut.key else 0
        return moved

    def _due(self, license: License, cut: Cut) -> int:
        """Return what is due to whoever owns the twin at a cut."""
        own = _sums(self._of_owners[license.id], cut)
        paid = own[Flow.SHARE] - own[Flow.DEFERRAL] + own[Flow.WITHDRAWAL]
        return self._parts(license, cut)[-1] - paid

    def _waiting(self, account: Account, license: License, cut: Cut) -> int:
        postings = self._own[account]
        if account.role == OWNER:
            spans = self._owners[license.twin_id]
            owns = any(
                span.wallet == account.wallet and span.since.key < cut.key <= span.until.key
                for span in spans
            )
            postings = self._of_owners[license.id] if owns else []
        own = _sums(postings, cut)
        return own[Flow.DEFERRAL] - own[Flow.WITHDRAWAL]


def months(since: int, until: int) -> Iterator[tuple[int, int]]:
    """Yield [since, until) cut where months begin in UTC; beyond the year 9999 none does."""
    while since < until:
        if since >= LAST_MONTH:
            yield since, until
            return
        day = datetime.fromtimestamp(since, timezone.utc)
        later = day.replace(day=1, hour=0, minute=0, second=0) + timedelta(days=31)
        end = min(until, int(later.replace(day=1).timestamp()))
        yield since, end
        since = end


@dataclass(frozen=True, slots=True)
class _Span:
    """The time in which a wallet owned a twin."""

    wallet: str
    since: Cut
    until: Cut


def _owners(events: Iterable[Event], now: Cut) -> dict[int, list[_Span]]:
    """Return who owned each twin, from when to when."""
    spans: dict[int, list[_Span]] = defaultdict(list)
    for event in events:
        if event.name not in ("TwinMinted", "TwinMoved"):
            continue
        here, of_twin = Cut(_key(event), event.time), spans[event["twinId"]]
        if of_twin:
            of_twin[-1] = replace(of_twin[-1], until=here)
        wallet = event["owner"] if event.name == "TwinMinted" else event["to"]
        of_twin.append(_Span(wallet, here, now))
    return spans


def _place(account: Account, license: License) -> int | None:
    """Return which part of the division is an account's; None for one that the terms know not."""
    if account.role == OWNER:
        return -1
    payees = [(share.payee, share.role or OTHER) for share in license.shares]
    wanted = (account.wallet, account.role)
    return payees.index(wanted) if wanted in payees else None


def _named_parts(license: License, parts: Sequence[int]) -> dict[str, int]:
    """Return the parts of a license's money by the columns of a statement."""
    named = {"gross": sum(parts), "service_fee": 0, "commission": 0, "crew": 0, "net": parts[-1]}
    for share, part in zip(license.shares, parts, strict=False):
        named[COLUMNS.get(share.role, "crew")] += part
    return named


def _sums(postings: Sequence[Posting], cut: Cut) -> dict[Flow, int]:
    """Return how much flowed before a cut, by its flow."""
    sums = dict.fromkeys(Flow, 0)
    for posting in postings:
        if _key(posting.event) < cut.key:
            sums[posting.flow] += posting.amount
    return sums


def _key(event: Event) -> Key:
    return (event.block, event.place, event.index)
