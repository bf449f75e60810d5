"""OpenZeppelin 4.9's PaymentSplitter, the last that it published: each payee fetches its part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add

from benchmarks.gas import PAY_OUT, WITHDRAW
from benchmarks.peers.sablier import DAY, FLOW, PARTS, Streams
from benchmarks.peers.stage import Compared, Peers, of_npm

__all__ = ["compared"]

NAME = "OpenZeppelin 4.9.6 PaymentSplitter"
RELEASE = "release(address,address)"


def compared(peers: Peers, streams: Streams) -> Iterator[Compared]:
    """Yield what a stream into it and a release to each of four spend."""
    artifact = of_npm("openzeppelin-4/build/contracts/PaymentSplitter.json")
    splitter = peers.deploy(artifact, list(peers.payees), list(PARTS))
    stream, _ = streams.open_flow(splitter.address)
    for _ in range(2):
        peers.advance(5 * DAY)
        into = peers.send(streams.flow.functions.withdrawMax(stream, splitter.address))
        release = splitter.get_function_by_signature(RELEASE)
        each = [peers.send(release(peers.currency.address, payee)) for payee in peers.payees]
    yield Compared(
        PAY_OUT.operation,
        f"{FLOW} withdrawMax + {NAME}, 4 releases",
        "five transactions",
        reduce(add, each, into),
    )
    yield Compared(WITHDRAW.operation, f"{NAME} release", "one payee's part of all", each[0])
