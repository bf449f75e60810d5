"""A booking before it is sent, and terms with one field changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY, MODEL_KEY, PAY_FIELDS, PRICES_FIELDS, SCOPE_FIELDS
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.held import Held

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["Booking", "amended", "amended_prices", "booking"]


def amended(terms: Any, **changes: Any) -> tuple[Any, ...]:
    """The same terms with some fields changed: of scope, of pay, or the shares."""
    scope = dict(zip(SCOPE_FIELDS, terms[0], strict=True))
    pay = dict(zip(PAY_FIELDS, terms[1], strict=True))
    shares = changes.pop("shares", terms[2])
    for field, value in changes.items():
        part = scope if field in scope else pay
        assert field in part, f"terms have no {field}"
        part[field] = value
    return tuple(scope.values()), tuple(pay.values()), shares


def amended_prices(prices: Any, **changes: Any) -> tuple[Any, ...]:
    """The same prices with some fields changed."""
    values = dict(zip(PRICES_FIELDS, prices, strict=True))
    assert changes.keys() <= values.keys(), f"prices have no {changes.keys() - values.keys()}"
    return tuple((values | changes).values())


@dataclass(frozen=True)
class Booking:
    """Terms and prices that belong together, with the owner's signature of their card."""

    desk: Desk
    terms: Any
    prices: Any
    signature: bytes

    @property
    def fee(self) -> int:
        return self.terms[1][2]

    @property
    def card(self) -> bytes:
        """The digest that the terms name."""
        return self.terms[0][11]

    @property
    def digest(self) -> bytes:
        """The digest that terms and prices make together."""
        return bytes(self.desk.licenses.cardDigestOf(self.terms, self.prices))

    @property
    def quoted(self) -> int:
        return self.desk.licenses.quote(self.terms[0], self.terms[1], self.prices)

    def but(self, *, prices: dict[str, Any] | None = None, **changes: Any) -> Booking:
        """The same with some fields changed after the signing."""
        terms = amended(self.terms, **changes)
        return replace(self, terms=terms, prices=amended_prices(self.prices, **prices or {}))

    def send(self, *, by: Any = None, deposit: int | None = None, opening: Any = ()) -> Held:
        deposit = self.fee if deposit is None else deposit
        tx = self.desk.licenses.book(
            self.terms,
            self.prices,
            self.signature,
            deposit,
            list(opening),
            {"from": by or self.desk.hm},
        )
        return Held(self.desk, self.terms, tx)


def booking(
    desk: Desk, *, prices: dict[str, Any] | None = None, key: str = MODEL_KEY, **changes: Any
) -> Booking:
    """A booking of the model's card, two days ahead; everything of it as named in the call."""
    terms = desk.terms(**{"start": now() + 2 * DAY} | changes)
    draft = Booking(desk, terms, desk.prices(**prices or {}), b"")
    if "fee" not in changes:
        draft = draft.but(fee=draft.quoted)
    card = draft.digest
    return replace(draft.but(card=card), signature=sign_digest(card, key))
