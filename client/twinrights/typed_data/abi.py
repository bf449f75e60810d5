"""Messages as the contracts take them: tuples in the order of the structs, the memo hashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from twinrights.terms import Pay, RateCard, Scope, Share
from twinrights.typed_data.schema import Field, Message, fields_of

__all__ = ["pay_abi", "prices_abi", "scope_abi", "shares_abi", "to_abi"]


def to_abi(message: Message) -> tuple[Any, ...]:
    """Return a message as its contract takes it.

    A rate card has no such form: a booking brings its terms and `prices_abi` of the card.
    """
    if isinstance(message, RateCard):
        raise TypeError("no contract takes a whole rate card: bring booking_terms and prices_abi")
    return _tuple(message)


def scope_abi(scope: Scope) -> tuple[Any, ...]:
    """Return a scope as the contract takes it."""
    return _tuple(scope)


def pay_abi(pay: Pay) -> tuple[Any, ...]:
    """Return a pay as the contract takes it."""
    return _tuple(pay)


def shares_abi(shares: Sequence[Share]) -> list[tuple[Any, ...]]:
    """Return shares as the contract takes them."""
    return [_tuple(share) for share in shares]


def prices_abi(card: RateCard) -> tuple[Any, ...]:
    """Return the half of a rate card that the terms of a booking do not hold (`Prices`)."""
    return (
        to_checksum_address(card.licensee),
        card.serial,
        card.day_rate,
        card.image_rate,
        card.exclusive_factor,
        card.min_days,
        card.max_days,
        card.max_quota,
        card.lead_time,
        [_tuple(rate) for rate in card.uses],
        [_tuple(rate) for rate in card.markets],
    )


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(_item(field, getattr(value, field.attribute)) for field in fields_of(type(value)))


def _item(field: Field, value: Any) -> Any:
    if field.is_list:
        return [_tuple(one) for one in value]
    if field.struct:
        return _tuple(value)
    if field.abi_type == "string":
        return bytes(keccak(text=value))
    return to_checksum_address(value) if field.abi_type == "address" else value
