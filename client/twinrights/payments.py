"""Paying into licenses: enough balance, enough allowance, or a permit beside the deed."""

from __future__ import annotations

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

__all__ = ["send_paying"]

PERMIT_SECONDS = 3600
"""How long a permit stays good that is signed for one deed."""


def send_paying(
    contracts: Contracts,
    deed: Deed,
    payer: Wallet,
    *,
    currency: str,
    amount: int,
    approve: bool = True,
) -> TxReceipt:
    """Send a deed that takes `amount` (smallest unit) from the payer; return its receipt.

    A standing allowance is used where it suffices. Else a permit (ERC-2612) for exactly the amount
    goes into the same transaction; a currency without permits is asked by a transaction before.

    Raises:
        InsufficientBalance: the payer has less; nothing was sent.
        SendElsewhere: the payer's key is not here; what it must send, the approval first.
        InsufficientAllowance: it allows less, and `approve` is False.
        Refused: the contract refuses the deed.
    """
    if amount == 0:
        return contracts.send(deed, payer)
    _check_balance(contracts, deed, payer, currency, amount)
    token = contracts.currency(currency)
    spender = str(contracts.licenses.address)
    allowed = int(contracts.ask(token, "allowance", payer.address, spender))
    if allowed >= amount:
        return contracts.send(deed, payer)
    if not approve:
        have, need, symbol = in_words(contracts.deployment, currency, allowed, amount)
        raise InsufficientAllowance(payer.address, symbol, have, need)

    # A contract wallet makes no permit, and its key is not here anyway.
    permit = payer.is_here and signed_permit(
        contracts,
        currency,
        payer,
        amount=amount,
        deadline=contracts.now() + PERMIT_SECONDS,
    )
    if permit:
        try:
            return contracts.send(_together(contracts, permit, deed), payer)
        except PaymentFailed:
            # DAI has permits of a shape of its own; TwinLicense ignores one that fails.
            pass

    _dry_run(contracts, deed, payer)
    # Some currencies change an allowance only from or to zero.
    steps = [0, amount] if allowed else [amount]
    approvals = [contracts.deed(token, "approve", spender, units) for units in steps]
    if not payer.is_here:
        raise SendElsewhere(payer.address, contracts.chain_id, (*approvals, deed))
    for approval in approvals:
        contracts.send(approval, payer)
    return contracts.send(deed, payer)


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


def _together(contracts: Contracts, *deeds: Deed) -> Deed:
    return contracts.deed(contracts.licenses, "multicall", [deed.data for deed in deeds])
