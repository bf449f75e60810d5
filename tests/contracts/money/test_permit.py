"""permit: an allowance by signature, for the sender alone; one that fails is ignored (law 10)."""

from __future__ import annotations

import pytest
from brownie import accounts
from eth_utils import keccak

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.digests import hash_struct, sign_digest
from tests.contracts.support.reverts import reverts_with

KEY = "0x" + "b0b".zfill(64)
PERMIT = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"


@pytest.fixture
def saver(desk):
    """A licensee with a key, tokens, and no allowance at all."""
    account = accounts.add(KEY)
    desk.relay.transfer(account, "1 ether")
    desk.token.mint(account, 9_000 * desk.unit, desk.by(desk.relay))
    return account


def signed(desk, owner, amount, *, deadline=None, key=KEY):
    """What `permit` of our contract takes: currency, amount, deadline, v, r, s."""
    deadline = now() + DAY if deadline is None else deadline
    spender = desk.licenses.address
    values = (owner.address, spender, amount, desk.token.nonces(owner), deadline)
    domain = bytes(desk.token.DOMAIN_SEPARATOR())
    signature = sign_digest(keccak(b"\x19\x01" + domain + hash_struct(PERMIT, values)), key)
    return desk.token, amount, deadline, signature[64], signature[:32], signature[32:64]


def use(desk, sender, permit):
    return desk.licenses.permit(*permit, desk.by(sender))


def accept_with(desk, sender, permit):
    """Permit and acceptance in one transaction."""

    def both(acceptance):
        return desk.licenses.multicall([permit, acceptance], desk.by(sender))

    return desk.accept(licensee=sender.address, through=both)


@pytest.mark.law10
@pytest.mark.refusal
def test_that_has_expired_is_ignored_and_the_payment_fails(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit, deadline=now() - 1))

    with reverts_with("PaymentFailed", desk.token, saver, 9_000 * desk.unit):
        desk.accept(licensee=saver.address, by=saver)


@pytest.mark.law10
@pytest.mark.refusal
def test_of_somebody_else_is_ignored(desk, saver):
    """The stranger brings the saver's permit: it is tried for the stranger, and is no good."""
    use(desk, desk.stranger, signed(desk, saver, 9_000 * desk.unit))

    assert desk.token.allowance(saver, desk.licenses) == 0
    assert desk.token.allowance(desk.stranger, desk.licenses) == 0


@pytest.mark.law10
@pytest.mark.refusal
def test_by_another_key_is_ignored(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit, key="0x" + "bad".zfill(64)))

    assert desk.token.allowance(saver, desk.licenses) == 0


@pytest.mark.law10
@pytest.mark.refusal
def test_for_less_than_the_deposit_does_not_help(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit - 1))

    with reverts_with("PaymentFailed", desk.token, saver, 9_000 * desk.unit):
        desk.accept(licensee=saver.address, by=saver)


@pytest.mark.law18
@pytest.mark.refusal
@pytest.mark.parametrize("contract", ["twins", "licenses"])
def test_of_a_currency_that_knows_none_is_ignored(desk, saver, contract):
    permit = signed(desk, saver, 1)

    use(desk, saver, (getattr(desk, contract), *permit[1:]))

    assert desk.token.nonces(saver) == 0


@pytest.mark.law18
@pytest.mark.refusal
def test_of_a_currency_that_is_no_contract_is_ignored(desk, saver):
    permit = signed(desk, saver, 1)

    use(desk, saver, (desk.stranger, *permit[1:]))

    assert desk.token.nonces(saver) == 0


@pytest.mark.law10
def test_gives_the_allowance(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit))

    assert desk.token.allowance(saver, desk.licenses) == 9_000 * desk.unit


@pytest.mark.law10
@pytest.mark.boundary
def test_is_good_in_its_last_second(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit, deadline=now()))

    assert desk.token.allowance(saver, desk.licenses) == 9_000 * desk.unit


@pytest.mark.law10
def test_takes_nothing_by_itself(desk, saver):
    use(desk, saver, signed(desk, saver, 9_000 * desk.unit))

    assert desk.token.balanceOf(saver) == 9_000 * desk.unit


@pytest.mark.law10
def test_and_acceptance_go_in_one_transaction(desk, saver):
    permit = desk.licenses.permit.encode_input(*signed(desk, saver, 9_000 * desk.unit))
    license = accept_with(desk, saver, permit)

    assert license.state.deposited == 9_000 * desk.unit
    assert desk.token.allowance(saver, desk.licenses) == 0


@pytest.mark.law10
def test_that_somebody_sent_first_does_not_stop_the_acceptance(desk, saver):
    """Front-run: the same permit was sent to the token itself; the allowance stands."""
    token, amount, *rest = signed(desk, saver, 9_000 * desk.unit)
    token.permit(saver, desk.licenses, amount, *rest, desk.by(desk.stranger))
    permit = desk.licenses.permit.encode_input(token, amount, *rest)
    license = accept_with(desk, saver, permit)

    assert license.state.deposited == 9_000 * desk.unit


@pytest.mark.law10
def test_serves_a_top_up(desk, saver):
    part = desk.accept(licensee=saver.address, by=saver, committed=0, deposit=0)
    use(desk, saver, signed(desk, saver, 5_000 * desk.unit))
    part.top_up(5_000 * desk.unit, by=saver)

    assert part.state.deposited == 5_000 * desk.unit
