"""Sums over everybody's accounts, held against the contract's own books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from twinrights.audit.ledger import PAYER, Cut, Ledger, Position
from twinrights.audit.state import LICENSEE

__all__ = ["Tie", "ties"]


@dataclass(frozen=True, slots=True)
class Tie:
    """One sum over all accounts of a currency, and what the contract's events say that it is."""

    name: str
    currency: str
    accounts: int
    books: int

    @property
    def holds(self) -> bool:
        """Return whether both agree to the unit."""
        return self.accounts == self.books


def ties(ledger: Ledger, cut: Cut) -> Iterator[Tie]:
    """Yield every sum of every currency at a cut."""
    licensees: dict[str, Position] = defaultdict(Position)
    payees: dict[str, Position] = defaultdict(Position)
    own: dict[str, int] = defaultdict(int)
    for account in ledger.accounts():
        currency = ledger.world.licenses[account.license_id].currency
        position = ledger.position(account, cut)
        if account.role in (LICENSEE, PAYER):
            own[currency] += position.deposited - position.by_others
        if account.role == LICENSEE:
            licensees[currency] = licensees[currency].plus(position)
        elif account.role != PAYER:
            payees[currency] = payees[currency].plus(position)
    for currency, books in _books(ledger, cut).items():
        brands, others = licensees[currency], payees[currency]
        for name, accounts, said in (
            ("deposited", brands.deposited, books.deposited),
            ("deposited by each payer", own[currency], books.deposited),
            ("paid out", others.paid_out, books.collected),
            ("refunded", brands.refunded, books.refunded),
            ("moved between owners", others.moved, 0),
            ("earned by all payees", others.earned, brands.earned),
            ("waiting", brands.waiting + others.waiting, books.deferred - books.withdrawn),
            ("paid to wallets", brands.paid + others.paid, books.left),
            ("due and prepaid", brands.balance + others.balance, books.deposited - books.left),
        ):
            yield Tie(name, currency, accounts, said)


@dataclass
class _Books:
    """What the events of the contract add up to, without looking at any account."""

    deposited: int = 0
    collected: int = 0
    refunded: int = 0
    deferred: int = 0
    withdrawn: int = 0

    @property
    def left(self) -> int:
        """Return all that has left the contract."""
        return self.collected + self.refunded - self.deferred + self.withdrawn


def _books(ledger: Ledger, cut: Cut) -> dict[str, _Books]:
    books: dict[str, _Books] = defaultdict(_Books)
    deposited: dict[int, int] = defaultdict(int)
    collected: dict[int, int] = defaultdict(int)
    for event in ledger.events:
        if (event.block, event.place, event.index) >= cut.key:
            break
        if event.name in ("Deferred", "Withdrawn"):
            of = books[event["currency"]]
            of.deferred += event["amount"] if event.name == "Deferred" else 0
            of.withdrawn += event["amount"] if event.name == "Withdrawn" else 0
        if event.name not in ("LicenseGranted", "ToppedUp", "PaidOut", "Settled"):
            continue
        license = ledger.world.licenses.get(event["licenseId"])
        if license is None:
            continue
        of = books[license.currency]
        if event.name == "PaidOut":
            of.collected += event["collected"] - collected[license.id]
            collected[license.id] = event["collected"]
        elif event.name == "Settled":
            of.refunded += event["refunded"]
        else:
            of.deposited += event["deposited"] - deposited[license.id]
            deposited[license.id] = event["deposited"]
    return dict(books)
