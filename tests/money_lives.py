"""Plays the bookings of docs/money.md on the packaged contracts, in process, to the second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from eth_abi import encode
from eth_utils import keccak
from web3 import Web3
from web3.providers.eth_tester import EthereumTesterProvider

from tests.money_page import UNIT, Asked, Card, asked, card
from twinrights import artifacts, words

DAY = 86_400
FAR = 2**40 - 1
ZERO = "0x" + "0" * 40
ONE = 10_000

Figures = dict[str, int]


class Desk:
    """A chain with one twin, one rate card and one licensee who has enough of everything."""

    def __init__(self) -> None:
        self.provider = EthereumTesterProvider()
        self.web3 = Web3(self.provider)
        self.model, self.hm, self.anyone, *payees = self.web3.eth.accounts[:7]
        self.card: Card = card()
        named = zip(payees, self.card.shares, strict=True)
        self.shares = [(payee, bps, words.role(name)) for payee, (name, bps) in named]
        self.payees = dict(zip([name for name, _ in self.card.shares], payees, strict=True))
        self.payees |= {"owner": self.model}
        metadata = self._deploy("TokenMetadata")
        self.twins = self._deploy("DigitalTwin", metadata.address)
        self.licenses = self._deploy("TwinLicense", self.twins.address, metadata.address)
        self.dollar = self._deploy("TestDollar", 6)
        self._mint()
        self.send(self.hm, self.dollar.functions.mint(self.hm, 10**6 * UNIT))
        self.send(self.hm, self.dollar.functions.approve(self.licenses.address, 2**256 - 1))

    def _deploy(self, name: str, *arguments: object) -> Any:
        code = artifacts.load(name)
        factory: Any = self.web3.eth.contract(abi=code.abi, bytecode=code.bytecode)
        sent = factory.constructor(*arguments).transact({"from": self.anyone})
        place = self.web3.eth.wait_for_transaction_receipt(sent)["contractAddress"]
        return self.web3.eth.contract(address=place, abi=code.abi)

    def _mint(self) -> None:
        """The model sends both acts herself, so neither needs a signature."""
        consent = (bytes(32), self.model, bytes(32), ZERO, bytes(32), FAR)
        self.twin = self.twins.functions.twinIdOf(consent).call()
        self.send(self.model, self.twins.functions.mint(consent, b""))
        policy = (bytes(32), self.twin, 2**32 - 1, 1, 0, 0, FAR)
        self.send(self.model, self.twins.functions.setPolicy(policy, b""))

    def send(self, sender: str, deed: Any, *, at: int | None = None) -> int:
        """Send a deed, in a block of the second `at` if named; return the block's time."""
        if at is not None:
            self.provider.ethereum_tester.time_travel(at)
        receipt = self.web3.eth.wait_for_transaction_receipt(
            deed.transact({"from": sender, "gas": 3_000_000})
        )
        time = self.web3.eth.get_block(receipt["blockNumber"])["timestamp"]
        assert receipt["status"] == 1
        assert at is None or time == at
        return time

    def balances(self) -> Figures:
        held = {"refund": self.hm, **self.payees}
        return {name: self.dollar.functions.balanceOf(who).call() for name, who in held.items()}

    @contextmanager
    def moved(self, figures: Figures, names: Mapping[str, str]) -> Iterator[None]:
        """Write what every payee, and the licensee, receives meanwhile under the names given."""
        before = self.balances()
        yield
        after = self.balances()
        figures |= {label: after[who] - before[who] for who, label in names.items()}


