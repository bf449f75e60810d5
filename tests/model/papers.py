"""What people sign and bring, field by field. A memo stands here as the hash of its sentence."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Batch",
    "Consent",
    "Decline",
    "Ending",
    "Entry",
    "EpochRaise",
    "Flag",
    "GuardianChange",
    "LapseEnd",
    "Leaf",
    "MarketRate",
    "Move",
    "MoveAtOnce",
    "MoveDrop",
    "Notice",
    "Pay",
    "Policy",
    "Prices",
    "Retirement",
    "Revocation",
    "Scope",
    "SerialRaise",
    "Share",
    "Terms",
    "UseRate",
]


@dataclass(frozen=True)
class Consent:
    memo: int
    owner: int
    replica: int
    guardian: int
    salt: int
    deadline: int


@dataclass(frozen=True)
class Policy:
    memo: int
    twin_id: int
    uses: int
    categories: int
    least_owner_bps: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class EpochRaise:
    memo: int
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class SerialRaise:
    memo: int
    twin_id: int
    least_serial: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class Retirement:
    memo: int
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class GuardianChange:
    memo: int
    twin_id: int
    guardian: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class Move:
    memo: int
    twin_id: int
    to: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class MoveAtOnce:
    memo: int
    twin_id: int
    to: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class MoveDrop:
    memo: int
    twin_id: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class Flag:
    memo: int
    twin_id: int
    license_id: int
    image_hash: int
    nonce: int
    deadline: int


@dataclass(frozen=True)
class Scope:
    memo: int
    licensee: int
    epoch: int
    valid_until: int
    start: int
    category: int
    exclusive: bool
    uses: int
    markets: int
    notice: int
    agreement: int
    card: int
    ref: int


@dataclass(frozen=True)
class Pay:
    twin_id: int
    currency: int
    fee: int
    committed: int
    term: int
    quota: int


@dataclass(frozen=True)
class Share:
    payee: int
    bps: int
    role: int


@dataclass(frozen=True)
class Terms:
    scope: Scope
    pay: Pay
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class UseRate:
    use: int
    weight: int


@dataclass(frozen=True)
class MarketRate:
    markets: int
    weight: int


@dataclass(frozen=True)
class Prices:
    """The half of a rate card that a booking does not repeat; the other half is in its terms."""

    licensee: int
    serial: int
    day_rate: int
    image_rate: int
    exclusive_factor: int
    min_days: int
    max_days: int
    max_quota: int
    lead_time: int
    uses: tuple[UseRate, ...]
    markets: tuple[MarketRate, ...]


@dataclass(frozen=True)
class Entry:
    """A grant as it was made, in the conflict book."""

    license_id: int
    start: int
    end: int
    uses: int
    markets: int


@dataclass(frozen=True)
class Ending:
    memo: int
    license_id: int
    nonce: int
    deadline: int


class Notice(Ending):
    """The owner's notice."""


class LapseEnd(Ending):
    """The owner's end of what is unpaid."""


class Decline(Ending):
    """The owner's no to a booking."""


@dataclass(frozen=True)
class Revocation:
    memo: int
    twin_id: int
    digest: int
    deadline: int


@dataclass(frozen=True)
class Batch:
    number: int
    kind: int
    root: int
    images: int
    uses: int
    markets: int
    manifest: int


@dataclass(frozen=True)
class Leaf:
    """One image of a batch."""

    index: int
    file: int
    entry: int
