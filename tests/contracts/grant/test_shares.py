"""The shares of new terms: at most 15 others, each once, together at most the whole (law 15)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.desk import ZERO
from tests.contracts.support.reverts import reverts_with

pytestmark = pytest.mark.law15

both_ways = pytest.mark.parametrize("way", ["offer", "booking"])


def grant(desk, way, shares):
    if way == "offer":
        return desk.accept(shares=shares)
    return booking(desk, shares=shares).send()


def payees(count, bps=1):
    """So many wallets, each with the same part."""
    return [("0x" + f"{number + 1:040x}", bps, 1) for number in range(count)]


@pytest.fixture(autouse=True)
def generous(desk):
    """An owner who would leave everything to others."""
    act(desk, "Policy", leastOwnerBps=0).send()


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("count", [16, 17, 40])
def test_refuses_more_than_fifteen_others(desk, way, count):
    with reverts_with("SharesTooMany", count):
        grant(desk, way, payees(count))


@both_ways
@pytest.mark.refusal
def test_refuses_the_zero_address(desk, way, agency):
    with reverts_with("PayeeInvalid", ZERO):
        grant(desk, way, [(agency, 1, 1), (ZERO, 1, 1)])


@both_ways
@pytest.mark.refusal
def test_refuses_the_contract_itself(desk, way):
    with reverts_with("PayeeInvalid", desk.licenses):
        grant(desk, way, [(desk.licenses, 1, 1)])


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("place", [0, 1])
def test_refuses_a_part_of_nothing(desk, way, agency, stylist, place):
    shares = [(agency, 1, 1), (stylist, 1, 1)]
    shares[place] = (shares[place][0], 0, 1)
    with reverts_with("PayeeInvalid", shares[place][0]):
        grant(desk, way, shares)


@both_ways
@pytest.mark.refusal
@pytest.mark.parametrize("apart", [1, 2, 14])
def test_refuses_a_payee_who_is_named_twice(desk, way, apart):
    shares = payees(apart)
    with reverts_with("PayeeInvalid", shares[0][0]):
        grant(desk, way, [*shares, shares[0]])


@pytest.mark.refusal
def test_refuses_a_payee_who_is_named_twice_in_two_roles(desk, agency):
    with reverts_with("PayeeInvalid", agency):
        desk.accept(shares=[(agency, 1, 1), (agency, 2, 3)])


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("shares", [[5_000, 5_001], [10_001], [65_535], [65_535] * 15])
def test_refuses_more_than_the_whole(desk, way, shares):
    named = [(payee, bps, 1) for (payee, _, _), bps in zip(payees(15), shares, strict=False)]
    with reverts_with("SharesOverWhole", sum(shares)):
        grant(desk, way, named)


@both_ways
@pytest.mark.boundary
@pytest.mark.parametrize("count", [0, 1, 15])
def test_takes_from_none_to_fifteen_others(desk, way, count):
    assert len(grant(desk, way, payees(count)).shares) == count


@both_ways
@pytest.mark.boundary
@pytest.mark.parametrize("shares", [[1], [10_000], [9_999, 1], [5_000, 5_000]])
def test_takes_one_basis_point_and_the_whole(desk, way, shares):
    named = [(payee, bps, 1) for (payee, _, _), bps in zip(payees(15), shares, strict=False)]
    assert grant(desk, way, named).bps == shares


@pytest.mark.boundary
@pytest.mark.parametrize("role", [0, 255])
def test_takes_any_role(desk, agency, role):
    assert desk.accept(shares=[(agency, 1, role)]).shares[0][2] == role


def test_the_owner_may_be_named_as_a_payee_too(desk, model):
    held = desk.accept(shares=[(model, 2_500, 1)])
    held.pay_out(at=held.end)
    assert desk.token.balanceOf(model) == held.fee


def test_the_licensee_may_be_named_as_a_payee(desk, hm):
    held = desk.accept(shares=[(hm, 2_500, 1)])
    before = desk.token.balanceOf(hm)
    held.pay_out(at=held.end)
    assert desk.token.balanceOf(hm) - before == held.fee // 4


def test_the_order_of_the_shares_is_part_of_the_terms(desk):
    terms = desk.terms(ref=b"r" * 32, shares=payees(2))
    turned = desk.terms(ref=b"r" * 32, shares=payees(2)[::-1])
    assert desk.licenses.licenseIdOf(terms) != desk.licenses.licenseIdOf(turned)
