"""All the money of licenses (laws 10 and 12-17)."""

from __future__ import annotations

from tests.model import currencies
from tests.model.digests import hash_shares, license_id
from tests.model.moves import payee_of
from tests.model.papers import Pay, Share
from tests.model.refused import require
from tests.model.signatures import Signature
from tests.model.world import License, World

__all__ = [
    "distribute",
    "divide",
    "earned",
    "known_license",
    "owed",
    "pay_out",
    "permit",
    "refund",
    "settle",
    "take",
    "top_up",
    "withdraw",
]

WHOLE_BPS = 10_000
FIRST_TWIN = 2**160
"""An account below it is a wallet; every other number is a twin's."""


def top_up(world: World, scope_hash: int, pay: Pay, shares_hash: int, deposited: int) -> None:
    """Raise what has been paid in to a total; by anyone, who gets no claim (laws 10 and 14)."""
    id, license = known_license(world, scope_hash, pay, shares_hash)
    before = license.deposited
    take(world, pay.currency, max(0, deposited - before))

    # What was read before the currency was called is read again after it (law 12).
    license = world.licenses[id]
    require(world.now < license.end, "LicenseOver", id, license.end)
    require(deposited <= pay.fee, "DepositOutOfRange", deposited, before, pay.fee)
    is_as_before = license.deposited == before
    require(is_as_before, "DepositOutOfRange", deposited, license.deposited, pay.fee)

    # A retry pays nothing twice.
    world.change(id, paid_in=max(deposited, before))


def pay_out(world: World, scope_hash: int, pay: Pay, shares: tuple[Share, ...]) -> None:
    """Send what is earned to every wallet; the first time at or after the end, settle (law 17)."""
    id, license = known_license(world, scope_hash, pay, hash_shares(shares))
    require(not license.is_settled, "LicenseSettled", id)

    total = earned(license, world.now)
    distribute(world, id, total, settle(world, id, total) if world.now >= license.end else 0)


def withdraw(world: World, currency: int, account: int) -> None:
    """Send what waits, to the wallet itself; a twin's to whoever owns it now (laws 2 and 16)."""
    amount = world.payable.get((currency, account), 0)
    require(amount != 0, "NothingPayable", currency, account)
    payee = account if account < FIRST_TWIN else payee_of(world, account)

    del world.payable[currency, account]  # books first, then token (law 12)
    is_sent = payee != 0 and currencies.send(world, currency, payee, amount)
    require(is_sent, "WithdrawalFailed", currency, payee, amount)


def permit(
    world: World, currency: int, amount: int, deadline: int, signature: Signature | None
) -> None:
    """Use a permit that the sender brings; one that fails is ignored (law 10)."""
    currencies.permit(world, currency, amount, deadline, signature)


def earned(license: License, at: int) -> int:
    """By the second, rounded down, or by images, rounded up, whichever is ahead (law 13)."""
    if license.is_settled:
        return license.deposited

    pay = license.pay
    elapsed = max(0, min(at, license.end) - license.start)
    by_time = pay.fee * elapsed // pay.term
    by_images = -(-pay.fee * license.used // pay.quota)
    return min(license.deposited, max(by_time, by_images))


def divide(total: int, shares: tuple[Share, ...]) -> list[int]:
    """Everyone's part of all that was earned, the owner's last: nested division (law 15)."""
    parts, rest, rest_bps = [], total, WHOLE_BPS
    for share in shares:
        part = rest * share.bps // rest_bps
        parts.append(part)
        rest -= part
        rest_bps -= share.bps
    return [*parts, rest]


def settle(world: World, id: int, total: int) -> int:
    """Close the books, once (law 17); return what goes back to the licensee."""
    license = world.licenses[id]
    total = max(total, license.collected)  # law 13: earned never falls
    refunded = license.deposited - total
    world.change(id, refunded=refunded, is_settled=True)
    return refunded


def distribute(world: World, id: int, total: int, refunded: int) -> None:
    """Credit what the total exceeds the collected by, and send it (laws 15 and 16)."""
    license = world.licenses[id]
    currency, twin_id = license.pay.currency, license.pay.twin_id
    if total > license.collected:
        before, after = (divide(sum, license.terms.shares) for sum in (license.collected, total))
        *others, owners = (late - early for early, late in zip(before, after, strict=True))
        world.change(id, collected=total)  # books first, then token (law 12)

        for share, part in zip(license.terms.shares, others, strict=True):
            _push(world, currency, share.payee, share.payee, part)
        if owners:
            _push(world, currency, payee_of(world, twin_id), twin_id, owners)
    refund(world, id, refunded)


def refund(world: World, id: int, amount: int) -> None:
    """To the licensee, whoever paid it in (law 17)."""
    license = world.licenses[id]
    _push(world, license.pay.currency, license.licensee, license.licensee, amount)


def _push(world: World, currency: int, payee: int, account: int, amount: int) -> None:
    """What cannot be sent waits for its account, and holds up nobody (law 16)."""
    if amount == 0:
        return
    require(world.has_gas, "GasTooLow")  # nobody can starve a transfer into a claim
    if payee == 0 or not currencies.send(world, currency, payee, amount):
        world.payable[currency, account] = world.payable.get((currency, account), 0) + amount


def take(world: World, currency: int, amount: int) -> None:
    """Only from the sender, exact by balance difference, or nothing happens (laws 10 and 12)."""
    if amount == 0:
        return
    before = currencies.balance(world, currency, world.here)
    is_taken = currencies.pull(world, currency, world.sender, amount)
    require(is_taken, "PaymentFailed", currency, world.sender, amount)

    arrived = max(0, currencies.balance(world, currency, world.here) - before)
    require(arrived == amount, "PaymentInexact", currency, amount, arrived)


def known_license(world: World, scope_hash: int, pay: Pay, shares_hash: int) -> tuple[int, License]:
    """The license of these parts: a deed brings them, the id binds them (law 5)."""
    id = license_id(world.licenses_place, scope_hash, pay, shares_hash)
    require(id in world.licenses, "LicenseUnknown", id)
    return id, world.licenses[id]


def owed(world: World, currency: int) -> int:
    """What the balance must cover: sum(deposited - collected) + sum(payable) (law 12)."""
    licenses = (each for each in world.licenses.values() if each.pay.currency == currency)
    waiting = (amount for (where, _), amount in world.payable.items() if where == currency)
    return sum(each.deposited - each.collected for each in licenses) + sum(waiting)
