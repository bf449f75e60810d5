"""The owner's standing policy at a grant (law 4)."""

from __future__ import annotations

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.desk import DAY, USES
from tests.contracts.support.reverts import reverts_with

ALL = 2**32 - 1

pytestmark = pytest.mark.law4


def grant(desk, way, **changes):
    """A license by an offer, or by a booking of the same."""
    return desk.accept(**changes) if way == "offer" else booking(desk, **changes).send()


both_ways = pytest.mark.parametrize("way", ["offer", "booking"])


@pytest.fixture
def silent(desk):
    """A twin whose owner has said nothing yet."""
    consent = act(desk, "Consent", salt=b"silent".ljust(32))
    consent.send()
    return desk.twins.twinIdOf(consent.values)


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
def test_a_silent_owner_allows_no_use(desk, silent, way):
    with reverts_with("UsesOffLimits", USES):
        grant(desk, way, twinId=silent)


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("category", [0, 31])
def test_an_owner_who_names_no_category_allows_none(desk, silent, way, category):
    act(desk, "Policy", twinId=silent, uses=ALL, categories=0, leastOwnerBps=0).send()
    with reverts_with("CategoryOffLimits", category):
        grant(desk, way, twinId=silent, category=category)


@both_ways
@pytest.mark.refusal
@pytest.mark.parametrize(("allowed", "off"), [(0b011, 0b100), (0b101, 0b010), (0, 0b111)])
def test_names_the_uses_that_are_off_limits(desk, way, allowed, off):
    act(desk, "Policy", uses=allowed).send()
    with reverts_with("UsesOffLimits", off):
        grant(desk, way)


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("use", [0, 15, 31])
def test_each_use_has_a_bit_of_its_own(desk, use):
    act(desk, "Policy", uses=ALL ^ 1 << use).send()
    with reverts_with("UsesOffLimits", 1 << use):
        desk.accept(uses=ALL)


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("category", range(0, 32, 31))
def test_each_category_has_a_bit_of_its_own(desk, category):
    act(desk, "Policy", categories=ALL ^ 1 << category).send()
    with reverts_with("CategoryOffLimits", category):
        desk.accept(category=category)


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("category", [32, 33, 64, 255])
def test_no_policy_allows_a_category_beyond_the_32(desk, way, category):
    act(desk, "Policy", categories=ALL).send()
    with reverts_with("CategoryOffLimits", category):
        grant(desk, way, category=category)


@both_ways
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(("least", "left"), [(5001, 5000), (10_000, 5000)])
def test_refuses_to_leave_her_less_than_her_least(desk, way, stranger, least, left):
    act(desk, "Policy", leastOwnerBps=least).send()
    with reverts_with("OwnerShareTooLow", left, least):
        grant(desk, way, shares=[(stranger, 10_000 - left, 1)])


@pytest.mark.refusal
@pytest.mark.boundary
def test_an_owner_who_keeps_the_whole_shares_nothing(desk, stranger):
    act(desk, "Policy", leastOwnerBps=10_000).send()
    with reverts_with("OwnerShareTooLow", 9_999, 10_000):
        desk.accept(shares=[(stranger, 1, 1)])


@both_ways
@pytest.mark.refusal
def test_what_was_signed_before_a_stricter_policy_is_refused(desk, way):
    act(desk, "Policy", uses=0b110).send()
    with reverts_with("UsesOffLimits", 0b001):
        grant(desk, way)


@pytest.mark.refusal
def test_her_own_signature_does_not_break_her_policy(desk, model, relay):
    relay.transfer(model, "1 ether")
    act(desk, "Policy", uses=0).send()
    terms = desk.terms(licensee=model.address, fee=0, committed=0)
    with reverts_with("UsesOffLimits", USES):
        desk.licenses.accept(terms, b"", 0, [], {"from": model})


@both_ways
@pytest.mark.boundary
@pytest.mark.parametrize("least", [4_999, 5_000])
def test_leaving_her_exactly_her_least_is_enough(desk, way, stranger, least):
    act(desk, "Policy", leastOwnerBps=least).send()
    assert grant(desk, way, shares=[(stranger, 5_000, 1)]).state.licensee == desk.hm


@pytest.mark.boundary
def test_an_owner_who_keeps_nothing_may_give_it_all(desk, stranger):
    act(desk, "Policy", leastOwnerBps=0).send()
    assert desk.accept(shares=[(stranger, 10_000, 1)]).state.licensee == desk.hm


@pytest.mark.boundary
def test_an_owner_who_keeps_the_whole_may_license_alone(desk):
    act(desk, "Policy", leastOwnerBps=10_000).send()
    assert desk.accept(shares=[]).state.licensee == desk.hm


@pytest.mark.boundary
@pytest.mark.parametrize("category", [0, 31])
def test_allows_the_first_and_the_last_category(desk, category):
    act(desk, "Policy", categories=1 << category).send()
    assert desk.accept(category=category).state.licensee == desk.hm


@pytest.mark.boundary
@pytest.mark.parametrize("use", [0, 31])
def test_allows_the_first_and_the_last_use(desk, use):
    act(desk, "Policy", uses=1 << use).send()
    assert desk.accept(uses=1 << use).state.uses == 1 << use


def test_never_reaches_back_to_running_licenses(desk, lone):
    before = lone.state
    act(desk, "Policy", uses=0, categories=0, leastOwnerBps=10_000).send()
    assert lone.state == before


def test_a_running_license_may_publish_what_a_later_policy_forbids(desk, lone):
    act(desk, "Policy", uses=0, categories=0).send()
    assert lone.may_publish() == 0


def test_a_running_license_can_still_be_topped_up(desk):
    held = desk.accept(deposit=1_000 * desk.unit)
    act(desk, "Policy", uses=0, categories=0, leastOwnerBps=10_000).send()
    held.top_up(held.fee)
    assert held.state.paidThrough == held.start + 90 * DAY


def test_a_running_license_still_pays_its_shares(desk, lone, agency):
    act(desk, "Policy", uses=0, categories=0, leastOwnerBps=10_000).send()
    lone.pay_out(at=lone.end)
    assert desk.token.balanceOf(agency) > 0


def test_is_the_policy_of_that_twin_only(desk):
    second = desk.mint("second")
    act(desk, "Policy", uses=0).send()
    assert desk.accept(twinId=second).state.licensee == desk.hm
