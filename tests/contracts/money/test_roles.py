"""Who may do what with money: the whole table, deed by role (law 10)."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

ROLES = ["hm", "rival", "model", "agency", "photographer", "stranger"]


@pytest.fixture
def sender(desk, request):
    """Somebody with coin, and with tokens of her own."""
    who = getattr(desk, request.param)
    if who == desk.model:
        desk.relay.transfer(who, "1 ether")
    desk.fund(who)
    return who


everybody = pytest.mark.parametrize("sender", ROLES, indirect=True)
others = pytest.mark.parametrize("sender", ROLES[1:], indirect=True)


@pytest.mark.law10
@everybody
def test_anybody_tops_up_with_tokens_of_their_own(desk, sender):
    part = desk.accept(deposit=4_500 * desk.unit)
    before = desk.token.balanceOf(sender)
    part.top_up(part.fee, by=sender)

    assert before - desk.token.balanceOf(sender) == 4_500 * desk.unit


@pytest.mark.law16
@everybody
def test_anybody_triggers_a_pay_out(desk, lone, sender):
    lone.pay_out(by=sender, at=lone.start + DAY)

    assert lone.state.collected == 100 * desk.unit


@pytest.mark.law17
@everybody
def test_anybody_triggers_the_settlement(lone, sender):
    lone.pay_out(by=sender, at=lone.end)

    assert lone.state.isSettled


@pytest.mark.law10
@pytest.mark.refusal
@others
def test_nobody_else_surrenders(desk, lone, sender):
    with reverts_with("NotLicensee", sender, desk.hm):
        lone.surrender(by=sender)


@pytest.mark.law10
@pytest.mark.refusal
@others
def test_nobody_else_makes_the_licensee_one(desk, sender):
    with reverts_with("NotLicensee", sender, desk.hm):
        desk.accept(by=sender)


@pytest.mark.law10
@others
def test_no_deed_of_anybody_else_moves_the_licensees_tokens(desk, sender):
    """Its standing allowance of everything stays what it was, and so does what it holds."""
    part = desk.accept(deposit=4_500 * desk.unit)
    held = desk.token.balanceOf(desk.hm)
    part.top_up(part.fee, by=sender)
    part.pay_out(by=sender, at=part.start + DAY)

    assert desk.token.balanceOf(desk.hm) == held
    assert desk.token.allowance(desk.hm, desk.licenses) == 2**256 - 1


@pytest.mark.law10
@pytest.mark.refusal
@others
def test_nobody_sends_the_contracts_tokens_anywhere_else(desk, lone, sender):
    with reverts_with("NothingPayable", desk.token, int(sender.address, 16)):
        desk.licenses.withdraw(desk.token, int(sender.address, 16), desk.by(sender))
