"""Paying into licenses: enough balance, enough allowance, or a permit beside the deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from web3.types import TxReceipt

from twinrights.chain.contracts import Contracts
from twinrights.chain.currencies import in_words
from twinrights.chain.permits import signed_permit
from twinrights.chain.refusals import explained
from twinrights.chain.send import Deed, call_of
from twinrights.errors import (
    InsufficientAllowance,
    InsufficientBalance,
    PaymentFailed,
    SendElsewhere,
)
from twinrights.wallets import Wallet

__all__ = ["allowance_of", "approvals", "send_paying"]

PERMIT_SECONDS = 3600
"""How long a permit stays good that is signed for one deed."""


def send_paying(
    contracts: Contracts,
    deeds: Sequence[Deed],
    payer: Wallet,
    *,
    amounts: Mapping[str, int],
    approve: bool = True,
) -> TxReceipt:
    """Send deeds in one transaction that take these amounts (by currency, smallest unit).

    A standing allowance is used where it suffices. Else a permit (ERC-2612) for exactly the amount
    goes into the same transaction; a currency without permits is asked by a transaction before.

    Raises:
        InsufficientBalance: the payer has less; nothing was sent.
        SendElsewhere: the payer's key is not here; what it must send, the approvals first.
        InsufficientAllowance: it allows less, and `approve` is False.
        Refused: the contract refuses a deed.
    """
    whole = _together(contracts, deeds)
    due = {currency: amount for currency, amount in amounts.items() if amount}
    for currency, amount in due.items():
        _check_balance(contracts, whole, payer, currency, amount)
    allowed = {currency: allowance_of(contracts, payer.address, currency) for currency in due}
    short = {currency: due[currency] for currency in due if allowed[currency] < due[currency]}
    if not short:
        return contracts.send(whole, payer)
    if not approve:
        currency, amount = next(iter(short.items()))
        have, need, symbol = in_words(contracts.deployment, currency, allowed[currency], amount)
        raise InsufficientAllowance(payer.address, symbol, have, need)

    permits = _permits(contracts, payer, short)
    if len(permits) == len(short):
        try:
            return contracts.send(_together(contracts, [*permits.values(), *deeds]), payer)
        except PaymentFailed:
            # DAI has permits of a shape of its own; TwinLicense ignores one that fails.
            permits = {}

    _dry_run(contracts, whole, payer)
    steps = [
        approval
        for currency in short
        if currency not in permits
        for approval in approvals(contracts, currency, allowed[currency], short[currency])
    ]
    last = _together(contracts, [*permits.values(), *deeds])
    if not payer.is_here:
        raise SendElsewhere(payer.address, contracts.chain_id, (*steps, last))
    for approval in steps:
        contracts.send(approval, payer)
    return contracts.send(last, payer)


def allowance_of(contracts: Contracts, account: str, currency: str) -> int:
    """Return what an account allows the license contract to take, in the smallest unit."""
    spender = str(contracts.licenses.address)
    return int(contracts.ask(contracts.currency(currency), "allowance", account, spender))


def approvals(contracts: Contracts, currency: str, allowed: int, amount: int) -> list[Deed]:
    """Return the deeds by which an allowance becomes another."""
    # Some currencies change an allowance only from or to zero.
    steps = [0, amount] if allowed and amount else [amount]
    token, spender = contracts.currency(currency), str(contracts.licenses.address)
    return [contracts.deed(token, "approve", spender, units) for units in steps]


def _permits(contracts: Contracts, payer: Wallet, short: Mapping[str, int]) -> dict[str, Deed]:
    """Return a permit for each currency that takes one."""
    # A contract wallet makes no permit, and its key is not here anyway.
    if not payer.is_here:
        return {}
    deadline = contracts.now() + PERMIT_SECONDS
    made = {
        currency: signed_permit(contracts, currency, payer, amount=amount, deadline=deadline)
        for currency, amount in short.items()
    }
    return {currency: permit for currency, permit in made.items() if permit}


def _check_balance(
    contracts: Contracts, deed: Deed, payer: Wallet, currency: str, amount: int
) -> None:
    balance = int(contracts.ask(contracts.currency(currency), "balanceOf", payer.address))
    if balance >= amount:
        return
    # What is wrong with the deed itself is said first.
    _dry_run(contracts, deed, payer)
    have, need, symbol = in_words(contracts.deployment, currency, balance, amount)
    raise InsufficientBalance(payer.address, symbol, have, need)


def _dry_run(contracts: Contracts, deed: Deed, payer: Wallet) -> None:
    """Raise what the contract refuses before it comes to the payment."""
    try:
        explained(lambda: contracts.web3.eth.call(call_of(deed, payer)))
    except PaymentFailed:
        return


def _together(contracts: Contracts, deeds: Sequence[Deed]) -> Deed:
    if len(deeds) == 1:
        return deeds[0]
    return contracts.deed(contracts.licenses, "multicall", [deed.data for deed in deeds])
