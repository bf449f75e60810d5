"""How currencies behave, good and bad: what the laws of money must hold against (laws 12, 18).

honest      moves exactly what it is asked to, or says no
refusing    honest, but sends nothing to a wallet that it bars
blocking    honest, but a wallet that it bars neither sends nor receives
fee         one part in a hundred is lost on the way
hollow      says yes when asked to pay in, and moves nothing
calling     does a deed of its own in the middle of a transfer
absent      no contract at all
"""

from __future__ import annotations

from tests.model.digests import Place, permit_digest
from tests.model.signatures import Signature
from tests.model.world import World, attempt

__all__ = ["balance", "permit", "permit_words", "pull", "send"]

ENDLESS = 2**256 - 1
"""A standing allowance: it is not used up."""


def balance(world: World, currency: int, wallet: int) -> int:
    return world.balances.get((currency, wallet), 0)


def pull(world: World, currency: int, payer: int, amount: int) -> bool:
    """The payer pays the contract, from its allowance."""
    if world.manners[currency] == "absent":
        return False
    if world.manners[currency] == "hollow":
        return True

    allowed = world.allowances.get((currency, payer), 0)
    if allowed < amount:
        return False
    if allowed != ENDLESS:
        world.allowances[currency, payer] = allowed - amount
    return _move(world, currency, payer, world.here, amount)


def send(world: World, currency: int, payee: int, amount: int) -> bool:
    """The contract sends."""
    if world.manners[currency] == "absent":
        return False
    return _move(world, currency, world.here, payee, amount)


def permit(
    world: World, currency: int, amount: int, deadline: int, signature: Signature | None
) -> None:
    """The sender's signature sets its allowance, once, up to the deadline (EIP-2612)."""
    if world.manners[currency] == "absent":
        return
    nonce = world.permits.get((currency, world.sender), 0)
    digest = permit_words(world, currency, world.sender, amount, nonce, deadline)
    if world.now <= deadline and signature == Signature(world.sender, digest):
        world.permits[currency, world.sender] = nonce + 1
        world.allowances[currency, world.sender] = amount


def permit_words(
    world: World, currency: int, owner: int, amount: int, nonce: int, deadline: int
) -> int:
    """What an owner signs for a currency to allow this contract an amount."""
    place = Place("Test Dollar", world.licenses_place.chain_id, currency)
    return permit_digest(place, owner, world.here, amount, nonce, deadline)


def _move(world: World, currency: int, payer: int, payee: int, amount: int) -> bool:
    deed = world.armed.pop(currency, None)
    if deed:
        within, _ = attempt(world, deed, sender=currency, now=world.now)
        within.sender = world.sender
        world.become(within)

    is_barred = (currency, payee) in world.barred
    if world.manners[currency] == "blocking":
        is_barred |= (currency, payer) in world.barred
    if is_barred or balance(world, currency, payer) < amount:
        return False
    lost = amount // 100 if world.manners[currency] == "fee" else 0
    world.balances[currency, payer] = balance(world, currency, payer) - amount
    world.balances[currency, payee] = balance(world, currency, payee) + amount - lost
    return True
