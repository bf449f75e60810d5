"""A chain that is not local, as far as its number says: Anvil in the place of Sepolia."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from web3.types import RPCEndpoint

from tests.cli.world import (
    FOREVER,
    PASSWORD,
    consent_of,
    deployer,
    hash_of,
    head_of,
    hm,
    model,
)
from twinrights.chain.node import Node
from twinrights.facade import TwinRights
from twinrights.wallets import Wallet

SEPOLIA = 11155111
TREASURY = "22" * 32


@dataclass
class Abroad:
    """The chain, with the contracts put up by a keystore's key, and a folder."""

    node: Node
    chain: TwinRights
    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """What a shell must export for these commands."""
        return {
            "TWINRIGHTS_RPC": self.node.url,
            "TWINRIGHTS_DEPLOYMENT": str(self.folder / "deployment.json"),
            "TWINRIGHTS_KEYSTORE": str(self.folder / "keys"),
            "TWINRIGHTS_PASSWORD_FILE": str(self.folder / "password"),
            "TWINRIGHTS_DEBUG": "",
        }

    @property
    def names(self) -> dict[str, str]:
        """What the names in braces stand for."""
        return {wallet.name: wallet.address for wallet in (deployer, model, hm)}

    def state(self) -> tuple[str, str]:
        """Return the head of the chain and a hash over the folder."""
        return head_of(self.chain.web3), hash_of(self.folder)


def go_abroad(node: Node, folder: Path) -> Abroad:
    """Return the chain of a node with the contracts on it, paid for by a keystore's key."""
    from twinrights.chain.connect import connect

    web3 = connect(node.url)
    treasury = Wallet.from_key(TREASURY)
    gift = [treasury.address, hex(10**20)]
    web3.manager.request_blocking(RPCEndpoint("anvil_setBalance"), gift)
    chain = TwinRights.deploy(web3, payer=treasury)
    chain.deployment.save(folder / "deployment.json")
    treasury.to_keystore(folder / "keys" / "treasury.json", PASSWORD)
    (folder / "password").write_text(f"{PASSWORD}\n")
    chain.draft(consent_of(model, salt=1, deadline=FOREVER)).save(folder / "consent.json")
    return Abroad(node, chain, folder)
