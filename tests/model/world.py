"""All that the laws know of: twins, licenses, money, and the second it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.model.digests import Place, link_entries
from tests.model.papers import Entry, Pay, Terms
from tests.model.refused import Refused

__all__ = ["Book", "License", "PendingMove", "Twin", "World", "attempt", "covered"]


@dataclass(frozen=True)
class PendingMove:
    to: int
    ready_at: int
    by_guardian: bool


@dataclass(frozen=True)
class Twin:
    """A twin: whose it is, what she allows, and what makes her signatures void."""

    owner: int
    uses: int = 0
    categories: int = 0
    least_owner_bps: int = 0
    epoch: int = 0
    nonce: int = 0
    least_serial: int = 0
    guardian: int | None = None
    """None as long as it is the one whom the consent names."""
    is_retired: bool = False
    proposed: PendingMove | None = None
    """The last that was neither completed nor dropped; it may be void."""


@dataclass(frozen=True)
class License:
    """A license: what was signed, and what became of it."""

    terms: Terms
    start: int
    end: int
    """The one present end: the first second that is no longer licensed (law 6)."""
    is_booking: bool
    paid_in: int
    refunded: int = 0
    collected: int = 0
    used: int = 0
    batches: int = 0
    head: int = 0
    is_noticed: bool = False
    is_settled: bool = False

    @property
    def pay(self) -> Pay:
        return self.terms.pay

    @property
    def licensee(self) -> int:
        return self.terms.scope.licensee

    @property
    def deposited(self) -> int:
        return self.paid_in - self.refunded

    @property
    def paid_through(self) -> int:
        """The second from which the deposit no longer covers it (law 14)."""
        return self.start + covered(self.pay.term, self.paid_in, self.pay.fee)

    @property
    def images_open(self) -> int:
        """Images that are paid for and not yet declared (law 14)."""
        return covered(self.pay.quota, self.paid_in, self.pay.fee) - self.used


@dataclass(frozen=True)
class Book:
    """The conflict book of one twin and category (law 8)."""

    entries: tuple[Entry, ...] = ()
    exclusives: tuple[int, ...] = ()
    """Ids, in the places where they stand; some may have ended."""

    @property
    def granted(self) -> int:
        return link_entries(self.entries)


@dataclass
class World:
    twins_place: Place
    licenses_place: Place
    now: int = 0
    sender: int = 0
    has_gas: bool = True
    """Whether whoever calls has brought enough for every transfer."""

    twins: dict[int, Twin] = field(default_factory=dict)
    licenses: dict[int, License] = field(default_factory=dict)
    books: dict[tuple[int, int], Book] = field(default_factory=dict)
    market_sets: tuple[int, ...] = ()
    revoked: set[tuple[int, int]] = field(default_factory=set)
    reporters: set[tuple[int, int]] = field(default_factory=set)
    payable: dict[tuple[int, int], int] = field(default_factory=dict)
    """By currency and account: a wallet, or a twin for whoever owns it."""

    keys: dict[int, int] = field(default_factory=dict)
    """Of each wallet that is a contract, the one key that signs for it (ERC-1271)."""
    manners: dict[int, str] = field(default_factory=dict)
    """Of each currency, how it behaves: see `currencies`."""
    balances: dict[tuple[int, int], int] = field(default_factory=dict)
    allowances: dict[tuple[int, int], int] = field(default_factory=dict)
    """By currency and owner, what this contract may take."""
    permits: dict[tuple[int, int], int] = field(default_factory=dict)
    """By currency and owner, the nonce of the next permit."""
    barred: set[tuple[int, int]] = field(default_factory=set)
    """Currency and wallet that it does not send to."""
    armed: dict[int, Callable[[World], Any]] = field(default_factory=dict)
    """Of a currency that calls back, the deed that its next transfer does first."""

    @property
    def here(self) -> int:
        """The wallet that holds all deposits: the license contract itself."""
        return self.licenses_place.address

    def copy(self) -> World:
        kept = ("twins", "licenses", "books", "revoked", "reporters", "payable")
        money = ("balances", "allowances", "permits", "barred", "armed")
        return replace(self, **{name: getattr(self, name).copy() for name in (*kept, *money)})

    def become(self, other: World) -> None:
        """Take over everything that another world knows."""
        vars(self).update(vars(other))

    def change(self, license_id: int, **fields: Any) -> License:
        """Write fields of a license; return it as it is now."""
        license = self.licenses[license_id] = replace(self.licenses[license_id], **fields)
        return license

    def change_twin(self, twin_id: int, **fields: Any) -> None:
        self.twins[twin_id] = replace(self.twins[twin_id], **fields)


def covered(whole: int, paid_in: int, fee: int) -> int:
    """Return how much of a term or a quota is paid for; a part of a second never (law 14)."""
    return whole if fee == 0 else whole * paid_in // fee


def attempt(
    world: World,
    deed: Callable[[World], Any],
    *,
    sender: int,
    now: int,
    has_gas: bool = True,
) -> tuple[World, Refused | None]:
    """Do a deed wholly or not at all: return the world after it, and the error if it is refused."""
    after = world.copy()
    after.sender, after.now, after.has_gas = sender, now, has_gas
    try:
        deed(after)
    except Refused as refused:
        return world, refused
    return after, None
