"""What a proof of a license says, each of it as the chain knew it at one block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from eth_utils.crypto import keccak
from web3 import Web3

from twinrights.asks import Words, market_mask, use_mask
from twinrights.facade import TwinRights
from twinrights.grants import Grant
from twinrights.memo import render
from twinrights.terms import ZERO_HASH, License, RateCard, Reason
from twinrights.typed_data import Signed
from twinrights.usage import UsageBatch, head_of

__all__ = ["Facts", "Memo", "facts_of"]


class Memo(Enum):
    """What is known of the sentence that the owner signed, whose hash is on the chain."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CARD_MISSING = "card missing"
    """It is that of a rate card, and the card was not given."""
    OTHER_CARD = "other card"
    """The rate card that was given is not that of this booking."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A license at a block, and the answer to one question about it."""

    license: License
    grant: Grant
    owner: str
    reporters: tuple[str, ...]
    who: str
    uses: int
    markets: int
    images: int
    reason: Reason
    memo: Memo
    batches: tuple[UsageBatch, ...]
    is_complete: bool
    """Whether the batches give the head that the chain keeps: then none is missing or changed."""
    block: int
    block_hash: str
    time: int

    @property
    def covered_until(self) -> int:
        """The first second that is not licensed or not paid for."""
        return min(self.license.end, self.license.paid_through)


def facts_of(
    chain: TwinRights,
    license_id: int,
    *,
    who: str | None = None,
    uses: Words | None = None,
    markets: Words | None = None,
    images: int = 1,
    card: Signed | None = None,
    block: int | None = None,
) -> Facts:
    """Return the facts of a license at a block (the newest if not named).

    The question is whether its licensee may publish one image in all its uses and markets, unless
    others are named.

    Raises:
        LicenseNotFound: no license had this id then.
    """
    head = chain.web3.eth.get_block("latest" if block is None else block)
    at = head["number"]
    license = chain.licenses.get(license_id, block=at)
    grant = chain.licenses.terms(license_id)
    asker = who or license.licensee
    use_bits = license.uses if uses is None else use_mask(uses)
    market_bits = license.markets if markets is None else market_mask(markets)
    batches = chain.usage.history(license_id, block=at)
    reason = chain.licenses.may_publish(
        license_id, who=asker, uses=use_bits, markets=market_bits, images=images, block=at
    )
    return Facts(
        license=license,
        grant=grant,
        owner=chain.twins.get(grant.twin_id, block=at).owner,
        reporters=chain.usage.reporters(license.licensee, block=at),
        who=asker,
        uses=use_bits,
        markets=market_bits,
        images=images,
        reason=reason,
        memo=_memo(chain, grant, card),
        batches=batches,
        is_complete=_is_complete(license, batches),
        block=at,
        block_hash=Web3.to_hex(head["hash"]),
        time=head["timestamp"],
    )


def _memo(chain: TwinRights, grant: Grant, card: Signed | None) -> Memo:
    """Return whether the sentence that was signed says what the terms say."""
    if grant.scope.card == ZERO_HASH:
        expected = render(grant.terms, currencies=chain.currencies)
    elif card is None:
        return Memo.CARD_MISSING
    elif card.digest != grant.scope.card or not isinstance(card.message, RateCard):
        return Memo.OTHER_CARD
    else:
        expected = render(card.message, currencies=chain.currencies)
    return Memo.AGREES if keccak(text=expected) == grant.memo_hash else Memo.DIFFERS


def _is_complete(license: License, batches: Sequence[UsageBatch]) -> bool:
    return len(batches) == license.batches and head_of(batches) == license.head
