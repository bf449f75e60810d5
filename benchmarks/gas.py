"""Gas of what people do, on the chain in this process: the figures of the README.

Every row is the second use of everything: licensee, payees, markets and allowance have been seen.
Run `python benchmarks/gas.py` from the project's root, or `make bench`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from twinrights import TwinRights, memo, words
from twinrights.terms import (
    ZERO_ADDRESS,
    Consent,
    MarketRate,
    Pay,
    Policy,
    RateCard,
    Scope,
    Share,
    Terms,
    UseRate,
)
from twinrights.typed_data import Message, Signed, with_memo
from twinrights.wallets import Wallet, dev_wallet

__all__ = ["Bench", "main"]

DAY = 86_400
FOREVER = 2**40 - 1
STANDING = 2**256 - 1
PICTURES = Path("client/twinrights/demo/data/images")

TARGETS = {
    "mint, a wallet's first twin": 84_000,
    "mint, a wallet's second twin": 66_000,
    "buy: accept an offer, 4 shares": 155_000,
    "buy: book from a rate card, 8 uses, 3 groups": 170_000,
    "buy exclusive beside 20 live licenses": 210_000,
    "record a usage batch": 46_000,
    "pay out to 4 wallets": 97_000,
    "top up": 58_000,
}
"""Row to the most gas it may take (docs/design.md)."""


@dataclass
class Bench:
    """One twin, two brands, three payees beside the owner, all with a balance and an allowance."""

    chain: TwinRights
    model: Wallet
    licensee: Wallet
    rival: Wallet
    twin_id: int = 0

    @classmethod
    def new(cls) -> Bench:
        """Return a bench with a twin whose owner allows everything."""
        bench = cls(TwinRights.embedded(), Wallet.new(), dev_wallet("hm"), dev_wallet("rival"))
        token = bench.chain.web3.eth.contract(
            bench.currency, abi=[_function("approve", "address", "uint256")]
        )
        for wallet in (
            bench.model,
            *(dev_wallet(name) for name in ("agency", "photographer", "stylist")),
        ):
            bench.chain.fund(wallet.address, 1, payer=dev_wallet(0))
        for brand in (bench.licensee, bench.rival):
            bench.chain.fund(brand.address, 10**15, payer=dev_wallet(0))
            token.functions.approve(bench.chain.deployment.licenses, STANDING).transact(
                {"from": brand.address}
            )
        return bench

    @property
    def currency(self) -> Any:
        """The address of the test stablecoin."""
        return self.chain.web3.to_checksum_address(self.chain.currency("TUSD").address)

    def gas(self, deed: Callable[[], object]) -> int:
        """Return the gas of the transaction that a deed sends last."""
        deed()
        eth = self.chain.web3.eth
        return int(
            eth.get_transaction_receipt(eth.get_block("latest")["transactions"][-1])["gasUsed"]
        )

    def sign(self, message: Message, contract: str) -> Signed:
        """Return a message signed by the model, its memo rendered."""
        known = self.chain.currencies
        worded = with_memo(message, memo.render(message, currencies=known))
        return self.model.sign(
            worded, chain_id=self.chain.chain_id, contract=contract, currencies=known
        )

    def mint(self) -> int:
        """Mint a twin; return the gas."""
        consent = Consent(
            "",
            self.model.address,
            secrets.token_bytes(32),
            ZERO_ADDRESS,
            secrets.token_bytes(32),
            FOREVER,
        )
        signed = self.sign(consent, self.chain.deployment.twins)
        made: list[int] = []
        gas = self.gas(lambda: made.append(self.chain.twins.mint(signed, payer=dev_wallet(0)).id))
        self.twin_id = made[0]
        return gas

    def allow_everything(self) -> None:
        """Set the policy under which every row is measured."""
        policy = Policy("", self.twin_id, 2**20 - 1, 1, 5_000, 0, FOREVER)
        signed = self.sign(policy, self.chain.deployment.twins)
        self.chain.twins.set_policy(signed, payer=dev_wallet(0))

    def shares(self) -> tuple[Share, ...]:
        """Return three shares beside the owner's."""
        parts = (("agency", 2_000), ("photographer", 500), ("stylist", 500))
        roles = ("agency_commission", "photographer", "stylist")
        return tuple(
            Share(dev_wallet(name).address, bps, words.role(role))
            for (name, bps), role in zip(parts, roles, strict=True)
        )

    def accept(
        self, brand: Wallet, markets: str, *, exclusive: bool = False, deposit: int | None = None
    ) -> int:
        """Sell a license by an offer; return the gas."""
        scope = Scope(
            memo="",
            licensee=brand.address,
            epoch=0,
            valid_until=FOREVER,
            start=0,
            category=0,
            exclusive=exclusive,
            uses=words.uses("own_shop+email+paid_social"),
            markets=words.markets(markets),
            notice=30 * DAY,
            agreement=secrets.token_bytes(32),
            ref=secrets.token_bytes(32),
        )
        pay = Pay(self.twin_id, self.currency, 5_000_000_000, 500_000_000, 90 * DAY, 100)
        offer = self.sign(Terms(scope, pay, self.shares()), self.chain.deployment.licenses)
        return self.gas(lambda: self.chain.licenses.accept(offer, payer=brand, deposit=deposit))

    def card(self) -> Signed:
        """Return a rate card with eight uses and three market groups."""
        groups = ("NORDICS", "DE+AT+CH", "WORLD")
        card = RateCard(
            memo="",
            twin_id=self.twin_id,
            licensee=ZERO_ADDRESS,
            epoch=0,
            serial=1,
            valid_until=FOREVER,
            category=0,
            currency=self.currency,
            notice=30 * DAY,
            agreement=secrets.token_bytes(32),
            floor=500_000_000,
            day_rate=10_000_000,
            image_rate=1_000_000,
            exclusive_factor=25_000,
            min_days=1,
            max_days=365,
            max_quota=1_000,
            lead_time=0,
            uses=tuple(UseRate(use, 10_000 + use) for use in range(8)),
            markets=tuple(
                MarketRate(words.markets(group), 10_000 * (place + 1))
                for place, group in enumerate(groups)
            ),
            shares=self.shares(),
        )
        return self.sign(card, self.chain.deployment.licenses)

    def book(self, card: Signed) -> int:
        """Book under a rate card; return the gas."""
        return self.gas(
            lambda: self.chain.licenses.book(
                card,
                payer=self.licensee,
                start=0,
                days=30,
                uses="own_shop+email",
                markets="SE+DE",
                quota=20,
                ref=secrets.token_bytes(32),
            )
        )

    def newest(self) -> int:
        """Return the id of the license that was granted last."""
        return self.chain.licenses.all(twin_id=self.twin_id)[-1].license_id


