"""The packaged contracts on a chain inside this process, to hold sums and hashes against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from web3.contract import Contract

from twinrights.chain.clock import Clock
from twinrights.chain.connect import embedded
from twinrights.chain.contracts import Contracts
from twinrights.chain.deploy import deploy
from twinrights.wallets import dev_wallet


@dataclass(frozen=True)
class Deployed:
    """The contracts, and how to reach them."""

    contracts: Contracts
    clock: Clock

    @property
    def chain_id(self) -> int:
        return self.contracts.chain_id

    @property
    def twins(self) -> Contract:
        return self.contracts.twins

    @property
    def licenses(self) -> Contract:
        return self.contracts.licenses

    @property
    def dollar(self) -> str:
        return self.contracts.deployment.currencies[0].address

    @property
    def of_twins(self) -> dict:
        """What binds a message to DigitalTwin."""
        return {"chain_id": self.chain_id, "contract": self.twins.address}

    @property
    def of_licenses(self) -> dict:
        """What binds a message to TwinLicense."""
        return {"chain_id": self.chain_id, "contract": self.licenses.address}


@cache
def deployed() -> Deployed:
    """Returns one deployment for the whole run: what is asked of it changes nothing."""
    web3 = embedded()
    return Deployed(Contracts(web3, deploy(web3, dev_wallet(0))), Clock(web3))
