"""What an owner signs about her twin, her offers and her cards: built by name, sent by anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from brownie import web3

from tests.contracts.support.desk import FAR, MODEL_KEY, ZERO
from tests.contracts.support.digests import digest, sign_digest
from tests.contracts.support.keys import NEW_KEY, address_of

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["FIELDS", "Act", "act"]

FIELDS = {
    "Consent": (
        "string memo,address owner,bytes32 replica,address guardian,bytes32 salt,uint40 deadline"
    ),
    "Policy": (
        "string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,"
        "uint32 nonce,uint40 deadline"
    ),
    "EpochRaise": "string memo,uint256 twinId,uint32 nonce,uint40 deadline",
    "SerialRaise": "string memo,uint256 twinId,uint32 leastSerial,uint32 nonce,uint40 deadline",
    "GuardianChange": "string memo,uint256 twinId,address guardian,uint32 nonce,uint40 deadline",
    "Move": "string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline",
    "MoveAtOnce": "string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline",
    "MoveDrop": "string memo,uint256 twinId,uint32 nonce,uint40 deadline",
    "Retirement": "string memo,uint256 twinId,uint32 nonce,uint40 deadline",
    "Flag": (
        "string memo,uint256 twinId,uint256 licenseId,bytes32 imageHash,uint32 nonce,"
        "uint40 deadline"
    ),
    "Revocation": "string memo,uint256 twinId,bytes32 digest,uint40 deadline",
}
DEEDS = {
    "Consent": ("twins", "mint"),
    "Policy": ("twins", "setPolicy"),
    "EpochRaise": ("twins", "raiseEpoch"),
    "SerialRaise": ("twins", "raiseLeastSerial"),
    "GuardianChange": ("twins", "setGuardian"),
    "Move": ("twins", "proposeMove"),
    "MoveAtOnce": ("twins", "move"),
    "MoveDrop": ("twins", "dropMove"),
    "Retirement": ("twins", "retire"),
    "Flag": ("twins", "flag"),
    "Revocation": ("licenses", "revoke"),
}
DOMAINS = {"twins": "TwinRights Twin", "licenses": "TwinRights License"}


@dataclass(frozen=True)
class Act:
    """One act of an owner, not yet sent."""

    desk: Desk
    kind: str
    values: tuple[Any, ...]

    @property
    def contract(self) -> Any:
        return getattr(self.desk, DEEDS[self.kind][0])

    def digest(self, *, chain_id: int | None = None, contract: Any = None) -> bytes:
        """What the owner's key signs, here or on another chain or contract."""
        return digest(
            f"{self.kind}({FIELDS[self.kind]})",
            self.values,
            name=DOMAINS[DEEDS[self.kind][0]],
            chain_id=chain_id or web3.eth.chain_id,
            contract=(contract or self.contract).address,
        )

    def sign(self, key: str = MODEL_KEY, **elsewhere: Any) -> bytes:
        return sign_digest(self.digest(**elsewhere), key)

    def send(self, *, by: Any = None, signature: bytes | None = None) -> Any:
        """Send it with the model's signature, or another, from the relay, or from somebody else."""
        deed = getattr(self.contract, DEEDS[self.kind][1])
        signature = self.sign() if signature is None else signature
        return deed(self.values, signature, {"from": by or self.desk.relay})


def act(desk: Desk, kind: str, **changes: Any) -> Act:
    """An act of the model: on her twin, of the present nonce, as changed."""
    names = [field.split()[1] for field in FIELDS[kind].split(",")]
    values = {
        "memo": bytes(32),
        "owner": desk.model.address,
        "replica": b"replica".ljust(32),
        "guardian": ZERO,
        "salt": b"salt".ljust(32),
        "twinId": desk.twin,
        "uses": 0xFFFF,
        "categories": 0b11,
        "leastOwnerBps": 5000,
        "leastSerial": 1,
        "to": address_of(NEW_KEY),
        "licenseId": 7,
        "imageHash": b"image".ljust(32),
        "digest": bytes(32),
        "deadline": FAR,
    } | changes
    unknown = changes.keys() - set(names)
    assert not unknown, f"{kind} has no {unknown}"
    if "nonce" in names and "nonce" not in changes:
        values["nonce"] = desk.twins.authority(values["twinId"])["nonce"]
    return Act(desk, kind, tuple(values[name] for name in names))
