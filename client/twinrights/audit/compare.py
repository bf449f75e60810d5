"""Holds what the events give against what the chain says, and names each difference and amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twinrights.audit.findings import Finding, Severity, Subject, text, utc
from twinrights.audit.observe import Observed
from twinrights.audit.state import License
from twinrights.audit.stored_words import account_subject
from twinrights.audit.world import World
from twinrights.terms import Authority
from twinrights.terms import License as Answered

__all__ = ["WITHOUT_MONEY", "Field", "compare", "failed", "money_differs"]

WITHOUT_MONEY = frozenset(
    {
        "BatchesDiffers",
        "BookDiffers",
        "ExclusivesDiffer",
        "HeadDiffers",
        "MarketsDiffers",
        "ReporterDiffers",
        "StateWithoutTransaction",
        "UsesDiffers",
    }
)
"""The codes of errors that leave every sum as it is, and every later payment."""


@dataclass(frozen=True, slots=True)
class Field:
    """A number of a license: code, name for people, law, and whether it is money or a time."""

    code: str
    name: str
    ours: str
    theirs: str
    law: int
    is_money: bool = False
    is_time: bool = False


FIELDS = (
    Field("LicenseeDiffers", "licensee", "licensee", "licensee", 10),
    Field("DepositedDiffers", "deposit", "deposited", "deposited", 14, is_money=True),
    Field("CollectedDiffers", "collected sum", "collected", "collected", 13, is_money=True),
    Field("StartDiffers", "start", "start", "start", 6, is_time=True),
    Field("EndDiffers", "end", "end", "end", 6, is_time=True),
    Field("PaidThroughDiffers", "paid-through", "paid_through", "paid_through", 14, is_time=True),
    Field("ImagesLeftDiffers", "number of images left", "images_left", "images_left", 14),
    Field("UsesDiffers", "uses", "uses", "uses", 5),
    Field("MarketsDiffers", "markets", "markets", "markets", 5),
    Field("BatchesDiffers", "number of batches", "batches", "batches", 19),
    Field("HeadDiffers", "head of its usage history", "head", "head", 19),
    Field("BookingDiffers", "mark of a booking", "is_booking", "is_booking", 6),
    Field("NoticedDiffers", "mark of a notice", "is_noticed", "is_noticed", 9),
    Field("SettledDiffers", "mark of a settlement", "is_settled", "is_settled", 17),
)

AUTHORITY = (
    ("OwnerDiffers", "owner", "owner", 2),
    ("EpochDiffers", "epoch", "epoch", 3),
    ("NonceDiffers", "nonce", "nonce", 3),
    ("LeastSerialDiffers", "least serial", "least_serial", 3),
    ("PolicyDiffers", "allowed uses", "uses", 4),
    ("PolicyDiffers", "allowed categories", "categories", 4),
    ("PolicyDiffers", "least owner's share", "least_owner_bps", 4),
)


def compare(world: World, observed: Observed) -> Iterator[Finding]:
    """Yield every difference between the events and the chain's answers, licenses first."""
    for license in world.licenses.values():
        yield from _license(world, license, observed.licenses.get(license.id))
    for twin in world.twins.values():
        yield from _twin(twin.id, twin.authority, observed.twins.get(twin.id))
    yield from _books(world, observed)
    yield from _claims(world, observed)
    yield from _permissions(world, observed)


def _license(world: World, ours: License, theirs: Answered | None) -> Iterator[Finding]:
    subject = Subject("license", ours.id)
    if theirs is None:
        yield failed(subject, "licenseOf")
        return
    for each in FIELDS:
        expected, found = getattr(ours, each.ours), getattr(theirs, each.theirs)
        if expected == found:
            continue
        if each.is_money:
            yield money_differs(world, each, subject, ours.currency, expected, found)
        elif each.is_time:
            yield _differs(each.code, subject, each.name, utc(expected), utc(found), each.law)
        else:
            yield _differs(each.code, subject, each.name, expected, found, each.law)


def money_differs(
    world: World, field: Field, subject: Subject, currency: str, expected: int, found: int
) -> Finding:
    """Return the finding that an amount is not what its events give."""
    say, stake = world.coins.say, abs(found - expected)
    more = "more" if found > expected else "less"
    return Finding(
        code=field.code,
        severity=Severity.ERROR,
        subject=subject,
        expected=str(expected),
        found=str(found),
        sentence=f"{subject.title}: its {field.name} is {say(found, currency)} on the chain, "
        f"{say(expected, currency)} by its events: {say(stake, currency)} {more}.",
        amount=stake,
        currency=currency,
        law=field.law,
    )


def _twin(id_: int, ours: Authority, theirs: Authority | None) -> Iterator[Finding]:
    subject = Subject("twin", id_)
    if theirs is None:
        yield failed(subject, "authority")
        return
    for code, name, attribute, law in AUTHORITY:
        expected, found = getattr(ours, attribute), getattr(theirs, attribute)
        if expected != found:
            yield _differs(code, subject, name, expected, found, law)


def _books(world: World, observed: Observed) -> Iterator[Finding]:
    for key, book in world.books.items():
        subject, category = Subject("twin", key[0]), key[1]
        if key not in observed.books:
            yield failed(subject, "bookOf")
            continue
        granted, exclusives = observed.books[key]
        if granted != book.granted:
            name = f"conflict book of category {category}"
            yield _differs(
                "BookDiffers", subject, name, f"0x{book.granted:062x}", f"0x{granted:062x}", 8
            )
        if exclusives != book.exclusives:
            name = f"list of exclusive licenses of category {category}"
            expected = [f"0x{each:064x}" for each in book.exclusives]
            found = [f"0x{each:064x}" for each in exclusives]
            yield _differs("ExclusivesDiffer", subject, name, expected, found, 8)


def _claims(world: World, observed: Observed) -> Iterator[Finding]:
    for (currency, account), found in observed.payable.items():
        expected = world.payable.get((currency, account), 0)
        if expected == found:
            continue
        field = Field("PayableDiffers", "payable", "", "", 16)
        yield money_differs(world, field, account_subject(account), currency, expected, found)


def _permissions(world: World, observed: Observed) -> Iterator[Finding]:
    for (licensee, reporter), found in observed.reporters.items():
        expected = world.reporters[licensee, reporter]
        if expected != found:
            subject, name = Subject("account", licensee), f"reporter {reporter}"
            yield _differs("ReporterDiffers", subject, name, expected, found, 19)
    for (twin_id, digest), found in observed.revoked.items():
        if not found:
            name = f"withdrawal of 0x{digest.hex()}"
            yield _differs("RevocationDiffers", Subject("twin", twin_id), name, True, found, 3)


def _differs(
    code: str, subject: Subject, name: str, expected: Any, found: Any, law: int
) -> Finding:
    expected_text, found_text = text(expected), text(found)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        subject=subject,
        expected=expected_text,
        found=found_text,
        sentence=f"{subject.title}: its {name} is {found_text} on the chain, {expected_text} by "
        "its events.",
        law=law,
    )


def failed(subject: Subject, view: str) -> Finding:
    """Return the finding that a view gave no answer."""
    return Finding(
        code="ViewFailed",
        severity=Severity.ERROR,
        subject=subject,
        expected="an answer",
        found="none",
        sentence=f"{subject.title}: {view} gave no answer that can be read.",
    )
