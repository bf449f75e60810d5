"""The money of each currency, summed over its licenses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twinrights.audit.observe import Observed
from twinrights.audit.state import Flow
from twinrights.audit.world import World

__all__ = ["Totals", "totals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The money of one currency, by the events unless said otherwise; in its smallest unit.

    `deposited` is all that was ever paid in, `collected` all that was paid out by shares (claims
    that wait included), `refunded` all that went back, `payable` what waits. What is still in
    licenses is `earned_uncollected` (earned, not yet paid out) and `unearned`. `paid` divides
    `collected` by role, OWNER first. `balance` is what the license contract holds by the currency's
    own word, None if it gives none; `logged` by its logs.
    """

    currency: str
    deposited: int
    collected: int
    refunded: int
    payable: int
    earned_uncollected: int
    unearned: int
    paid: Mapping[int, int]
    logged: int
    balance: int | None


def totals(world: World, observed: Observed, *, at: int) -> list[Totals]:
    """Return the money of each currency, earned by the second `at`."""
    return [_totals(world, observed, currency, at) for currency in world.currencies]


def _totals(world: World, observed: Observed, currency: str, at: int) -> Totals:
    held = [each for each in world.licenses.values() if each.currency == currency]
    paid: dict[int, int] = {}
    for posting in world.postings:
        if posting.currency == currency and posting.flow is Flow.SHARE:
            paid[posting.role] = paid.get(posting.role, 0) + posting.amount
    return Totals(
        currency=currency,
        deposited=sum(each.paid_in for each in held),
        collected=sum(each.collected for each in held),
        refunded=sum(each.refunded for each in held),
        payable=sum(amount for key, amount in world.payable.items() if key[0] == currency),
        earned_uncollected=sum(each.earned(at) - each.collected for each in held),
        unearned=sum(each.deposited - each.earned(at) for each in held),
        paid=dict(sorted(paid.items())),
        logged=world.net[currency],
        balance=observed.balances.get(currency),
    )
