"""A message with its signature, and the file it travels in.

The file is one JSON object: {"twinrights": 1, "kind": "offer", "typed_data": {...}, "signature":
"0x..." or null}. `typed_data` is what any wallet shows and signs; `kind` is there for people.
Typed data alone, as it was exported to a wallet, is read as a message that nobody has signed yet.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError

from twinrights.errors import BadSignedFile, BadValue, FileMissing, NotSigned, SignerDiffers
from twinrights.typed_data import hashing, schema, wire
from twinrights.typed_data.schema import Message

__all__ = ["FORMAT", "Signed", "recover", "require_signer"]

FORMAT = 1
"""The version of the file."""

KEYS = {"twinrights", "kind", "typed_data", "signature"}
HEXADECIMAL = re.compile(r"0x(?:[0-9a-fA-F]{2})*")


@dataclass(frozen=True, slots=True)
class Signed:
    """A message for one contract on one chain, and its signature, empty before it is signed."""

    message: Message
    signature: bytes
    chain_id: int
    contract: str

    @property
    def kind(self) -> str:
        """What the message is called: "offer", "ratecard", "consent"."""
        return schema.kind_of(self.message)

    @property
    def digest(self) -> bytes:
        """What is signed; of a consent the twin's id, of an offer the license's."""
        return hashing.digest(self.message, chain_id=self.chain_id, contract=self.contract)

    @property
    def typed_data(self) -> dict[str, Any]:
        """The message as the JSON that a wallet shows and signs."""
        return wire.typed_data(self.message, chain_id=self.chain_id, contract=self.contract)

    def with_signature(self, signature: bytes) -> Signed:
        """Return it with a signature, the recovery number as contracts want it (27 or 28)."""
        if len(signature) == 65 and signature[64] in (0, 1):
            signature = signature[:64] + bytes([signature[64] + 27])
        return replace(self, signature=bytes(signature))

    def to_json(self) -> dict[str, Any]:
        """Return the object that the file holds."""
        return {
            "twinrights": FORMAT,
            "kind": self.kind,
            "typed_data": self.typed_data,
            "signature": f"0x{self.signature.hex()}" if self.signature else None,
        }

    @classmethod
    def from_json(cls, data: Any, *, path: str = "what was brought") -> Signed:
        """Return what such an object holds; `path` is what an error calls it.

        Raises:
            BadSignedFile: a field in it is missing, unknown or cannot be.
        """
        try:
            return _signed_from(data)
        except BadValue as error:
            raise BadSignedFile(path, f"{error.field}: {error.problem}") from error

    @classmethod
    def load(cls, path: Path | str) -> Signed:
        """Return what the file at a path holds.

        Raises:
            FileMissing, BadSignedFile.
        """
        file = Path(path)
        if not file.is_file():
            raise FileMissing(str(file))
        try:
            data = json.loads(file.read_bytes())
        except (ValueError, RecursionError) as error:
            raise BadSignedFile(str(file), "it is not JSON") from error
        return cls.from_json(data, path=str(file))

    def save(self, path: Path | str) -> Path:
        """Write the file; return its path."""
        file = Path(path)
        text = json.dumps(self.to_json(), indent=2, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")
        return file


def recover(signed: Signed) -> str:
    """Return the account whose key made the signature. A contract wallet's cannot be told so.

    Raises:
        NotSigned: there is no signature.
        BadValue: it is not a signature of a key.
    """
    raw = signed.signature
    if not raw:
        raise NotSigned(signed.kind)
    if len(raw) != 65 or raw[64] not in (27, 28):
        raise BadValue("signature", "it is not the 65 bytes of a key's signature")
    try:
        signature = Signature(raw[:64] + bytes([raw[64] - 27]))
        key = signature.recover_public_key_from_msg_hash(signed.digest)
    except (BadSignature, ValidationError) as error:
        raise BadValue("signature", "no key can have made it") from error
    return str(key.to_checksum_address())


def require_signer(signed: Signed, *allowed: str) -> None:
    """Do nothing if the key of one of the accounts made the signature.

    Raises:
        SignerDiffers: another account's did, or the message was changed after it was signed.
        NotSigned, BadValue: as `recover` does.
    """
    signer = recover(signed)
    if signer.lower() not in (account.lower() for account in allowed):
        raise SignerDiffers(signer, " or ".join(allowed))


def _signed_from(data: Any) -> Signed:
    if isinstance(data, dict) and "primaryType" in data:
        message, chain_id, contract = wire.message_from(data)
        return Signed(message, b"", chain_id, contract)
    if not isinstance(data, dict) or data.get("twinrights") != FORMAT:
        raise BadValue("twinrights", f"it is not {FORMAT}: bring a draft, or what `sign` wrote")
    if set(data) != KEYS:
        raise BadValue("file", f"it must hold {', '.join(sorted(KEYS))} and nothing else")
    message, chain_id, contract = wire.message_from(data["typed_data"])
    signed = Signed(message, b"", chain_id, contract)
    if data["kind"] != signed.kind:
        raise BadValue("kind", f"it says {data['kind']!r} and holds a message of {signed.kind!r}")
    signature = data["signature"]
    if signature is None:
        return signed
    if not isinstance(signature, str) or not HEXADECIMAL.fullmatch(signature):
        raise BadValue("signature", "it must be hexadecimal, 0x first, or null")
    return signed.with_signature(bytes.fromhex(signature[2:]))
