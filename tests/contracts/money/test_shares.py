"""The shares sum without dust, however often anybody collects (law 15)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from brownie import accounts
from hypothesis import strategies as st

from tests.contracts.support.desk import DAY
from tests.contracts.support.examples import given, some
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.stream import WHOLE, split

MOST = 2**96 - 1
PEOPLE = [f"0x{number:040x}" for number in range(10_001, 10_017)]

lists_of_shares = (
    st.lists(st.integers(1, WHOLE), max_size=15)
    .map(lambda parts: [min(part, WHOLE // 15) for part in parts])
    .filter(lambda parts: sum(parts) <= WHOLE)
)


def others(bps):
    return [(accounts.at(who, force=True), part, 8) for who, part in zip(PEOPLE, bps, strict=False)]


@pytest.mark.law15
@pytest.mark.refusal
def test_refuses_a_payee_named_twice(desk):
    shares = [(desk.agency, 500, 1), (desk.stylist, 500, 4), (desk.agency, 500, 2)]

    with reverts_with("PayeeInvalid", desk.agency):
        desk.accept(shares=shares)


@pytest.mark.law15
@pytest.mark.boundary
def test_refuses_sixteen_others(desk):
    with reverts_with("SharesTooMany", 16):
        desk.accept(shares=others([1] * 16))


@pytest.mark.law15
@pytest.mark.boundary
def test_refuses_a_share_of_nothing(desk):
    with reverts_with("PayeeInvalid", desk.agency):
        desk.accept(shares=[(desk.agency, 0, 1)])


@pytest.mark.law15
@given(
    total=st.one_of(st.integers(0, 10_000), st.integers(0, MOST)),
    later=st.integers(0, MOST),
    bps=lists_of_shares,
)
@some(300)
def test_the_law_gives_parts_that_sum_and_never_fall(total, later, bps):
    """Of the law itself, in Python: what the contract is held to below."""
    before, after = split(total, bps), split(total + later, bps)

    assert sum(before) == total
    assert all(old <= new for old, new in zip(before, after, strict=True))


@pytest.mark.law15
def test_prefix_sums_would_have_fallen():
    """Why the division is nested: by differences of rounded prefixes a part can shrink."""

    def by_prefix(total, bps):
        ends = [total * sum(bps[:count]) // WHOLE for count in range(len(bps) + 1)]
        return [end - start for start, end in pairwise(ends)]

    bps = [5000, 1000]
    fallen = [
        total for total in range(20) if by_prefix(total + 1, bps)[1] < by_prefix(total, bps)[1]
    ]

    assert fallen
    assert all(split(total + 1, bps)[1] >= split(total, bps)[1] for total in range(20))


@pytest.mark.law15
@pytest.mark.law13
def test_any_number_of_collections_gives_the_same_as_one(desk):
    """Two like licenses, one collected often, one once: everybody has the same of both."""

    twin = desk.mint("generous", least_owner_bps=0)

    @some(20)
    @given(data=st.data())
    def check(data):
        desk.granted.clear()
        bps = data.draw(lists_of_shares)
        fee = data.draw(st.one_of(st.integers(0, 100), st.integers(0, MOST)))
        shares = others(bps)
        people = [*(payee for payee, _, _ in shares), desk.model]
        times = data.draw(st.lists(st.integers(0, 90 * DAY), min_size=1, max_size=5).map(sorted))

        received = []
        for seconds in (times, times[-1:]):
            snapshot = desk.snapshot()
            license = desk.accept(twinId=twin, fee=fee, committed=0, shares=shares)
            before = desk.balances(*people)
            for second in seconds:
                license.pay_out(at=license.start + second)
            received.append(
                [new - old for new, old in zip(desk.balances(*people), before, strict=True)]
            )
            total = license.owes(license.start + times[-1])
            desk.granted.clear()
            desk.restore(snapshot)

        assert received[0] == received[1] == split(total, bps)

    check()


@pytest.mark.law15
def test_never_takes_back_a_unit_in_small_steps(desk):
    """A fee of 97 units in a term of 97 seconds, collected in every one of them."""
    twin = desk.mint("generous", least_owner_bps=0)
    shares = others([3333, 3333, 1])
    license = desk.accept(fee=97, committed=0, term=97, shares=shares, twinId=twin)
    people = [*(share[0] for share in license.shares), desk.model]
    start = desk.balances(*people)
    seen = [0] * len(people)
    for second in range(1, 98):
        license.pay_out(at=license.start + second)
        held = [new - old for new, old in zip(desk.balances(*people), start, strict=True)]
        assert all(new >= old for new, old in zip(held, seen, strict=True))
        assert held == split(second, license.bps)
        seen = held

    assert sum(seen) == 97
