"""Transfers and approvals, refused on both tokens (law 2; licenses: law 5)."""

from __future__ import annotations

import pytest

from tests.contracts.support.keys import OTHER_KEY, address_of
from tests.contracts.support.reverts import reverts_with

ERC165, ERC721, ERC721_METADATA, ERC5192 = "0x01ffc9a7", "0x80ac58cd", "0x5b5e139f", "0xb45a3c0e"
TWIN = pytest.param("twin", marks=pytest.mark.law2)
LICENSE = pytest.param("license", marks=pytest.mark.law5)
BOTH = pytest.mark.parametrize("kind", [TWIN, LICENSE])


@pytest.fixture
def token(desk, kind):
    """A contract, a token of it that exists, and its holder."""
    if kind == "twin":
        return desk.twins, desk.twin, desk.model
    held = desk.accept()
    return desk.licenses, held.id, desk.hm


def moves(contract, token_id, holder, to):
    """Every call by which an ERC-721 could leave its holder."""
    return {
        "transferFrom": (contract.transferFrom, (holder, to, token_id)),
        "safeTransferFrom": (contract.safeTransferFrom, (holder, to, token_id)),
        "safeTransferFrom with data": (contract.safeTransferFrom, (holder, to, token_id, b"x")),
        "approve": (contract.approve, (to, token_id)),
        "setApprovalForAll": (contract.setApprovalForAll, (to, True)),
    }


NAMES = list(moves(*[type("Any", (), {"__getattr__": lambda *_: None})()] * 4))


@BOTH
@pytest.mark.refusal
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sender", ["holder", "hm", "rival", "agency", "stranger", "relay"])
def test_nobody_moves_or_approves_it(desk, token, name, sender):
    contract, token_id, holder = token
    call, arguments = moves(contract, token_id, holder, desk.stranger)[name]
    if sender == "holder":
        desk.relay.transfer(holder, "1 ether")
    by = holder if sender == "holder" else getattr(desk, sender)
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": by})


@BOTH
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("name", NAMES)
def test_not_even_to_its_holder(desk, token, name):
    contract, token_id, holder = token
    call, arguments = moves(contract, token_id, holder, holder)[name]
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": desk.stranger})


@BOTH
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("name", NAMES)
def test_not_even_a_token_that_is_not(desk, token, name):
    contract, _, holder = token
    call, arguments = moves(contract, 0, holder, desk.stranger)[name]
    with reverts_with("NotTransferable"):
        call(*arguments, {"from": desk.stranger})


@BOTH
def test_nobody_is_approved(desk, token):
    contract, token_id, holder = token
    assert int(str(contract.getApproved(token_id)), 16) == 0
    assert not contract.isApprovedForAll(holder, desk.stranger)


@pytest.mark.law2
def test_says_that_a_twin_is_locked(desk):
    assert desk.twins.locked(desk.twin) is True


@BOTH
@pytest.mark.parametrize("interface", [ERC165, ERC721, ERC721_METADATA])
def test_both_tokens_are_what_they_claim(token, interface):
    assert token[0].supportsInterface(interface)


@pytest.mark.law2
def test_twins_claim_to_be_soulbound(desk):
    assert desk.twins.supportsInterface(ERC5192)


@pytest.mark.law5
def test_licenses_do_not_claim_what_they_do_not_implement(desk):
    assert not hasattr(desk.licenses, "locked")
    assert not desk.licenses.supportsInterface(ERC5192)


@BOTH
@pytest.mark.boundary
@pytest.mark.parametrize("interface", ["0xffffffff", "0x00000000"])
def test_no_token_claims_no_interface(token, interface):
    assert not token[0].supportsInterface(interface)


@pytest.mark.law1
@pytest.mark.parametrize(
    ("contract", "name", "symbol"),
    [("twins", "TwinRights Twin", "TWIN"), ("licenses", "TwinRights License", "LICENSE")],
)
def test_has_a_name_and_a_symbol(desk, contract, name, symbol):
    token = getattr(desk, contract)
    assert (token.name(), token.symbol()) == (name, symbol)


@pytest.mark.law2
@pytest.mark.refusal
def test_a_balance_of_the_zero_address_is_refused(desk):
    with reverts_with("BalanceQueryForZeroAddress"):
        desk.twins.balanceOf("0x" + "0" * 40)


@pytest.mark.law2
@pytest.mark.boundary
def test_a_stranger_has_no_twin(desk):
    assert desk.twins.balanceOf(address_of(OTHER_KEY)) == 0
