"""`brownie run deploy --network anvil` (or ganache-cli): puts the contracts up, as the client does.

Prints where they are and writes `build/deployment-<chain id>.json`, which the client connects by.
On a chain that is not local name a keystore: `brownie run deploy main KEYSTORE --network sepolia`.
"""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path

from brownie import accounts, network

from twinrights.facade import TwinRights
from twinrights.wallets import LOCAL_CHAINS, Wallet, dev_wallet

ROOT = Path(__file__).resolve().parent.parent


def main(keystore: str = "") -> None:
    """Deploy to the network that Brownie is connected to."""
    chain_id = int(network.web3.eth.chain_id)
    if keystore:
        payer = Wallet.from_keystore(keystore, getpass.getpass(f"Password of {keystore}: "))
    else:
        payer = dev_wallet(0)
        if chain_id in LOCAL_CHAINS:
            _fund(payer)
    chain = TwinRights.deploy(str(network.web3.provider.endpoint_uri), payer=payer)
    file = chain.deployment.save(ROOT / "build" / f"deployment-{chain_id}.json")
    print(json.dumps(asdict(chain.deployment), indent=2))
    print(f"written to {file.relative_to(ROOT)}")


def _fund(payer: Wallet) -> None:
    """Give the development account coin from Brownie's own, where its node has another mnemonic."""
    if network.web3.eth.get_balance(payer.address) == 0:
        accounts[0].transfer(payer.address, "10 ether", silent=True)
