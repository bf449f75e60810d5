"""The shape of every signed message: its EIP-712 type, its kind, and the contract it is signed for.

Type strings are those of `DigitalTwin.sol` and `TermsHash.sol`; the fields of the values in
`twinrights.terms` stand in the same order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, Union

from twinrights.terms import (
    Consent,
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    MarketRate,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Pay,
    Policy,
    RateCard,
    Retirement,
    Revocation,
    Scope,
    SerialRaise,
    Share,
    Terms,
    UseRate,
)

__all__ = [
    "DOMAIN_FIELDS",
    "KINDS",
    "STRUCTS",
    "VERSION",
    "Field",
    "Message",
    "domain_name",
    "fields_of",
    "is_of_twin",
    "kind_of",
    "memo_of",
    "structs_in",
    "with_memo",
]

Message = Union[  # noqa: UP007 - a name for people, also at run time
    Consent,
    Policy,
    EpochRaise,
    SerialRaise,
    GuardianChange,
    Move,
    MoveAtOnce,
    MoveDrop,
    Retirement,
    Flag,
    Terms,
    RateCard,
    Notice,
    LapseEnd,
    Decline,
    Revocation,
]
"""Whatever an owner signs."""

AnyMessage = TypeVar("AnyMessage")

VERSION = "1"
"""The version in both signing domains."""

DOMAIN_FIELDS = "string name,string version,uint256 chainId,address verifyingContract"

KINDS: Mapping[str, type[object]] = MappingProxyType(
    {
        "consent": Consent,
        "policy": Policy,
        "epoch": EpochRaise,
        "serial": SerialRaise,
        "guardian": GuardianChange,
        "move": Move,
        "move_at_once": MoveAtOnce,
        "drop": MoveDrop,
        "retirement": Retirement,
        "flag": Flag,
        "offer": Terms,
        "ratecard": RateCard,
        "notice": Notice,
        "lapse": LapseEnd,
        "decline": Decline,
        "revocation": Revocation,
    }
)
"""What each kind of signed file holds."""

FOR_TWINS = (
    Consent,
    Policy,
    EpochRaise,
    SerialRaise,
    GuardianChange,
    Move,
    MoveAtOnce,
    MoveDrop,
    Retirement,
    Flag,
)

_ACT = "string memo,uint256 twinId,uint32 nonce,uint40 deadline"
_MOVE = "string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline"
_ENDING = "string memo,uint256 licenseId,uint32 nonce,uint40 deadline"

_FIELDS: Mapping[type[object], str] = MappingProxyType(
    {
        Consent: "string memo,address owner,bytes32 replica,address guardian,bytes32 salt,"
        "uint40 deadline",
        Policy: "string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,"
        "uint32 nonce,uint40 deadline",
        EpochRaise: _ACT,
        SerialRaise: "string memo,uint256 twinId,uint32 leastSerial,uint32 nonce,uint40 deadline",
        GuardianChange: "string memo,uint256 twinId,address guardian,uint32 nonce,uint40 deadline",
        Move: _MOVE,
        MoveAtOnce: _MOVE,
        MoveDrop: _ACT,
        Retirement: _ACT,
        Flag: "string memo,uint256 twinId,uint256 licenseId,bytes32 imageHash,uint32 nonce,"
        "uint40 deadline",
        Terms: "Scope scope,Pay pay,Share[] shares",
        Scope: "string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,"
        "uint8 category,bool exclusive,uint32 uses,uint256 markets,uint32 notice,"
        "bytes32 agreement,bytes32 card,bytes32 ref",
        Pay: "uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota",
        Share: "address payee,uint16 bps,uint8 role",
        RateCard: "string memo,uint256 twinId,address licensee,uint32 epoch,uint32 serial,"
        "uint40 validUntil,uint8 category,address currency,uint32 notice,bytes32 agreement,"
        "uint96 floor,uint96 dayRate,uint96 imageRate,uint32 exclusiveFactor,uint16 minDays,"
        "uint16 maxDays,uint32 maxQuota,uint32 leadTime,UseRate[] uses,MarketRate[] markets,"
        "Share[] shares",
        UseRate: "uint8 use,uint32 weight",
        MarketRate: "uint256 markets,uint32 weight",
        Notice: _ENDING,
        LapseEnd: _ENDING,
        Decline: _ENDING,
        Revocation: "string memo,uint256 twinId,bytes32 digest,uint40 deadline",
    }
)

STRUCTS: Mapping[str, type[object]] = MappingProxyType({kind.__name__: kind for kind in _FIELDS})
"""Each struct of the signed types by its Solidity name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its Solidity type and name, and its name in `twinrights.terms`."""

    abi_type: str
    name: str
    attribute: str

    @property
    def struct(self) -> type[object] | None:
        """The struct that the field holds, or holds a list of; None for a plain value."""
        return STRUCTS.get(self.abi_type.removesuffix("[]"))

    @property
    def is_list(self) -> bool:
        """Whether it holds a list."""
        return self.abi_type.endswith("[]")


def fields_of(struct: type[object]) -> tuple[Field, ...]:
    """Return the fields of a struct, in order."""
    return _fields_of(struct.__name__)


@cache
def _fields_of(name: str) -> tuple[Field, ...]:
    struct: Any = STRUCTS[name]
    pairs = (part.split() for part in _FIELDS[struct].split(","))
    own = dataclasses.fields(struct)
    return tuple(
        Field(type_, name, field.name) for (type_, name), field in zip(pairs, own, strict=True)
    )


def structs_in(struct: type[object]) -> tuple[type[object], ...]:
    """Return the struct, then all that it holds by the alphabet, as EIP-712 orders them."""
    held = {held for held in (field.struct for field in fields_of(struct)) if held}
    return struct, *sorted(held, key=lambda other: other.__name__)


def kind_of(message: Message) -> str:
    """Return what a message is called in files and by the command line: "offer", "ratecard"."""
    return next(kind for kind, struct in KINDS.items() if isinstance(message, struct))


def is_of_twin(message: Message) -> bool:
    """Return whether a message goes to DigitalTwin; the others go to TwinLicense."""
    return isinstance(message, FOR_TWINS)


def domain_name(struct: type[object]) -> str:
    """Return the name of the signing domain that a message belongs to."""
    return "TwinRights Twin" if struct in FOR_TWINS else "TwinRights License"


def memo_of(message: Message) -> str:
    """Return the sentence that opens a message."""
    return message.scope.memo if isinstance(message, Terms) else message.memo


def with_memo(message: AnyMessage, memo: str) -> AnyMessage:
    """Return the same message, opened by that sentence."""
    if isinstance(message, Terms):
        return replace(message, scope=replace(message.scope, memo=memo))
    return replace(message, memo=memo)  # type: ignore[type-var]
