"""The memo: the plain sentences that open every message an owner signs.

Any wallet shows it, so a model reads words before she signs. It follows from the fields of its
message and from our list of currencies alone, so anybody can write it again and compare. Names of
people are no part of it: wallets and ids stand by their first and last digits, and whoever shows a
memo shows the whole fields beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from twinrights.errors import BadValue, MemoDiffers
from twinrights.memo.acts import (
    consent,
    decline,
    epoch_raise,
    flag,
    guardian_change,
    lapse_end,
    move,
    move_at_once,
    move_drop,
    notice,
    policy,
    retirement,
    revocation,
    serial_raise,
)
from twinrights.memo.card import rate_card
from twinrights.memo.offer import offer
from twinrights.memo.phrases import Purse
from twinrights.money import Currency
from twinrights.terms import (
    ZERO_HASH,
    Consent,
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Policy,
    RateCard,
    Retirement,
    Revocation,
    SerialRaise,
    Terms,
)
from twinrights.typed_data import Message, memo_of

__all__ = ["check", "render"]

WRITERS: Mapping[type[object], Callable[[Any, Purse], list[str]]] = MappingProxyType(
    {
        Consent: consent,
        Policy: policy,
        EpochRaise: epoch_raise,
        SerialRaise: serial_raise,
        GuardianChange: guardian_change,
        Move: move,
        MoveAtOnce: move_at_once,
        MoveDrop: move_drop,
        Retirement: retirement,
        Flag: flag,
        Terms: offer,
        RateCard: rate_card,
        Notice: notice,
        LapseEnd: lapse_end,
        Decline: decline,
        Revocation: revocation,
    }
)


def render(message: Message, *, currencies: Iterable[Currency] = ()) -> str:
    """Return the memo of a message, whatever memo it carries.

    Amounts are written with the symbols of `currencies`; a currency that is not among them stands
    by its address as an "unknown currency", its amounts in the smallest unit.
    """
    return " ".join(WRITERS[type(message)](message, Purse(currencies)))


def check(message: Message, *, currencies: Iterable[Currency] = ()) -> None:
    """Do nothing if the memo of a message is the one that its fields give.

    Raises:
        MemoDiffers: it is another.
        BadValue: these are the terms of a booking, whose memo is that of the rate card.
    """
    if isinstance(message, Terms) and message.scope.card != ZERO_HASH:
        raise BadValue("card", "a booking's memo is that of its rate card: check the card")
    expected = render(message, currencies=currencies)
    if memo_of(message) != expected:
        raise MemoDiffers(memo_of(message), expected)
