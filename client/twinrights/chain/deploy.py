"""Putting the contracts up on a chain."""

from __future__ import annotations

from typing import Any

from web3 import Web3

from twinrights.artifacts import load
from twinrights.chain.deployment import Deployment
from twinrights.chain.send import Deed, send
from twinrights.money import Currency
from twinrights.wallets import LOCAL_CHAINS, Wallet

__all__ = ["deploy"]

TEST_DOLLAR = ("TUSD", 6)
"""Symbol and decimals of the stablecoin that local chains get, worth nothing."""


def deploy(web3: Web3, wallet: Wallet) -> Deployment:
    """Return the new deployment; on a local chain with a test stablecoin of its own.

    Raises:
        Refused, KeyTrouble, InsufficientGasMoney: as for any transaction.
    """
    block = web3.eth.block_number
    metadata = _put_up(web3, "TokenMetadata", wallet)
    twins = _put_up(web3, "DigitalTwin", wallet, metadata)
    licenses = _put_up(web3, "TwinLicense", wallet, twins, metadata)
    chain_id = web3.eth.chain_id
    return Deployment(
        chain_id=chain_id,
        twins=twins,
        licenses=licenses,
        metadata=metadata,
        block=block + 1,
        currencies=(_test_dollar(web3, wallet),) if chain_id in LOCAL_CHAINS else (),
    )


def _test_dollar(web3: Web3, wallet: Wallet) -> Currency:
    symbol, decimals = TEST_DOLLAR
    address = _put_up(web3, "TestDollar", wallet, decimals)
    return Currency(symbol=symbol, decimals=decimals, address=address)


def _put_up(web3: Web3, name: str, wallet: Wallet, *values: Any) -> str:
    artifact = load(name)
    contract = web3.eth.contract(abi=list(artifact.abi), bytecode=artifact.bytecode)
    data = contract.constructor(*values).data_in_transaction
    receipt = send(web3, Deed(None, bytes.fromhex(str(data)[2:])), wallet)
    return str(receipt["contractAddress"])
