"""What a brand wishes of a twin: one license of a campaign, before anybody says a price."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Wish"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A row of a campaign for one twin. Times are UNIX seconds; `start` 0 is when it is granted."""

    row: int
    """The row of the sheet, as its errors name it."""
    text: str
    """What stands in that row, by which it is known again."""
    twin_id: int
    uses: int
    markets: int
    start: int
    term: int
    quota: int
    exclusive: bool
    category: int | None
    """None where only one category is for sale."""
    reference: str
    ref: bytes
    """The salted reference; all zero as long as nothing shall be bought."""
