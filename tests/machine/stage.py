"""Where every example begins: the contracts, the people, their money and three twins."""

from __future__ import annotations

from typing import Any

from eth_utils import keccak

from tests.machine.look import Looker
from tests.machine.mocks import mock
from tests.machine.node import START, Node
from tests.machine.wire import Interface, introduce, signed
from tests.model.currencies import ENDLESS
from tests.model.deeds import Deed
from tests.model.digests import Place, hash_struct, signing_digest
from tests.model.digests import twin_id as twin_id_of
from tests.model.papers import Consent, Policy
from tests.model.signatures import Signature
from tests.model.world import World, attempt
from twinrights.artifacts import load

__all__ = ["CREW", "CURRENCIES", "EVERYTHING", "FAR", "LICENSEES", "OWNERS", "Stage"]

CHAIN_ID = 31337
FAR = 2**40 - 1
PLENTY = 2**110
EVERYTHING = 2**32 - 1
PEOPLE = (
    *("model", "sister", "guardian", "heir", "agency", "photographer", "stylist", "make_up"),
    *("hm", "rival", "tool", "stranger", "safe_key", "house_key"),
)
CREW = ("agency", "photographer", "stylist", "make_up", "sister", "safe")
LICENSEES = ("hm", "rival", "house")
OWNERS = ("model", "sister", "safe")
"""`safe` and `house` are contracts, each with one key."""

CURRENCIES = {
    "TestDollar": "honest",
    "NoReturn": "honest",
    "Rebasing": "honest",
    "FalseReturn": "refusing",
    "ReturnBomb": "refusing",
    "Blocklist": "blocking",
    "FeeOnTransfer": "fee",
    "Hollow": "hollow",
    "Reentrant": "calling",
}
"""Each mock, and how the model calls its manner."""


class Stage:
    """A node with everything on it, and the world as the model knows it."""

    def __init__(self) -> None:
        self.node = Node()
        self.people = introduce(PEOPLE)
        self.signers = frozenset(self.people.values())
        shipped = {
            name: {"abi": load(name).abi, "bytecode": "0x" + load(name).bytecode.hex()}
            for name in ("TokenMetadata", "DigitalTwin", "TwinLicense")
        }
        metadata = self.deploy(shipped["TokenMetadata"])
        twins_at = self.deploy(shipped["DigitalTwin"], metadata)
        licenses_at = self.deploy(shipped["TwinLicense"], twins_at, metadata)
        self.twins = Interface(shipped["DigitalTwin"]["abi"])
        self.licenses = Interface(shipped["TwinLicense"]["abi"])
        self.licenses.errors |= self.twins.errors
        self.world = World(
            Place("TwinRights Twin", CHAIN_ID, twins_at),
            Place("TwinRights License", CHAIN_ID, licenses_at),
            now=START,
        )
        for name in ("safe", "house"):
            key = self.people[f"{name}_key"]
            self.people[name] = wallet = self.deploy(mock("ContractWallet"), key)
            self.world.keys[wallet] = key
        self.tokens: dict[int, tuple[str, Interface]] = {}
        for name, manner in CURRENCIES.items():
            self._issue(name, manner)
        self.absent = self.people["stranger"] ^ 0xABCD
        self.world.manners[self.absent] = "absent"
        self.consents = [self._consent(owner, number) for number, owner in enumerate(OWNERS)]
        for consent in self.consents:
            self._give_twin(consent)
        self.looker = Looker(self)
        self.numbered = "0x" + keccak(text="MarketSetNumbered(uint32,uint256)").hex()
        self.snapshot = self.node.mark()

    def write(self, deed: Deed) -> tuple[int, str]:
        """Return where a deed goes and its data."""
        if deed.of_twins:
            place, interface = self.world.twins_place, self.twins
        else:
            place, interface = self.world.licenses_place, self.licenses
        arguments: tuple[Any, ...] = deed.arguments
        if deed.name == "multicall":
            written = [self.write(each)[1] for each in arguments[0]]
            arguments = ([bytes.fromhex(each[2:]) for each in written],)
        if deed.name == "permit":
            arguments = (*arguments[:3], *_split(arguments[3]))
        return place.address, interface.encode(deed.name, *arguments)

    def tell(self, token: int, name: str, *arguments: Any, sender: int | None = None) -> None:
        """Let somebody do something with a currency that is no deed of ours."""
        data = self.tokens[token][1].encode(name, *arguments)
        now = int(self.node.ask("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        sender = self.people["stranger"] if sender is None else sender
        receipt = self.node.send(token, data, sender=sender, now=now)
        assert receipt["status"] == "0x1", f"{self.tokens[token][0]}.{name} failed"

    def deploy(self, contract: dict[str, Any], *arguments: int) -> int:
        data = contract["bytecode"] + "".join(f"{each:064x}" for each in arguments)
        receipt = self.node.send(None, data, sender=self.people["stranger"], now=START)
        assert receipt["status"] == "0x1", "not deployed"
        return int(receipt["contractAddress"], 16)

    def _issue(self, name: str, manner: str) -> None:
        """A currency of which every licensee has plenty, with a standing allowance."""
        token = self.deploy(mock(name), *((6,) if name == "TestDollar" else ()))
        self.tokens[token] = name, Interface(mock(name)["abi"])
        self.world.manners[token] = manner
        for licensee in LICENSEES:
            wallet = self.people[licensee]
            self.tell(token, "mint", wallet, PLENTY)
            self.tell(token, "approve", self.world.here, ENDLESS, sender=wallet)
            self.world.balances[token, wallet] = PLENTY
            self.world.allowances[token, wallet] = ENDLESS
        if manner == "calling":
            self._let_pay(token)

    def _let_pay(self, token: int) -> None:
        """A currency that calls back has tokens of its own, and pays with them."""
        approve = self.tokens[token][1].encode("approve", self.world.here, ENDLESS)
        self.tell(token, "mint", token, PLENTY)
        self.tell(token, "act", token, bytes.fromhex(approve[2:]))
        self.world.balances[token, token] = PLENTY
        self.world.allowances[token, token] = ENDLESS

    def _consent(self, owner: str, number: int) -> Consent:
        guardian = self.people["guardian"] if owner != "sister" else 0
        return Consent(1, self.people[owner], 2, guardian, number, FAR)

    def _give_twin(self, consent: Consent) -> None:
        """A twin that allows nearly everything at first."""
        twin_id = twin_id_of(self.world.twins_place, consent)
        policy = Policy(3, twin_id, EVERYTHING, EVERYTHING, 1_000, 0, FAR)
        key = self.world.keys.get(consent.owner, consent.owner)
        for name, paper in {"mint": consent, "setPolicy": policy}.items():
            digest = signing_digest(self.world.twins_place, hash_struct(paper))
            deed = Deed(True, name, (paper, Signature(key, digest)))
            sender = self.people["stranger"]
            to, data = self.write(deed)
            receipt = self.node.send(to, data, sender=sender, now=START)
            self.world, refused = attempt(self.world, deed, sender=sender, now=START)
            assert receipt["status"] == "0x1", f"{name} failed"
            assert refused is None, f"{name}: {refused}"


def _split(signature: Signature | None) -> tuple[int, int, int]:
    """Return v, r and s, as EIP-2612 wants them."""
    raw = signed(signature) or bytes(65)
    return raw[64], int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:64], "big")
