"""The people of the tests on one chain, and what they sign: defaults that the contracts accept."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from twinrights import words
from twinrights.chain.contracts import Contracts
from twinrights.chain.send import Deed
from twinrights.facade import TwinRights
from twinrights.memo import render
from twinrights.terms import (
    ZERO_ADDRESS,
    ZERO_HASH,
    Consent,
    MarketRate,
    Move,
    MoveAtOnce,
    Pay,
    PendingMove,
    Policy,
    RateCard,
    Scope,
    Share,
    Terms,
    UseRate,
)
from twinrights.typed_data import Signed, typed_data, with_memo
from twinrights.wallets import Wallet, dev_wallet

DAY = 86_400
FAR = 2**40 - 1
DOLLAR = 10**6
FEE = 5_000 * DOLLAR
USES, MARKETS = "own_shop+email+paid_social", "SE+NO+DE+FR"


class Stage:
    """One model with a twin, brands with money, payees; everything can be changed by name."""

    model = dev_wallet("model")
    hm = dev_wallet("hm")
    rival = dev_wallet("rival")
    agency = dev_wallet("agency")
    photographer = dev_wallet("photographer")
    reporter = dev_wallet("reporter")
    guardian = dev_wallet("guardian")
    new_phone = dev_wallet("new_phone")
    stranger = dev_wallet("stranger")

    _numbers = itertools.count(1)

    def __init__(self, chain: TwinRights) -> None:
        self.chain = chain
        self.contracts = Contracts(chain.web3, chain.deployment)
        self.usd = chain.currency("TUSD").address
        self.twin_id = 0

    def set(self) -> None:
        """Mint the twin, set its policy, give the brands money."""
        self.twin_id = self.chain.twins.mint(self.sign(self.consent()), payer=self.stranger).id
        self.chain.twins.set_policy(self.sign(self.policy()), payer=self.stranger)
        for brand in (self.hm, self.rival):
            self.chain.fund(brand.address, 1_000_000 * DOLLAR, payer=brand)

    def sign(self, message: Any, *, signer: Wallet | None = None) -> Signed:
        """Return a message signed by the model, or by `signer`; nothing is checked."""
        drafted = self.chain.draft(message) if not _is_booking(message) else self._booking(message)
        data = typed_data(drafted.message, chain_id=drafted.chain_id, contract=drafted.contract)
        return drafted.with_signature((signer or self.model).sign_typed_data(data))

    def _booking(self, message: Terms) -> Signed:
        licenses = self.chain.deployment.licenses
        return Signed(with_memo(message, "terms of a booking"), b"", self.chain.chain_id, licenses)

    @property
    def nonce(self) -> int:
        return self.chain.twins.get(self.twin_id).authority.nonce

    def fresh(self) -> bytes:
        """Return 32 bytes that were not returned before."""
        return next(self._numbers).to_bytes(32, "big")

    def consent(self, **changes: Any) -> Consent:
        guardian = self.guardian.address
        plain = Consent("", self.model.address, b"\x01" * 32, guardian, self.fresh(), FAR)
        return replace(plain, **changes)

    def policy(self, **changes: Any) -> Policy:
        uses, categories = (1 << 20) - 1, 0xFF
        plain = Policy("", self.twin_id, uses, categories, 5_000, 0, FAR)
        return replace(plain, **changes)

    def move(self, **changes: Any) -> Move:
        """Return a move of the twin to the model's new phone."""
        plain = Move("", self.twin_id, self.new_phone.address, self.nonce, FAR)
        return replace(plain, **changes)

    def move_at_once(self, guardian: Wallet | None = None) -> None:
        """Let owner and guardian move the twin to the model's new phone."""
        move = MoveAtOnce("", self.twin_id, self.new_phone.address, self.nonce, FAR)
        signers = (self.model, guardian or self.guardian, self.new_phone)
        owner, guards, acceptance = (self.sign(move, signer=each) for each in signers)
        self.chain.recovery.move(
            owner=owner, guardian=guards, acceptance=acceptance, payer=self.stranger
        )

    def rescue(self, **changes: Any) -> PendingMove:
        """Let the guardian propose that move; return it as it waits."""
        move = self.move(**changes)
        return self.chain.recovery.propose_rescue(
            self.sign(move, signer=self.guardian),
            acceptance=self.sign(move, signer=self.new_phone),
            payer=self.stranger,
        )

    def terms(self, licensee: Wallet | None = None, **changes: Any) -> Terms:
        """Return terms for H&M: SE, NO, DE, FR for 90 days, 25 % to agency and photographer."""
        scope = Scope(
            memo="",
            licensee=(licensee or self.hm).address,
            epoch=0,
            valid_until=FAR,
            start=0,
            category=0,
            exclusive=False,
            uses=words.uses(USES),
            markets=words.markets(MARKETS),
            notice=30 * DAY,
            ref=self.fresh(),
        )
        pay = Pay(self.twin_id, self.usd, FEE, 500 * DOLLAR, 90 * DAY, 100)
        shares = changes.pop("shares", self.shares(2_000, 500))
        return Terms(
            replace(scope, **{k: v for k, v in changes.items() if hasattr(scope, k)}),
            replace(pay, **{k: v for k, v in changes.items() if hasattr(pay, k)}),
            shares,
        )

    def shares(self, *bps: int) -> tuple[Share, ...]:
        payees = (self.agency, self.photographer)
        return tuple(
            Share(payees[i].address if i < 2 else f"0x{i:040x}", part, 1 + 2 * i)
            for i, part in enumerate(bps)
        )

    def offer(self, licensee: Wallet | None = None, **changes: Any) -> Signed:
        return self.sign(self.terms(licensee, **changes))

    def license(
        self, licensee: Wallet | None = None, *, deposit: int | None = None, **changes: Any
    ):
        """Return a license that the licensee has accepted."""
        payer = licensee or self.hm
        return self.chain.licenses.accept(
            self.offer(payer, **changes), payer=payer, deposit=deposit
        )

    def card(self, **changes: Any) -> RateCard:
        """Return a rate card: own shop and e-mail, Nordics and Germany, 24 hours of lead time."""
        plain = RateCard(
            memo="",
            twin_id=self.twin_id,
            licensee=ZERO_ADDRESS,
            epoch=0,
            serial=1,
            valid_until=FAR,
            category=0,
            currency=self.usd,
            notice=30 * DAY,
            agreement=ZERO_HASH,
            floor=100 * DOLLAR,
            day_rate=10 * DOLLAR,
            image_rate=DOLLAR,
            exclusive_factor=25_000,
            min_days=2,
            max_days=365,
            max_quota=1_000,
            lead_time=DAY,
            uses=(UseRate(words_bit("own_shop"), 10_000), UseRate(words_bit("email"), 5_000)),
            markets=(
                MarketRate(words.markets("SE+NO+DK+FI"), 10_000),
                MarketRate(words.markets("DE"), 20_000),
            ),
            shares=self.shares(2_000, 500),
        )
        return replace(plain, **changes)

    def booking(self, card: Signed | None = None, *, payer: Wallet | None = None, **changes: Any):
        """Return a booking by H&M from the card, two days from now."""
        asked: dict[str, Any] = {
            "start": self.chain.now() + 2 * DAY,
            "days": 30,
            "uses": "own_shop",
            "markets": "SE",
            "quota": 20,
            "ref": self.fresh(),
        }
        return self.chain.licenses.book(
            card or self.sign(self.card()), payer=payer or self.hm, **{**asked, **changes}
        )

    def raw(self, name: str, *values: Any, sender: Wallet | None = None, twins: bool = False):
        """Send a call of TwinLicense (or DigitalTwin) as it is, past the checks of the client."""
        contract = self.contracts.twins if twins else self.contracts.licenses
        return self.contracts.send(self.contracts.deed(contract, name, *values), sender or self.hm)

    def ask(self, name: str, *values: Any, twins: bool = False) -> Any:
        """Ask a view of TwinLicense, or of DigitalTwin."""
        contract = self.contracts.twins if twins else self.contracts.licenses
        return self.contracts.ask(contract, name, *values)

    def put_up(self, artifact: dict[str, Any], *values: Any) -> str:
        """Deploy a contract of the tests; return its address."""
        web3 = self.chain.web3
        contract = web3.eth.contract(abi=artifact["abi"], bytecode=artifact["bytecode"])
        data = contract.constructor(*values).data_in_transaction
        receipt = self.contracts.send(Deed(None, bytes.fromhex(data[2:])), self.stranger)
        return str(receipt["contractAddress"])

    def memo(self, message: Any) -> str:
        return render(message, currencies=self.chain.currencies)


def words_bit(use: str) -> int:
    return words.uses(use).bit_length() - 1


def _is_booking(message: Any) -> bool:
    return isinstance(message, Terms) and message.scope.card != ZERO_HASH
