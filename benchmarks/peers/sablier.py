"""Sablier's two streams, and what it takes to make a license of them.

Flow pays by a rate per second for as long as its balance lasts; Lockup holds a sum that is due by
an end. Fees are set to nothing, the recipient has streams already, and no stream can be sold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from web3.contract import Contract

from benchmarks.gas import (
    BUY,
    DECLINE,
    LAPSE,
    PAY_OUT,
    SURRENDER,
    TOP_UP,
    WITHDRAW,
)
from benchmarks.peers.stage import FEE, Compared, Peers, Spent, of_npm, of_ours

__all__ = ["Streams", "compared"]

DAY = 86_400
TERM = 90 * DAY
RATE = FEE * 10**12 // TERM
"""Flow's rates have 18 decimals, the currency six."""
NOBODY = "0x" + "0" * 40
FLOW, LOCKUP = "Sablier Flow 3.0.1", "Sablier Lockup 4.0.1"
PARTS = (2_000, 500, 500, 7_000)


class Streams:
    """Flow and Lockup as npm ships them, without fees, and streams from the brand."""

    def __init__(self, peers: Peers) -> None:
        self.peers = peers
        utils = "@sablier/evm-utils/artifacts"
        made = peers.deploy(of_npm(f"{utils}/SablierComptroller.json"), peers.anyone)
        begin = made.encode_abi("initialize", [peers.anyone, 0, 0, 0, 0, NOBODY])
        comptroller = peers.deploy(of_npm(f"{utils}/ERC1967Proxy.json"), made.address, begin)

        flow, lockup = "@sablier/flow/artifacts", "@sablier/lockup/artifacts"
        looks = peers.deploy(of_npm(f"{flow}/FlowNFTDescriptor.json"))
        self.flow = peers.deploy(
            of_npm(f"{flow}/SablierFlow.json"), comptroller.address, looks.address
        )
        links = {
            name: peers.deploy(of_npm(f"{lockup}/libraries/{name}.json")).address
            for name in ("LockupHelpers", "LockupMath")
        }
        looks = peers.deploy(of_npm(f"{lockup}/LockupNFTDescriptor.json"))
        self.lockup = peers.deploy(
            of_npm(f"{lockup}/SablierLockup.json"),
            *(comptroller.address, looks.address),
            links=links,
        )
        for contract in (self.flow, self.lockup):
            peers.allow(contract)

    def open_flow(self, recipient: str, amount: int = FEE) -> tuple[int, Spent]:
        """Let the brand stream the fee over the term, and put an amount in."""
        number = self.flow.functions.nextStreamId().call()
        terms = (self.peers.brand, recipient, RATE, 0, self.peers.currency.address, False, amount)
        return number, self.peers.send(
            self.flow.functions.createAndDeposit(*terms), self.peers.brand
        )

    def open_lockup(self, recipient: str, amount: int = FEE, start: int = 0) -> tuple[int, Spent]:
        """Let the brand lock an amount that is due over the term, from now or a later start."""
        number = self.lockup.functions.nextStreamId().call()
        currency, brand = self.peers.currency.address, self.peers.brand
        head = (brand, recipient, amount, currency, True, False)
        if start:
            terms = ((*head, (start, start + TERM), ""), (0, 0), 1, 0)
            call = self.lockup.functions.createWithTimestampsLL(*terms)
        else:
            call = self.lockup.functions.createWithDurationsLL((*head, ""), (0, 0), 1, (0, TERM))
        return number, self.peers.send(call, brand)

    def batch(self, contract: Contract, *calls: tuple[str, tuple[Any, ...]]) -> Spent:
        """Send several calls to one of the two in one transaction of the brand."""
        encoded = [contract.encode_abi(name, list(values)) for name, values in calls]
        return self.peers.send(contract.functions.batch(encoded), self.peers.brand)


def compared(peers: Peers, streams: Streams) -> Iterator[Compared]:
    """Yield what buying, paying, topping up and ending spends."""
    yield from _bought(peers, streams)
    yield from _paid(peers, streams)
    yield from _split(peers, streams)
    yield from _ended(peers, streams)


def _bought(peers: Peers, streams: Streams) -> Iterator[Compared]:
    rental = peers.deploy(of_ours("Rental"))
    peers.send(rental.functions.mint(peers.model, 1))
    expires = peers.chain.now() + TERM
    # The token's first user pays for a new slot. Ours has a new license beside the older ones.
    peers.send(rental.functions.setUser(1, peers.rival, expires), peers.model)
    right = peers.send(rental.functions.setUser(1, peers.brand, expires), peers.model)
    streams.open_flow(peers.model)
    streams.open_lockup(peers.model)
    _, flow = streams.open_flow(peers.model)
    _, lockup = streams.open_lockup(peers.model)

    lacks = "one payee, one user who drives out the last; no terms, no uses, no exclusivity"
    row = partial(Compared, BUY.operation)
    yield row(f"ERC-4907 setUser + {FLOW} createAndDeposit", lacks, right + flow)
    yield row(f"ERC-4907 setUser + {LOCKUP} createWithDurationsLL", lacks, right + lockup)
    alone = "the stream alone, to one payee: grants nothing"
    yield row(f"{FLOW} createAndDeposit", alone, flow, is_peer=False)
    yield row(f"{LOCKUP} createWithDurationsLL", alone, lockup, is_peer=False)


