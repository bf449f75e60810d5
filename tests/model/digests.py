"""The digests by which papers are named and signed: EIP-712, and the two chains of hashes.

See https://eips.ethereum.org/EIPS/eip-712. Every field is one word of 32 bytes; a list is the hash
of its items' hashes, a string its hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from typing import Any

from eth_utils import keccak

from tests.model import papers
from tests.model.papers import Batch, Consent, Entry, Leaf, Pay, Prices, Scope, Share, Terms

__all__ = [
    "Place",
    "batch_hash",
    "card_digest",
    "hash_leaf",
    "hash_pair",
    "hash_scope",
    "hash_shares",
    "hash_struct",
    "license_id",
    "link_batch",
    "link_entries",
    "permit_digest",
    "signing_digest",
    "twin_id",
]

ACT = "uint32 nonce,uint40 deadline"
SCOPE = (
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,"
    "bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,"
    "bytes32 ref)"
)
PAY = "Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)"
SHARE = "Share(address payee,uint16 bps,uint8 role)"
USE_RATE = "UseRate(uint8 use,uint32 weight)"
MARKET_RATE = "MarketRate(uint256 markets,uint32 weight)"
TERMS = f"Terms(Scope scope,Pay pay,Share[] shares){PAY}{SCOPE}{SHARE}"
RATE_CARD = (
    "RateCard(string memo,uint256 twinId,address licensee,uint32 epoch,uint32 serial,"
    "uint40 validUntil,uint8 category,address currency,uint32 notice,bytes32 agreement,"
    "uint96 floor,uint96 dayRate,uint96 imageRate,uint32 exclusiveFactor,uint16 minDays,"
    "uint16 maxDays,uint32 maxQuota,uint32 leadTime,UseRate[] uses,MarketRate[] markets,"
    f"Share[] shares){MARKET_RATE}{SHARE}{USE_RATE}"
)
PERMIT = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
KINDS = {
    papers.Consent: "Consent(string memo,address owner,bytes32 replica,address guardian,"
    "bytes32 salt,uint40 deadline)",
    papers.Policy: "Policy(string memo,uint256 twinId,uint32 uses,uint32 categories,"
    f"uint16 leastOwnerBps,{ACT})",
    papers.EpochRaise: f"EpochRaise(string memo,uint256 twinId,{ACT})",
    papers.SerialRaise: f"SerialRaise(string memo,uint256 twinId,uint32 leastSerial,{ACT})",
    papers.Retirement: f"Retirement(string memo,uint256 twinId,{ACT})",
    papers.GuardianChange: f"GuardianChange(string memo,uint256 twinId,address guardian,{ACT})",
    papers.Move: f"Move(string memo,uint256 twinId,address to,{ACT})",
    papers.MoveAtOnce: f"MoveAtOnce(string memo,uint256 twinId,address to,{ACT})",
    papers.MoveDrop: f"MoveDrop(string memo,uint256 twinId,{ACT})",
    papers.Flag: f"Flag(string memo,uint256 twinId,uint256 licenseId,bytes32 imageHash,{ACT})",
    papers.Notice: f"Notice(string memo,uint256 licenseId,{ACT})",
    papers.LapseEnd: f"LapseEnd(string memo,uint256 licenseId,{ACT})",
    papers.Decline: f"Decline(string memo,uint256 licenseId,{ACT})",
    papers.Revocation: "Revocation(string memo,uint256 twinId,bytes32 digest,uint40 deadline)",
    papers.Scope: SCOPE,
    papers.Pay: PAY,
    papers.Share: SHARE,
    papers.UseRate: USE_RATE,
    papers.MarketRate: MARKET_RATE,
}


@dataclass(frozen=True)
class Place:
    """A contract on a chain: what is signed for one is void for every other."""

    name: str
    chain_id: int
    address: int

    @cached_property
    def domain(self) -> int:
        named = (_number(self.name), _number("1"))
        return _hash(_number(DOMAIN), *named, self.chain_id, self.address)


def hash_struct(paper: Any) -> int:
    """Return the struct hash of a paper of plain fields."""
    return _hash(_number(KINDS[type(paper)]), *astuple(paper))


def signing_digest(place: Place, struct_hash: int) -> int:
    """Return what a key signs."""
    message = b"\x19\x01" + _word(place.domain) + _word(struct_hash)
    return int.from_bytes(keccak(message), "big")


def twin_id(place: Place, consent: Consent) -> int:
    """Return the id of a consent's twin (law 1)."""
    return signing_digest(place, hash_struct(consent))


def license_id(place: Place, scope_hash: int, pay: Pay, shares_hash: int) -> int:
    """Return the id of the terms of these parts (law 5)."""
    parts = (scope_hash, hash_struct(pay), shares_hash)
    return signing_digest(place, _hash(_number(TERMS), *parts))


def hash_scope(scope: Scope) -> int:
    return hash_struct(scope)


def hash_shares(shares: Iterable[Share]) -> int:
    return _hash_list(shares)


def card_digest(place: Place, terms: Terms, prices: Prices) -> int:
    """Return the digest of the card that a booking's own terms and the prices make together."""
    scope, pay = terms.scope, terms.pay
    fields = (
        *(scope.memo, pay.twin_id, prices.licensee, scope.epoch, prices.serial),
        *(scope.valid_until, scope.category, pay.currency, scope.notice, scope.agreement),
        *(pay.committed, prices.day_rate, prices.image_rate, prices.exclusive_factor),
        *(prices.min_days, prices.max_days, prices.max_quota, prices.lead_time),
        *(_hash_list(prices.uses), _hash_list(prices.markets), _hash_list(terms.shares)),
    )
    return signing_digest(place, _hash(_number(RATE_CARD), *fields))


def link_entries(entries: Iterable[Entry]) -> int:
    """Return what the conflict book keeps of its grants: 248 bits of a chain of hashes."""
    granted = 0
    for entry in entries:
        granted = _hash(granted, *astuple(entry)) % 2**248
    return granted


def batch_hash(license_id: int, batch: Batch, reporter: int, time: int) -> int:
    return _hash(license_id, *astuple(batch), reporter, time)


def link_batch(head: int, batch: int) -> int:
    """Return the head after a batch, by the batch's hash (law 19)."""
    return _hash(head, batch)


def hash_leaf(leaf: Leaf) -> int:
    """Return a leaf's hash, hashed twice as in OpenZeppelin's standard tree (law 20)."""
    return _hash(_hash(*astuple(leaf)))


def hash_pair(one: int, other: int) -> int:
    """Return the node above two, the lesser first."""
    return _hash(min(one, other), max(one, other))


def permit_digest(currency: Place, owner: int, spender: int, amount: int, *when: int) -> int:
    """Return what an owner signs for a currency, `when` being nonce and deadline (EIP-2612)."""
    return signing_digest(currency, _hash(_number(PERMIT), owner, spender, amount, *when))


def _hash_list(items: Iterable[Any]) -> int:
    return _hash(*(hash_struct(item) for item in items))


def _hash(*words: int) -> int:
    return int.from_bytes(keccak(b"".join(map(_word, words))), "big")


def _word(number: int) -> bytes:
    return int(number).to_bytes(32, "big")


@cache
def _number(text: str) -> int:
    return int.from_bytes(keccak(text=text), "big")