def _function(name: str, *inputs: str) -> dict[str, Any]:
    return {
        "type": "function",
        "name": name,
        "stateMutability": "nonpayable",
        "inputs": [{"name": f"_{place}", "type": kind} for place, kind in enumerate(inputs)],
        "outputs": [{"name": "", "type": "bool"}],
    }


def measure() -> dict[str, int]:
    """Return the gas of every row of TARGETS, in its order."""
    bench = Bench.new()
    chain, anyone = bench.chain, dev_wallet(0)
    rows = {
        "mint, a wallet's first twin": bench.mint(),
        "mint, a wallet's second twin": bench.mint(),
    }
    bench.allow_everything()

    bench.accept(bench.licensee, "NORDICS")
    rows["buy: accept an offer, 4 shares"] = bench.accept(bench.licensee, "NORDICS")
    paid = bench.newest()

    card = bench.card()
    bench.book(card)
    rows["buy: book from a rate card, 8 uses, 3 groups"] = bench.book(card)

    def record() -> int:
        picture = PICTURES / "alva-01.jpg"
        return bench.gas(
            lambda: chain.usage.record(
                paid, picture, payer=bench.licensee, uses="own_shop", markets="SE"
            )
        )

    def pay_out() -> int:
        chain.clock.advance(5 * DAY)
        return bench.gas(lambda: chain.royalties.pay_out(paid, payer=anyone))

    record()
    rows["record a usage batch"] = record()
    pay_out()
    rows["pay out to 4 wallets"] = pay_out()

    bench.accept(bench.licensee, "NORDICS", deposit=1_000_000_000)
    half = bench.newest()
    rows["top up"] = bench.gas(
        lambda: chain.royalties.top_up(half, 2_000_000_000, payer=bench.licensee)
    )

    # An exclusive that has ended leaves its place to the next one.
    bench.accept(bench.rival, "JP", exclusive=True)
    chain.licenses.surrender(bench.newest(), payer=bench.rival)
    while len(chain.licenses.opening(bench.twin_id, 0)) < 20:
        bench.accept(bench.licensee, "NORDICS")
    rows["buy exclusive beside 20 live licenses"] = bench.accept(bench.rival, "JP", exclusive=True)
    return {name: rows[name] for name in TARGETS}


def main() -> None:
    """Print each row beside its target."""
    table = Table(title="gas, second use of everything, standing allowance")
    for column in ("operation", "gas", "target", ""):
        table.add_column(column, justify="right" if column in ("gas", "target") else "left")
    for name, gas in measure().items():
        target = TARGETS[name]
        table.add_row(name, f"{gas:,}", f"{target:,}", "" if gas <= target else "over")
    Console().print(table)


if __name__ == "__main__":
    main()
