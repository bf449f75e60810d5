"""Law 12: what the license contract holds of each currency against what it owes.

A currency is a contract of anybody's choice. One in which no money ever passed can say what it
likes: that is a remark, for it must not spoil the audit of all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from twinrights.audit.compare import Field, failed, money_differs
from twinrights.audit.findings import Finding, Severity, Subject
from twinrights.audit.observe import Observed
from twinrights.audit.totals import Totals, totals
from twinrights.audit.world import World

__all__ = ["idle", "muted", "owed", "solvency"]

BALANCE = Field("BalanceDiffers", "balance at the license contract", "", "", 12)

OF_CURRENCY = frozenset({"BalanceDiffers", "TransferUnexplained", "TransferUnreadable"})
"""The findings that rest on a currency's own word alone."""


def solvency(world: World, observed: Observed, *, at: int) -> Iterator[Finding]:
    """Yield what each currency's balance does not cover, or its logs do not explain."""
    for each in totals(world, observed, at=at):
        yield from _solvency(world, observed, each)


def idle(world: World, observed: Observed, *, at: int) -> frozenset[str]:
    """Return the currencies in which nothing was ever paid in and nothing is owed."""
    return frozenset(
        each.currency
        for each in totals(world, observed, at=at)
        if not each.deposited and not each.payable and owed(world, observed, each.currency) == 0
    )


def muted(findings: Iterable[Finding], currencies: frozenset[str]) -> Iterator[Finding]:
    """Yield the findings; what idle currencies say of themselves becomes a note."""
    for each in findings:
        about = {each.currency, each.subject.id}
        if each.code in OF_CURRENCY and not about.isdisjoint(currencies):
            yield replace(each, severity=Severity.NOTE)
        else:
            yield each


def owed(world: World, observed: Observed, currency: str) -> int | None:
    """Return what the chain's own numbers say that it owes in a currency (law 12).

    None if a view failed.
    """
    ids = [each.id for each in world.licenses.values() if each.currency == currency]
    keys = [key for key in world.accounts if key[0] == currency]
    if any(id_ not in observed.licenses for id_ in ids):
        return None
    if any(key not in observed.payable for key in keys):
        return None
    held = (observed.licenses[id_] for id_ in ids)
    return sum(each.deposited - each.collected for each in held) + sum(
        observed.payable[key] for key in keys
    )


def _solvency(world: World, observed: Observed, each: Totals) -> Iterator[Finding]:
    """By the chain's own numbers; and the balance against the currency's own logs."""
    currency, subject = each.currency, Subject("currency", each.currency)
    promised = owed(world, observed, currency)
    if each.balance is None:
        if promised or each.deposited:
            yield failed(subject, "balanceOf")
        return
    if each.balance != each.logged:
        if promised is not None and each.balance > each.logged and each.balance >= promised:
            yield _surplus(world, subject, each.balance, each.logged)
        else:
            yield money_differs(world, BALANCE, subject, currency, each.logged, each.balance)
    if promised is not None and each.balance < promised:
        yield _insolvent(world, subject, promised, each.balance)


def _surplus(world: World, subject: Subject, balance: int, logged: int) -> Finding:
    """Return the remark that there is more than was logged: all that is owed is covered."""
    currency = str(subject.id)
    more = world.coins.say(balance - logged, currency)
    return Finding(
        code="SurplusUnlogged",
        severity=Severity.NOTE,
        subject=subject,
        expected=str(logged),
        found=str(balance),
        sentence=f"The license contract holds {more} more than the transfers that were read "
        "explain, such as what came before it was deployed: it belongs to no license.",
        amount=balance - logged,
        currency=currency,
        law=12,
    )


def _insolvent(world: World, subject: Subject, promised: int, balance: int) -> Finding:
    currency, say = str(subject.id), world.coins.say
    missing = promised - balance
    return Finding(
        code="Insolvent",
        severity=Severity.ERROR,
        subject=subject,
        expected=f"{promised} or more",
        found=str(balance),
        sentence=f"The license contract owes {say(promised, currency)} by its own numbers and "
        f"holds {say(balance, currency)}: {say(missing, currency)} are missing.",
        amount=missing,
        currency=currency,
        law=12,
    )
