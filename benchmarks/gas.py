"""Gas of what people do, on the chain in this process or on one that is named.

Every row is the second use of everything: licensee, payees, markets and allowance have been seen.
Keys, salts, memos and times are the same in every run, so the figures are, too, to the unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import datetime, timezone
from itertools import count
from typing import Any

from eth_utils.crypto import keccak
from web3.types import TxReceipt

from twinrights import TwinRights, words
from twinrights.booking import booking_terms
from twinrights.chain.contracts import Contracts
from twinrights.grants import Grant
from twinrights.terms import (
    ZERO_ADDRESS,
    Batch,
    Consent,
    Decline,
    Kind,
    LapseEnd,
    MarketRate,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Pay,
    Policy,
    RateCard,
    Scope,
    Share,
    Terms,
    UseRate,
)
from twinrights.typed_data import Message, prices_abi, to_abi, typed_data
from twinrights.wallets import Wallet, dev_wallet

__all__ = [
    "FEE",
    "ROWS",
    "Bench",
    "Gas",
    "Row",
    "measure",
]

DAY = 86_400
FOREVER = 2**40 - 1
STANDING = 2**256 - 1
FEE = 5_000_000_000
MEMO = "A memo is hashed: its words cost no gas."
BEGINNING = datetime(2040, 1, 1, tzinfo=timezone.utc)
"""Far ahead, where py-evm's next block is one second after the last, whatever the time of day."""


@dataclass(frozen=True)
class Row:
    """An operation, the state before it, and the most gas it may take; None is only watched."""

    operation: str
    before: str
    target: int | None = None


MINT_FIRST = Row(
    "mint a twin with signed consent, a wallet's first",
    "a wallet without a twin; somebody else sends it",
    84_000,
)
MINT_SECOND = Row(
    "mint a twin with signed consent, a wallet's second",
    "a wallet with one twin; somebody else sends it",
    66_000,
)
BUY = Row(
    "buy by an offer: license, stream, 4 shares, exclusivity checked",
    "one license of the same brand and twin; standing allowance; markets used before",
    155_000,
)
BOOK = Row(
    "book from a rate card with 8 uses and 3 market groups",
    "one booking from the same card, for the same markets; standing allowance",
    170_000,
)
BUY_EXCLUSIVE = Row(
    "buy exclusive beside 20 live licenses",
    "20 live licenses of another brand elsewhere; an exclusive one of the same brand has ended",
    210_000,
)
RECORD = Row(
    "record a usage batch of any size",
    "one batch recorded",
    46_000,
)
PAY_OUT = Row(
    "pay out to 4 wallets",
    "paid out once before; each wallet holds some of the currency",
    97_000,
)
TOP_UP = Row(
    "top up",
    "a license paid by a fifth; standing allowance",
    58_000,
)
WITHDRAW = Row(
    "withdraw a payable",
    "the owner's part of a pay-out, kept while a move was pending that was then dropped",
)
NOTICE = Row(
    "give notice",
    "a live license, 30 days of notice, 90 days to run; somebody else sends it",
)
LAPSE = Row(
    "end a lapsed license",
    "paid by a tenth and unpaid for more than seven days; somebody else sends it",
)
SURRENDER = Row(
    "surrender: paid out to 4 wallets and refunded",
    "five days into 90, paid in full; each wallet holds some of the currency",
)
DECLINE = Row(
    "decline a booking, refunded",
    "a booking that has not started, paid in full; somebody else sends it",
)
PROPOSE_MOVE = Row(
    "propose a move",
    "no move pending; the owner and the wallet to come signed; somebody else sends it",
)
DROP_MOVE = Row(
    "drop a move",
    "a move pending; the owner signed; somebody else sends it",
)
COMPLETE_MOVE = Row(
    "complete a move",
    "seven days after the owner proposed it; the new wallet has no twin",
)
MOVE = Row(
    "move at once",
    "owner, guardian of the consent and new wallet signed; the new wallet has a twin",
)

ROWS = (
    MINT_FIRST,
    MINT_SECOND,
    BUY,
    BOOK,
    BUY_EXCLUSIVE,
    RECORD,
    PAY_OUT,
    TOP_UP,
    WITHDRAW,
    NOTICE,
    LAPSE,
    SURRENDER,
    DECLINE,
    PROPOSE_MOVE,
    DROP_MOVE,
    COMPLETE_MOVE,
    MOVE,
)
"""What is measured, in the order in which it is shown (targets: docs/design.md)."""


