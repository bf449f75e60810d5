"""What DigitalTwin refuses, and what both contracts say of a signature."""

from __future__ import annotations

from twinrights.errors.base import Refused

__all__ = [
    "BalanceQueryForZeroAddress",
    "ConsentDiffers",
    "LeastShareOverWhole",
    "MoveNotReady",
    "MovePending",
    "NoMovePending",
    "NonceWrong",
    "NotTransferable",
    "SerialNotHigher",
    "SignatureExpired",
    "SignatureInvalid",
    "TokenDoesNotExist",
    "TwinExists",
    "TwinIsRetired",
    "TwinUnknown",
]


class TwinUnknown(Refused):
    """No twin has this id."""

    twin_id: int
    sentence = "No twin has the id {twin_id:id}: check the id and the chain."


class TwinExists(Refused):
    """The consent has made its twin already."""

    twin_id: int
    sentence = "This consent has made the twin {twin_id:id} already: a consent makes one twin."


class LeastShareOverWhole(Refused):
    """A policy cannot keep more than the whole for the owner."""

    bps: int
    sentence = "A policy cannot keep {bps:percent} for the owner: the most is 100 %."


class SerialNotHigher(Refused):
    """The least serial of rate cards only rises."""

    given: int
    current: int
    sentence = "The least serial is {current} already: sign one that is higher than {given}."


class TwinIsRetired(Refused):
    """A retired twin allows nothing, for good."""

    twin_id: int
    sentence = "The twin {twin_id:id} is retired: it allows no new license, and that stays so."


class ConsentDiffers(Refused):
    """The consent that was brought is another twin's."""

    given: int
    twin_id: int
    sentence = (
        "The consent makes the twin {given:id}, not {twin_id:id}: bring the one of this twin."
    )


class MovePending(Refused):
    """One move at a time."""

    twin_id: int
    to: str
    sentence = (
        "A move of the twin {twin_id:id} to {to} is pending: it must be completed or dropped first."
    )


class NoMovePending(Refused):
    """No move is pending; one that was may be void."""

    twin_id: int
    sentence = "No move of the twin {twin_id:id} is pending: propose one first."


class MoveNotReady(Refused):
    """The pending move must wait."""

    twin_id: int
    ready_at: int
    sentence = "The twin {twin_id:id} can move only from {ready_at:time} on: send it then."


class SignatureInvalid(Refused):
    """The signature is not the signer's, or not of this message on this chain and contract."""

    signer: str
    sentence = (
        "This is not a signature of {signer} for this message on this chain and contract: "
        "have {signer} sign exactly this."
    )


class SignatureExpired(Refused):
    """The signature could be used only before its deadline."""

    deadline: int
    sentence = "The signature could be used only before {deadline:time}: have it signed again."


class NonceWrong(Refused):
    """The act carries another nonce than the twin has now."""

    given: int
    current: int
    sentence = (
        "The act carries nonce {given} and the twin's is {current}: it was sent before, or another "
        "came first; have it signed again."
    )


class NotTransferable(Refused):
    """Tokens of these contracts cannot be transferred or approved."""

    sentence = "Twins and licenses are not for sale: they cannot be transferred or approved."


class TokenDoesNotExist(Refused):
    """No token has this id."""

    sentence = "No token has this id: check the id and the chain."


class BalanceQueryForZeroAddress(Refused):
    """Nobody holds the zero address."""

    sentence = "The zero address holds nothing: ask for a wallet."
