"""No node, another chain, or other contracts than were asked for."""

from __future__ import annotations

from twinrights.errors.base import NotReady

__all__ = [
    "ClockFixed",
    "DomainSilent",
    "ExtraMissing",
    "NoContract",
    "NoDeployment",
    "NodeFailed",
    "NodeRefused",
    "NodeUnreachable",
    "NodeUnreadable",
    "NotMined",
    "OtherCode",
    "PortTaken",
    "ProgramMissing",
    "StoreRefused",
    "StoreUnreachable",
    "WrongChain",
]


class DomainSilent(NotReady):
    """A domain that could not be asked which wallets are its own."""

    domain: str
    problem: str
    sentence = "{domain} cannot be asked for its wallets: {problem}."


class NodeUnreachable(NotReady):
    """Nobody answers where the node should be."""

    url: str
    sentence = "No node answers at {url}: start one with `twinrights node`, or name another --rpc."


class NodeUnreadable(NotReady):
    """An answer that is no JSON object: a proxy's or a web server's in the node's place."""

    url: str
    sentence = (
        "What answers at {url} does not speak as a node does: no JSON object came back. Try again, "
        "or name another --rpc."
    )


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
    sentence = (
        "{program} is not installed: with Node 20 run `npm install {package}`, "
        "or put it on the PATH."
    )


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


class StoreUnreachable(NotReady):
    """Nobody answers where a store should be."""

    store: str
    sentence = "No store answers at {store}: start it with `twinrights store`, or name another."


class StoreRefused(NotReady):
    """A store that answers and does not do what it was asked."""

    store: str
    problem: str
    sentence = "The store {store} refused: {problem}."
