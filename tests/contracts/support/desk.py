"""One twin, one token, the people around them: where a test of money, endings or usage begins."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import brownie
from brownie import accounts, chain, history, project, web3
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.support.clock import next_second, rest
from tests.contracts.support.digests import (
    PAY,
    TERMS,
    digest,
    hash_domain,
    hash_struct,
    sign_digest,
)
from tests.contracts.support.held import Held
from tests.contracts.support.keys import GUARDIAN_KEY, address_of
from tests.contracts.support.till import Till

__all__ = ["DAY", "FAR", "MARKETS", "USES", "ZERO", "Desk"]

DAY = 86_400
FAR = 2**40 - 1
ZERO = "0x" + "0" * 40
USES = 0b0111
MARKETS = 0b1111 << 100
MODEL_KEY = "0x" + "a11ce".zfill(64)
ENOUGH = 2**100
LATE = 30
"""Seconds by which a thread of Brownie's may be late."""
POLICY = (
    "Policy(string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,"
    "uint32 nonce,uint40 deadline)"
)
CONSENT = (
    "Consent(string memo,address owner,bytes32 replica,address guardian,bytes32 salt,"
    "uint40 deadline)"
)
SCOPE_FIELDS = (
    *("memo", "licensee", "epoch", "validUntil", "start", "category", "exclusive", "uses"),
    *("markets", "notice", "agreement", "card", "ref"),
)
PAY_FIELDS = ("twinId", "currency", "fee", "committed", "term", "quota")
PRICES_FIELDS = (
    *("licensee", "serial", "dayRate", "imageRate", "exclusiveFactor", "minDays", "maxDays"),
    *("maxQuota", "leadTime", "uses", "markets"),
)


