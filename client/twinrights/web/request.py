"""What one page shows and asks for: made before any page opens, and refused then if it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from eth_utils.address import is_address

from twinrights import memo
from twinrights.facade import TwinRights
from twinrights.terms import RateCard, Terms
from twinrights.trust import vouched_words
from twinrights.typed_data import Message, Signed, memo_of
from twinrights.unusual import Unusual, unusual
from twinrights.web.fields import KEYS, Row, rows_of

__all__ = ["SignRequest", "request_of"]

SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "consent": "Your consent to a digital twin",
        "policy": "What you allow from now on",
        "epoch": "Make all your older offers void",
        "serial": "Make your older rate cards void",
        "guardian": "Who helps you after a loss",
        "move": "Move a digital twin to another wallet",
        "move_at_once": "Move a digital twin to another wallet, at once",
        "drop": "Stop the move of your digital twin",
        "retirement": "Retire your digital twin for ever",
        "flag": "Doubt an image in public",
        "offer": "An offer of a license",
        "ratecard": "Your rate card",
        "notice": "Your notice to a license",
        "lapse": "End a license that is not paid",
        "decline": "Decline a booking",
        "revocation": "Withdraw an offer or a rate card",
    }
)
"""What people call the kinds of messages; another kind is called by its name."""


@dataclass(frozen=True, slots=True)
class SignRequest:
    """Everything that a page needs: nothing else reaches it."""

    message: Message
    title: str
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]
    is_compared: bool | None
    """Whether a rate card was at hand; None where there is nothing to compare."""

    unusual: tuple[Unusual, ...]
    signers: tuple[str, ...]
    by_contract: bool
    """Whether a signer is a contract, for which another account's key may sign."""

    chain_id: int
    contract: str
    digest: str
    typed_data: dict[str, Any]
    agreement: str | None = None
    """The agreement in words, or why it was not read; None where none is named."""

    @property
    def keys(self) -> tuple[Row, ...]:
        """What its owner looks for first: of an offer or a rate card, what it costs and grants."""
        if not isinstance(self.message, (Terms, RateCard)):
            return ()
        by_name = {row.name: row for row in self.rows}
        return tuple(by_name[name] for name in KEYS if name in by_name)

    @property
    def wallet(self) -> dict[str, Any]:
        """What the page's program hands to the wallet, and checks before."""
        return {
            "chainId": self.chain_id,
            "signers": self.signers,
            "byContract": self.by_contract,
            "typedData": self.typed_data,
        }


def request_of(
    chain: TwinRights,
    paper: Signed,
    *,
    card: RateCard | None = None,
    agreement: str | None = None,
) -> SignRequest:
    """Return what a page shows of a message that its owner shall sign.

    Raises:
        MemoDiffers: the memo does not say what the fields say; no page may show it.
        BadValue: the card is of another twin, or there is no offer to compare with it.
        TwinNotFound, LicenseNotFound: what it is about is not there.
    """
    message = paper.message
    memo.check(message, currencies=chain.currencies)
    signers = chain.signers.of(message)
    return SignRequest(
        message=message,
        title=TITLES.get(paper.kind, paper.kind.capitalize()),
        sentences=tuple(SENTENCE_END.split(memo_of(message))),
        rows=tuple(_with_vouches(chain, rows_of(message, currencies=chain.currencies))),
        is_compared=card is not None if isinstance(message, Terms) else None,
        unusual=unusual(message, card=card, currencies=chain.currencies),
        signers=signers,
        by_contract=any(map(chain.signers.is_contract, signers)),
        chain_id=paper.chain_id,
        contract=paper.contract,
        digest=f"0x{paper.digest.hex()}",
        typed_data=paper.typed_data,
        agreement=agreement,
    )


def _with_vouches(chain: TwinRights, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows; the licensee's says who vouches for that wallet, or that nobody does."""
    for row in rows:
        if row.name == "licensee" and is_address(wallet := row.lines[0]):
            vouches = chain.trust.vouched_by([wallet])[wallet]
            row = replace(row, lines=(*row.lines, vouched_words(vouches)))
        yield row
