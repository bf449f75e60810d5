"""Transfers and approvals, refused on both tokens (law 2; licenses: law 5)."""

from __future__ import annotations

import pytest

from tests.contracts.support.keys import OTHER_KEY, address_of
from tests.contracts.support.reverts import reverts_with

ERC165, ERC721, ERC721_METADATA, ERC5192 = "0x01ffc9a7", "0x80ac58cd", "0x5b5e139f", "0xb45a3c0e"

pytestmark = [pytest.mark.law2, pytest.mark.law5]
both = pytest.mark.parametrize("kind", ["twin", "license"])


@pytest.fixture
def token(desk, kind):
    """A contract, a token of it that exists, and its holder."""
    if kind == "twin":
        return desk.twins, desk.twin, desk.model
    held = desk.accept()
    return desk.licenses, held.id, desk.hm


# Every call by which an ERC-721 could leave its holder.
MOVES = {
    "transferFrom": lambda token, holder, to, id_: (token.transferFrom, (holder, to, id_)),
    "safeTransferFrom": lambda token, holder, to, id_: (token.safeTransferFrom, (holder, to, id_)),
    "safeTransferFrom with data": lambda token, holder, to, id_: (
        token.safeTransferFrom,
        (holder, to, id_, b"x"),
    ),
    "approve": lambda token, holder, to, id_: (token.approve, (to, id_)),
    "setApprovalForAll": lambda token, holder, to, id_: (token.setApprovalForAll, (to, True)),
}


@both
@pytest.mark.refusal
@pytest.mark.parametrize("name", list(MOVES))
@pytest.mark.parametrize("sender", ["holder", "hm", "rival", "agency", "stranger", "relay"])
def test_nobody_moves_or_approves_it(desk, token, name, sender):
    contract, token_id, holder = token
    call, arguments = MOVES[name](contract, holder, desk.stranger, token_id)
    if sender == "holder":
        desk.relay.transfer(holder, "1 ether")
    by = holder if sender == "holder" else getattr(desk, sender)
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": by})


@both
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("name", list(MOVES))
def test_not_even_to_its_holder(desk, token, name):
    contract, token_id, holder = token
    call, arguments = MOVES[name](contract, holder, holder, token_id)
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": desk.stranger})


@both
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("name", list(MOVES))
def test_not_even_a_token_that_is_not(desk, token, name):
    contract, _, holder = token
    call, arguments = MOVES[name](contract, holder, desk.stranger, 0)
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": desk.stranger})


@both
def test_nobody_is_approved(desk, token):
    contract, token_id, holder = token
    assert int(str(contract.getApproved(token_id)), 16) == 0
    assert not contract.isApprovedForAll(holder, desk.stranger)


def test_says_that_a_twin_is_locked(desk):
    assert desk.twins.locked(desk.twin) is True


@both
@pytest.mark.parametrize("interface", [ERC165, ERC721, ERC721_METADATA])
def test_both_tokens_are_what_they_claim(token, interface):
    assert token[0].supportsInterface(interface)


def test_twins_claim_to_be_soulbound(desk):
    assert desk.twins.supportsInterface(ERC5192)


def test_licenses_do_not_claim_what_they_do_not_implement(desk):
    assert not hasattr(desk.licenses, "locked")
    assert not desk.licenses.supportsInterface(ERC5192)


@both
@pytest.mark.boundary
@pytest.mark.parametrize("interface", ["0xffffffff", "0x00000000"])
def test_no_token_claims_no_interface(token, interface):
    assert not token[0].supportsInterface(interface)


@pytest.mark.parametrize(
    ("contract", "name", "symbol"),
    [("twins", "TwinRights Twin", "TWIN"), ("licenses", "TwinRights License", "LICENSE")],
)
def test_has_a_name_and_a_symbol(desk, contract, name, symbol):
    token = getattr(desk, contract)
    assert (token.name(), token.symbol()) == (name, symbol)


@pytest.mark.refusal
def test_a_balance_of_the_zero_address_is_refused(desk):
    with reverts_with("BalanceQueryForZeroAddress"):
        desk.twins.balanceOf("0x" + "0" * 40)


@pytest.mark.boundary
def test_a_stranger_has_no_twin(desk):
    assert desk.twins.balanceOf(address_of(OTHER_KEY)) == 0
