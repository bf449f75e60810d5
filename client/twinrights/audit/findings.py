"""What an audit finds: one frozen value for each difference, with its amount and one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol

__all__ = ["Coin", "Coins", "Finding", "Severity", "Subject", "short", "text", "utc"]


class Severity(str, Enum):
    """How much a finding says. Only a note leaves an audit in order."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a finding is about.

    `kind` is license, twin, account, currency, contract, block or chain; `id` a number or address.
    """

    kind: str
    id: int | str

    @property
    def shown(self) -> str:
        """Return the id as people compare it: its first and last digits."""
        return str(self.id) if self.kind == "block" else short(self.id)

    def __str__(self) -> str:
        return "the chain" if self.kind == "chain" else f"{self.kind} {self.shown}"

    @property
    def title(self) -> str:
        """Return it as a sentence begins with it."""
        text = str(self)
        return text[0].upper() + text[1:]

    def to_json(self) -> dict[str, Any]:
        """Return kind and whole id; ids of 256 bits as hexadecimal text."""
        wide = isinstance(self.id, int) and self.kind not in ("block", "chain")
        return {"kind": self.kind, "id": f"0x{self.id:064x}" if wide else self.id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference between what is and what must be.

    `amount` is the money at stake in the smallest unit of `currency`, None where there is none.
    `expected` is what the events give, `found` what was met. `law` is the number of the law that it
    touches, `block` and `transaction` say where in the history, None for the present.
    """

    code: str
    severity: Severity
    subject: Subject
    expected: str
    found: str
    sentence: str
    amount: int | None = None
    currency: str | None = None
    law: int | None = None
    block: int | None = None
    transaction: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the finding for machines; the amount as text, for it may exceed 53 bits."""
        data = asdict(self)
        data["severity"] = self.severity.value
        data["subject"] = self.subject.to_json()
        data["amount"] = None if self.amount is None else str(self.amount)
        return data


class Coin(Protocol):
    """What is asked of a currency of the deployment's list."""

    @property
    def symbol(self) -> str:
        """Its sign for people."""

    @property
    def decimals(self) -> int:
        """How many digits of an amount follow the point."""

    @property
    def address(self) -> str:
        """Its contract."""


class Coins:
    """The currencies whose names and decimals our list knows: a token's own word counts nothing."""

    def __init__(self, known: Iterable[Coin] = ()) -> None:
        self._known: Mapping[str, Coin] = MappingProxyType(
            {coin.address.lower(): coin for coin in known}
        )

    def symbol(self, currency: str) -> str | None:
        """Return the sign of a currency; None where the list does not hold it."""
        coin = self._known.get(currency.lower())
        return coin.symbol if coin else None

    def decimals(self, currency: str) -> int | None:
        """Return the decimals of a currency; None where the list does not hold it."""
        coin = self._known.get(currency.lower())
        return coin.decimals if coin else None

    def say(self, amount: int, currency: str) -> str:
        """Return an amount for people: "1,000.000000 TUSD", or in units where nothing is known."""
        coin = self._known.get(currency.lower())
        if coin is None:
            return f"{amount:,} units of {short(currency)}"
        whole, rest = divmod(abs(amount), 10**coin.decimals)
        point = f".{rest:0{coin.decimals}d}" if coin.decimals else ""
        return f"{'-' if amount < 0 else ''}{whole:,}{point} {coin.symbol}"


def short(value: int | str) -> str:
    """Return an id or address by its first and last digits."""
    text = f"0x{value:064x}" if isinstance(value, int) else value
    return text if len(text) <= 14 else f"{text[:10]}…{text[-4:]}"


def utc(seconds: int) -> str:
    """Return UNIX seconds as ISO 8601 in UTC, "2030-01-31T12:00:00Z"; beyond a calendar as such."""
    try:
        moment = datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, ValueError, OSError):
        return f"second {seconds}"
    return moment.isoformat().replace("+00:00", "Z")


def text(value: Any) -> str:
    """Return a value as a finding shows it: bytes as hexadecimal text."""
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)
