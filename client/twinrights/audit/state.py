"""What the events amount to: twins, licenses, books, history and money, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from twinrights.audit.arithmetic import covered, earned
from twinrights.audit.events import Event
from twinrights.audit.findings import Subject
from twinrights.terms import ZERO_ADDRESS, ZERO_HASH, Authority, Entry, Kind, Reason, Share

__all__ = [
    "LICENSEE",
    "OWNER",
    "Book",
    "Flagged",
    "Flow",
    "License",
    "Move",
    "Pending",
    "Posting",
    "Twin",
    "UsageBatch",
    "Vouch",
]

READY_FOR = 30 * 86_400
"""Seconds for which a move that is ready can be completed."""

OWNER = 0
"""The role of the owner, who has what the other shares leave."""

LICENSEE = -1
"""The role of who holds a license, in whose terms no number stands for it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A move of a twin that was proposed and neither completed nor dropped; it may be void."""

    to: str
    ready_at: int
    by_guardian: bool

    def is_void(self, at: int) -> bool:
        """Return whether it was void by then: 30 days after it was ready."""
        return at >= self.ready_at + READY_FOR


@dataclass(frozen=True, slots=True)
class Twin:
    """A twin as the events give it.

    `guardian` is the one of the consent until `is_reguarded`: only a later one is stored.
    """

    id: int
    owner: str
    guardian: str = ZERO_ADDRESS
    is_reguarded: bool = False
    is_retired: bool = False
    pending: Pending | None = None
    epoch: int = 0
    nonce: int = 0
    least_serial: int = 0
    uses: int = 0
    categories: int = 0
    least_owner_bps: int = 0

    def payee(self, at: int) -> str:
        """Return who is paid what is due to the owner: nobody while a move is pending (law 2)."""
        is_moving = self.pending and not self.pending.is_void(at)
        return ZERO_ADDRESS if is_moving else self.owner

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


@dataclass(frozen=True, slots=True)
class Vouch:
    """What somebody said last of a wallet and has not taken back: it stands until a second."""

    voucher: str
    subject: str
    commitment: bytes
    until: int
    time: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """An owner's doubt about an image; `license_id` is 0 without a license of her twin."""

    twin_id: int
    license_id: int
    image_hash: bytes
    time: int


class Flow(str, Enum):
    """What became of money: it came in, a payee or the licensee was given it, it waits, it left."""

    DEPOSIT = "deposit"
    SHARE = "share"
    REFUND = "refund"
    DEFERRAL = "deferral"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One movement of a license's money, by one event.

    `account` is a wallet's address as a number, or the twin's id for the owner's part; `wallet` is
    who paid or was paid, of a twin its owner of then; `role` that of the share, OWNER or LICENSEE.
    What is deferred was given to its account before, and leaves by a withdrawal.
    """

    flow: Flow
    license_id: int
    currency: str
    account: int
    wallet: str
    role: int
    amount: int
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Tokens that must enter or leave the license contract, by the events of one transaction.

    `posting` is what they are for; a withdrawal may be for several.
    """

    currency: str
    incoming: bool
    other: str
    account: int
    amount: int
    subject: Subject
    posting: Posting | None = None
