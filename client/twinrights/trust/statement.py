"""What a voucher says of a wallet, in words. It is private: only its salted hash is on chain.

Whoever is shown the file can hold it against the chain: who said exactly this, and until when.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from twinrights.errors import BadValue
from twinrights.trust.strict import account, line, salt

__all__ = ["Statement"]

FORMAT = 1
FIELDS = {"trust_statement", "subject", "says", "name", "salt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is said of a wallet, such as "is our model", and whose it is by name."""

    subject: str
    says: str
    name: str
    salt: bytes

    @classmethod
    def of(
        cls,
        subject: str,
        *,
        says: str,
        name: str,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> Statement:
        """Return a statement, freshly salted.

        Raises:
            BadValue: a text is empty, too long, or holds a sign that cannot be seen.
        """
        return cls(
            subject=account(subject, "subject"),
            says=line(says, "says"),
            name=line(name, "name"),
            salt=random(32),
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Statement:
        """Return the statement of a file's object; raises BadValue where it is not exactly one."""
        if odd := sorted(FIELDS ^ set(data)):
            raise BadValue(odd[0], "it is missing" if odd[0] in FIELDS else "no such field")
        if type(data["trust_statement"]) is not int or data["trust_statement"] != FORMAT:
            raise BadValue("trust_statement", f"this package reads format {FORMAT}")
        salted = salt(data["salt"])
        subject, says, name = data["subject"], data["says"], data["name"]
        return cls.of(subject, says=says, name=name, random=lambda _: salted)

    def to_json(self) -> dict[str, Any]:
        """Return the object of the file."""
        return {
            "trust_statement": FORMAT,
            "subject": self.subject,
            "says": self.says,
            "name": self.name,
            "salt": f"0x{self.salt.hex()}",
        }

    @property
    def commitment(self) -> bytes:
        """What stands on chain: Keccak-256 of the file's fields, sorted, without spaces."""
        text = json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return keccak(text.encode())
