"""What was given and cannot be right; nothing was sent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from twinrights.errors.base import BadInput

__all__ = [
    "AgreementDiffers",
    "BadAmount",
    "BadDate",
    "BadDomain",
    "BadDomainFile",
    "BadFile",
    "BadRow",
    "BadSignedFile",
    "BadValue",
    "InTheWay",
    "InsufficientAllowance",
    "InsufficientBalance",
    "InsufficientGasMoney",
    "MemoDiffers",
    "NotSigned",
    "NothingFits",
    "OtherContract",
    "SignedAhead",
    "SignerDiffers",
    "SigningDeclined",
    "SigningTimedOut",
    "UnknownCurrency",
    "UnknownWord",
    "WrongHash",
]


class UnknownWord(BadInput, ValueError):
    """A word that is in none of the frozen lists.

    `kind` is the list that was asked ("use", "market", "category", "role"), `word` is what was
    written, `nearest` the slugs that look most like it, best first; it may be empty.
    """

    kind: str
    word: str
    nearest: tuple[str, ...]

    def __init__(self, kind: str, word: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(kind, word, tuple(nearest))

    def __str__(self) -> str:
        if not self.nearest:
            return f"unknown {self.kind} {self.word!r}"
        *others, last = self.nearest
        guess = f"{', '.join(others)} or {last}" if others else last
        return f"unknown {self.kind} {self.word!r}: did you mean {guess}?"


class BadAmount(BadInput, ValueError):
    """An amount of money that cannot be read, or not to the unit."""

    text: str
    problem: str
    sentence = "{text!r} is not an amount: {problem}."


class BadDate(BadInput, ValueError):
    """A date or time that cannot be read or does not fit."""

    text: str
    problem: str
    sentence = "{text!r} is not a date that will do: {problem}."


class BadDomain(BadInput, ValueError):
    """A text that is no domain's name."""

    text: str
    problem: str
    sentence = "{text!a} is not a domain: {problem}."


class BadDomainFile(BadInput):
    """What a domain publishes about its wallets, and which cannot be right."""

    domain: str
    problem: str
    sentence = "What {domain} says of its wallets will not do: {problem}."


class BadValue(BadInput, ValueError):
    """A value that its field cannot hold."""

    field: str
    problem: str
    sentence = "{field}: {problem}."


class BadFile(BadInput):
    """A file whose contents cannot be read as what they should be."""

    path: str
    problem: str
    sentence = "{path} cannot be read: {problem}."


class BadRow(BadInput):
    """A row of a table that cannot be right."""

    path: str
    row: int
    problem: str
    sentence = "{path}, row {row}: {problem}."

    def __str__(self) -> str:
        # What an unknown word might have been ends in a question.
        return super().__str__().replace("?.", "?")


class BadSignedFile(BadInput):
    """A file of an offer, card, consent or act that is not one, or was changed."""

    path: str
    problem: str
    sentence = "{path} is not a signed file that will do: {problem}."


class NotSigned(BadInput):
    """A message that should carry a signature and has none."""

    kind: str
    sentence = "The {kind} carries no signature yet: have its owner sign it first."


class SignerDiffers(BadInput):
    """A signature that is another account's."""

    signer: str
    expected: str
    sentence = "Signed by {signer}, but {expected} must sign this."


class SignedAhead(BadInput):
    """A message for an epoch to come: raising the epoch would not void it but make it good."""

    given: int
    current: int
    sentence = (
        "This is for epoch {given} and the twin is in epoch {current}: raising the epoch, which "
        "shall void what was signed, would make it good; have it drafted anew."
    )


class SigningDeclined(BadInput):
    """An owner's no on the page that asked her to sign."""

    sentence = "Nothing was signed: the answer on the page was no."


class SigningTimedOut(BadInput):
    """A page that nobody signed on in time."""

    seconds: int
    sentence = "Nothing was signed: nobody answered on the page within {seconds:span}."


class OtherContract(BadInput):
    """A message that was signed for another contract than the one it is brought to."""

    contract: str
    expected: str
    sentence = (
        "This was signed for the contract {contract}, not for {expected}: have it signed anew."
    )


class MemoDiffers(BadInput):
    """A memo that does not say what the fields beside it say."""

    memo: str
    expected: str

    def __str__(self) -> str:
        sentences = zip_longest(self.memo.split(". "), self.expected.split(". "), fillvalue="")
        written, given = next((pair for pair in sentences if pair[0] != pair[1]), ("", ""))
        return f"The memo is not what the terms say. It reads {written!r}; the terms say {given!r}."


class AgreementDiffers(BadInput):
    """An agreement that says something else than the terms that name it."""

    field: str
    agreed: str
    found: str
    sentence = (
        "The agreement is not what the terms say: for {field} it says {agreed}, the terms say "
        "{found}."
    )


class UnknownCurrency(BadInput):
    """A currency that the list of this chain does not hold."""

    currency: str
    chain_id: int
    sentence = "Currency {currency} is not on the list of chain {chain_id}: name one that is."


class NothingFits(BadInput):
    """No rate card and no offer that was given fits what is asked of a twin."""

    twin_id: int
    sentence = "No rate card and no offer was given for this of twin {twin_id:id}: ask its owner."


class InTheWay(BadInput):
    """Another licensee's license, and the second from which it is none any more."""

    license_id: int
    until: int
    sentence = (
        "License {license_id:id} of another licensee stands in the way until {until:time}: choose "
        "other uses or markets, or days after that."
    )


class InsufficientBalance(BadInput):
    """A wallet holds less than it shall pay; nothing was sent. Amounts as people write them."""

    account: str
    currency: str
    have: str
    need: str
    sentence = "{account} has {have} {currency} and needs {need}: fund it first."


class InsufficientAllowance(BadInput):
    """A wallet allows the license contract less than it shall pay, and may not be asked to."""

    account: str
    currency: str
    have: str
    need: str
    sentence = (
        "{account} allows the license contract {have} {currency} and this needs {need}: "
        "approve more first."
    )


class InsufficientGasMoney(BadInput):
    """A wallet holds too little of the chain's own coin to send; amounts in wei."""

    account: str
    have: int
    need: int
    sentence = (
        "{account} has {have:coin} of the chain's own coin and needs {need:coin} for gas: "
        "send it some first."
    )


class WrongHash(BadInput):
    """A file of a store that is not the one of its name."""

    store: str
    kind: str
    hash: bytes
    problem: str
    sentence = "What {store} has as {kind} {hash:id} is another file: {problem}."
