"""What the contract holds against what it owes (law 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.contracts.support.held import Held

__all__ = ["Till"]


class Till:
    """Keeps what was granted and what waits, and weighs both after each deed.

    What is payable is known from the events alone; what the licenses hold from their state.
    """

    licenses: Any

    def __init__(self) -> None:
        self.granted: list[Held] = []
        self.payable: dict[tuple[str, int], int] = {}

    def weigh(self, tx: Any) -> Any:
        """Hold the balance to what is owed after a deed, in every currency of the desk."""
        for name, sign in {"Deferred": 1, "Withdrawn": -1}.items():
            if name in tx.events:
                for event in tx.events[name]:
                    self._owe(event, sign * event["amount"])
        for token in {held.token.address: held.token for held in self.granted}.values():
            assert token.balanceOf(self.licenses) >= self.owed(token)
        return tx

    def _owe(self, event: Any, amount: int) -> None:
        key = (event["currency"], event["account"])
        self.payable[key] = self.payable.get(key, 0) + amount

    def owed(self, token: Any) -> int:
        """What the contract must hold of a currency, by the licenses' state and by the events."""
        held = (held.state for held in self.granted if held.token.address == token.address)
        waiting = sum(sum for (where, _), sum in self.payable.items() if where == token.address)
        return sum(state.deposited - state.collected for state in held) + waiting
