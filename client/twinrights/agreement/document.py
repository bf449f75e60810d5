"""The agreement itself: a file whose hash stands in the terms, and the words that it gives.

The file holds no words but their hash, and what they follow from: template, language, terms, the
currency by our list, and the salted hash of the annex. So nobody can hand out other words under
the same hash, and nothing in the file is private.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from twinrights.agreement.annex import Annex
from twinrights.agreement.saying import annex_values, values
from twinrights.agreement.template import NEWEST, Template, language_of, template
from twinrights.errors import BadFile, BadValue, FileMissing
from twinrights.money import Currency
from twinrights.terms import ZERO_HASH, RateCard, Terms
from twinrights.typed_data import message_from, shape_of, typed_data, with_memo
from twinrights.words.vocabulary import Language

__all__ = ["Agreement", "is_agreement", "with_agreement"]

FORMAT = 1
KEYS = {
    "agreement",
    "annex",
    "chain_id",
    "contract",
    "currency",
    "kind",
    "language",
    "template",
    "terms",
    "words",
}
KINDS: Mapping[str, type[Any]] = {"offer": Terms, "ratecard": RateCard}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What people read, for one offer or rate card.

    `message` is the offer or card without its memo and its agreement's hash; `words` the hash of
    the agreement's text in its own language, the annex withheld.
    """

    message: Terms | RateCard
    chain_id: int
    contract: str
    currency: Currency
    template: str
    language: Language
    annex: bytes
    words: bytes

    @classmethod
    def of(
        cls,
        message: Terms | RateCard,
        annex: Annex,
        *,
        chain_id: int,
        contract: str,
        currency: Currency,
        language: Language = "en",
    ) -> Agreement:
        """Return the agreement for an offer's terms or a rate card, whatever agreement they name.

        Raises:
            BadValue: these are the terms of a booking, whose agreement is its rate card's.
        """
        if isinstance(message, Terms) and message.scope.card != ZERO_HASH:
            raise BadValue(
                "card", "a booking's agreement is its rate card's: draft it for the card"
            )
        bare = with_agreement(with_memo(message, ""), ZERO_HASH)
        agreement = cls(
            message=bare,
            chain_id=chain_id,
            contract=contract,
            currency=currency,
            template=NEWEST,
            language=language,
            annex=annex.hash,
            words=ZERO_HASH,
        )
        return replace(agreement, words=keccak(text=agreement.text()))

    @classmethod
    def load(cls, path: Path | str) -> Agreement:
        """Return the agreement of a file.

        Raises:
            FileMissing, BadFile.
        """
        file = Path(path)
        try:
            return cls.from_bytes(file.read_bytes())
        except FileNotFoundError as error:
            raise FileMissing(str(file)) from error
        except BadValue as error:
            raise BadFile(str(file), f"{error.field}: {error.problem}") from error

    @classmethod
    def from_bytes(cls, content: bytes) -> Agreement:
        """Return the agreement of a file's bytes.

        Raises:
            BadValue: they are none, or give other words than were agreed.
        """
        agreement = _read(content)
        if agreement.to_bytes() != content:
            raise BadValue("agreement", "its bytes are not those that were hashed")
        if keccak(text=agreement.text()) != agreement.words:
            raise BadValue("words", "the terms in it give other words than were agreed")
        return agreement

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON with sorted keys and no spaces, one line."""
        data = {
            "agreement": FORMAT,
            "annex": _hex(self.annex),
            "chain_id": self.chain_id,
            "contract": self.contract,
            "currency": {
                "address": self.currency.address,
                "decimals": self.currency.decimals,
                "symbol": self.currency.symbol,
            },
            "kind": self.kind,
            "language": self.language,
            "template": self.template,
            "terms": _bare(self._typed_data["message"]),
            "words": _hex(self.words),
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @property
    def kind(self) -> str:
        """What it is for: "offer" or "ratecard"."""
        return "offer" if isinstance(self.message, Terms) else "ratecard"

    @property
    def hash(self) -> bytes:
        """The hash of the file, which stands in the terms."""
        return keccak(self.to_bytes())

    @property
    def agreed(self) -> Terms | RateCard:
        """The offer's terms or the rate card with the hash of this agreement, without a memo."""
        agreed: Terms | RateCard = with_agreement(self.message, self.hash)
        return agreed

    def text(self, annex: Annex | None = None, *, language: Language | None = None) -> str:
        """Return the agreement in plain words, in its own language or another to read it in.

        Without its annex the text says so, with its salted hash.

        Raises:
            BadValue: this is another agreement's annex.
        """
        words = template(self.template, language or self.language)
        filled = self._values(words, annex)
        part = "withheld" if annex is None else "annex"
        return f"{words.fill('agreement', filled)}\n{words.fill(part, filled)}"

    def deal_memo(self, annex: Annex | None = None, *, language: Language | None = None) -> str:
        """Return the one-page short form.

        Raises:
            BadValue: this is another agreement's annex.
        """
        words = template(self.template, language or self.language)
        named = {"agreement_hash": _hex(self.hash), **self._values(words, annex)}
        return words.fill("deal memo", named)

    def _values(self, words: Template, annex: Annex | None) -> dict[str, Any]:
        if annex is not None and annex.hash != self.annex:
            raise BadValue("annex", "it is another agreement's, or was changed")
        of_annex = {} if annex is None else annex_values(annex, words)
        of_terms = values(self.message, self.currency, words, chain_id=self.chain_id)
        return {**of_terms, **of_annex, "annex_hash": _hex(self.annex)}

    @property
    def _typed_data(self) -> dict[str, Any]:
        return typed_data(self.message, chain_id=self.chain_id, contract=self.contract)


