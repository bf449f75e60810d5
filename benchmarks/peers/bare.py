"""Bare ERC-721 tokens: no consent, no policy, no guardian; whoever holds one may sell it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.gas import COMPLETE_MOVE, MINT_FIRST, MINT_SECOND, MOVE
from benchmarks.peers.stage import Compared, Peers, of_ours
from twinrights.wallets import dev_wallet

__all__ = ["compared"]

TOKENS = (
    ("OpenZeppelin ERC-721 5.4.0", "BareOpenZeppelin"),
    ("Solady ERC-721 0.1.26", "BareSolady"),
)


def compared(peers: Peers) -> Iterator[Compared]:
    """Yield what minting and moving a bare token spends."""
    for peer, name in TOKENS:
        token = peers.deploy(of_ours(name))
        mint, following, move = (
            token.functions[key] for key in ("mint", "mintNext", "transferFrom")
        )
        for account in (peers.rival, peers.model):
            peers.send(following(account))  # the counter, and the wallet that will have moved one
        fresh, other, last = (dev_wallet(f"a wallet for {peer} {n}").address for n in range(3))

        bare = "a bare mint under a number that comes with the call; nobody is asked"
        counted = "a bare mint under the next number of a counter; nobody is asked"
        # An id like ours is a digest: 32 bytes, none of them zero.
        ids = iter(int.from_bytes(bytes([n]) * 32, "big") for n in range(1, 9))
        yield Compared(MINT_FIRST.operation, peer, bare, peers.send(mint(fresh, next(ids))))
        yield Compared(
            MINT_FIRST.operation, f"{peer}, counter", counted, peers.send(following(other))
        )
        first = next(ids)
        yield Compared(MINT_SECOND.operation, peer, bare, peers.send(mint(peers.model, first)))
        yield Compared(
            MINT_SECOND.operation, f"{peer}, counter", counted, peers.send(following(peers.model))
        )
        second = next(ids)
        peers.send(mint(peers.model, second))

        moved = "its holder moves it, to anybody, at once"
        to_new = peers.send(move(peers.model, last, first), peers.model)
        yield Compared(COMPLETE_MOVE.operation, peer, f"{moved}; to a wallet that has none", to_new)
        to_old = peers.send(move(peers.model, peers.rival, second), peers.model)
        yield Compared(MOVE.operation, peer, f"{moved}; to a wallet that has one", to_old)
