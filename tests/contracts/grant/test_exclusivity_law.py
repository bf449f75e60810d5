"""Law 8 by brute force: every hour, use and market of random licenses, compared with the chain.

The oracle knows no book, no chain of hashes and no intervals: it asks of each hour whether both
licenses cover it.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import MODEL_KEY
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.held import Held
from tests.contracts.support.opening import chained, opening
from tests.contracts.support.reverts import refusal_of

HOUR = 3_600
STEPS = 45
MOST = {"offer": 8, "booking": 4}

pytestmark = pytest.mark.law8


@dataclass
class Cover:
    """What a license covers, as far as the law asks."""

    licensee: str
    category: int
    exclusive: bool
    uses: set[int]
    markets: set[int]
    hours: set[int]

    def meets(self, other: Cover) -> bool:
        return bool(
            self.licensee != other.licensee
            and self.category == other.category
            and (self.exclusive or other.exclusive)
            and self.uses & other.uses
            and self.markets & other.markets
            and self.hours & other.hours
        )


class World:
    """Random licenses of three brands for one twin, on the chain and in plain sets."""

    def __init__(self, desk: Any, seed: int) -> None:
        self.desk, self.random, self.begin = desk, Random(seed), now()
        self.brands = (desk.hm, desk.rival, desk.tool)
        desk.fund(desk.tool)
        self.granted: dict[int, tuple[Held, Cover]] = {}
        self.seen: set[str] = set()

    @property
    def hour(self) -> int:
        return (now() - self.begin) // HOUR

    def step(self) -> None:
        deed = self.random.choice(["grant"] * 7 + ["wait", "surrender", "notice"])
        getattr(self, deed)()

    def wait(self) -> None:
        wait_until(now() + self.random.randint(1, 6) * HOUR)

    def surrender(self) -> None:
        for held, cover in self.running():
            held.surrender(by=cover.licensee)
            cover.hours = {hour for hour in cover.hours if hour < self.hour}
            return

    def notice(self) -> None:
        for held, cover in self.running():
            if not held.state.isNoticed:
                held.give_notice()
                cover.hours = {hour for hour in cover.hours if hour < self.hour + 5}
                return

    def running(self) -> list[tuple[Held, Cover]]:
        """Those that have not ended, in any order."""
        found = [pair for pair in self.granted.values() if pair[0].state.end > now()]
        return self.random.sample(found, len(found))

    def grant(self) -> None:
        who, way = (
            self.random.choice(self.brands),
            self.random.choice(["offer", "offer", "booking"]),
        )
        asked = self.ask()
        exclusive, category = asked["exclusive"], asked["category"]
        first = self.hour + (asked["start"] - now()) // HOUR
        cover = Cover(
            who.address,
            category,
            exclusive,
            {bit for bit in range(3) if asked["uses"] >> bit & 1},
            {bit for bit in range(3) if asked["markets"] >> (100 + bit) & 1},
            set(range(first, first + asked["term"] // HOUR)),
        )
        if way == "booking":
            hours = asked["term"] // HOUR
            asked["term"] = 24 * HOUR * max(1, hours // 12)
            cover.hours = set(range(first, first + asked["term"] // HOUR))
        expected = self.expected(cover, way)
        deed = self.deed(who, way, asked | {"licensee": who.address})
        if expected:
            said = refusal_of(deed)
            assert said in expected, f"{said}, not {expected}"
            self.seen.add(said.split(":")[0])
        else:
            held = deed()
            self.granted[held.id] = (held, cover)
            self.seen.add("granted")

    def ask(self) -> dict[str, Any]:
        pick = self.random.randint
        return {
            "category": pick(0, 3) // 3,
            "exclusive": pick(0, 2) == 0,
            "uses": pick(1, 7),
            "markets": pick(1, 7) << 100,
            "start": now() + pick(0, 20) * HOUR,
            "term": pick(1, 30) * HOUR,
            "notice": 5 * HOUR,
        }

    def expected(self, cover: Cover, way: str) -> set[str]:
        """Every refusal that the law allows here: any license in the way may be the one named."""
        in_the_way = [key for key, (_, other) in self.granted.items() if cover.meets(other)]
        if in_the_way:
            return {f"ExclusivityConflict: {key}" for key in in_the_way}
        places = [
            held
            for held, other in self.granted.values()
            if other.exclusive and other.category == cover.category and held.state.end > now()
        ]
        if cover.exclusive and len(places) >= MOST[way]:
            return {f"ExclusivesFull: {self.desk.twin}, {cover.category}"}
        return set()

    def deed(self, who: Any, way: str, asked: dict[str, Any]) -> Any:
        entries = opening(self.desk, asked["category"]) if asked["exclusive"] else []
        if way == "booking":
            draft = booking(self.desk, prices={"leadTime": 0}, **asked)
            return lambda: draft.send(by=who, opening=entries)
        terms = self.desk.terms(**asked)
        digest = self.desk.licenses.licenseIdOf(terms).to_bytes(32, "big")
        whole = (terms, sign_digest(digest, MODEL_KEY), terms[1][2], entries)
        return lambda: Held(self.desk, terms, self.desk.licenses.accept(*whole, {"from": who}))


@pytest.mark.boundary
@pytest.mark.refusal
@pytest.mark.parametrize("seed", range(6))
def test_grants_exactly_what_the_law_allows(desk, seed):
    """Each step compares; a run that met no conflict would prove nothing."""
    world = World(desk, seed)
    for _ in range(STEPS):
        world.step()
    assert {"granted", "ExclusivityConflict"} <= world.seen
    for category in (0, 1):
        granted = desk.licenses.bookOf(desk.twin, category)[0]
        assert granted == chained(opening(desk, category))
