"""A license of one of the brands, by an offer or by a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contracts.grant.booking import booking
from tests.contracts.support.held import Held
from tests.contracts.support.opening import opening

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["grant"]


def grant(
    desk: Desk, who: Any, *, exclusive: bool = False, way: str = "offer", **changes: Any
) -> Held:
    """A license of one of the brands; an exclusive one with the book opened as it is."""
    entries = opening(desk, changes.get("category", 0), changes.get("twinId"))
    changes |= {"licensee": who.address, "exclusive": exclusive}
    handed_in = entries if exclusive else ()
    if way == "offer":
        return desk.accept(by=who, opening=handed_in, **changes)
    return booking(desk, prices={"leadTime": 0}, **changes).send(by=who, opening=handed_in)
