"""What the client itself refuses, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from twinrights.errors.base import BadInput, KeyTrouble, NotFound, NotReady

__all__ = [
    "BadAmount",
    "BadDate",
    "BadFile",
    "BadRow",
    "BadSignedFile",
    "BadValue",
    "ClockFixed",
    "CorruptKeystore",
    "DevelopmentKeyRefused",
    "ExtraMissing",
    "FileMissing",
    "InsufficientAllowance",
    "InsufficientBalance",
    "InsufficientGasMoney",
    "KeystoreExists",
    "KeystoreMissing",
    "LicenseNotFound",
    "MemoDiffers",
    "NoContract",
    "NoDeployment",
    "NodeFailed",
    "NodeRefused",
    "NodeUnreachable",
    "NotMined",
    "NotRecorded",
    "NotSigned",
    "OtherCode",
    "OtherContract",
    "PortTaken",
    "ProgramMissing",
    "SignerDiffers",
    "TwinNotFound",
    "UnknownCurrency",
    "UnknownWord",
    "WrongChain",
    "WrongPassword",
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
    sentence = "The memo is not what the terms say. It reads {memo!r}; the terms say {expected!r}."


class UnknownCurrency(BadInput):
    """A currency that the list of this chain does not hold."""

    currency: str
    chain_id: int
    sentence = "Currency {currency} is not on the list of chain {chain_id}: name one that is."


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


class NodeUnreachable(NotReady):
    """Nobody answers where the node should be."""

    url: str
    sentence = "No node answers at {url}: start one with `twinrights node`, or name another --rpc."


class NodeFailed(NotReady):
    """A node program that ended or stayed silent instead of answering."""

    program: str
    problem: str
    sentence = "{program} did not start: {problem}."


class NodeRefused(NotReady):
    """An answer of a node that is an error of its own, no contract's."""

    problem: str
    sentence = "The node refused: {problem}."


class PortTaken(NotReady):
    """A port on which somebody else listens already."""

    port: int
    sentence = "Port {port} is taken by another program: name a free one."


class ProgramMissing(NotReady):
    """A node program that is not installed."""

    program: str
    package: str
    sentence = "{program} is not installed: run `npm install {package}`, or put it on the PATH."


class ExtraMissing(NotReady):
    """A part of this package that was not installed with it."""

    extra: str
    sentence = "This needs an extra of the package: run `pip install 'twinrights[{extra}]'`."


class WrongChain(NotReady):
    """The node is of another chain than the deployment or the message."""

    chain_id: int
    expected: int
    sentence = "The node is of chain {chain_id}, this belongs to chain {expected}."


class NoDeployment(NotReady):
    """Nobody said where the contracts are on this chain."""

    chain_id: int
    sentence = "No contracts are known on chain {chain_id}: name a --deployment file, or deploy."


class NoContract(NotReady):
    """There is no code at an address."""

    name: str
    address: str
    sentence = "There is no {name} at {address}: no code is there on this chain."


class OtherCode(NotReady):
    """There is other code at an address than this package knows."""

    name: str
    address: str
    sentence = "The code at {address} is not this package's {name}: do not trust it."


class ClockFixed(NotReady):
    """The chain's clock cannot be moved."""

    chain_id: int
    sentence = "The clock of chain {chain_id} cannot be moved: only a local test chain's can."


class NotMined(NotReady):
    """A transaction was sent and not mined in time; it may still be."""

    transaction: str
    seconds: int
    sentence = "Transaction {transaction} was not mined within {seconds} s: look for it later."


class TwinNotFound(NotFound):
    """No twin has this id on this chain."""

    twin_id: int
    sentence = "No twin has the id {twin_id:id} here."


class LicenseNotFound(NotFound):
    """No license has this id on this chain."""

    license_id: int
    sentence = "No license has the id {license_id:id} here."


class FileMissing(NotFound):
    """A file or folder that is not there."""

    path: str
    sentence = "{path} is not there."


class NotRecorded(NotFound):
    """A file that is not in the manifest it was looked up in."""

    path: str
    manifest: str
    sentence = "{path} is not among the images of {manifest}."


class KeystoreMissing(KeyTrouble):
    """No keystore is where it should be."""

    path: str
    sentence = "There is no keystore at {path}."


class KeystoreExists(KeyTrouble):
    """A keystore would be overwritten."""

    path: str
    sentence = "{path} exists already and is not overwritten: a key would be lost."


class WrongPassword(KeyTrouble):
    """The password does not open the keystore."""

    path: str
    sentence = "The password does not open {path}."


class CorruptKeystore(KeyTrouble):
    """A file that is not a keystore, or a damaged one."""

    path: str
    problem: str
    sentence = "{path} is not a keystore that can be read: {problem}."


class DevelopmentKeyRefused(KeyTrouble):
    """A public development key on a chain that is not local."""

    address: str
    chain_id: int
    sentence = (
        "{address} is a development account whose key everybody knows: it is not used on chain "
        "{chain_id}. Use a keystore."
    )
