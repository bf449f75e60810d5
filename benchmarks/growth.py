"""How gas grows: grants with the licenses of a twin, pay-outs with wallets, records with images.

`python -m benchmarks.growth` measures on Anvil, keeps the figures in `growth.json` and draws them
into `docs/`. Every row is the second use of everything, as in `benchmarks.gas`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from eth_utils.crypto import keccak
from rich.console import Console
from rich.progress import Progress
from web3.types import RPCEndpoint

from benchmarks import growth_page
from benchmarks.gas import DAY, Bench, Gas
from benchmarks.peers.stage import fresh_chain
from twinrights import TwinRights, words
from twinrights.media.tree import Tree
from twinrights.terms import Leaf, Share
from twinrights.wallets import dev_wallet

__all__ = ["BESIDE", "HARDFORKS", "IMAGES", "LICENSES", "WALLETS", "main", "measure", "tree"]

HARDFORKS = ("shanghai", "prague")
"""Ours is made for the first; the second asks more for a transaction that is mostly calldata."""

LICENSES = (1, 10, 100, 1_000)
BESIDE = (0, 1, 2, 4, 8)
"""So many exclusive licenses of somebody else a non-exclusive grant is compared with."""

WALLETS = (1, 2, 4, 8, 12, 16)
IMAGES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
AT_ONCE = 50
"""Grants in one transaction on the way there."""

ELSEWHERE = ("JP", "KR", "CN", "US", "CA", "MX", "BR", "AR", "AU")
"""A market for each exclusive license, none of them in the Nordics."""


def main() -> None:
    """Measure, keep, draw."""
    with Progress(console=Console(stderr=True)) as progress:
        found = measure(progress)
    growth_page.DATA.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for file, content in growth_page.files(found).items():
        file.write_text(content, encoding="utf-8")
    Console().print(growth_page.statements(found))


def measure(progress: Progress) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every curve."""
    grants: dict[int, dict[str, Any]] = {count: {"licenses": count} for count in LICENSES}
    for hardfork in HARDFORKS:
        with fresh_chain(hardfork, traced=False) as chain:
            bench = Bench(chain)
            task = progress.add_task(f"grants, {hardfork}", total=LICENSES[-1])
            show = partial(progress.update, task)
            for count, row in _grants(bench, lambda done, show=show: show(completed=done)):
                grants[count] |= {f"{what}_{hardfork}": value for what, value in row.items()}
            if hardfork != HARDFORKS[0]:
                continue
            beside = _beside_exclusives(bench)
            pay_outs = _pay_outs(bench, progress.track(WALLETS, description="pay-outs"))
            records = _records(bench, progress.track(IMAGES, description="records, real trees"))
    return {
        "grant": list(grants.values()),
        "grant_beside_exclusives": beside,
        "pay_out": pay_outs,
        "record": records,
    }


def _twin(bench: Bench) -> int:
    twin_id = bench.mint().twin_id
    bench.allow_everything(twin_id)
    return twin_id


