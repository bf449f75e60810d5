"""Where attacks are tried for real: each is mined, and everybody's money is counted around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.machine.desk import DAY, FEE
from tests.machine.mocks import mock
from tests.machine.node import START, CallRefused
from tests.machine.stage import FAR
from tests.machine.wire import Interface, words
from tests.machine.zoo import Zoo
from tests.model import papers
from tests.model.currencies import ENDLESS
from tests.model.deeds import Deed
from tests.model.digests import card_digest
from tests.model.papers import Batch, Entry, Prices, Share, Terms
from tests.model.refused import Refused

__all__ = ["DAY", "DONE", "END", "FAR", "FEE", "START", "Ground", "no"]

DONE = "done"
END = START + 90 * DAY
"""The end of a license that starts when granted."""


def no(name: str, *values: int) -> str:
    """Return how a refusal by this error reads."""
    return str(Refused(name, *values))


class Ground(Zoo):
    """The zoo's people, tokens and twin; what a test does is undone before the next."""

    def __init__(self) -> None:
        super().__init__()
        self.wallets = {name: at for name, at in self.stage.people.items() if name != "reporter"}
        self.wallets["contract"] = self.here.address
        for name in ("GasAsking", "GasBurning", "Scripted", "Forging"):
            self._issue(name)
        self.snapshot = self.mark()

    def begin(self) -> None:
        """Undo everything: one twin, no license but one of H&M in dollars, the first second."""
        self.undo(self.snapshot)
        self.snapshot = self.mark()
        self.nonce, self.now = 1, START

    def mark(self) -> str:
        """Return a name for the chain as it is now, to which it can be put back once."""
        return self.stage.node.mark()

    def undo(self, mark: str) -> None:
        self.stage.node.undo(mark)

    def reorganise(self, blocks: int) -> None:
        """Put empty blocks in the place of the last ones."""
        self.stage.node.rest()
        self.stage.node.ask("anvil_reorg", blocks, [])

    def attempt(self, deed: Deed, by: str, at: int = START) -> str:
        """Mine a deed; return `done`, or the error that refused it."""
        return self.send(*self.stage.write(deed), by=self.who(by), at=at)

    def send(self, to: int, data: str, *, by: int, at: int = START) -> str:
        """Mine a call; return `done`, or the error that refused it."""
        said = DONE
        try:
            self.stage.node.call(to, data, sender=by, now=at)
        except CallRefused as refused:
            said = str(self.stage.licenses.decode_error(refused.data))
        self.receipt = self.stage.node.send(to, data, sender=by, now=at)
        assert self.receipt["status"] == ("0x1" if said == DONE else "0x0"), said
        return said

    def money(self, token: int | None = None) -> dict[str, int]:
        """Return what everybody has in a currency, and what the contract keeps for whom."""
        token = self.dollar if token is None else token
        written, here = self.stage.tokens[token][1], self.here.address
        asked = {
            name: (token, written.encode("balanceOf", at)) for name, at in self.wallets.items()
        } | {
            f"{name}'s claim": (here, self.stage.licenses.encode("payableTo", token, at))
            for name, at in (self.wallets | {"twin": self.twin}).items()
        }
        answers = self.stage.node.look(list(asked.values()))
        assert None not in answers, "a currency does not answer"
        return {name: words(answer)[0] for name, answer in zip(asked, answers, strict=True)}

    def gains(self, before: dict[str, int], token: int | None = None) -> dict[str, int]:
        """Return who has how much more or less than before; who has the same is left out."""
        now = self.money(token)
        return {name: now[name] - had for name, had in before.items() if now[name] != had}

    def ask(self, name: str, *arguments: Any) -> list[int]:
        """Return what a view of TwinLicense answers, in words."""
        return self._ask(self.here.address, self.stage.licenses, name, *arguments)

    def ask_twins(self, name: str, *arguments: Any) -> list[int]:
        return self._ask(self.twins_place.address, self.stage.twins, name, *arguments)

    def pay_out(self, terms: Terms) -> Deed:
        return Deed(False, "payOut", self.parts(terms))

    def surrender(self, terms: Terms) -> Deed:
        return Deed(False, "surrender", self.parts(terms))

    def top_up(self, terms: Terms, deposited: int) -> Deed:
        return Deed(False, "topUp", (*self.hashed(terms), deposited))

    def withdraw(self, name: str, token: int | None = None) -> Deed:
        account = self.twin if name == "twin" else self.who(name)
        return Deed(False, "withdraw", (token or self.dollar, account))

    def multicall(self, *deeds: Deed) -> Deed:
        return Deed(False, "multicall", (deeds,))

    def record(self, terms: Terms, *, number: int, images: int, **changes: int) -> Deed:
        plain = Batch(number, 0, 5, images, 1, 1, 6)
        return Deed(False, "record", (self.id(terms), replace(plain, **changes)))

    def accept(
        self, terms: Terms, deposit: int, opening: Sequence[Entry] = (), by: str = "model"
    ) -> Deed:
        """The acceptance of an offer, signed for just these terms."""
        signature = self.signature(self.id(terms), by)
        return Deed(False, "accept", (terms, signature, deposit, tuple(opening)))

    def book_of(
        self, terms: Terms, prices: Prices | None = None, opening: Sequence[Entry] = ()
    ) -> Deed:
        """The booking of these terms under the card that gives them."""
        prices = prices or self.prices(terms)
        signature = self.signature(terms.scope.card, "model")
        values = (terms, prices, signature, terms.pay.fee, tuple(opening))
        return Deed(False, "book", values)

    def booked_under(self, terms: Terms, prices: Prices) -> Terms:
        """Return the terms of a booking under the card that these prices make."""
        return self.changed(terms, card=card_digest(self.here, terms, prices))

    def changed(self, terms: Terms, shares: Sequence[Share] | None = None, **changes: Any) -> Terms:
        """Return terms with fields of their scope or pay changed by name."""
        scope = {name: value for name, value in changes.items() if hasattr(terms.scope, name)}
        pay = {name: value for name, value in changes.items() if hasattr(terms.pay, name)}
        kept = terms.shares if shares is None else tuple(shares)
        return Terms(replace(terms.scope, **scope), replace(terms.pay, **pay), kept)

    def crowd(self, count: int, bps: int) -> tuple[Share, ...]:
        """Return shares of wallets that nobody has."""
        return tuple(Share(0xC000 + number, bps, 8) for number in range(count))

    def entry(self, terms: Terms) -> Entry:
        """Return a grant as the conflict book has it."""
        start = terms.scope.start or START
        scope, pay = terms.scope, terms.pay
        return Entry(self.id(terms), start, start + pay.term, scope.uses, scope.markets)

    @property
    def opening(self) -> tuple[Entry, ...]:
        """The conflict book as it is at first: the license in dollars."""
        return (self.entry(self.lone),)

    def act(self, name: str, kind: type, *fields: Any, by: str = "model") -> Deed:
        """An act on the twin at its present nonce, signed."""
        nonce = self.ask_twins("authority", self.twin)[2]
        paper = kind(1, self.twin, *fields, nonce, FAR)
        return Deed(True, name, (paper, self.sign(paper, by)))

    def moving(self, owner: str, to: str) -> Deed:
        """A move at once, signed by owner, guardian and new wallet."""
        nonce = self.ask_twins("authority", self.twin)[2]
        move = papers.MoveAtOnce(1, self.twin, self.who(to), nonce, FAR)
        signed = (self.sign(move, each) for each in (owner, "guardian", to))
        return Deed(True, "move", (move, self.consent, *signed))

    def end(self, kind: type, terms: Terms, name: str, by: str = "model") -> Deed:
        """An end by the owner at the twin's present nonce, signed."""
        nonce = self.ask_twins("authority", self.twin)[2]
        paper = kind(1, self.id(terms), nonce, FAR)
        parts = terms.scope, terms.pay, self.hashed(terms)[2]
        return Deed(False, name, (paper, *parts, self.sign(paper, by, self.here)))

    def called(self) -> list[tuple[bool, str]]:
        """Return what came of each call that a token made in the last deed."""
        found = []
        for log in self.receipt["logs"]:
            data = bytes.fromhex(log["data"][2:])
            if len(data) < 128 or int(log["address"], 16) != self.tokens["Reentrant"]:
                continue
            done, length = int.from_bytes(data[:32], "big"), int.from_bytes(data[96:128], "big")
            answer = data[128 : 128 + length]
            error = str(self.stage.licenses.decode_error(answer)) if not done else DONE
            found.append((bool(done), error))
        return found

    def raw(self, deed: Deed) -> bytes:
        """Return the data of a deed, as another contract is told it."""
        return bytes.fromhex(self.stage.write(deed)[1][2:])

    def put_up(self, name: str, *arguments: int) -> tuple[int, Interface]:
        """Deploy a mock; return its address, and how it is spoken to."""
        data = mock(name)["bytecode"] + "".join(f"{each:064x}" for each in arguments)
        receipt = self.stage.node.send(None, data, sender=self.who("stranger"), now=self.now)
        assert receipt["status"] == "0x1", f"{name} is not deployed"
        return int(receipt["contractAddress"], 16), Interface(mock(name)["abi"])

    def _issue(self, name: str) -> None:
        """A currency of which everybody has plenty, with a standing allowance."""
        token = self.stage.deploy(mock(name))
        self.tokens[name] = token
        self.stage.tokens[token] = name, Interface(mock(name)["abi"])
        for wallet in self.stage.people.values():
            self.stage.tell(token, "mint", wallet, 2**100)
            self.stage.tell(token, "approve", self.here.address, ENDLESS, sender=wallet)