def _paid(peers: Peers, streams: Streams) -> Iterator[Compared]:
    """One recipient: second withdrawal, and a deposit into a stream that has a fifth."""
    flow, _ = streams.open_flow(peers.model)
    lockup, _ = streams.open_lockup(peers.model)
    for _ in range(2):
        peers.advance(5 * DAY)
        by_flow = peers.send(streams.flow.functions.withdrawMax(flow, peers.model))
        by_lockup = peers.send(streams.lockup.functions.withdrawMax(lockup, peers.model))
    note = "to one payee, straight from the stream"
    yield Compared(WITHDRAW.operation, f"{FLOW} withdrawMax", note, by_flow)
    yield Compared(WITHDRAW.operation, f"{LOCKUP} withdrawMax", note, by_lockup)

    short, _ = streams.open_flow(peers.model, FEE // 5)
    deposit = (short, FEE // 5, peers.brand, peers.model)
    yield Compared(
        TOP_UP.operation,
        f"{FLOW} deposit",
        "adds an amount, so that a retry adds it again",
        peers.send(streams.flow.functions.deposit(*deposit), peers.brand),
    )


def _split(peers: Peers, streams: Streams) -> Iterator[Compared]:
    """Four wallets: a stream into a split, and a stream for each, paid in one transaction."""
    parts = (list(peers.payees), list(PARTS))
    split = peers.deploy(of_ours("BareSplit"), *parts)
    push = split.functions.distribute(peers.currency.address, *parts)
    flow, _ = streams.open_flow(split.address)
    each = [streams.open_flow(payee, FEE // 4)[0] for payee in peers.payees]
    locked = [streams.open_lockup(payee, FEE // 4)[0] for payee in peers.payees]
    lockup = streams.lockup.functions
    for _ in range(2):
        peers.advance(5 * DAY)
        into = peers.send(streams.flow.functions.withdrawMax(flow, split.address))
        pushed = peers.send(push)
        calls = [("withdrawMax", pair) for pair in zip(each, peers.payees, strict=True)]
        by_batch = streams.batch(streams.flow, *calls)
        due = [lockup.withdrawableAmountOf(number).call() for number in locked]
        by_many = peers.send(lockup.withdrawMultiple(locked, due))

    row = partial(Compared, PAY_OUT.operation)
    yield row(
        f"{FLOW} withdrawMax + a bare push split",
        "two transactions; the split is ours, the least that pushes; one who refuses stops all",
        into + pushed,
    )
    yield row(
        f"{FLOW} batch of 4 withdrawMax",
        "a stream for each payee, made and paid in by itself; one who refuses stops all",
        by_batch,
    )
    yield row(
        f"{LOCKUP} withdrawMultiple of 4",
        "a stream for each payee, made and paid in by itself",
        by_many,
    )
    yield row("a bare push split", "the split alone: no stream, no term", pushed, is_peer=False)

    peers.advance(5 * DAY)
    stop = streams.batch(
        streams.flow,
        ("withdrawMax", (flow, split.address)),
        ("refundMax", (flow,)),
        ("void", (flow,)),
    )
    yield Compared(
        SURRENDER.operation,
        f"{FLOW} batch of withdrawMax, refundMax and void + a bare push split",
        "two transactions; the split is ours; the sender gives up for nothing: no committed part",
        stop + peers.send(push),
    )
    given_up = streams.batch(
        streams.lockup,
        ("cancelMultiple", (locked,)),
        *(("withdrawMax", pair) for pair in zip(locked, peers.payees, strict=True)),
    )
    yield Compared(
        SURRENDER.operation,
        f"{LOCKUP} batch of cancelMultiple and 4 withdrawMax",
        "four streams refunded one by one; the sender gives up for nothing: no committed part",
        given_up,
    )


def _ended(peers: Peers, streams: Streams) -> Iterator[Compared]:
    single, _ = streams.open_lockup(peers.model)
    peers.advance(5 * DAY)
    one = streams.batch(
        streams.lockup, ("cancel", (single,)), ("withdrawMax", (single, peers.model))
    )
    yield Compared(
        SURRENDER.operation,
        f"{LOCKUP} batch of cancel and withdrawMax",
        "one payee in the place of four",
        one,
        is_peer=False,
    )

    # Unpaid for more than seven days: its recipient writes off the debt.
    short, _ = streams.open_flow(peers.model, FEE // 10)
    peers.advance(20 * DAY)
    yield Compared(
        LAPSE.operation,
        f"{FLOW} void",
        "the recipient, by its own transaction, writes off what a stream owes; no days of grace",
        peers.send(streams.flow.functions.void(short), peers.model),
    )

    for _ in range(2):
        later, _ = streams.open_lockup(peers.model, start=peers.chain.now() + 30 * DAY)
        cancelled = peers.send(streams.lockup.functions.cancel(later), peers.brand)
    yield Compared(
        DECLINE.operation,
        f"{LOCKUP} cancel before its start",
        "refunded in full, by the payer: its recipient has no say",
        cancelled,
    )