def _grants(bench: Bench, granted: Callable[[int], None]) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield what the next grant spends beside so many licenses, which all run on."""
    warm, twin_id = _twin(bench), _twin(bench)
    # Both brands have a license and have used these markets. The book has had an exclusive one.
    bench.grant(warm)
    bench.grant(warm, brand=bench.rival, markets="JP", exclusive=True)
    place = bench.accept(twin_id, brand=bench.rival, markets="JP", exclusive=True).license
    bench.surrender(place)
    there = 0
    for count in LICENSES:
        while there < count:
            more = min(AT_ONCE, count - there)
            _grant_many(bench, twin_id, more)
            there += more
            granted(there)
        free = _undone(bench.chain, lambda: bench.grant(twin_id, days=1_000))

        def buy_exclusive() -> Gas:
            return bench.grant(twin_id, brand=bench.rival, markets="JP", exclusive=True)

        def drop_and_buy() -> Gas:
            # The surrendered one has passed its end as granted; all that come after it run on.
            bench.chain.clock.advance(91 * DAY)
            return buy_exclusive()

        exclusive = _undone(bench.chain, buy_exclusive)
        dropping = _undone(bench.chain, drop_and_buy)
        yield (
            count,
            {
                "gas": free.gas,
                "exclusive": exclusive.gas,
                "exclusive_dropping": dropping.gas,
                "exclusive_bytes": len(exclusive.calldata),
                "exclusive_floor": exclusive.floor,
            },
        )


def _grant_many(bench: Bench, twin_id: int, count: int) -> None:
    """Sell so many licenses in one transaction."""
    calls = [
        bench.contracts.deed(bench.licenses, "accept", *bench.offer(twin_id, days=1_000)).data
        for _ in range(count)
    ]
    bench.send(bench.licenses, "multicall", calls, payer=bench.licensee)


def _beside_exclusives(bench: Bench) -> list[dict[str, int]]:
    """Return what a non-exclusive grant spends beside exclusive ones for the same time."""
    twin_id = _twin(bench)
    bench.grant(twin_id)
    rows, there = [], 0
    for count in BESIDE:
        while there < count:
            market = ELSEWHERE[there]
            bench.grant(twin_id, brand=bench.rival, markets=market, exclusive=True)
            there += 1
        undone = _undone(bench.chain, lambda: bench.grant(twin_id))
        rows.append({"exclusives": count, "gas": undone.gas})
    return rows


def _pay_outs(bench: Bench, counts: Iterable[int]) -> list[dict[str, int]]:
    """Return what the second pay-out spends to the owner and to others, who all hold money."""
    twin_id = _twin(bench)
    payees = [dev_wallet(f"payee {number}").address for number in range(max(WALLETS) - 1)]
    for payee in payees:
        bench.chain.fund(payee, 1, payer=bench.anyone)
    rows = []
    for count in counts:
        role = words.role("other")
        shares = tuple(Share(payee, 300, role) for payee in payees[: count - 1])
        license = bench.accept(twin_id, shares=shares).license
        bench.pay_out(license)
        rows.append({"wallets": count, "gas": int(bench.pay_out(license))})
    return rows


def _records(bench: Bench, counts: Iterable[int]) -> list[dict[str, Any]]:
    """Return what the second batch of a license spends, with the root of a real tree."""
    twin_id = _twin(bench)
    rows = []
    for count in counts:
        license = bench.accept(twin_id, quota=2 * max(IMAGES)).license
        bench.record(license, 1)
        root = tree(count).root
        gas = bench.record(license, 2, images=count, root=root)
        rows.append({"images": count, "gas": int(gas), "root": "0x" + root.hex()})
    return rows


def tree(images: int) -> Tree:
    """Return the tree of so many images, whose files and entries are any 32 bytes."""
    named = (number.to_bytes(32, "big") for number in range(images))
    leaves = [Leaf(at, keccak(name), keccak(name + b"entry")) for at, name in enumerate(named)]
    return Tree.of(leaves)


@dataclass(frozen=True)
class Undone:
    """What a deed spent that was taken back, and its calldata."""

    gas: int
    calldata: bytes

    @property
    def floor(self) -> int:
        """The least that a transaction with this calldata pays since Prague (EIP-7623)."""
        zeros = self.calldata.count(0)
        return 21_000 + 10 * (zeros + 4 * (len(self.calldata) - zeros))


def _undone(chain: TwinRights, deed: Callable[[], Gas]) -> Undone:
    """Do a deed, take it back, and return what it spent."""
    ask = chain.web3.manager.request_blocking
    before = ask(RPCEndpoint("evm_snapshot"), [])
    gas = deed()
    calldata = bytes(chain.web3.eth.get_transaction(gas.transaction)["input"])
    ask(RPCEndpoint("evm_revert"), [before])
    return Undone(int(gas), calldata)


if __name__ == "__main__":
    main()