class Gas(int):
    """The gas of one transaction, which it names."""

    transaction: bytes

    def __new__(cls, receipt: TxReceipt) -> Gas:
        """Return what a receipt says."""
        gas = super().__new__(cls, receipt["gasUsed"])
        gas.transaction = bytes(receipt["transactionHash"])
        return gas


@dataclass(frozen=True)
class Minted:
    """A twin, the consent by which it exists, and the gas of that."""

    twin_id: int
    consent: Consent
    gas: Gas


@dataclass(frozen=True)
class Sold:
    """A license, and the gas of its grant."""

    license: Grant
    gas: Gas


@dataclass
class Bench:
    """Two brands with a standing allowance, and payees who hold some of the currency already."""

    chain: TwinRights
    model: Wallet = field(default_factory=lambda: dev_wallet("a model"))
    heir: Wallet = field(default_factory=lambda: dev_wallet("her new wallet"))
    guardian: Wallet = field(default_factory=lambda: dev_wallet("her sister"))
    licensee: Wallet = field(default_factory=lambda: dev_wallet("hm"))
    rival: Wallet = field(default_factory=lambda: dev_wallet("rival"))
    anyone: Wallet = field(default_factory=lambda: dev_wallet(0))
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Give out the money."""
        self.chain.clock.move_to(BEGINNING)
        self.contracts = Contracts(self.chain.web3, self.chain.deployment)
        self.twins, self.licenses = self.contracts.twins, self.contracts.licenses
        self.currency = self.chain.currency("TUSD").address
        token = self.contracts.currency(self.currency)
        payees = [dev_wallet(name) for name in ("agency", "photographer", "stylist")]
        for wallet in (self.model, *payees):
            self.chain.fund(wallet.address, 1, payer=self.anyone)
        for brand in (self.licensee, self.rival):
            self.chain.fund(brand.address, 10**15, payer=self.anyone)
            self.send(token, "approve", self.licenses.address, STANDING, payer=brand)

    def fresh(self) -> bytes:
        """Return 32 bytes that look random and were not returned before."""
        return keccak(next(self.numbers).to_bytes(32, "big"))

    def send(self, contract: Any, name: str, *values: Any, payer: Wallet | None = None) -> Gas:
        """Call a function of a contract; return the gas."""
        deed = self.contracts.deed(contract, name, *values)
        return Gas(self.contracts.send(deed, payer or self.anyone))

    def sign(self, message: Message, contract: Any, signer: Wallet | None = None) -> bytes:
        """Return the signature of the model, or of somebody else."""
        data = typed_data(message, chain_id=self.chain.chain_id, contract=contract.address)
        return (signer or self.model).sign_typed_data(data)

    def mint(self, owner: Wallet | None = None, guardian: str = ZERO_ADDRESS) -> Minted:
        """Let the model, or another owner, have a twin."""
        wallet = owner or self.model
        consent = Consent(MEMO, wallet.address, self.fresh(), guardian, self.fresh(), FOREVER)
        signature = self.sign(consent, self.twins, wallet)
        gas = self.send(self.twins, "mint", to_abi(consent), signature)
        return Minted(self.chain.twins.id_of(consent), consent, gas)

    def allow_everything(self, twin_id: int) -> None:
        """Set the policy under which every row is measured."""
        policy = Policy(MEMO, twin_id, 2**20 - 1, 1, 5_000, 0, FOREVER)
        signature = self.sign(policy, self.twins)
        self.send(self.twins, "setPolicy", to_abi(policy), signature)

    def nonce(self, twin_id: int) -> int:
        """Return the number that the next act on a twin must carry."""
        return self.chain.twins.get(twin_id).authority.nonce

    def crew(self) -> tuple[Share, ...]:
        """Return three shares beside the owner's."""
        parts = (("agency", 2_000), ("photographer", 500), ("stylist", 500))
        roles = ("agency_commission", "photographer", "stylist")
        return tuple(
            Share(dev_wallet(name).address, bps, words.role(role))
            for (name, bps), role in zip(parts, roles, strict=True)
        )

    def accept(self, twin_id: int, **terms: Any) -> Sold:
        """Sell a license by an offer; `terms` as for `offer`."""
        gas = self.grant(twin_id, **terms)
        return Sold(self.newest(), gas)

    def grant(self, twin_id: int, *, brand: Wallet | None = None, **terms: Any) -> Gas:
        """Sell a license by an offer; return the gas."""
        payer = brand or self.licensee
        values = self.offer(twin_id, brand=payer, **terms)
        return self.send(self.licenses, "accept", *values, payer=payer)

    def offer(
        self,
        twin_id: int,
        *,
        brand: Wallet | None = None,
        markets: str = "NORDICS",
        exclusive: bool = False,
        fee: int = FEE,
        deposit: int | None = None,
        days: int = 90,
        quota: int = 100,
        shares: tuple[Share, ...] | None = None,
    ) -> tuple[Any, ...]:
        """Return what a brand, if not named the first, hands in with the owner's offer."""
        payer = brand or self.licensee
        scope = Scope(
            memo=MEMO,
            licensee=payer.address,
            epoch=0,
            valid_until=FOREVER,
            start=0,
            category=0,
            exclusive=exclusive,
            uses=words.uses("own_shop+email+paid_social"),
            markets=words.markets(markets),
            notice=30 * DAY,
            agreement=self.fresh(),
            ref=self.fresh(),
        )
        pay = Pay(twin_id, self.currency, fee, fee // 10, days * DAY, quota)
        terms = Terms(scope, pay, self.crew() if shares is None else shares)
        opening = self.chain.licenses.opening(twin_id, 0) if exclusive else ()
        signature = self.sign(terms, self.licenses)
        entries = [astuple(entry) for entry in opening]
        return to_abi(terms), signature, fee if deposit is None else deposit, entries

    def card(self, twin_id: int) -> RateCard:
        """Return a rate card with eight uses and three market groups."""
        groups = ("NORDICS", "DE+AT+CH", "WORLD")
        return RateCard(
            memo=MEMO,
            twin_id=twin_id,
            licensee=ZERO_ADDRESS,
            epoch=0,
            serial=1,
            valid_until=FOREVER,
            category=0,
            currency=self.currency,
            notice=30 * DAY,
            agreement=self.fresh(),
            floor=FEE // 10,
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
            shares=self.crew(),
        )

    def book(self, card: RateCard, *, start: int = 0) -> Sold:
        """Book under a rate card."""
        terms = booking_terms(
            card,
            chain_id=self.chain.chain_id,
            contract=str(self.licenses.address),
            licensee=self.licensee.address,
            start=start,
            days=30,
            uses=words.uses("own_shop+email"),
            markets=words.markets("SE+DE"),
            quota=20,
            exclusive=False,
            ref=self.fresh(),
        )
        signature = self.sign(card, self.licenses)
        values = (to_abi(terms), prices_abi(card), signature, terms.pay.fee, [])
        gas = self.send(self.licenses, "book", *values, payer=self.licensee)
        return Sold(self.newest(), gas)

    def newest(self) -> Grant:
        """Return the license that was granted last."""
        return self.chain.licenses.all()[-1]

    def record(
        self, license: Grant, number: int, *, images: int = 1, root: bytes | None = None
    ) -> Gas:
        """Record a batch as the licensee, with any root if none is named; return the gas."""
        use, market = words.uses("own_shop"), words.markets("SE")
        named = root or self.fresh()
        batch = Batch(number, Kind.DECLARED, named, images, use, market, self.fresh())
        values = (license.license_id, astuple(batch))
        return self.send(self.licenses, "record", *values, payer=self.licensee)

    def pay_out(self, license: Grant) -> Gas:
        """Let five days pass and pay out; return the gas."""
        self.chain.clock.advance(5 * DAY)
        return self.send(self.licenses, "payOut", *_settling(license))

    def top_up(self, license: Grant, deposited: int) -> Gas:
        """Raise what is deposited, as the licensee; return the gas."""
        terms = (license.scope_hash, license.pay_abi, license.shares_hash)
        return self.send(self.licenses, "topUp", *terms, deposited, payer=self.licensee)

    def surrender(self, license: Grant) -> Gas:
        """Give a license up, as its licensee; return the gas."""
        brands = {brand.address: brand for brand in (self.licensee, self.rival)}
        payer = brands[license.licensee]
        return self.send(self.licenses, "surrender", *_settling(license), payer=payer)

    def end(self, name: str, kind: type[Notice | LapseEnd | Decline], license: Grant) -> Gas:
        """End a license by an act that its owner signed; return the gas."""
        act = kind(MEMO, license.license_id, self.nonce(license.twin_id), FOREVER)
        signature = self.sign(act, self.licenses)
        terms = (license.scope_abi, license.pay_abi, license.shares_hash)
        return self.send(self.licenses, name, to_abi(act), *terms, signature)

    def propose_move(self, twin_id: int) -> Gas:
        """Propose that a twin moves to the new wallet; return the gas."""
        act = Move(MEMO, twin_id, self.heir.address, self.nonce(twin_id), FOREVER)
        signed = (self.sign(act, self.twins), self.sign(act, self.twins, self.heir))
        return self.send(self.twins, "proposeMove", to_abi(act), *signed)

    def drop_move(self, twin_id: int) -> Gas:
        """Drop a move; return the gas."""
        act = MoveDrop(MEMO, twin_id, self.nonce(twin_id), FOREVER)
        return self.send(self.twins, "dropMove", to_abi(act), self.sign(act, self.twins))

    def move(self, minted: Minted) -> Gas:
        """Move a twin at once to the new wallet; return the gas."""
        act = MoveAtOnce(
            MEMO, minted.twin_id, self.heir.address, self.nonce(minted.twin_id), FOREVER
        )
        signers = (self.model, self.guardian, self.heir)
        signed = (self.sign(act, self.twins, signer) for signer in signers)
        return self.send(self.twins, "move", to_abi(act), to_abi(minted.consent), *signed)


def measure(chain: TwinRights | None = None) -> dict[Row, Gas]:
    """Return the gas of every row, on a fresh chain."""
    bench = Bench(chain or TwinRights.embedded())
    first, second = bench.mint(), bench.mint()
    gas = {MINT_FIRST: first.gas, MINT_SECOND: second.gas}
    twin_id = second.twin_id
    bench.allow_everything(twin_id)

    license = bench.accept(twin_id).license
    gas[BUY] = bench.accept(twin_id).gas
    card = bench.card(twin_id)
    bench.book(card)
    gas[BOOK] = bench.book(card).gas

    bench.record(license, 1)
    gas[RECORD] = bench.record(license, 2)
    bench.pay_out(license)
    gas[PAY_OUT] = bench.pay_out(license)
    gas[TOP_UP] = bench.top_up(bench.accept(twin_id, deposit=FEE // 5).license, FEE * 2 // 5)

    gas |= _ends(bench, twin_id, card)
    gas |= _moves(bench, license)

    # An exclusive that has ended leaves its place to the next one.
    other = bench.mint().twin_id
    bench.allow_everything(other)
    bench.surrender(bench.accept(other, brand=bench.rival, markets="JP", exclusive=True).license)
    while len(bench.chain.licenses.opening(other, 0)) < 20:
        bench.accept(other)
    gas[BUY_EXCLUSIVE] = bench.accept(other, brand=bench.rival, markets="JP", exclusive=True).gas
    return {row: gas[row] for row in ROWS}


def _ends(bench: Bench, twin_id: int, card: RateCard) -> dict[Row, Gas]:
    """Measure each way in which a license ends early."""
    noticed, given_up = bench.accept(twin_id).license, bench.accept(twin_id).license
    lapsed = bench.accept(twin_id, deposit=FEE // 10).license
    declined = bench.book(card, start=bench.chain.now() + 30 * DAY).license
    gas = {
        NOTICE: bench.end("giveNotice", Notice, noticed),
        DECLINE: bench.end("decline", Decline, declined),
    }
    bench.chain.clock.advance(5 * DAY)
    gas[SURRENDER] = bench.surrender(given_up)
    bench.chain.clock.advance(15 * DAY)
    gas[LAPSE] = bench.end("endLapsed", LapseEnd, lapsed)
    return gas


def _moves(bench: Bench, license: Grant) -> dict[Row, Gas]:
    """Measure a move that is dropped, what was payable meanwhile, and two moves that succeed."""
    twin_id = license.twin_id
    bench.propose_move(twin_id)
    bench.drop_move(twin_id)
    gas = {PROPOSE_MOVE: bench.propose_move(twin_id)}
    bench.pay_out(license)
    gas[DROP_MOVE] = bench.drop_move(twin_id)
    gas[WITHDRAW] = bench.send(bench.licenses, "withdraw", bench.currency, twin_id)

    moved, rescued = bench.mint(), bench.mint(guardian=bench.guardian.address)
    bench.propose_move(moved.twin_id)
    bench.chain.clock.advance(7 * DAY)
    gas[COMPLETE_MOVE] = bench.send(bench.twins, "completeMove", moved.twin_id)
    gas[MOVE] = bench.move(rescued)
    return gas


def _settling(license: Grant) -> tuple[Any, ...]:
    """Return what a deed that pays out brings."""
    return license.scope_hash, license.pay_abi, license.shares_abi