class Booking:
    """One license of the page, from its price to its last unit."""

    def __init__(self, desk: Desk, section: str) -> None:
        self.desk, self.wish = desk, asked(section)
        self.batches = 0
        self.figures: Figures = {}

    def _pay(self, fee: int, committed: int, quota: int | None = None) -> tuple[Any, ...]:
        quota = self.wish.quota if quota is None else quota
        term = self.wish.days * DAY
        return (self.desk.twin, self.desk.dollar.address, fee, committed, term, quota)

    def _prices(self, wish: Asked, **changed: object) -> tuple[Any, ...]:
        card = self.desk.card
        values = {
            "licensee": ZERO,
            "serial": 0,
            "day_rate": card.day_rate,
            "image_rate": card.image_rate,
            "exclusive_factor": card.exclusive_factor,
            "min_days": card.min_days,
            "max_days": card.max_days,
            "max_quota": card.max_quota,
            "lead_time": 0,
            "uses": card.uses,
            "markets": card.markets,
        }
        assert changed.keys() <= values.keys()
        return tuple((values | changed).values())

    def _quote(self, *, committed: int, quota: int, **changed: object) -> int:
        pay = self._pay(0, committed, quota)
        prices = self._prices(self.wish, **changed)
        scope = self._scope(bytes(32))
        return self.desk.licenses.functions.quote(scope, pay, prices).call()

    def _scope(self, card: bytes) -> tuple[Any, ...]:
        wish, desk = self.wish, self.desk
        who = (bytes(32), desk.hm, 0, FAR, 0, 0, wish.exclusive, wish.uses, wish.markets)
        return (*who, desk.card.notice, bytes(32), card, bytes(32))

    def price(self) -> None:
        """Ask the contract for each part of the price; a weight is the price of a day of one."""
        wish, card = self.wish, self.desk.card
        flat = {"day_rate": ONE, "exclusive_factor": ONE, "image_rate": 0}
        uses = tuple((use, ONE) for use, _ in card.uses if wish.uses >> use & 1)
        world = ((wish.markets, ONE),)
        days = wish.days
        of_uses = self._quote(committed=0, quota=0, **flat, markets=world)
        of_markets = self._quote(committed=0, quota=0, **flat, uses=uses)
        self.figures |= {
            "U": of_uses // days,
            "M": of_markets // days // len(uses),
            "by time": self._quote(committed=0, quota=0),
            "by images": self._quote(committed=0, quota=wish.quota, day_rate=0),
            "fee": self._quote(committed=card.floor, quota=wish.quota),
        }

    def book(self, deposit: int | None = None) -> None:
        """Sign the card, book under it, and note the term."""
        desk, fee = self.desk, self.figures["fee"]
        self.pay, prices = self._pay(fee, desk.card.floor), self._prices(self.wish)
        draft = (self._scope(bytes(32)), self.pay, desk.shares)
        digest = desk.licenses.functions.cardDigestOf(draft, prices).call()
        key = desk.provider.ethereum_tester.backend._key_lookup[bytes.fromhex(desk.model[2:])]
        raw = key.sign_msg_hash(digest).to_bytes()
        signature = raw[:64] + bytes([raw[64] + 27])
        self.scope = self._scope(digest)
        terms = (self.scope, self.pay, desk.shares)
        paid = fee if deposit is None else deposit
        self.id = desk.licenses.functions.licenseIdOf(terms).call()
        deed = desk.licenses.functions.book(terms, prices, signature, paid, [])
        self.start = desk.send(desk.hm, deed)
        self.figures["term in seconds"] = self.state("end") - self.start

    @property
    def scope_hash(self) -> bytes:
        return keccak(encode(["bytes32", *SCOPE_TYPES], [keccak(text=SCOPE), *self.scope]))

    @property
    def shares_hash(self) -> bytes:
        kinds = ["bytes32", "address", "uint16", "uint8"]
        return keccak(
            b"".join(keccak(encode(kinds, [keccak(text=SHARE), *s])) for s in self.desk.shares)
        )

    def state(self, field: str) -> Any:
        names = [part["name"] for part in _outputs(self.desk.licenses.abi, "licenseOf")]
        found = self.desk.licenses.functions.licenseOf(self.id).call()
        return dict(zip(names, found, strict=True))[field]

    def earned(self, seconds: int) -> int:
        call = self.desk.licenses.functions.earned
        return call(self.scope_hash, self.pay, self.shares_hash, self.start + seconds).call()

    def pay_out(self, seconds: int) -> None:
        deed = self.desk.licenses.functions.payOut(self.scope_hash, self.pay, self.desk.shares)
        self.desk.send(self.desk.anyone, deed, at=self.start + seconds)

    def top_up(self, deposited: int, seconds: int) -> None:
        call = self.desk.licenses.functions.topUp
        deed = call(self.scope_hash, self.pay, self.shares_hash, deposited)
        self.desk.send(self.desk.hm, deed, at=self.start + seconds)

    def surrender(self, seconds: int) -> None:
        deed = self.desk.licenses.functions.surrender(self.scope_hash, self.pay, self.desk.shares)
        self.desk.send(self.desk.hm, deed, at=self.start + seconds)

    def give_notice(self, seconds: int) -> None:
        act = (bytes(32), self.id, 1, FAR)
        call = self.desk.licenses.functions.giveNotice
        deed = call(act, self.scope, self.pay, self.shares_hash, b"")
        self.desk.send(self.desk.model, deed, at=self.start + seconds)

    def declare(self, images: int, seconds: int) -> None:
        self.batches += 1
        where = (self.wish.uses & -self.wish.uses, self.wish.markets & -self.wish.markets)
        batch = (self.batches, 0, bytes(32), images, *where, bytes(32))
        deed = self.desk.licenses.functions.record(self.id, batch)
        self.desk.send(self.desk.hm, deed, at=self.start + seconds)


SCOPE = (
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,"
    "bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,"
    "bytes32 ref)"
)
SCOPE_TYPES = (
    *("bytes32", "address", "uint32", "uint40", "uint40", "uint8", "bool", "uint32", "uint256"),
    *("uint32", "bytes32", "bytes32", "bytes32"),
)
SHARE = "Share(address payee,uint16 bps,uint8 role)"


def _outputs(abi: Any, name: str) -> Any:
    return next(part for part in abi if part.get("name") == name)["outputs"][0]["components"]