class Desk(Till):
    """Deploys everything, lets the model have her twin, and makes licenses of it."""

    def __init__(self, token: Any = None, *, decimals: int = 6) -> None:
        super().__init__()
        self.relay, self.hm, self.rival, self.agency, self.photographer = accounts[:5]
        self.stylist, self.make_up, self.tool, self.stranger = accounts[5:9]
        self.model = accounts.add(MODEL_KEY)
        metadata = brownie.TokenMetadata.deploy(self.by(self.relay))
        self.twins = brownie.DigitalTwin.deploy(metadata, self.by(self.relay))
        self.licenses = brownie.TwinLicense.deploy(self.twins, metadata, self.by(self.relay))
        self.token = token or brownie.TestDollar.deploy(decimals, self.by(self.relay))
        self.unit = 10 ** self.token.decimals()
        self.default_shares = [
            (self.agency, 2000, 1),
            (self.photographer, 500, 3),
            (self.stylist, 333, 4),
        ]
        self.consents: dict[int, tuple[Any, ...]] = {}
        self._refs = count(1)
        self.twin = self.mint("first")
        for brand in (self.hm, self.rival):
            self.fund(brand)

    @staticmethod
    def by(sender: Any, **more: Any) -> dict[str, Any]:
        return {"from": sender, **more}

    def fund(self, brand: Any, token: Any = None) -> None:
        """Give a brand plenty of a currency, and the contract a standing allowance of all of it."""
        token = token or self.token
        token.mint(brand, ENOUGH, self.by(self.relay))
        token.approve(self.licenses, 2**256 - 1, self.by(brand))

    def sign(self, contract: Any, kind: str, values: Any, *, key: str = MODEL_KEY) -> bytes:
        """A signature of the model, or of whoever has the key, for a contract of this desk."""
        name = {self.twins: "TwinRights Twin", self.licenses: "TwinRights License"}[contract]
        message = digest(
            kind, values, name=name, chain_id=web3.eth.chain_id, contract=contract.address
        )
        return sign_digest(message, key)

    def mint(
        self,
        salt: str,
        *,
        uses: int = 0xFFFF,
        categories: int = 0b11,
        least_owner_bps: int = 5000,
    ) -> int:
        """Make a twin of the model by her consent, and let her allow some uses and categories."""
        guardian = address_of(GUARDIAN_KEY)
        consent = (bytes(32), self.model.address, bytes(32), guardian, salt.encode().ljust(32), FAR)
        signature = self.sign(self.twins, CONSENT, consent)
        twin = self.twins.twinIdOf(consent)
        self.consents[twin] = consent
        self.twins.mint(consent, signature, self.by(self.relay))
        policy = (bytes(32), twin, uses, categories, least_owner_bps, 0, FAR)
        self.twins.setPolicy(policy, self.sign(self.twins, POLICY, policy), self.by(self.relay))
        return twin

    def terms(self, **changes: Any) -> tuple[Any, ...]:
        """Terms of 90 days and 100 images for 9,000, of which 1,000 are committed, as changed."""
        values = {
            "memo": bytes(32),
            "licensee": self.hm.address,
            "epoch": 0,
            "validUntil": FAR,
            "start": 0,
            "category": 0,
            "exclusive": False,
            "uses": USES,
            "markets": MARKETS,
            "notice": 30 * DAY,
            "agreement": bytes(32),
            "card": bytes(32),
            "ref": next(self._refs).to_bytes(32, "big"),
            "twinId": self.twin,
            "currency": self.token.address,
            "fee": 9_000 * self.unit,
            "committed": 1_000 * self.unit,
            "term": 90 * DAY,
            "quota": 100,
        }
        shares = changes.pop("shares", self.default_shares)
        unknown = changes.keys() - values.keys()
        assert not unknown, f"terms have no {unknown}"
        values |= changes
        scope = tuple(values[field] for field in SCOPE_FIELDS)
        pay = tuple(values[field] for field in PAY_FIELDS)
        return scope, pay, [(str(payee), bps, role) for payee, bps, role in shares]

    def accept(
        self,
        *,
        deposit: int | None = None,
        opening: Any = (),
        by: Any = None,
        at: int | None = None,
        through: Any = None,
        **changes: Any,
    ) -> Held:
        """A license of an offer that the model signs, paid whole unless a deposit is named.

        Who acts `through` something else takes the encoded deed and returns its transaction.
        """
        terms = self.terms(**changes)
        signature = sign_digest(self.licenses.licenseIdOf(terms).to_bytes(32, "big"), MODEL_KEY)
        deposit = terms[1][2] if deposit is None else deposit
        sender = self.by(by or self.hm, **next_second(at))
        deed = (terms, signature, deposit, list(opening))
        if through:
            return self._held(terms, through(self.licenses.accept.encode_input(*deed)))
        return self._held(terms, self.licenses.accept(*deed, sender))

    def prices(self, **changes: Any) -> tuple[Any, ...]:
        """A card that sells every use and market at weight 1: 90 a day, 9 an image."""
        values = {
            "licensee": ZERO,
            "serial": 0,
            "dayRate": 90 * self.unit,
            "imageRate": 9 * self.unit,
            "exclusiveFactor": 20_000,
            "minDays": 1,
            "maxDays": 365,
            "maxQuota": 1_000,
            "leadTime": DAY,
            "uses": [(use, 10_000) for use in range(3)],
            "markets": [(MARKETS, 10_000)],
        } | changes
        return tuple(values[field] for field in PRICES_FIELDS)

    def book(
        self,
        *,
        deposit: int | None = None,
        opening: Any = (),
        prices: tuple[Any, ...] | None = None,
        by: Any = None,
        at: int | None = None,
        **changes: Any,
    ) -> Held:
        """A license from the model's card, two days ahead, paid whole unless a deposit is named."""
        prices = prices or self.prices()
        draft = self.terms(**{"start": chain[-1].timestamp + 2 * DAY} | changes)
        fee = self.licenses.quote(draft[0], draft[1], prices)
        card = bytes(self.licenses.cardDigestOf(draft, prices))
        scope = (*draft[0][:11], card, draft[0][12])
        terms = (scope, (*draft[1][:2], fee, *draft[1][3:]), draft[2])
        sender = self.by(by or self.hm, **next_second(at))
        tx = self.licenses.book(
            terms,
            prices,
            sign_digest(card, MODEL_KEY),
            fee if deposit is None else deposit,
            list(opening),
            sender,
        )
        return self._held(terms, tx)

    def id_of(self, scope_hash: bytes, pay: tuple[Any, ...], shares_hash: bytes) -> int:
        """The id that the parts of terms give, whether there is such a license or not."""
        kinds = ["bytes32"] * 4
        parts = [keccak(text=TERMS), scope_hash, hash_struct(PAY, pay), shares_hash]
        struct = keccak(encode(kinds, parts))
        domain = hash_domain("TwinRights License", web3.eth.chain_id, self.licenses.address)
        return int.from_bytes(keccak(b"\x19\x01" + domain + struct), "big")

    def _held(self, terms: tuple[Any, ...], tx: Any) -> Held:
        held = Held(self, terms, tx)
        self.granted.append(held)
        self.weigh(tx)
        return held

    def raise_nonce(self) -> None:
        """An act on the twin that has nothing to do with licenses: the same policy once more."""
        nonce = self.twins.authority(self.twin)["nonce"]
        policy = (bytes(32), self.twin, 0xFFFF, 0b11, 5000, nonce, FAR)
        self.twins.setPolicy(policy, self.sign(self.twins, POLICY, policy), self.by(self.relay))

    @staticmethod
    def snapshot() -> tuple[Any, int]:
        answer = web3.provider.make_request("evm_snapshot", [])
        return answer["result"], web3.eth.block_number

    @staticmethod
    def restore(snapshot: tuple[Any, int]) -> None:
        """Put the chain back, and let Brownie forget what no longer is: it waits for the nonces of
        transactions, and finds an address taken by a contract.
        """
        # Brownie's threads confirm a transaction, mark others of its nonce as dropped, and keep
        # what could be undone. One that is late finds no transaction after the chain was put back,
        # or a new one. Those that are compiled have no name but a number.
        for thread in threading.enumerate():
            if thread.name.startswith("Thread-"):
                thread.join(LATE)

        rest()
        number, height = snapshot
        assert web3.provider.make_request("evm_revert", [number])["result"]
        history.clear()
        for container in project.get_loaded_projects()[0]:
            for contract in list(container):
                if contract.tx and contract.tx.block_number > height:
                    container.remove(contract)

    def balances(self, *people: Any, token: Any = None) -> list[int]:
        return [(token or self.token).balanceOf(person) for person in people]

    def parts(self, before: dict[Any, int] | None = None, token: Any = None) -> dict[Any, int]:
        """What everybody holds, by role; or by how much that differs from `before`."""
        people = (
            "model",
            "agency",
            "photographer",
            "stylist",
            "make_up",
            "hm",
            "rival",
            "stranger",
        )
        held = {name: (token or self.token).balanceOf(getattr(self, name)) for name in people}
        if before is None:
            return held
        return {name: sum - before[name] for name, sum in held.items() if sum != before[name]}
