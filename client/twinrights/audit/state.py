"""What the events amount to: twins, licenses, books, history and money, as plain values.

`World` is where the replay writes; everything that it hands out is frozen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from twinrights.audit.arithmetic import covered, earned
from twinrights.audit.findings import Coins, Finding, Severity, Subject
from twinrights.terms import ZERO_HASH, Authority, Entry, Kind, Reason, Share

__all__ = ["OWNER", "Book", "License", "Move", "Payment", "Twin", "UsageBatch", "World"]

OWNER = 0
"""The role of the owner, who has what the other shares leave."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A twin as the events give it."""

    id: int
    owner: str
    epoch: int = 0
    nonce: int = 0
    least_serial: int = 0
    uses: int = 0
    categories: int = 0
    least_owner_bps: int = 0

    @property
    def authority(self) -> Authority:
        """Return it as the chain answers it."""
        return Authority(
            owner=self.owner,
            epoch=self.epoch,
            nonce=self.nonce,
            least_serial=self.least_serial,
            uses=self.uses,
            categories=self.categories,
            least_owner_bps=self.least_owner_bps,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """A license as the events give it: what was agreed, then what has become of it.

    `paid_in` is all that was ever deposited; `deposited` shrinks to what was earned when the
    license is settled and `refunded` is the difference.
    """

    id: int
    twin_id: int
    licensee: str
    currency: str
    fee: int
    committed: int
    term: int
    quota: int
    category: int
    is_exclusive: bool
    uses: int
    markets: int
    market_set: int
    notice: int
    card: bytes
    shares: tuple[Share, ...]
    granted_at: int
    granted_end: int

    start: int
    end: int
    paid_through: int
    images_left: int
    deposited: int
    paid_in: int
    refunded: int = 0
    collected: int = 0
    batches: int = 0
    head: bytes = ZERO_HASH
    is_noticed: bool = False
    is_settled: bool = False

    @property
    def is_booking(self) -> bool:
        """Return whether it was booked from a rate card."""
        return self.card != ZERO_HASH

    @property
    def entry(self) -> Entry:
        """Return its entry in the conflict book: the grant as it was made."""
        return Entry(self.id, self.start, self.granted_end, self.uses, self.markets)

    def covered_quota(self, deposited: int) -> int:
        """Return the images that a deposit opens."""
        return covered(self.quota, deposited=deposited, fee=self.fee)

    def covered_until(self, deposited: int) -> int:
        """Return the second from which a deposit no longer covers the license."""
        return self.start + covered(self.term, deposited=deposited, fee=self.fee)

    def earned(self, at: int, *, end: int | None = None) -> int:
        """Return what it has earned by `at`, with its present end or another one (law 13)."""
        if self.is_settled:
            return self.deposited
        return earned(
            fee=self.fee,
            deposited=self.deposited,
            start=self.start,
            end=self.end if end is None else end,
            at=at,
            term=self.term,
            used=self.covered_quota(self.deposited) - self.images_left,
            quota=self.quota,
        )

    def lapse(self, at: int) -> Reason:
        """Return why it is not live at a time, or NONE (law 7)."""
        if at < self.start:
            return Reason.NOT_STARTED
        if at >= self.end:
            return Reason.ENDED
        return Reason.UNPAID if at >= self.paid_through else Reason.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageBatch:
    """Images that were recorded together.

    `against` is what stood against publishing them in the second of the record; only of a declared
    batch does that ask for images left.
    """

    license_id: int
    twin_id: int
    licensee: str
    number: int
    kind: Kind
    images: int
    uses: int
    markets: int
    root: bytes
    manifest: bytes
    reporter: str
    time: int
    block: int
    transaction: str
    against: Reason

    @property
    def live(self) -> bool:
        """Return whether the license was live in the second of the record."""
        return self.against not in (Reason.NOT_STARTED, Reason.ENDED, Reason.UNPAID)


@dataclass(frozen=True, slots=True)
class Book:
    """The conflict book of a twin and category.

    Its hash, the entries behind it, the exclusive ids that it counts, and every word of their
    array: the contract does not clear what it no longer counts.
    """

    granted: int = 0
    entries: tuple[Entry, ...] = ()
    exclusives: tuple[int, ...] = ()
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payee's part of one payout.

    `account` is its address as a number, or the twin's id for the owner's part; `role` is that of
    the share, OWNER for the owner.
    """

    license_id: int
    currency: str
    account: int
    payee: str
    role: int
    amount: int
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Tokens that must enter or leave the license contract, by the events of one transaction."""

    currency: str
    incoming: bool
    other: str
    account: int
    amount: int
    subject: Subject


@dataclass
class World:
    """Everything that the events amount to. `findings` are what in the history breaks a law."""

    twins_separator: bytes
    licenses_separator: bytes
    licenses_address: str
    coins: Coins
    twins: dict[int, Twin] = field(default_factory=dict)
    licenses: dict[int, License] = field(default_factory=dict)
    books: dict[tuple[int, int], Book] = field(default_factory=dict)
    granted: dict[tuple[int, int, bool], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    market_sets: dict[int, int] = field(default_factory=dict)
    set_numbers: dict[int, int] = field(default_factory=dict)
    reporters: dict[tuple[str, str], bool] = field(default_factory=dict)
    revoked: set[tuple[int, bytes]] = field(default_factory=set)
    payable: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    net: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    usage: list[UsageBatch] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    # Of the transaction that is being replayed.
    moves: list[Move] = field(default_factory=list)
    minted: set[tuple[str, int]] = field(default_factory=set)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return every currency that a license is paid in, in the order of their first license."""
        return tuple(dict.fromkeys(each.currency for each in self.licenses.values()))

    @property
    def accounts(self) -> set[tuple[str, int]]:
        """Return every currency and account that a claim could wait for, with or without one."""
        found = set(self.payable)
        for license in self.licenses.values():
            payees = {int(share.payee, 16) for share in license.shares}
            payees |= {license.twin_id, int(license.licensee, 16)}
            found |= {(license.currency, payee) for payee in payees}
        return found

    def change(self, license: License, **values: Any) -> License:
        """Return a license after a change, and keep it."""
        self.licenses[license.id] = changed = replace(license, **values)
        return changed

    def find(
        self,
        code: str,
        subject: Subject,
        what: str,
        *,
        expected: object,
        found: object,
        law: int | None,
        event: Any,
        **values: Any,
    ) -> None:
        """Add a finding about an event; `what` is its sentence without the subject."""
        self.findings.append(
            Finding(
                code=code,
                severity=values.pop("severity", Severity.ERROR),
                subject=subject,
                expected=str(expected),
                found=str(found),
                sentence=f"{subject.title} {what}.",
                law=law,
                block=event.block,
                transaction=event.transaction,
                **values,
            )
        )
