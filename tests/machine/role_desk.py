"""A stage on which every deed would be good, if the right person sent it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.machine.desk import DAY, FEE, Desk
from tests.machine.node import START
from tests.machine.stage import FAR
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import twin_id
from tests.model.signatures import UNSIGNED
from twinrights.artifacts import load

__all__ = ["RoleDesk"]


class RoleDesk(Desk):
    """One twin of the model, licenses of H&M in every condition, and everybody with tokens."""

    def __init__(self) -> None:
        super().__init__()
        people, self.barring = self.stage.people, self.tokens["FalseReturn"]
        self.offer, self.booking = self.terms(ref=1), self.book(self.terms(ref=2, start=2 * DAY))
        self.whole = self.grant(self.terms(ref=3), FEE)
        self.part = self.grant(
            self.terms(
                ref=4,
            ),
            0,
        )
        self.booked = self.book(self.terms(ref=5, start=9 * DAY))
        self.do(self.booking_deed(self.booked, signed=True), "hm")
        self.do(Deed(False, "setReporter", (people["tool"], True)), "hm")
        owing = self.grant(self.terms(ref=6, currency=self.barring), FEE)
        self.stage.tell(self.barring, "refuse", people["agency"], 1)
        self.do(Deed(False, "payOut", self.parts(owing)), "stranger", START + DAY)
        self.stage.tell(self.barring, "refuse", people["agency"], 0)
        self.now = START + DAY
        # A twin of its own has the move that is pending.
        self.moving = self.mint(papers.Consent(1, people["model"], 2, people["guardian"], 99, FAR))
        move = papers.Move(1, self.moving, people["heir"], 0, FAR)
        signed = self.sign(move, "model"), self.sign(move, "heir")
        self.do(Deed(True, "proposeMove", (move, *signed)), "stranger", self.now)

    def deeds_of(self, contract: str) -> set[str]:
        """Return every deed of an ABI: what is no view, and what always refuses."""
        functions = [entry for entry in load(contract).abi if entry["type"] == "function"]
        deeds = [
            entry
            for entry in functions
            if entry["stateMutability"] not in ("view", "pure") or not entry["outputs"]
        ]
        inherited = ("approve", "setApprovalForAll", "transferFrom", "safeTransferFrom")
        return {
            f"{entry['name']}({','.join(each['type'] for each in entry['inputs'])})"
            if entry["name"] in inherited
            else entry["name"]
            for entry in deeds
        }

    def value(self, word: str, role: str) -> int:
        """Return what a word of the table means."""
        if word == "sender":
            return self.who(role)
        if word == "license":
            return self.id(self.whole)
        return self.stage.people[word] if word in self.stage.people else int(word)

    def deed(self, contract: str, name: str, brings: str) -> tuple[Deed, int]:
        """Return a deed that brings some signatures, and the second in which it is tried."""
        if "(" in name:
            kept = self.twin if contract == "DigitalTwin" else self.id(self.whole)
            holder = self.who("model" if contract == "DigitalTwin" else "hm")
            to = self.who("heir")
            arguments = {
                "approve": (to, kept),
                "setApprovalForAll": (to, 1),
                "transferFrom": (holder, to, kept),
                "safeTransferFrom": (holder, to, kept),
            }[name.split("(")[0]]
            more = (b"",) if name.endswith("bytes)") else ()
            return Deed(contract == "DigitalTwin", name, (*arguments, *more)), self.now
        made = (self._twin_deed if contract == "DigitalTwin" else self._license_deed)(name, brings)
        late = {"completeMove": 7 * DAY, "endLapsed": 30 * DAY}
        return made, self.now + late.get(name, 0)

    def _twin_deed(self, name: str, brings: str) -> Deed:
        heir, guardian = self.who("heir"), self.who("guardian")
        acts: dict[str, Any] = {
            "mint": papers.Consent(1, self.who("model"), 2, guardian, 77, FAR),
            "setPolicy": papers.Policy(1, self.twin, 1, 1, 0, 1, FAR),
            "raiseEpoch": papers.EpochRaise(1, self.twin, 1, FAR),
            "raiseLeastSerial": papers.SerialRaise(1, self.twin, 1, 1, FAR),
            "retire": papers.Retirement(1, self.twin, 1, FAR),
            "setGuardian": papers.GuardianChange(1, self.twin, heir, 1, FAR),
            "flag": papers.Flag(1, self.twin, 0, 5, 1, FAR),
            "dropMove": papers.MoveDrop(1, self.moving, 1, FAR),
        }
        if name in acts:
            signed = self.sign(acts[name], "model") if brings == "signature" else UNSIGNED
            return Deed(True, name, (acts[name], signed))
        if name == "completeMove":
            return Deed(True, name, (self.moving,))
        if name in ("vouch", "withdrawVouch"):
            return Deed(True, name, (heir, 5, FAR)[: 3 if name == "vouch" else 2])

        kind = papers.MoveAtOnce if name == "move" else papers.Move
        move = kind(1, self.twin, heir, 1, FAR)
        by = {each: self.sign(move, each) for each in ("model", "guardian", "heir")}
        acceptance = by["heir"] if "acceptance" in brings else UNSIGNED
        if name == "move":
            owners = by["model"] if "owner's" in brings or "both" in brings else UNSIGNED
            guardians = by["guardian"] if "guardian's" in brings or "both" in brings else UNSIGNED
            return Deed(True, name, (move, self.consent, owners, guardians, acceptance))
        signer = "model" if name == "proposeMove" else "guardian"
        signed = by[signer] if "signature" in brings else UNSIGNED
        proof = () if name == "proposeMove" else (self.consent,)
        return Deed(True, name, (move, *proof, signed, acceptance))

    def _license_deed(self, name: str, brings: str) -> Deed:
        signed = brings == "signature"
        permit_until = self.now
        made: dict[str, Callable[[], Deed]] = {
            "accept": lambda: self.accepting(self.offer, FEE, signed=signed),
            "book": lambda: self.booking_deed(self.booking, signed=signed),
            "revoke": lambda: self.signed_deed(
                "revoke", papers.Revocation(1, self.twin, 5, FAR), signed
            ),
            "giveNotice": lambda: self.ending(papers.Notice, self.whole, name, signed),
            "endLapsed": lambda: self.ending(papers.LapseEnd, self.part, name, signed),
            "decline": lambda: self.ending(papers.Decline, self.booked, name, signed),
            "surrender": lambda: Deed(False, name, self.parts(self.whole)),
            "payOut": lambda: Deed(False, name, self.parts(self.whole)),
            "topUp": lambda: Deed(False, name, (*self.hashed(self.part), 1_000)),
            "withdraw": lambda: Deed(False, name, (self.barring, self.who("agency"))),
            "permit": lambda: Deed(False, name, (self.dollar, 1, permit_until, UNSIGNED)),
            "setReporter": lambda: Deed(False, name, (self.who("heir"), True)),
            "multicall": lambda: Deed(False, name, ((),)),
            "record": lambda: Deed(False, name, (self.id(self.whole), self._batch(brings))),
        }
        return made[name]()

    def _batch(self, brings: str) -> papers.Batch:
        kind = ("declared images", "late images", "removed images").index(brings)
        return papers.Batch(1, kind, 5, 1, 1, 1, 6)

    def mint(self, consent: papers.Consent) -> int:
        self.do(Deed(True, "mint", (consent, self.sign(consent, "model"))), "stranger", self.now)
        return twin_id(self.twins_place, consent)
