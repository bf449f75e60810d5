"""What a licensee may buy, alone or together with more: an offer, or a booking from a rate card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any

from twinrights.acts import brought
from twinrights.asks import Words, market_mask, seconds, use_mask
from twinrights.booking import booking_terms
from twinrights.chain.contracts import Contracts
from twinrights.chain.send import Deed
from twinrights.errors import BadValue
from twinrights.terms import ZERO_HASH, Entry, RateCard, Terms
from twinrights.typed_data import Signed, digest, prices_abi, to_abi

__all__ = ["Acceptance", "Booking", "Granting", "Purchase", "granting", "with_openings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An offer to be accepted; the whole fee is paid in unless `deposit` says less."""

    offer: Signed
    deposit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking from a rate card, at what the card gives.

    `start` 0 is the second of the grant; `ref` (32 bytes, salted) keeps equal bookings apart; `fee`
    is the price that was agreed, refused if it is another; the whole fee is paid in unless
    `deposit` says less.
    """

    card: Signed
    start: datetime | int
    days: int
    uses: Words
    markets: Words
    quota: int
    exclusive: bool = False
    ref: bytes = ZERO_HASH
    fee: int | None = None
    deposit: int | None = None


Purchase = Acceptance | Booking


@dataclass(frozen=True, slots=True)
class Granting:
    """A license that shall be: its terms, what is paid in, and its deed once the book is opened."""

    terms: Terms
    paid: int
    deed: Callable[[Sequence[Entry]], Deed]

    def id_on(self, contracts: Contracts) -> int:
        """Return the id that the license will have: the digest of its terms."""
        contract = str(contracts.licenses.address)
        whole = digest(self.terms, chain_id=contracts.chain_id, contract=contract)
        return int.from_bytes(whole, "big")


def granting(contracts: Contracts, purchase: Purchase, licensee: str) -> Granting:
    """Return the license that a purchase asks for.

    Raises:
        BadSignedFile, NotSigned, WrongChain, OtherContract: what was brought cannot be used here.
        Refused: the card does not sell it.
    """
    if isinstance(purchase, Acceptance):
        return _accepted(contracts, purchase)
    return _booked(contracts, purchase, licensee)


def with_openings(
    contracts: Contracts,
    grantings: Sequence[Granting],
    opening: Callable[[int, int], tuple[Entry, ...]],
) -> list[Deed]:
    """Return the deeds of one transaction in order, exclusive ones with the book as it will be.

    `opening` reads the entries of a twin and category from the chain.

    Raises:
        BadValue: an exclusive license follows one whose start nobody knows before the grant.
    """
    kept: dict[tuple[int, int], list[Entry]] = {}
    made: defaultdict[tuple[int, int], list[Entry]] = defaultdict(list)
    deeds, time = [], 0
    for one in grantings:
        scope = one.terms.scope
        book, entries = (one.terms.pay.twin_id, scope.category), list[Entry]()
        if scope.exclusive:
            entries = [*(kept[book] if book in kept else opening(*book)), *made.pop(book, [])]
            if any(entry.start == 0 for entry in entries):
                problem = "an exclusive license after one that starts when granted"
                raise BadValue("together", f"{problem} needs a transaction of its own")
            time = time or contracts.next_time()
            # As the contract will: what has passed its end as granted leaves the book.
            kept[book] = [entry for entry in entries if entry.end > time]
        made[book].append(_entry(contracts, one))
        deeds.append(one.deed(entries))
    return deeds


def _entry(contracts: Contracts, one: Granting) -> Entry:
    scope, pay = one.terms.scope, one.terms.pay
    return Entry(
        one.id_on(contracts), scope.start, scope.start + pay.term, scope.uses, scope.markets
    )


def _accepted(contracts: Contracts, purchase: Acceptance) -> Granting:
    terms, signature = brought(contracts, purchase.offer, Terms, contracts.licenses)
    paid = terms.pay.fee if purchase.deposit is None else purchase.deposit

    def deed(opening: Sequence[Entry]) -> Deed:
        values = (to_abi(terms), signature, paid, _abi(opening))
        return contracts.deed(contracts.licenses, "accept", *values)

    return Granting(terms, paid, deed)


def _booked(contracts: Contracts, purchase: Booking, licensee: str) -> Granting:
    card, signature = brought(contracts, purchase.card, RateCard, contracts.licenses)
    terms = booking_terms(
        card,
        chain_id=contracts.chain_id,
        contract=str(contracts.licenses.address),
        licensee=licensee,
        start=seconds(purchase.start),
        days=purchase.days,
        uses=use_mask(purchase.uses),
        markets=market_mask(purchase.markets),
        quota=purchase.quota,
        exclusive=purchase.exclusive,
        ref=purchase.ref,
    )
    if purchase.fee is not None:
        terms = replace(terms, pay=replace(terms.pay, fee=purchase.fee))
    paid = terms.pay.fee if purchase.deposit is None else purchase.deposit
    prices = prices_abi(card)

    def deed(opening: Sequence[Entry]) -> Deed:
        values = (to_abi(terms), prices, signature, paid, _abi(opening))
        return contracts.deed(contracts.licenses, "book", *values)

    return Granting(terms, paid, deed)


def _abi(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    return [astuple(entry) for entry in entries]
