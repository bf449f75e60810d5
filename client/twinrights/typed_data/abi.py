"""Messages as the contracts take them: tuples in the order of the structs, the memo hashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from eth_utils.crypto import keccak

from twinrights.terms import Pay, RateCard, Scope, Share, Terms
from twinrights.typed_data.schema import Message

__all__ = ["pay_abi", "prices_abi", "scope_abi", "shares_abi", "to_abi"]


def to_abi(message: Message) -> tuple[Any, ...]:
    """Return a message as its contract takes it.

    A rate card has no such form: a booking brings its terms and `prices_abi` of the card.
    """
    if isinstance(message, Terms):
        return scope_abi(message.scope), pay_abi(message.pay), shares_abi(message.shares)
    if isinstance(message, RateCard):
        raise TypeError("no contract takes a whole rate card: bring booking_terms and prices_abi")
    memo, *rest = astuple(message)
    return bytes(keccak(text=memo)), *rest


def scope_abi(scope: Scope) -> tuple[Any, ...]:
    """Return a scope as the contract takes it."""
    memo, *rest = astuple(scope)
    return bytes(keccak(text=memo)), *rest


def pay_abi(pay: Pay) -> tuple[Any, ...]:
    """Return a pay as the contract takes it."""
    return astuple(pay)


def shares_abi(shares: Sequence[Share]) -> list[tuple[Any, ...]]:
    """Return shares as the contract takes them."""
    return [astuple(share) for share in shares]


def prices_abi(card: RateCard) -> tuple[Any, ...]:
    """Return the half of a rate card that the terms of a booking do not hold (`Prices`)."""
    return (
        card.licensee,
        card.serial,
        card.day_rate,
        card.image_rate,
        card.exclusive_factor,
        card.min_days,
        card.max_days,
        card.max_quota,
        card.lead_time,
        [astuple(rate) for rate in card.uses],
        [astuple(rate) for rate in card.markets],
    )
