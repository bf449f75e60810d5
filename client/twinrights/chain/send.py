"""Sending one transaction: estimated, signed, mined, and never a failure taken for success."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from web3 import Web3
from web3.exceptions import TimeExhausted, Web3RPCError
from web3.types import TxParams, TxReceipt

from twinrights.chain.refusals import explained
from twinrights.errors import (
    DevelopmentKeyRefused,
    InsufficientGasMoney,
    KeyElsewhere,
    NotMined,
    RevertedOtherwise,
    SendElsewhere,
)
from twinrights.wallets import LOCAL_CHAINS, Wallet

__all__ = ["Deed", "call_of", "send"]

WAIT = 180
"""Seconds that a transaction may take to be mined."""

POLL = 0.1
"""Seconds between two looks for a receipt."""

GAS_RESERVE = 150_000
"""Gas above the estimate and a quarter of it: what must be left before a last transfer."""

PLENTY = 12_000_000
"""More gas than any deed needs, the deployments included."""

PRIORITY_FEE = 1_000_000_000
"""Wei for each gas to the block's producer, where the node does not say what is usual."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a transaction asks for: a call of a contract, or with no `to` its creation."""

    to: str | None
    data: bytes


def send(web3: Web3, deed: Deed, wallet: Wallet) -> TxReceipt:
    """Return the receipt of a deed that was mined and succeeded. The wallet signs and pays the gas.

    Raises:
        Refused: the contract refuses it, found before sending or after mining.
        SendElsewhere: the wallet's key is not here; the deed was tried out.
        DevelopmentKeyRefused: a public key on a chain that is not local.
        InsufficientGasMoney: the wallet cannot pay the gas.
        NotMined: it was sent, and not mined in time.
    """
    chain_id = web3.eth.chain_id
    if wallet.is_development and chain_id not in LOCAL_CHAINS:
        raise DevelopmentKeyRefused(wallet.address, chain_id)

    call = call_of(deed, wallet)
    if not wallet.is_here:
        if deed.to is None:
            raise KeyElsewhere(wallet.address)
        explained(lambda: web3.eth.call(call))
        raise SendElsewhere(wallet.address, chain_id, (deed,))
    fees = _fees(web3)
    gas = _gas_for(web3, call, max(fees.values()))
    transaction: dict[str, Any] = {
        **call,
        **fees,
        "chainId": chain_id,
        "gas": gas,
        "nonce": web3.eth.get_transaction_count(
            Web3.to_checksum_address(wallet.address), "pending"
        ),
        "value": 0,
    }
    del transaction["from"]
    sent = explained(lambda: web3.eth.send_raw_transaction(wallet.sign_transaction(transaction)))
    try:
        receipt = web3.eth.wait_for_transaction_receipt(sent, timeout=WAIT, poll_latency=POLL)
    except TimeExhausted as error:
        raise NotMined(Web3.to_hex(sent), WAIT) from error
    if receipt["status"] != 1:
        _raise_why(web3, {**call, "gas": gas}, receipt)
    return receipt


def call_of(deed: Deed, wallet: Wallet) -> TxParams:
    """Return a deed as a node can try it out for a wallet."""
    call: TxParams = {"from": Web3.to_checksum_address(wallet.address), "data": deed.data}
    if deed.to is not None:
        call["to"] = Web3.to_checksum_address(deed.to)
    return call


def _fees(web3: Web3) -> dict[str, int]:
    """Return what each gas may cost, as the chain counts it (EIP-1559, or one gas price)."""
    base = web3.eth.get_block("latest").get("baseFeePerGas")
    if base is None:
        return {"gasPrice": int(web3.eth.gas_price)}
    try:
        tip = int(web3.eth.max_priority_fee)
    except (ValueError, Web3RPCError):
        tip = PRIORITY_FEE
    # Twice the base fee outlasts six full blocks.
    return {"maxPriorityFeePerGas": tip, "maxFeePerGas": 2 * base + tip}


def _gas_for(web3: Web3, call: TxParams, price: int) -> int:
    """Return how much gas a call may use, after it was tried out; raises what refuses it."""
    most = web3.eth.get_block("latest")["gasLimit"]
    if web3.eth.chain_id in LOCAL_CHAINS:
        # py-evm and Ganache estimate by a dozen trials; one is enough where gas costs nothing.
        plenty = min(PLENTY, most)
        _check_gas_money(web3, call, plenty * price)
        explained(lambda: web3.eth.call({**call, "gas": plenty}))
        return plenty
    estimate = explained(lambda: web3.eth.estimate_gas(call))
    gas = min(estimate * 5 // 4 + GAS_RESERVE, most)
    _check_gas_money(web3, call, gas * price)
    return gas


def _check_gas_money(web3: Web3, call: TxParams, need: int) -> None:
    payer = str(call["from"])
    have = web3.eth.get_balance(Web3.to_checksum_address(payer))
    if have < need:
        raise InsufficientGasMoney(payer, have, need)


def _raise_why(web3: Web3, call: TxParams, receipt: TxReceipt) -> None:
    """Replay a failed transaction in its own block to learn its error, and raise that."""
    block = receipt["blockNumber"]
    explained(lambda: web3.eth.call(call, block_identifier=block))
    raise RevertedOtherwise(
        f"transaction {Web3.to_hex(receipt['transactionHash'])} failed in block {block}", b""
    )
