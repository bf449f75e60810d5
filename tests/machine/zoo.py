"""Licenses in a bad currency, beside others that must not notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.machine.desk import DAY, FEE, Desk
from tests.machine.mocks import mock
from tests.machine.node import START
from tests.machine.stage import FAR, LICENSEES
from tests.machine.wire import Interface, words
from tests.model import papers
from tests.model.currencies import ENDLESS
from tests.model.deeds import Deed
from tests.model.papers import Terms

__all__ = ["Zoo"]

SMALL = 90
"""So little that a fee of one part in a hundred takes nothing of it."""


class Zoo(Desk):
    """H&M's licenses are the subject: one whole, one unpaid, one booked, and an owner's claim.

    Beside them stand H&M's license in dollars, `lone`, and a rival's in the same currency, `other`:
    of the token with two addresses, at the other address.
    """

    def __init__(self) -> None:
        super().__init__()
        first, second = self._issue_two_entries()
        self.tokens["TwoEntries"] = first
        self.seconds = {first: second}
        self.lone = self.grant(self.terms(ref=1), FEE)
        self.snapshot = self.stage.node.mark()

    def enter(self, animal: str) -> None:
        """Begin anew, with the licenses in this currency."""
        node = self.stage.node
        node.undo(self.snapshot)
        self.snapshot = node.mark()
        self.animal, self.nonce = animal, 1
        self.ledger = self.tokens[animal]
        self.token = self.seconds.get(self.ledger, self.ledger)
        self.fee = SMALL if animal == "FeeOnTransfer" else FEE
        named: dict[str, Any] = {"currency": self.token, "fee": self.fee}
        others: dict[str, Any] = {"licensee": "rival", "currency": self.ledger, "fee": self.fee}
        self.other = self.grant(self.terms(ref=2, **others), self.fee, "rival")
        self.whole = self.grant(self.terms(ref=3, **named), self.fee)
        self.part = self.grant(self.terms(ref=4, currency=self.token), 0)
        self.booked = self.book(self.terms(ref=5, start=9 * DAY, **named))
        self.do(self.booking_deed(self.booked, signed=True), "hm")
        self._owe(self.grant(self.terms(ref=6, **named), self.fee))
        self.now = START + DAY

    def deed(self, name: str) -> tuple[Deed, str]:
        """Return a deed with H&M's licenses, and who sends it."""
        offer = self.terms(ref=7, currency=self.token)
        booking = self.book(self.terms(ref=8, start=9 * DAY, currency=self.token))
        made: dict[str, Callable[[], Deed]] = {
            "accept": lambda: self.accepting(offer, FEE, signed=True),
            "book": lambda: self.booking_deed(booking, signed=True),
            "topUp": lambda: Deed(False, "topUp", (*self.hashed(self.part), FEE)),
            "payOut": lambda: Deed(False, "payOut", self.parts(self.whole)),
            "surrender": lambda: Deed(False, "surrender", self.parts(self.whole)),
            "decline": lambda: self.ending(papers.Decline, self.booked, "decline", True),
            "withdraw": lambda: Deed(False, "withdraw", (self.token, self.twin)),
        }
        return made[name](), "hm"

    def misbehave(self, deed: Deed) -> None:
        """What this currency does at the worst moment."""
        here = self.here.address
        if self.animal == "FalseReturn":
            for name in ("agency", "model", "hm"):
                self.stage.tell(self.token, "refuse", self.who(name), 1)
        if self.animal == "Blocklist":
            self.stage.tell(self.token, "setBlocked", here, 1)
        if self.animal == "Rebasing":
            self.stage.tell(self.token, "shrink", here, self.balance(self.token, here))
        if self.animal == "Reentrant":
            to, data = self.stage.write(deed)
            self.stage.tell(self.token, "arm", to, bytes.fromhex(data[2:]))

    def state(self, terms: Terms) -> list[int]:
        """Everything that the chain keeps of a license."""
        return self._ask(self.here.address, self.stage.licenses, "licenseOf", self.id(terms))

    def balance(self, token: int, wallet: int) -> int:
        return self._ask(token, self.stage.tokens[token][1], "balanceOf", wallet)[0]

    def payable(self, token: int, account: int) -> int:
        here = self.here.address
        return self._ask(here, self.stage.licenses, "payableTo", token, account)[0]

    def dollars(self) -> list[int]:
        """What everybody has in dollars, and what waits for everybody."""
        wallets = [*self.stage.people.values(), self.here.address]
        accounts = [*wallets, self.twin]
        held = [self.balance(self.dollar, wallet) for wallet in wallets]
        return held + [self.payable(self.dollar, account) for account in accounts]

    def owed(self) -> int:
        """What the contract owes in this currency, at both of its addresses (law 12)."""
        licenses = (self.other, self.whole, self.part, self.booked, self.owing)
        states = [self.state(terms) for terms in licenses]
        made = (self.terms(ref=7, currency=self.token),)
        made += (self.book(self.terms(ref=8, start=9 * DAY, currency=self.token)),)
        states += [self.state(terms) for terms in made]
        tokens = {self.token, self.ledger}
        accounts = (*self.stage.people.values(), self.twin)
        waits = sum(self.payable(token, each) for token in tokens for each in set(accounts))
        return sum(state[4] - state[5] for state in states) + waits

    def _owe(self, terms: Terms) -> None:
        """While a move is pending the owner's part cannot be sent: it waits."""
        self.owing = terms
        move = papers.Move(1, self.twin, self.who("heir"), self.nonce, FAR)
        signed = self.sign(move, "model"), self.sign(move, "heir")
        self.do(Deed(True, "proposeMove", (move, *signed)), "stranger")
        self.do(Deed(False, "payOut", self.parts(terms)), "stranger", START + DAY)
        drop = papers.MoveDrop(1, self.twin, self.nonce + 1, FAR)
        dropping = Deed(True, "dropMove", (drop, self.sign(drop, "model")))
        self.do(dropping, "stranger", START + DAY)
        self.nonce += 2

    def _issue_two_entries(self) -> tuple[int, int]:
        ledger = self.stage.deploy(mock("TwoEntries"))
        self.stage.tokens[ledger] = "TwoEntries", Interface(mock("TwoEntries")["abi"])
        second = self._ask(ledger, self.stage.tokens[ledger][1], "SECOND")[0]
        self.stage.tokens[second] = "SecondEntry", Interface(mock("SecondEntry")["abi"])
        for name in LICENSEES:
            self.stage.tell(ledger, "mint", self.who(name), 2**100)
            here = self.here.address
            self.stage.tell(second, "approve", here, ENDLESS, sender=self.who(name))
        return ledger, second

    def _ask(self, to: int, interface: Interface, name: str, *arguments: Any) -> list[int]:
        (answer,) = self.stage.node.look([(to, interface.encode(name, *arguments))])
        assert answer is not None, f"{name} refuses"
        return words(answer)
