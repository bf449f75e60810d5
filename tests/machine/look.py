"""What the chain keeps, beside what the model says that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.machine.wire import words
from tests.model.currencies import balance
from tests.model.digests import hash_scope, hash_shares
from tests.model.money import earned, owed
from tests.model.moves import guardian_of, payee_of, pending_move
from tests.model.papers import Consent
from tests.model.usage import is_live
from tests.model.world import World

if TYPE_CHECKING:
    from tests.machine.stage import Stage

__all__ = ["Looker", "conserve"]

Fact = tuple[str, int, str, list[int]]
"""What it is, whom to ask, the question, and what the model answers, word by word."""


class Looker:
    """Asks the chain for all that the model knows."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._written: dict[tuple[Any, ...], str] = {}
        self._wallets = (*stage.people.values(), stage.world.here)

    def differences(
        self, world: World, consents: Mapping[int, Consent], currencies: Iterable[int]
    ) -> list[str]:
        """Return a line for each fact on which the law and the chain differ.

        All of the twins, licenses, books and marks; the money of these currencies.
        """
        facts = [
            *self._twins(world, consents),
            *self._licenses(world),
            *self._marks(world),
            *(fact for currency in currencies for fact in self._money(world, currency)),
        ]
        answers = self.stage.node.look([(to, data) for _, to, data, _ in facts])
        return [
            f"{name}: the law says {expected}, the chain {answer and words(answer)}"
            for (name, _, _, expected), answer in zip(facts, answers, strict=True)
            if answer is None or words(answer) != expected
        ]

    def _twins(self, world: World, consents: Mapping[int, Consent]) -> Iterator[Fact]:
        at = world.twins_place.address
        for id, twin in world.twins.items():
            pending, guardian = pending_move(world, id), guardian_of(world, id, consents[id])
            facts = {
                "authority": [
                    *(twin.owner, twin.epoch, twin.nonce, twin.least_serial),
                    *(twin.uses, twin.categories, twin.least_owner_bps),
                ],
                "ownerOf": [twin.owner],
                "moveOf": [int(each) for each in astuple(pending)] if pending else [0, 0, 0],
                "payeeOf": [payee_of(world, id)],
                "isRetired": [int(twin.is_retired)],
            }
            for name, expected in facts.items():
                yield name, at, self._write("twins", name, id), expected
            yield "guardianOf", at, self._write("twins", "guardianOf", id, consents[id]), [guardian]

    def _licenses(self, world: World) -> Iterator[Fact]:
        at = world.here
        for id, license in world.licenses.items():
            scope = license.terms.scope
            state = [
                *(license.licensee, license.start, license.end, license.paid_through),
                *(license.deposited, license.collected, license.images_open, scope.uses),
                *(scope.markets, license.batches, license.head, int(license.is_booking)),
                *(int(license.is_noticed), int(license.is_settled)),
            ]
            parts = hash_scope(scope), license.pay, hash_shares(license.terms.shares)
            due = self._write("licenses", "earned", *parts, world.now)
            yield "licenseOf", at, self._write("licenses", "licenseOf", id), state
            yield "ownerOf", at, self._write("licenses", "ownerOf", id), [license.licensee]
            yield "earned", at, due, [earned(license, world.now)]
            live = [int(is_live(world, id, world.now))]
            yield "isLive", at, self._write("licenses", "isLive", id, 0), live
        for (twin_id, category), book in world.books.items():
            kept = [book.granted, 64, len(book.exclusives), *book.exclusives]
            yield "bookOf", at, self._write("licenses", "bookOf", twin_id, category), kept

    def _marks(self, world: World) -> Iterator[Fact]:
        at = world.here
        for pair in world.revoked:
            yield "isRevoked", at, self._write("licenses", "isRevoked", *pair), [1]
        for licensee, reporter in product(self._named("hm", "rival", "house"), self._wallets):
            expected = [int((licensee, reporter) in world.reporters)]
            asked = self._write("licenses", "isReporter", licensee, reporter)
            yield "isReporter", at, asked, expected

    def _money(self, world: World, currency: int) -> Iterator[Fact]:
        for account in (*self._wallets, *world.twins):
            waits = [world.payable.get((currency, account), 0)]
            asked = self._write("licenses", "payableTo", currency, account)
            yield f"payableTo {account:x}", world.here, asked, waits
        if currency == self.stage.absent:
            return
        for wallet in self._wallets:
            held = [world.balances.get((currency, wallet), 0)]
            yield (
                f"balanceOf {wallet:x}",
                currency,
                self._write(currency, "balanceOf", wallet),
                held,
            )
        for owner in self._named("hm", "rival", "house"):
            allowed = [world.allowances.get((currency, owner), 0)]
            asked = self._write(currency, "allowance", owner, world.here)
            yield "allowance", currency, asked, allowed
            nonce = [world.permits.get((currency, owner), 0)]
            yield "nonces", currency, self._write(currency, "nonces", owner), nonce

    def _named(self, *names: str) -> list[int]:
        return [self.stage.people[name] for name in names]

    def _write(self, contract: str | int, name: str, *arguments: Any) -> str:
        """Write a question, once."""
        key = (contract, name, *arguments)
        if key not in self._written:
            known = {"twins": self.stage.twins, "licenses": self.stage.licenses}
            interface = known.get(contract) or self.stage.tokens[contract][1]
            self._written[key] = interface.encode(name, *arguments)
        return self._written[key]


def conserve(world: World, shrunk: Iterable[int]) -> None:
    """Law 12, by the model's own books, to which the chain's are compared; but for currencies that
    have shrunk by themselves.
    """
    for currency, manner in world.manners.items():
        if currency in shrunk:
            continue
        held, due = balance(world, currency, world.here), owed(world, currency)
        assert held >= due, f"a currency that is {manner} holds {held} and owes {due}"
