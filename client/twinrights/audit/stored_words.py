"""Every word that the contracts must hold, by the events: where, what, whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eth_utils.address import to_checksum_address

from twinrights.audit.findings import Subject
from twinrights.audit.state import License, Twin
from twinrights.audit.storage import (
    COUNTERS,
    IS_REPORTER,
    IS_REVOKED,
    MARKETS_IN,
    MOVES,
    SET_OF,
    SETS,
    Live,
    Token,
    balance_of_slot,
    book_slot,
    collected_slot,
    head_slot,
    live_slot,
    mapping_slot,
    payable_slot,
    token_slot,
)
from twinrights.audit.world import World

__all__ = ["Word", "account_subject", "licenses_words", "twins_words"]

BOOKING, NOTICED, SETTLED = 1, 2, 4
RETIRED, MOVING, REGUARDED = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a contract must hold: where, what, whose, and its name for people."""

    slot: int
    value: int
    subject: Subject
    name: str


def twins_words(world: World) -> Iterator[Word]:
    """Yield every word that DigitalTwin must hold, and no other."""
    for twin in world.twins.values():
        subject = Subject("twin", twin.id)
        beside = policy_of(twin) << 16 | marks_of(twin)
        yield Word(token_slot(twin.id), Token(twin.owner, beside).word, subject, "owner and policy")
        guardian = int(twin.guardian, 16) if twin.is_reguarded else 0
        counters = guardian << 96 | twin.least_serial << 64 | twin.nonce << 32 | twin.epoch
        yield Word(
            mapping_slot(COUNTERS, twin.id), counters, subject, "epoch, nonce, serial and guardian"
        )
        yield Word(mapping_slot(MOVES, twin.id), word_of_move(twin), subject, "pending move")
    yield from _balances(twin.owner for twin in world.twins.values())


def policy_of(twin: Twin) -> int:
    """Return the 80 bits of a twin's policy: uses, categories, least owner's share."""
    return twin.uses << 48 | twin.categories << 16 | twin.least_owner_bps


def marks_of(twin: Twin) -> int:
    """Return the marks beside a twin's policy."""
    is_moving = twin.pending is not None
    return RETIRED * twin.is_retired + MOVING * is_moving + REGUARDED * twin.is_reguarded


def word_of_move(twin: Twin) -> int:
    """Return the word that holds a twin's pending move, zero without one."""
    if twin.pending is None:
        return 0
    move = twin.pending
    return move.by_guardian << 200 | move.ready_at << 160 | int(move.to, 16)


def licenses_words(world: World) -> Iterator[Word]:
    """Yield every word that TwinLicense must hold, and no other."""
    for license in world.licenses.values():
        yield from _license_words(license)
    yield from _balances(license.licensee for license in world.licenses.values())
    yield from _market_words(world)
    for (twin_id, category), book in world.books.items():
        subject, slot = Subject("twin", twin_id), book_slot(twin_id, category)
        name = f"conflict book of category {category}"
        yield Word(slot, len(book.exclusives) << 248 | book.granted, subject, name)
        for at, license_id in enumerate(book.words, start=1):
            yield Word(slot + at, license_id, subject, name)
    for currency, account in world.accounts:
        amount = world.payable.get((currency, account), 0)
        yield Word(payable_slot(currency, account), amount, account_subject(account), "payable")
    for (licensee, reporter), is_allowed in world.reporters.items():
        slot = mapping_slot(IS_REPORTER, int(licensee, 16), int(reporter, 16))
        yield Word(slot, int(is_allowed), Subject("account", licensee), f"reporter {reporter}")
    for twin_id, digest in world.revoked:
        slot = mapping_slot(IS_REVOKED, twin_id, int.from_bytes(digest, "big"))
        yield Word(slot, 1, Subject("twin", twin_id), f"withdrawal of 0x{digest.hex()}")


def account_subject(account: int) -> Subject:
    """Return whose claims an account's are: an address as a number, or a twin's id."""
    if account >> 160:
        return Subject("twin", account)
    return Subject("account", to_checksum_address(f"0x{account:040x}"))


def _license_words(license: License) -> Iterator[Word]:
    subject = Subject("license", license.id)
    head = int.from_bytes(license.head, "big")
    yield Word(token_slot(license.id), word_of_token(license), subject, "licensee, start and end")
    yield Word(live_slot(license.id), word_of_live(license), subject, "money and usage")
    yield Word(collected_slot(license.id), license.collected, subject, "collected sum")
    yield Word(head_slot(license.id), head, subject, "head")


def _market_words(world: World) -> Iterator[Word]:
    subject = Subject("chain", 0)
    yield Word(SETS, len(world.market_sets), subject, "number of market sets")
    for number, markets in world.market_sets.items():
        name = f"market set {number}"
        yield Word(mapping_slot(MARKETS_IN, number), markets, subject, name)
        yield Word(mapping_slot(SET_OF, markets), number, subject, name)


def _balances(holders: Iterable[str]) -> Iterator[Word]:
    for holder, count in Counter(holders).items():
        yield Word(balance_of_slot(holder), count, Subject("account", holder), "number of tokens")


def status_of(license: License) -> int:
    """Return the 96 bits beside the licensee: start, end, and whether booked, noticed, settled."""
    marks = (
        BOOKING * license.is_booking + NOTICED * license.is_noticed + SETTLED * license.is_settled
    )
    return license.start << 56 | license.end << 16 | marks


def word_of_token(license: License) -> int:
    """Return the word that holds a license's token, by its events."""
    return Token(license.licensee, status_of(license)).word


def word_of_live(license: License) -> int:
    """Return the word that holds a license's money and usage, by its events."""
    return Live(
        deposited=license.deposited,
        paid_through=license.paid_through,
        images_left=license.images_left,
        batches=license.batches,
        uses=license.uses,
        market_set=license.market_set,
    ).word
