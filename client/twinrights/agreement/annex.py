"""The annex: whom and what an agreement is about, in names. It is private.

Its salted hash stands in the agreement, so an agreement can be shown without it, and whoever has
it can prove that it is the one.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from twinrights.errors import BadFile, BadValue, FileMissing

__all__ = ["ALTERATIONS", "REPRESENTED_BY", "Annex"]

FORMAT = 1
ALTERATIONS = ("crop", "colour", "background", "garment", "pose", "body_shape")
"""What may be altered, from the least to the most."""

REPRESENTED_BY = ("counsel", "union", "agency", "nobody")
"""Who stood by the model: laws of New York and California ask for the first or the second."""

LEAST_PURPOSE = 40
MOST = 10_000
"""Characters of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What an agreement says by name. `representative` is empty where nobody represented her."""

    model: str
    licensee: str
    brand_shown: str
    product_line: str
    purpose: str
    alterations: tuple[str, ...]
    agents_and_retailers: tuple[str, ...]
    represented_by: str
    representative: str
    law_and_court: str
    other: str
    salt: bytes

    @classmethod
    def of(cls, data: Any, *, random: Callable[[int], bytes] = secrets.token_bytes) -> Annex:
        """Return the annex of an object with the fields, freshly salted.

        `other` may be left out. Lines are joined: every field is one text.

        Raises:
            BadValue: a field is missing, unknown or says too little.
        """
        names = {field.name for field in fields(cls)} - {"salt"}
        if not isinstance(data, dict):
            raise BadValue("annex", "it is not an object with fields")
        given = {"other": "", **data}
        if odd := sorted(names ^ set(given)):
            raise BadValue(odd[0], "it is missing" if odd[0] in names else "no such field")
        values = {name: _read(name, given[name]) for name in names}
        _check(values)
        return cls(**values, salt=random(32))

    @classmethod
    def drawn(cls, path: Path | str) -> Annex:
        """Return the annex of a file of fields, as people write it, freshly salted.

        Raises:
            FileMissing, BadFile.
        """
        try:
            return cls.of(json.loads(_content(Path(path))))
        except BadValue as error:
            raise BadFile(str(path), f"{error.field}: {error.problem}") from error
        except (ValueError, RecursionError) as error:
            raise BadFile(str(path), "it is not JSON") from error

    @classmethod
    def load(cls, path: Path | str) -> Annex:
        """Return the annex of a file that `save` wrote.

        Raises:
            FileMissing, BadFile.
        """
        try:
            return cls.from_bytes(_content(Path(path)))
        except ValueError as error:
            raise BadFile(str(path), "it is no salted annex, or was changed") from error

    @classmethod
    def from_bytes(cls, content: bytes) -> Annex:
        """Return the annex of a file's bytes; raises ValueError where they are not exactly one."""
        try:
            data = json.loads(content)
            if data.pop("annex") != FORMAT:
                raise ValueError(f"annex format of {data}")
            salt = bytes.fromhex(data.pop("salt"))
            annex = cls.of(data, random=lambda _: salt)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is no annex") from error
        if annex.to_bytes() != content:
            raise ValueError("its bytes are not those that were hashed")
        return annex

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON with sorted keys and no spaces, one line."""
        data = {**asdict(self), "annex": FORMAT, "salt": self.salt.hex()}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @property
    def hash(self) -> bytes:
        """The salted hash, which stands in the agreement."""
        return keccak(self.to_bytes())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(str(path)) from error


def _read(name: str, value: Any) -> Any:
    if name not in ("alterations", "agents_and_retailers"):
        return _text(name, value)
    if not isinstance(value, list | tuple):
        raise BadValue(name, "it must be a list")
    return tuple(_text(name, each) for each in value)


def _text(name: str, value: Any) -> str:
    """Return a text on one line, as it is read: with no sign that hides or turns another."""
    if not isinstance(value, str) or len(value) > MOST:
        raise BadValue(name, f"it must be a text of at most {MOST:,} characters")
    text = " ".join(value.split())
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in text):
        raise BadValue(name, "it holds a sign that cannot be seen")
    return unicodedata.normalize("NFC", text)


def _check(values: dict[str, Any]) -> None:
    may_be_empty = {"other", "alterations", "agents_and_retailers", "representative"}
    for name, value in values.items():
        if not value and name not in may_be_empty:
            raise BadValue(name, "it is empty")
    for name in values["alterations"]:
        if name not in ALTERATIONS:
            raise BadValue("alterations", f"{name!r} is none of {', '.join(ALTERATIONS)}")
    if not all(values["agents_and_retailers"]):
        raise BadValue("agents_and_retailers", "one of them is empty")
    if values["represented_by"] not in REPRESENTED_BY:
        raise BadValue("represented_by", f"it must be one of {', '.join(REPRESENTED_BY)}")
    if bool(values["representative"]) is (values["represented_by"] == "nobody"):
        raise BadValue("representative", "name whoever represented her, and nobody if nobody did")
    if len(values["purpose"]) < LEAST_PURPOSE:
        raise BadValue(
            "purpose",
            f"describe the intended use, in {LEAST_PURPOSE} characters or more: laws ask for it",
        )
