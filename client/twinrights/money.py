"""The money of a license in plain integers: what it costs, what it has earned, who gets which part.

The law written a second time: each function here gives, to the unit, what the contract of the same
rule gives (`Quote.sol`, `StreamMath.sol`, `ShareMath.sol`). Amounts are in the smallest unit of a
currency; decimals exist only in what people read and write (`Currency`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from twinrights.errors import BadAmount, ExclusiveNotSold, MarketsNotSold, UsesNotSold
from twinrights.terms import WHOLE_BPS, Pay, RateCard, Share

__all__ = [
    "MOST",
    "Currency",
    "covered",
    "earned",
    "quote",
    "split",
    "split_between",
]

MOST = 2**96 - 1
"""The greatest amount that the contract can hold, in the smallest unit."""

ONE = 10_000
"""Weight or factor 1 of a rate card."""

WRITTEN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def quote(
    card: RateCard, *, days: int, uses: int, markets: int, exclusive: bool, quota: int
) -> int:
    """Return what a booking from a rate card costs, in the smallest unit.

    max(floor, ceil(day rate x days x U x M x X) + image rate x quota), as `Quote.sol` has it: U and
    M sum the weights of the uses and of the market groups asked, X is the factor for exclusivity.

    Raises:
        UsesNotSold, MarketsNotSold, ExclusiveNotSold: the card does not sell what is asked.
    """
    if exclusive and not card.exclusive_factor:
        raise ExclusiveNotSold
    factor = card.exclusive_factor if exclusive else ONE
    weight = _weight_of_uses(card, uses) * _weight_of_markets(card, markets) * factor
    by_time = _divided_up(card.day_rate * days * weight, ONE**3)
    return max(card.floor, by_time + card.image_rate * quota)


def _weight_of_uses(card: RateCard, uses: int) -> int:
    weight = 0
    for rate in card.uses:
        if rate.use < 32 and uses >> rate.use & 1:
            weight += rate.weight
            uses ^= 1 << rate.use
    if uses:
        raise UsesNotSold(uses)
    return weight


def _weight_of_markets(card: RateCard, markets: int) -> int:
    weight = 0
    for rate in card.markets:
        if rate.markets & markets:
            weight += rate.weight
            markets &= ~rate.markets
    if markets:
        raise MarketsNotSold(markets)
    return weight


def earned(pay: Pay, *, deposited: int, start: int, end: int, used: int, at: int) -> int:
    """Return what a license has earned by second `at`, from the start, collected or not (law 13).

    By time rounded down, by the images used rounded up, whichever is ahead, at most the deposit;
    `end` is the present end.
    """
    elapsed = max(0, min(at, end) - start)
    by_time = pay.fee * elapsed // pay.term
    by_images = _divided_up(pay.fee * used, pay.quota)
    return min(deposited, max(by_time, by_images))


def covered(whole: int, deposited: int, fee: int) -> int:
    """Return how much of a whole (term, quota) a deposit pays for, rounded down (law 14)."""
    return whole if fee == 0 else whole * deposited // fee


def split(total: int, shares: Sequence[Share]) -> list[int]:
    """Return the parts of a total: of the shares in their order, then the owner's (law 15).

    They sum to the total in any number of collections, for each is taken from what the earlier
    ones left. The shares must each be positive and together at most the whole.
    """
    parts, rest, rest_bps = [], total, WHOLE_BPS
    for share in shares:
        part = rest * share.bps // rest_bps
        parts.append(part)
        rest -= part
        rest_bps -= share.bps
    return [*parts, rest]


def split_between(before: int, after: int, shares: Sequence[Share]) -> list[int]:
    """Return what each share, then the owner, gets when the collected total grows to `after`."""
    pairs = zip(split(before, shares), split(after, shares), strict=True)
    return [later - earlier for earlier, later in pairs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency of our own list: a token's word for its symbol or decimals counts nothing."""

    symbol: str
    decimals: int
    address: str

    def parse(self, text: str) -> int:
        """Return an amount written like "1,250.50" in the smallest unit.

        Commas may only stand between thousands, so that "1,5" is not taken for one and a half.

        Raises:
            BadAmount: it is no such number, has too many decimals, or is more than can be held.
        """
        number = text.strip()
        if not WRITTEN.fullmatch(number):
            raise BadAmount(text, "write it like 1,250.50")
        whole, _, decimals = number.replace(",", "").partition(".")
        if len(decimals) > self.decimals:
            raise BadAmount(text, f"{self.symbol} has {self._places()}")
        if len(whole) > len(str(MOST)):
            raise BadAmount(text, "it is more than a license can hold")
        units = int(whole + decimals.ljust(self.decimals, "0"))
        if units > MOST:
            raise BadAmount(text, "it is more than a license can hold")
        return units

    def format(self, units: int) -> str:
        """Return an amount as people write it, exactly: "1,250.50", "0.000001", without symbol."""
        if units < 0:
            return f"-{self.format(-units)}"
        whole, rest = divmod(units, 10**self.decimals)
        if self.decimals == 0:
            return f"{whole:,}"
        decimals = f"{rest:0{self.decimals}d}".rstrip("0")
        return f"{whole:,}.{decimals.ljust(min(2, self.decimals), '0')}"

    def words(self, units: int) -> str:
        """Return an amount with its symbol: "1,250.50 TUSD"."""
        return f"{self.format(units)} {self.symbol}"

    def _places(self) -> str:
        if self.decimals == 0:
            return "no decimals"
        return f"at most {self.decimals} decimal{'' if self.decimals == 1 else 's'}"


def _divided_up(number: int, by: int) -> int:
    return -(-number // by)
