"""What text on a command line means on a chain: twins, licenses and currencies, by id or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from twinrights.cli import show, told
from twinrights.cli.session import Session
from twinrights.errors import (
    BadValue,
    CommittedOverFee,
    DepositOutOfRange,
    FeeNotQuoted,
    PaymentFailed,
    PaymentInexact,
    Refused,
    TwinRightsError,
    WithdrawalFailed,
)
from twinrights.grants import Grant
from twinrights.money import Currency
from twinrights.terms import License
from twinrights.twins import Twin

__all__ = [
    "amounts_in",
    "as_of",
    "currencies",
    "currency_of",
    "license_of",
    "license_value",
    "money_account",
    "money_in",
    "only",
    "twin_of",
    "with_amounts",
]

WHOLE_ID = re.compile(r"0x[0-9a-fA-F]{64}")
PART_OF_ID = re.compile(r"0x([0-9a-fA-F]{4,63})(?:(?:…|\.{2,3})([0-9a-fA-F]+))?")
ADDRESS_DIGITS = 40

AMOUNTS: Mapping[type[Refused], tuple[str, ...]] = MappingProxyType(
    {
        CommittedOverFee: ("committed", "fee"),
        DepositOutOfRange: ("deposited", "least", "most"),
        FeeNotQuoted: ("fee", "quoted"),
        PaymentFailed: ("amount",),
        PaymentInexact: ("amount", "arrived"),
        WithdrawalFailed: ("amount",),
    }
)
"""Which values of refusals are amounts of the currency that was at hand."""


def as_of(session: Session, block: int | None) -> Any:
    """Return a block's number for readers, the newest where none was named; raises BadValue."""
    if block is None:
        return "latest"
    newest = session.chain.web3.eth.block_number
    if not 0 <= block <= newest:
        raise BadValue("--block", f"there is no block {block}: the newest is {newest}")
    return block


def twin_of(session: Session, text: str, *, block: int | None = None) -> Twin:
    """Return the twin of an id, of digits of it that only one twin has, or of its number.

    Raises TwinNotFound, or BadValue where the digits fit none or several.
    """
    twins = session.chain.twins
    if WHOLE_ID.fullmatch(text):
        return twins.get(int(text, 16), block=as_of(session, block))
    known = twins.ids(block=as_of(session, block))
    return twins.get(only(text, known, "twin"), block=as_of(session, block))


def license_of(session: Session, text: str, *, block: int | None = None) -> License:
    """Return the license of an id, of digits of it that only one has, or of its number."""
    licenses = session.chain.licenses
    if WHOLE_ID.fullmatch(text):
        return licenses.get(int(text, 16), block=as_of(session, block))
    known = [grant.license_id for grant in licenses.all(block=as_of(session, block))]
    return licenses.get(only(text, known, "license"), block=as_of(session, block))


def license_value(
    session: Session,
    license: License | int,
    *,
    grant: Grant | None = None,
    block: int | None = None,
) -> show.Value:
    """Return all that is known of a license, with whether it is live."""
    licenses = session.chain.licenses
    if isinstance(license, int):
        license = licenses.get(license, block=as_of(session, block))
    granted = grant or licenses.terms(license.id)
    is_live = licenses.is_live(license.id, block=as_of(session, block))
    return told.license_value(license, granted, is_live=is_live, currencies=currencies(session))


def currencies(session: Session) -> show.Currencies:
    """Return the currencies of this chain by their addresses."""
    return {known.address: known for known in session.chain.currencies}


def currency_of(session: Session, license_id: int) -> Currency:
    """Return the currency that a license is paid in."""
    return session.chain.currency(session.chain.licenses.terms(license_id).pay.currency)


def money_in(session: Session, license_id: int) -> Callable[[int], show.Value]:
    """Return how amounts of a license's currency are shown."""
    currency = session.chain.licenses.terms(license_id).pay.currency
    known = currencies(session)
    return lambda units: show.money(units, currency, known)


@contextmanager
def amounts_in(money: Currency) -> Iterator[None]:
    """Let refusals inside say their amounts as people write them, not in the smallest unit."""
    try:
        yield
    except tuple(AMOUNTS) as problem:
        raise with_amounts(problem, money) from problem


def with_amounts(problem: TwinRightsError, money: Currency) -> TwinRightsError:
    """Return an error that says its amounts, if it has any, as people write them."""
    names = next((AMOUNTS[kind] for kind in AMOUNTS if isinstance(problem, kind)), ())
    values = problem.values()
    return type(problem)(**values | {name: money.words(values[name]) for name in names})


def money_account(session: Session, text: str) -> int:
    """Return the account under which money waits: a wallet's address, or a twin's id."""
    if text.isdecimal() or (text.startswith("0x") and len(text) - 2 != ADDRESS_DIGITS):
        return twin_of(session, text).id
    return int(session.account(text), 16)


def only(text: str, known: Sequence[int], what: str) -> int:
    """Return the id that text means: its place in the list from 1, or digits that only it has."""
    if text.isdecimal() and text.isascii():
        if not 1 <= int(text) <= len(known):
            raise BadValue(what, f"there is no {what} {text}: there are {len(known)}")
        return known[int(text) - 1]
    match = PART_OF_ID.fullmatch(text)
    if not match:
        raise BadValue(what, f"{text!r} is not an id: write its number, or 0x and its digits")
    first, last = match[1].lower(), (match[2] or "").lower()
    fitting = {number for number in known if _fits(f"{number:064x}", first, last)}
    if len(fitting) > 1:
        raise BadValue(what, f"{len(fitting)} ids begin with {text}: write more of it")
    if not fitting:
        raise BadValue(what, f"no {what} has an id that begins with {text}")
    return fitting.pop()


def _fits(digits: str, first: str, last: str) -> bool:
    return digits.startswith(first) and digits.endswith(last)
