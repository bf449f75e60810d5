"""What a rate card gives for what a booker chooses (law 5)."""

from __future__ import annotations

from tests.model.papers import Pay, Prices, Scope
from tests.model.refused import require

__all__ = ["quote"]

DAY = 86_400
ONE = 10_000


def quote(scope: Scope, pay: Pay, prices: Prices) -> int:
    """max(floor, ceil(dayRate x days x U x M x X / 10^12) + imageRate x quota)."""
    require(not scope.exclusive or prices.exclusive_factor != 0, "ExclusiveNotSold")

    factor = prices.exclusive_factor if scope.exclusive else ONE
    weights = _weigh_uses(scope, prices) * _weigh_markets(scope, prices) * factor
    by_time = -(-prices.day_rate * (pay.term // DAY) * weights // ONE**3)
    by_images = prices.image_rate * pay.quota

    # What a booking commits is the card's floor.
    return max(pay.committed, by_time + by_images)


def _weigh_uses(scope: Scope, prices: Prices) -> int:
    """U: the sum of the weights of the uses asked, each once; unlisted is not sold."""
    left, sum = scope.uses, 0
    for rate in prices.uses:
        if left >> rate.use & 1:
            left -= 1 << rate.use
            sum += rate.weight
    require(left == 0, "UsesNotSold", left)
    return sum


def _weigh_markets(scope: Scope, prices: Prices) -> int:
    """M: a market belongs to the first group that lists it, a group is paid whole."""
    left, sum = scope.markets, 0
    for rate in prices.markets:
        if left & rate.markets:
            left &= ~rate.markets
            sum += rate.weight
    require(left == 0, "MarketsNotSold", left)
    return sum
