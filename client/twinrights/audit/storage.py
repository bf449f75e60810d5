"""Where the contracts keep their numbers, and how the words there read.

A second description of the layout, beside Solidity's: a test holds it against the compiler's own.
Tokens lie where Solady's ERC-721 and ERC-20 put them.
See https://docs.soliditylang.org/en/v0.8.30/internals/layout_in_storage.html and
https://github.com/Vectorized/solady, `src/tokens/ERC721.sol` and `ERC20.sol`.
"""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

__all__ = [
    "BOOKS",
    "COLLECTED",
    "COUNTERS",
    "HEAD",
    "IS_REPORTER",
    "IS_REVOKED",
    "LIVE",
    "MARKETS_IN",
    "MOVES",
    "PAYABLE",
    "SETS",
    "SET_OF",
    "Live",
    "Token",
    "balance_of_slot",
    "balance_slot",
    "book_slot",
    "collected_slot",
    "head_slot",
    "live_slot",
    "mapping_slot",
    "payable_slot",
    "token_slot",
]

LIVE, COLLECTED, HEAD, MARKETS_IN, BOOKS, PAYABLE, IS_REPORTER, SET_OF, SETS, IS_REVOKED = range(10)
"""The slots of TwinLicense, in the order of its bases."""

COUNTERS, MOVES = range(2)
"""The slots of DigitalTwin, in the order of its bases."""

ERC721_SEED, ERC721_SEED_REST = bytes.fromhex("7d882553"), bytes.fromhex("0a5a2e7a")
ERC20_BALANCE_SEED = bytes.fromhex("87a211a2")
WRAP = 1 << 256


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


def balance_of_slot(account: str) -> int:
    """Return where the number of an account's tokens lies, in both contracts."""
    padded = bytes.fromhex(account.removeprefix("0x")) + ERC721_SEED_REST + bytes(4)
    return int.from_bytes(keccak(padded), "big")


def balance_slot(account: str) -> int:
    """Return where an account's balance lies in one of Solady's ERC-20, such as TestDollar."""
    return int.from_bytes(
        keccak(bytes.fromhex(account.removeprefix("0x")) + bytes(8) + ERC20_BALANCE_SEED), "big"
    )
