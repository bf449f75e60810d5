"""Where the contracts keep their numbers, and how the words there read.

A second description of the layout, beside Solidity's: a test holds it against the compiler's own.
Tokens lie where Solady's ERC-721 and ERC-20 put them.
See https://docs.soliditylang.org/en/v0.8.30/internals/layout_in_storage.html and
https://github.com/Vectorized/solady, `src/tokens/ERC721.sol` and `ERC20.sol`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from twinrights.audit.findings import Subject
from twinrights.audit.state import License, World

__all__ = [
    "BOOKS",
    "COLLECTED",
    "COUNTERS",
    "HEAD",
    "IS_REPORTER",
    "IS_REVOKED",
    "LIVE",
    "MARKETS_IN",
    "PAYABLE",
    "SETS",
    "SET_OF",
    "Live",
    "Token",
    "Word",
    "account_subject",
    "balance_of_slot",
    "balance_slot",
    "book_slot",
    "collected_slot",
    "head_slot",
    "licenses_words",
    "live_slot",
    "mapping_slot",
    "payable_slot",
    "status_of",
    "token_slot",
    "twins_words",
    "word_of_live",
    "word_of_token",
]

LIVE, COLLECTED, HEAD, MARKETS_IN, BOOKS, PAYABLE, IS_REPORTER, SET_OF, SETS, IS_REVOKED = range(10)
"""The slots of TwinLicense, in the order of its bases."""

COUNTERS = 0
"""The slot of DigitalTwin."""

BOOKING, NOTICED, SETTLED = 1, 2, 4

ERC721_SEED, ERC721_SEED_REST = bytes.fromhex("7d882553"), bytes.fromhex("0a5a2e7a")
ERC20_BALANCE_SEED = bytes.fromhex("87a211a2")
WRAP = 1 << 256


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a contract must hold: where, what, whose, and its name for people."""

    slot: int
    value: int
    subject: Subject
    name: str


@dataclass(frozen=True, slots=True)
class Live:
    """The word of a license that its money and its usage write."""

    deposited: int
    paid_through: int
    images_left: int
    batches: int
    uses: int
    market_set: int

    @classmethod
    def of(cls, word: int) -> Live:
        """Return what a word holds."""
        return cls(
            deposited=word >> 160,
            paid_through=word >> 120 & (1 << 40) - 1,
            images_left=word >> 88 & (1 << 32) - 1,
            batches=word >> 64 & (1 << 24) - 1,
            uses=word >> 32 & (1 << 32) - 1,
            market_set=word & (1 << 32) - 1,
        )

    @property
    def word(self) -> int:
        """Return the word that holds it."""
        return (
            self.deposited << 160
            | self.paid_through << 120
            | self.images_left << 88
            | self.batches << 64
            | self.uses << 32
            | self.market_set
        )


@dataclass(frozen=True, slots=True)
class Token:
    """The word of a token: its holder, and the 96 bits beside it."""

    holder: str
    beside: int

    @classmethod
    def of(cls, word: int) -> Token:
        """Return what a word holds."""
        return cls(to_checksum_address(f"0x{word & (1 << 160) - 1:040x}"), word >> 160)

    @property
    def word(self) -> int:
        """Return the word that holds it."""
        return self.beside << 160 | int(self.holder, 16)


def mapping_slot(slot: int, *keys: int) -> int:
    """Return the slot of a value in a mapping, or in mappings of mappings."""
    for key in keys:
        slot = int.from_bytes(keccak(key.to_bytes(32, "big") + slot.to_bytes(32, "big")), "big")
    return slot


def live_slot(license_id: int) -> int:
    """Return where deposit, paid-through, images left and batches of a license lie: see `Live`."""
    return mapping_slot(LIVE, license_id)


def collected_slot(license_id: int) -> int:
    """Return where the sum lies that was paid out of a license."""
    return mapping_slot(COLLECTED, license_id)


def head_slot(license_id: int) -> int:
    """Return where the head of a license's usage history lies."""
    return mapping_slot(HEAD, license_id)


def payable_slot(currency: str, account: int) -> int:
    """Return where the sum waiting for an account lies: an address as a number, or a twin's id."""
    return mapping_slot(PAYABLE, int(currency, 16), account)


def book_slot(twin_id: int, category: int) -> int:
    """Return where a conflict book lies: its hash, the count above it; the exclusives follow."""
    return mapping_slot(BOOKS, twin_id, category)


def token_slot(token_id: int) -> int:
    """Return where a twin or license lies: its holder, and beside it its policy or its status."""
    id_bytes = token_id.to_bytes(32, "big")
    return (2 * token_id + int.from_bytes(keccak(id_bytes[:28] + ERC721_SEED), "big")) % WRAP


def balance_slot(account: str) -> int:
    """Return where an account's balance lies in one of Solady's ERC-20, such as TestDollar."""
    return int.from_bytes(
        keccak(bytes.fromhex(account.removeprefix("0x")) + bytes(8) + ERC20_BALANCE_SEED), "big"
    )


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


def balance_of_slot(account: str) -> int:
    """Return where the number of an account's tokens lies, in both contracts."""
    padded = bytes.fromhex(account.removeprefix("0x")) + ERC721_SEED_REST + bytes(4)
    return int.from_bytes(keccak(padded), "big")


def twins_words(world: World) -> Iterator[Word]:
    """Yield every word that DigitalTwin must hold, and no other."""
    for twin in world.twins.values():
        subject = Subject("twin", twin.id)
        policy = twin.uses << 48 | twin.categories << 16 | twin.least_owner_bps
        yield Word(token_slot(twin.id), Token(twin.owner, policy).word, subject, "owner and policy")
        counters = twin.least_serial << 64 | twin.nonce << 32 | twin.epoch
        yield Word(mapping_slot(COUNTERS, twin.id), counters, subject, "epoch, nonce and serial")
    yield from _balances(twin.owner for twin in world.twins.values())


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