def is_agreement(content: bytes) -> bool:
    """Return whether a file means to be an agreement that was made here, right or wrong."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "agreement" in data


def with_agreement(message: Any, hash_: bytes) -> Any:
    """Return an offer's terms or a rate card with the hash of an agreement in it."""
    if isinstance(message, Terms):
        return replace(message, scope=replace(message.scope, agreement=hash_))
    return replace(message, agreement=hash_)


def _read(content: bytes) -> Agreement:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadValue("agreement", "it is not JSON") from error
    if not isinstance(data, dict) or data.get("agreement") != FORMAT:
        raise BadValue("agreement", "it is none of TwinRights")
    if odd := sorted(KEYS ^ set(data)):
        raise BadValue(odd[0], "it is missing" if odd[0] in KEYS else "no such field")
    try:
        message, chain_id, contract = message_from(_whole(data))
        currency = Currency(**data["currency"])
        if not isinstance(message, Terms | RateCard):
            raise TypeError
        annex, words = (bytes.fromhex(data[name][2:]) for name in ("annex", "words"))
        return Agreement(
            message=message,
            chain_id=chain_id,
            contract=contract,
            currency=currency,
            template=str(data["template"]),
            language=language_of(data["language"]),
            annex=annex,
            words=words,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue("agreement", "a part of it cannot be read") from error


def _whole(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed data of an offer or card again, with an empty memo and no agreement."""
    empty = {"memo": "", "agreement": _hex(ZERO_HASH)}
    terms = data["terms"]
    if data["kind"] == "offer":
        message = {**terms, "scope": {**terms["scope"], **empty}}
    else:
        message = {**terms, **empty}
    struct = KINDS[data["kind"]]
    shape = shape_of(struct, chain_id=data["chain_id"], contract=data["contract"])
    return {**shape, "message": message}


def _bare(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return typed data without memo and agreement, which follow from the agreement."""
    if "scope" in message:
        return {**message, "scope": _bare(message["scope"])}
    return {name: part for name, part in message.items() if name not in ("memo", "agreement")}


def _hex(value: bytes) -> str:
    return f"0x{value.hex()}"
