"""Unlock: memberships. A key is an NFT that ends; its price goes to the lock at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.gas import BUY, DECLINE, SURRENDER, TOP_UP, WITHDRAW
from benchmarks.peers.sablier import FLOW, Streams
from benchmarks.peers.stage import FEE, Compared, Peers, of_npm

__all__ = ["compared"]

FOLDER = "@unlock-protocol/contracts/dist/abis"
NAME = "Unlock PublicLock 15"
DAY = 86_400
NOBODY = "0x" + "0" * 40


def compared(peers: Peers, streams: Streams) -> Iterator[Compared]:
    """Yield what buying, prolonging and giving back a key spends."""
    lock = _lock(peers)
    peers.allow(lock)

    def buy() -> tuple[int, Any]:
        call = lock.functions.purchase([FEE], [peers.brand], [NOBODY], [NOBODY], [b""])
        spent = peers.send(call, peers.brand)
        return lock.functions.totalSupply().call(), spent

    buy()
    key, bought = buy()
    _, flow = streams.open_flow(peers.model)
    yield Compared(
        BUY.operation,
        f"{NAME} purchase",
        "a key to everything for one price that is taken at once: no stream, no payees, no terms",
        bought,
    )
    yield Compared(
        BUY.operation,
        f"{NAME} purchase + {FLOW} createAndDeposit",
        "a key and a stream that know nothing of each other",
        bought + flow,
    )

    longer = lock.functions.extend(FEE, key, NOBODY, b"")
    peers.send(longer, peers.brand)
    yield Compared(
        TOP_UP.operation,
        f"{NAME} extend",
        "buys the next term of the same key",
        peers.send(longer, peers.brand),
        is_peer=False,
    )

    for _ in range(2):
        given, _ = buy()
        back = peers.send(lock.functions.expireAndRefundFor(given, FEE))
    yield Compared(
        DECLINE.operation,
        f"{NAME} expireAndRefundFor",
        "the lock's manager, by its own transaction, refunds what it likes, at any time",
        back,
    )
    given, _ = buy()
    yield Compared(
        SURRENDER.operation,
        f"{NAME} cancelAndRefund",
        "the holder has the time left refunded; nobody is paid out",
        peers.send(lock.functions.cancelAndRefund(given), peers.brand),
        is_peer=False,
    )
    for _ in range(2):
        taken = peers.send(lock.functions.withdraw(peers.currency.address, peers.model, FEE // 10))
    yield Compared(
        WITHDRAW.operation,
        f"{NAME} withdraw",
        "its manager takes any amount of what the lock holds, also of terms still to run",
        taken,
    )


def _lock(peers: Peers) -> Any:
    """Return a lock of 90 days at our fee, without referrer, oracle or fee to Unlock."""
    logic = peers.deploy(of_npm(f"{FOLDER}/Unlock/UnlockV13.json"))
    begin = logic.encode_abi("initialize", [peers.anyone])
    proxies = "openzeppelin-4/build/contracts"
    at = peers.deploy(of_npm(f"{proxies}/ERC1967Proxy.json"), logic.address, begin).address
    unlock = peers.at(at, of_npm(f"{FOLDER}/Unlock/UnlockV13.json"))
    template = peers.deploy(of_npm(f"{FOLDER}/PublicLock/PublicLockV15.json"))
    peers.send(unlock.functions.addLockTemplate(template.address, 15))
    peers.send(unlock.functions.setLockTemplate(template.address))
    nothing = (NOBODY, NOBODY, 0, "KEY", "", peers.chain.chain_id)
    peers.send(unlock.functions.configUnlock(*nothing))
    terms = [peers.anyone, 90 * DAY, peers.currency.address, FEE, 1_000, "a lock"]
    data = template.encode_abi("initialize", terms)
    call = unlock.functions.createUpgradeableLockAtVersion(data, 15)
    made = call.call({"from": peers.anyone})
    peers.send(call)
    lock = peers.at(made, of_npm(f"{FOLDER}/PublicLock/PublicLockV15.json"))
    peers.send(lock.functions.updateLockConfig(90 * DAY, 1_000, 100))
    peers.send(lock.functions.updateRefundPenalty(0, 0))
    return lock
