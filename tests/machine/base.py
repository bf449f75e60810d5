"""What every rule needs: to do a deed on both sides, to try one that is refused, to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from tests.machine.look import conserve
from tests.machine.node import PLENTY, CallRefused
from tests.machine.stage import FAR, Stage
from tests.machine.tally import Tally
from tests.model.deeds import Deed
from tests.model.digests import Place, hash_struct, signing_digest
from tests.model.digests import twin_id as twin_id_of
from tests.model.papers import Batch, Consent
from tests.model.refused import Refused
from tests.model.signatures import Signature
from tests.model.world import License, World, attempt

__all__ = ["CHANCE", "DAY", "Base"]

DAY = 86_400
CHANCE = st.integers(0, 2**32 - 1)
"""Where a rule takes its choices from: a rule is a purpose, its particulars are chance."""
NUMBERED = 0xB2C3
T = TypeVar("T")


class Base(RuleBasedStateMachine):
    """The two sides, and who acts on them."""

    stage: ClassVar[Stage]
    tally: ClassVar[Tally]

    @initialize()
    def begin(self) -> None:
        node = self.stage.node
        node.undo(self.stage.snapshot)
        self.stage.snapshot = node.mark()
        self.world = self.stage.world.copy()
        self.consents = {twin_id_of(self.twins_place, each): each for each in self.stage.consents}
        self.shrunk: set[int] = set()
        self.looker = self.stage.looker
        self.history: dict[int, list[tuple[Batch, int, int]]] = {}
        self.salt = 0

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.compare(self.world.manners)

    def do(self, deed: Deed, sender: int, at: int | None = None, *, gas: int = PLENTY) -> bool:
        """Do a deed on both sides and compare all; return whether it was done."""
        at = self.world.now if at is None else at
        after, refused = self._predict(deed, sender, at, gas)
        if refused and self.random.random() < 0.9:
            self._refuse(deed, sender, at, gas, refused)
            return False

        to, data = self.stage.write(deed)
        receipt = self.stage.node.send(to, data, sender=sender, now=at, gas=gas)
        is_done = receipt["status"] == "0x1"
        assert is_done == (refused is None), f"{deed.name}: the law says {refused or 'yes'}"
        self._count(deed, refused)
        if refused:
            after = replace(self.world, now=at)
        else:
            self._compare_numbers(receipt, after)
        self.world = after
        self.compare(self._touched(deed))
        conserve(self.world, self.shrunk)
        return is_done

    def probe(self, deed: Deed, sender: int, at: int | None = None, *, gas: int = PLENTY) -> None:
        """Try a deed on both sides without doing it: compare the answer, or the whole error."""
        at = self.world.now if at is None else at
        _, refused = self._predict(deed, sender, at, gas)
        if refused:
            self._refuse(deed, sender, at, gas, refused)
            return
        to, data = self.stage.write(deed)
        try:
            self.stage.node.call(to, data, sender=sender, now=at, gas=gas)
        except CallRefused as error:
            chain = self.stage.licenses.decode_error(error.data)
            raise AssertionError(f"{deed.name}: the law says yes, the chain {chain}") from None

    def compare(self, currencies: Iterable[int]) -> None:
        found = self.looker.differences(self.world, self.consents, currencies)
        assert not found, "\n".join(found)

    def _predict(self, deed: Deed, sender: int, at: int, gas: int) -> tuple[World, Refused | None]:
        return attempt(self.world, deed, sender=sender, now=at, has_gas=gas == PLENTY)

    def _refuse(self, deed: Deed, sender: int, at: int, gas: int, refused: Refused) -> None:
        """Hold the chain to this very error."""
        to, data = self.stage.write(deed)
        try:
            self.stage.node.call(to, data, sender=sender, now=at, gas=gas)
        except CallRefused as error:
            said = str(self.stage.licenses.decode_error(error.data))
        else:
            said = "yes"
        assert said == str(refused), f"{deed.name}: the law says {refused}, the chain {said}"
        self._count(deed, refused)

    def _count(self, deed: Deed, refused: Refused | None) -> None:
        if refused is None:
            self.tally.done[deed.name] += 1
            return
        self.tally.refused[refused.name] += 1
        if refused.name == "MayNotPublish":
            self.tally.refused[f"MayNotPublish {refused.values[1].name}"] += 1

    def _compare_numbers(self, receipt: dict[str, Any], after: World) -> None:
        """Every new set of markets has the next number, and says so."""
        known = len(self.world.market_sets)
        expected = list(enumerate(after.market_sets[known:], known + 1))
        numbered = [
            (int(log["topics"][1], 16), int(log["data"], 16))
            for log in receipt["logs"]
            if log["topics"][0] == self.stage.numbered
        ]
        assert numbered == expected, f"numbered {numbered}, not {expected}"

    def _touched(self, deed: Deed) -> set[int]:
        """The currencies of a deed."""
        if deed.name == "multicall":
            return {currency for each in deed.arguments[0] for currency in self._touched(each)}
        found: set[int] = set()
        for each in deed.arguments:
            pay = getattr(each, "pay", each)
            if hasattr(pay, "currency"):
                found.add(pay.currency)
            elif isinstance(each, int) and each in self.world.manners:
                found.add(each)
        return found

    @property
    def twins_place(self) -> Place:
        return self.stage.world.twins_place

    @property
    def licenses_place(self) -> Place:
        return self.stage.world.licenses_place

    def who(self, name: str) -> int:
        return self.stage.people[name]

    def anyone(self) -> int:
        return self.one_of(list(self.stage.people.values()))

    def another(self, wallet: int) -> int:
        """Somebody else."""
        return self.one_of([each for each in self.stage.people.values() if each != wallet])

    def sign(self, paper: Any, by: int, place: Place | None = None) -> Signature:
        """A wallet's signature of a paper, by its key if it is a contract."""
        return self.sign_digest(signing_digest(place or self.twins_place, hash_struct(paper)), by)

    def sign_digest(self, digest: int, by: int) -> Signature:
        return Signature(self.world.keys.get(by, by), digest)

    def consented(self, twin_id: int) -> Consent:
        return self.consents[twin_id]

    def chance(self, seed: int) -> Random:
        self.random = Random(seed)
        return self.random

    def one_of(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def often(self, usual: T, *rare: T) -> T:
        """Mostly the usual."""
        return usual if self.random.random() < 0.7 else self.one_of(rare)

    def fresh(self) -> int:
        """A number that was not used before in this example."""
        self.salt += 1
        return self.salt

    def deadline(self, at: int) -> int:
        return self.one_of([FAR, at + 1, at + DAY])

    def soon(self) -> int:
        """A second that has not passed: mostly this one."""
        return self.world.now + self.often(0, 1, 60, DAY)

    def edge_of(self, license: License) -> int:
        """A second at which something may change for a license, or one beside it."""
        grace = 7 * DAY
        edges = (*(license.start, license.end, license.paid_through, license.paid_through + grace),)
        near = [edge + off for edge in edges for off in (-1, 0, 1)]
        return self.one_of([at for at in near if self.world.now <= at < FAR] or [self.world.now])

    def find(self, wanted: Callable[[License], bool]) -> int | None:
        """Any license of this kind, by its id."""
        found = [id for id, license in self.world.licenses.items() if wanted(license)]
        return self.one_of(found) if found else None
