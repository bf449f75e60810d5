"""What is signed and what the chain keeps, as frozen values: `contracts/types/` in Python.

Field names, order and meaning are those of the Solidity structs, which say more. A memo is the
sentence itself here and its hash on chain. Times are UNIX seconds, amounts the smallest unit of the
currency, masks the bits of `twinrights.words`. `twinrights.typed_data` hashes and signs them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

__all__ = [
    "WHOLE_BPS",
    "ZERO_ADDRESS",
    "ZERO_HASH",
    "Authority",
    "Batch",
    "Consent",
    "Decline",
    "Entry",
    "EpochRaise",
    "Flag",
    "GuardianChange",
    "Kind",
    "LapseEnd",
    "Leaf",
    "License",
    "MarketRate",
    "Move",
    "MoveAtOnce",
    "MoveDrop",
    "Notice",
    "Pay",
    "PendingMove",
    "Policy",
    "RateCard",
    "Reason",
    "Retirement",
    "Revocation",
    "Scope",
    "SerialRaise",
    "Share",
    "Terms",
    "UseRate",
]

WHOLE_BPS = 10_000
"""The whole in basis points."""

ZERO_ADDRESS = "0x0000000000000000000000000000000000000000"
ZERO_HASH = bytes(32)


class Kind(IntEnum):
    """What a usage batch states: before publication, afterwards, or taken down."""

    DECLARED = 0
    LATE = 1
    REMOVED = 2


class Reason(IntEnum):
    """Why an image may not be published, the first that applies (law 11)."""

    NONE = 0
    UNKNOWN = 1
    NOT_YOURS = 2
    NOT_STARTED = 3
    ENDED = 4
    UNPAID = 5
    USE = 6
    MARKET = 7
    IMAGES = 8


@dataclass(frozen=True, slots=True)
class Consent:
    """What a model signs to have her twin; its digest is the twin's id (law 1)."""

    memo: str
    owner: str
    replica: bytes
    guardian: str
    salt: bytes
    deadline: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The owner's standing policy, read at every grant (law 4)."""

    memo: str
    twin_id: int
    uses: int
    categories: int
    least_owner_bps: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class EpochRaise:
    """Makes every older signature of an owner void (law 3)."""

    memo: str
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class SerialRaise:
    """Makes every rate card below a serial void (law 3)."""

    memo: str
    twin_id: int
    least_serial: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class GuardianChange:
    """Names another guardian, or none (law 2)."""

    memo: str
    twin_id: int
    guardian: str
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Move:
    """A move that waits: signed by owner or guardian, and by the new wallet (law 2)."""

    memo: str
    twin_id: int
    to: str
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class MoveAtOnce:
    """A move without delay: signed by owner, guardian and the new wallet (law 2)."""

    memo: str
    twin_id: int
    to: str
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class MoveDrop:
    """Drops the move that is pending (law 2)."""

    memo: str
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Retirement:
    """Ends new licenses of a twin for good (law 2)."""

    memo: str
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Flag:
    """The owner's public doubt about an image; `image_hash` is the SHA-256 of its file."""

    memo: str
    twin_id: int
    license_id: int
    image_hash: bytes
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class PendingMove:
    """A move that waits: where to, the first second at which it can be completed, by whom."""

    to: str
    ready_at: int
    by_guardian: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """What the chain knows of a twin."""

    owner: str
    epoch: int
    nonce: int
    least_serial: int
    uses: int
    categories: int
    least_owner_bps: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What is licensed, to whom, when, and under which words. `start` 0 is the grant's second."""

    memo: str
    licensee: str
    epoch: int
    valid_until: int
    start: int
    category: int
    exclusive: bool
    uses: int
    markets: int
    notice: int
    agreement: bytes = ZERO_HASH
    card: bytes = ZERO_HASH
    ref: bytes = ZERO_HASH


@dataclass(frozen=True, slots=True)
class Pay:
    """What is paid: `fee` for the whole `term` (seconds) and the whole `quota` (images)."""

    twin_id: int
    currency: str
    fee: int
    committed: int
    term: int
    quota: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the fee, in basis points, for a payee in a role; the owner has the rest."""

    payee: str
    bps: int
    role: int


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a license grants and costs; its digest is the license's id (law 5)."""

    scope: Scope
    pay: Pay
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class UseRate:
    """What one use (its number, not its bit) weighs in the price, in 1/10,000."""

    use: int
    weight: int


@dataclass(frozen=True, slots=True)
class MarketRate:
    """What a group of markets weighs, in 1/10,000, paid whole once one of them is asked."""

    markets: int
    weight: int


@dataclass(frozen=True, slots=True)
class RateCard:
    """A signed price list from which a brand may book without asking.

    `licensee` zero is anyone; `exclusive_factor` (1/10,000) zero is not sold; `lead_time` and
    `notice` are seconds, rates the smallest unit.
    """

    memo: str
    twin_id: int
    licensee: str
    epoch: int
    serial: int
    valid_until: int
    category: int
    currency: str
    notice: int
    agreement: bytes
    floor: int
    day_rate: int
    image_rate: int
    exclusive_factor: int
    min_days: int
    max_days: int
    max_quota: int
    lead_time: int
    uses: tuple[UseRate, ...]
    markets: tuple[MarketRate, ...]
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """The owner's notice: the license ends after that of its terms, at most 90 days (law 9)."""

    memo: str
    license_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class LapseEnd:
    """The owner's end of a license that has been unpaid for more than seven days (law 9)."""

    memo: str
    license_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Decline:
    """The owner's no to a booking before its start (law 6)."""

    memo: str
    license_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Revocation:
    """Withdraws one offer or one rate card, by its digest (law 3)."""

    memo: str
    twin_id: int
    digest: bytes
    deadline: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the conflict book: a grant as it was made (law 8)."""

    license_id: int
    start: int
    end: int
    uses: int
    markets: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Images recorded together (law 19). `number` is the license's next one, from 1."""

    number: int
    kind: Kind
    root: bytes
    images: int
    uses: int
    markets: int
    manifest: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """One image of a batch (law 20): index, SHA-256 of the file, salted hash of its entry."""

    index: int
    file: bytes
    entry: bytes


@dataclass(frozen=True, slots=True)
class License:
    """Everything that the chain keeps of a license."""

    id: int
    licensee: str
    start: int
    end: int
    paid_through: int
    deposited: int
    collected: int
    images_left: int
    uses: int
    markets: int
    batches: int
    head: bytes = field(repr=False)
    is_booking: bool
    is_noticed: bool
    is_settled: bool
