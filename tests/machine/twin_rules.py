"""What happens to twins: consent, acts of owner and guardian, moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine.base import CHANCE, Base
from tests.machine.stage import EVERYTHING, FAR, OWNERS
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import hash_struct, signing_digest
from tests.model.digests import twin_id as twin_id_of
from tests.model.moves import READY_FOR, pending_move
from tests.model.signatures import UNSIGNED

__all__ = ["TwinRules"]

FAULTS = ("late", "last second", "nonce", "key", "unsigned", "twin", "ahead")
"""What can be wrong with any act on a twin, and once what is just right."""
MOVE_FAULTS = (*FAULTS, "acceptance", "consent", "guardian", "pending")
FAULT = st.sampled_from(FAULTS)
MOVE_FAULT = st.sampled_from(MOVE_FAULTS)


class TwinRules(Base):
    @rule(chance=CHANCE, fault=st.sampled_from(("late", "key", "again", "unsigned", "nobody")))
    def mint(self, chance: int, fault: str) -> None:
        self.chance(chance)
        consent = self.new_consent()
        sender = self.anyone()
        at = self.soon()
        if fault == "late":
            consent = replace(consent, deadline=at)
        if fault == "nobody":
            consent = replace(consent, owner=0)
        deed = self.minting(consent)
        if fault == "key":
            deed = self.minting(consent, by=self.another(consent.owner))
        if fault == "unsigned":
            deed = Deed(True, "mint", (consent, UNSIGNED))
        if fault == "again":
            deed = self.minting(self.one_of(list(self.consents.values())))
        self.probe(deed, sender, at)

        self.mint_one(at)

    def mint_one(self, at: int | None = None) -> int:
        """A new twin, which allows nothing yet."""
        consent = self.new_consent()
        twin_id = twin_id_of(self.twins_place, consent)
        self.consents[twin_id] = consent
        if self.often(False, True) and consent.owner not in self.world.keys:
            deed, sender = Deed(True, "mint", (consent, UNSIGNED)), consent.owner
        else:
            deed, sender = self.minting(consent), self.anyone()
        if not self.do(deed, sender, at):
            del self.consents[twin_id]
        return twin_id

    def new_consent(self) -> papers.Consent:
        guardian = self.often(self.who("guardian"), 0, self.who("safe"), self.who("sister"))
        owner = self.who(self.one_of(OWNERS))
        return papers.Consent(1, owner, 2, guardian, 1_000 + self.fresh(), FAR)

    def minting(self, consent: papers.Consent, by: int | None = None) -> Deed:
        return Deed(True, "mint", (consent, self.sign(consent, by or consent.owner)))

    @rule(chance=CHANCE, fault=FAULT, over=st.booleans())
    def set_policy(self, chance: int, fault: str, over: bool) -> None:
        self.chance(chance)
        fields = {
            "uses": self.often(EVERYTHING, 0, 0b0111, 1),
            "categories": self.often(EVERYTHING, 0, 0b11),
            "least_owner_bps": self.one_of([0, 1, 1_000, 5_000, 10_000]),
        }
        kind, name = papers.Policy, "setPolicy"
        twin_id = self.some_twin(retired=self.often(False, True))
        if over:
            self.try_act(kind, name, twin_id, "", **fields | {"least_owner_bps": 10_001})
        self.try_act(kind, name, twin_id, fault, **fields)
        self.do_act(kind, name, twin_id, **fields)

    @rule(chance=CHANCE, fault=FAULT)
    def raise_epoch(self, chance: int, fault: str) -> None:
        self.chance(chance)
        self.act(papers.EpochRaise, "raiseEpoch", fault)

    @rule(chance=CHANCE, fault=FAULT, by=st.sampled_from((-1, 0, 1, 5)))
    def raise_least_serial(self, chance: int, fault: str, by: int) -> None:
        self.chance(chance)
        twin_id = self.some_twin()
        least = self.world.twins[twin_id].least_serial
        kind, name = papers.SerialRaise, "raiseLeastSerial"
        self.try_act(kind, name, twin_id, "", least_serial=max(0, least + by))
        self.try_act(kind, name, twin_id, fault, least_serial=least + 1)
        self.do_act(kind, name, twin_id, least_serial=least + 1)

    @rule(chance=CHANCE, fault=FAULT)
    def retire(self, chance: int, fault: str) -> None:
        """A new one: the others must go on working."""
        self.chance(chance)
        twin_id = self.mint_one()
        if twin_id not in self.world.twins:
            return
        self.try_act(papers.Retirement, "retire", twin_id, fault)
        self.do_act(papers.Retirement, "retire", twin_id)
        self.try_act(papers.Retirement, "retire", twin_id, "")
        policy = {"uses": 1, "categories": 1, "least_owner_bps": 0}
        self.try_act(papers.Policy, "setPolicy", twin_id, "", **policy)

    @rule(chance=CHANCE, fault=FAULT)
    def set_guardian(self, chance: int, fault: str) -> None:
        self.chance(chance)
        for name in ("heir", self.one_of(["guardian", "safe"])):
            guardian = self.often(self.who(name), 0)
            self.act(papers.GuardianChange, "setGuardian", fault, guardian=guardian)

    @rule(chance=CHANCE, fault=FAULT)
    def flag(self, chance: int, fault: str) -> None:
        self.chance(chance)
        for license_id in (0, self.one_of([1, *self.world.licenses])):
            self.act(papers.Flag, "flag", fault, license_id=license_id, image_hash=self.fresh())

    @rule(chance=CHANCE)
    def vouch(self, chance: int) -> None:
        self.chance(chance)
        for until in (FAR, self.one_of([0, self.world.now])):
            self.do(Deed(True, "vouch", (self.anyone(), self.fresh(), until)), self.anyone())

    @rule(chance=CHANCE)
    def withdraw_vouch(self, chance: int) -> None:
        self.chance(chance)
        for commitment in (0, self.fresh()):
            self.do(Deed(True, "withdrawVouch", (self.anyone(), commitment)), self.anyone())

    @rule(chance=CHANCE, fault=MOVE_FAULT)
    def move(self, chance: int, fault: str) -> None:
        self.chance(chance)
        for _ in range(2):
            twin_id = self.guarded_twin()
            self.probe(*self.moving(twin_id, fault))
            self.do(*self.moving(twin_id, ""))

    @rule(chance=CHANCE, fault=MOVE_FAULT)
    def propose_move(self, chance: int, fault: str) -> None:
        self.chance(chance)
        twin_id = self.still_twin()
        self.probe(*self.proposing(twin_id, fault, by_guardian=False))
        self.do(*self.proposing(twin_id, "", by_guardian=False))
        self.probe(*self.proposing(twin_id, "", by_guardian=self.often(False, True)))

    @rule(chance=CHANCE, fault=MOVE_FAULT)
    def propose_rescue(self, chance: int, fault: str) -> None:
        self.chance(chance)
        twin_id = self.still_twin(guarded=True)
        self.probe(*self.proposing(twin_id, fault, by_guardian=True))
        self.do(*self.proposing(twin_id, "", by_guardian=True))
        self.probe(*self.proposing(twin_id, "", by_guardian=self.often(False, True)))

    @rule(chance=CHANCE, fault=FAULT)
    def drop_move(self, chance: int, fault: str) -> None:
        self.chance(chance)
        self.try_act(papers.MoveDrop, "dropMove", self.some_twin(), "")
        twin_id = self.moving_twin()
        self.try_act(papers.MoveDrop, "dropMove", twin_id, fault)
        if self.often(True, False):
            # A move that is void cannot be dropped, either.
            pending = pending_move(self.world, twin_id)
            void = pending.ready_at + READY_FOR if pending else self.world.now
            owner = self.world.twins[twin_id].owner
            paper = self.paper(papers.MoveDrop, twin_id, void)
            deed = Deed(True, "dropMove", (paper, self.sign(paper, owner)))
            for at in (void - 1, void):
                self.probe(deed, owner, at)
        self.do_act(papers.MoveDrop, "dropMove", twin_id, at=self.world.now)

    @rule(chance=CHANCE, fault=st.sampled_from(("early", "void", "none", "unknown")))
    def complete_move(self, chance: int, fault: str) -> None:
        self.chance(chance)
        self.complete_one("none")
        self.complete_one(fault)

    def complete_one(self, fault: str) -> None:
        twin_id = self.moving_twin()
        pending = pending_move(self.world, twin_id)
        assert pending
        deed, ready = Deed(True, "completeMove", (twin_id,)), pending.ready_at
        early = self.one_of([self.world.now, max(self.world.now, ready - 1)])
        self.probe(deed, self.anyone(), early)
        self.probe(deed, self.anyone(), ready + READY_FOR - self.one_of([0, 1]))
        if fault in ("none", "unknown"):
            other = self.some_twin() if fault == "none" else self.fresh()
            self.probe(Deed(True, "completeMove", (other,)), self.anyone())
        last = ready + READY_FOR - 1
        self.do(deed, self.anyone(), max(self.world.now, self.often(ready, ready + 1, last)))
        self.probe(deed, self.anyone())

    def act(self, kind: type, name: str, fault: str, **fields: Any) -> None:
        """An act of an owner: once with a fault, once without."""
        twin_id = self.some_twin()
        self.try_act(kind, name, twin_id, fault, **fields)
        self.do_act(kind, name, twin_id, **fields)

    def do_act(
        self, kind: type, name: str, twin_id: int, at: int | None = None, **fields: Any
    ) -> bool:
        at = self.soon() if at is None else at
        paper = self.paper(kind, twin_id, at, **fields)
        owner = self.world.twins[twin_id].owner
        if self.often(False, True):
            return self.do(Deed(True, name, (paper, UNSIGNED)), owner, at)
        return self.do(Deed(True, name, (paper, self.sign(paper, owner))), self.anyone(), at)

    def try_act(self, kind: type, name: str, twin_id: int, fault: str, **fields: Any) -> None:
        at = self.world.now
        paper = self.paper(kind, twin_id, at, **fields)
        owner = self.world.twins[twin_id].owner
        paper, by, unsigned = self.spoil(paper, owner, at, fault)
        signature = UNSIGNED if unsigned else self.sign(paper, by)
        self.probe(Deed(True, name, (paper, signature)), self.another(owner), at)

    def spoil(self, paper: Any, owner: int, at: int, fault: str) -> tuple[Any, int, bool]:
        """The paper, who signs it, and whether the signature is left out."""
        by, unsigned = owner, fault == "unsigned"
        if fault == "late":
            paper = replace(paper, deadline=at)
        if fault == "last second":
            paper = replace(paper, deadline=at + 1)
        if fault == "nonce":
            paper = replace(paper, nonce=abs(paper.nonce + self.one_of([-1, 1])))
        if fault == "ahead":
            # Signed for a nonce to come: it dies with the epoch, and is too early before.
            paper = replace(paper, nonce=self.one_of([paper.nonce + 2, 65_536, 65_537]))
        if fault == "key":
            by = self.another(owner)
        if fault == "twin":
            paper = replace(paper, twin_id=self.fresh())
        return paper, by, unsigned

    def paper(self, kind: type, twin_id: int, at: int, **fields: Any) -> Any:
        """A paper of an act that is good at this second."""
        nonce = self.world.twins[twin_id].nonce
        named = {"memo": 5, "twin_id": twin_id, "nonce": nonce, "deadline": self.deadline(at)}
        return kind(**named | fields)

    def moving(self, twin_id: int, fault: str) -> tuple[Deed, int, int]:
        """A move at once: the deed, its sender, its second."""
        twin, at = self.world.twins[twin_id], self.world.now
        to = self.new_owner()
        paper = self.paper(papers.MoveAtOnce, twin_id, at, to=to)
        paper, by, unsigned = self.spoil(paper, twin.owner, at, fault)
        consent, guardian = self.consents[twin_id], self.guardian_of(twin_id)
        if fault == "consent":
            consent = replace(consent, salt=consent.salt + 1)
        digest = signing_digest(self.twins_place, hash_struct(paper))
        signed = [UNSIGNED if unsigned else self.sign_digest(digest, by)]
        for signer, spoilt in ((guardian, "guardian"), (paper.to, "acceptance")):
            if fault == spoilt:
                signer = self.another(signer)
            signed.append(self.sign_digest(digest, signer))
        sender = self.another(twin.owner)
        if not fault and self.often(False, True):
            place, sender = self.one_of(list(enumerate((twin.owner, guardian, to))))
            signed[place] = UNSIGNED
        return Deed(True, "move", (paper, consent, *signed)), sender, at

    def proposing(self, twin_id: int, fault: str, *, by_guardian: bool) -> tuple[Deed, int, int]:
        """A proposal to move: the deed, its sender, its second."""
        at = self.world.now
        signer = self.guardian_of(twin_id) if by_guardian else self.world.twins[twin_id].owner
        paper = self.paper(papers.Move, twin_id, at, to=self.new_owner())
        paper, by, unsigned = self.spoil(paper, signer, at, fault)
        digest = signing_digest(self.twins_place, hash_struct(paper))
        accepts = self.another(paper.to) if fault == "acceptance" else paper.to
        if fault == "guardian":
            by = self.who("stranger")
        signed = [
            UNSIGNED if unsigned else self.sign_digest(digest, by),
            self.sign_digest(digest, accepts),
        ]
        sender = self.another(signer)
        if not fault and self.often(False, True):
            place, sender = self.one_of(list(enumerate((signer, paper.to))))
            signed[place] = UNSIGNED
        if not by_guardian:
            return Deed(True, "proposeMove", (paper, *signed)), sender, at
        consent = self.consents[twin_id]
        if fault == "consent":
            consent = replace(consent, salt=consent.salt + 1)
        return Deed(True, "proposeRescue", (paper, consent, *signed)), sender, at

    def some_twin(self, *, retired: bool | None = None) -> int:
        """Any twin, if need be of this kind."""
        twins = self.world.twins
        fitting = [id for id in twins if retired is None or twins[id].is_retired == retired]
        return self.one_of(fitting or list(twins))

    def guardian_of(self, twin_id: int) -> int:
        named = self.world.twins[twin_id].guardian
        return self.consents[twin_id].guardian if named is None else named

    def guarded_twin(self) -> int:
        """A twin that has a guardian."""
        guarded = [id for id in self.world.twins if self.guardian_of(id)]
        if guarded:
            return self.one_of(guarded)
        twin_id = self.some_twin()
        fields = {"guardian": self.who("guardian")}
        self.do_act(papers.GuardianChange, "setGuardian", twin_id, **fields)
        return twin_id

    def still_twin(self, *, guarded: bool = False) -> int:
        """A twin that is not moving."""
        twin_id = self.guarded_twin() if guarded else self.some_twin()
        if pending_move(self.world, twin_id):
            self.do_act(papers.MoveDrop, "dropMove", twin_id, at=self.world.now)
        return twin_id

    def moving_twin(self) -> int:
        """A twin of which a move is pending."""
        moving = [id for id in self.world.twins if pending_move(self.world, id)]
        if moving and self.often(True, False):
            return self.one_of(moving)
        by_guardian = self.often(False, True)
        twin_id = self.still_twin(guarded=by_guardian)
        self.do(*self.proposing(twin_id, "", by_guardian=by_guardian))
        return twin_id

    def new_owner(self) -> int:
        return self.often(
            *(self.who(name) for name in ("heir", "model", "sister", "safe", "stranger"))
        )
