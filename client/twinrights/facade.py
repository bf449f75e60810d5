"""One object from which everything is reached: a chain, its contracts, and their deeds."""

from __future__ import annotations

from pathlib import Path

from web3 import Web3

from twinrights.chain.clock import Clock
from twinrights.chain.connect import connect, embedded
from twinrights.chain.contracts import Contracts
from twinrights.chain.currencies import currencies, currency
from twinrights.chain.deploy import deploy
from twinrights.chain.deployment import Deployment, check_code
from twinrights.grants import Grants
from twinrights.licenses import Licenses
from twinrights.memo import render
from twinrights.money import Currency
from twinrights.recovery import Recovery
from twinrights.royalties import Royalties
from twinrights.signers import Signers
from twinrights.trust import Trust
from twinrights.twins import Twins
from twinrights.typed_data import Message, Signed, is_of_twin, with_memo
from twinrights.usage import Usage
from twinrights.wallets import Wallet, dev_wallet

__all__ = ["TwinRights"]


class TwinRights:
    """The contracts of one deployment on one chain, by the rooms they have.

    `twins`, `recovery`, `licenses`, `royalties`, `usage` and `trust` are those rooms; `signers`
    says who must have signed; `clock` reads the chain's time and moves it where that is allowed;
    `web3` and `deployment` are underneath.
    """

    def __init__(self, web3: Web3, deployment: Deployment) -> None:
        """Check that the node is of the deployment's chain and holds this package's code there.

        Raises:
            WrongChain, NoContract, OtherCode: it is not, or does not.
        """
        check_code(web3, deployment)
        contracts = Contracts(web3, deployment)
        grants = Grants(contracts)
        self.web3 = web3
        self.deployment = deployment
        self.clock = Clock(web3)
        self.twins = Twins(contracts)
        self.recovery = Recovery(contracts)
        self.licenses = Licenses(contracts, grants)
        self.royalties = Royalties(contracts, grants)
        self.usage = Usage(contracts, grants)
        self.trust = Trust(contracts, grants)
        self.signers = Signers(contracts, self.twins, self.recovery, self.licenses)
        self._contracts = contracts

    @classmethod
    def embedded(cls) -> TwinRights:
        """Return a fresh chain inside this process with the contracts on it.

        Raises:
            ExtraMissing: the extra `embedded` is not installed.
        """
        return cls.deploy(embedded(), payer=dev_wallet(0))

    @classmethod
    def connect(cls, rpc_url: str, *, deployment: Deployment | Path | str) -> TwinRights:
        """Return the contracts of a deployment (or of its file), reached through a node.

        Raises:
            NodeUnreachable: nobody answers there.
            FileMissing, BadFile: the deployment file cannot be had.
            WrongChain, NoContract, OtherCode: the node does not hold that deployment.
        """
        known = deployment if isinstance(deployment, Deployment) else Deployment.load(deployment)
        return cls(connect(rpc_url), known)

    @classmethod
    def deploy(cls, chain: Web3 | str, *, payer: Wallet) -> TwinRights:
        """Put the contracts up on a chain (or the node at that address) and return them.

        A local chain gets a test stablecoin, too.

        Raises:
            NodeUnreachable: nobody answers there.
            KeyTrouble, InsufficientGasMoney: the payer cannot pay there.
        """
        web3 = connect(chain) if isinstance(chain, str) else chain
        return cls(web3, deploy(web3, payer))

    @property
    def chain_id(self) -> int:
        """The number of the chain (EIP-155)."""
        return self.deployment.chain_id

    @property
    def currencies(self) -> tuple[Currency, ...]:
        """The currencies that are known here: the deployment's own, and our list for the chain."""
        return currencies(self.deployment)

    def currency(self, name: str) -> Currency:
        """Return the currency of that symbol or address.

        Raises:
            UnknownCurrency: it is not known here.
        """
        return currency(self.deployment, name)

    def balance(self, currency: str | Currency, account: str) -> int:
        """Return how much a wallet holds, in the smallest unit."""
        known = currency if isinstance(currency, Currency) else self.currency(currency)
        token = self._contracts.currency(known.address)
        return int(self._contracts.ask(token, "balanceOf", Web3.to_checksum_address(account)))

    def fund(self, account: str, amount: int, *, payer: Wallet, currency: str = "TUSD") -> None:
        """Give a wallet test money, in the smallest unit: the local stablecoin, from nothing.

        Raises:
            UnknownCurrency: this deployment has no test stablecoin.
        """
        token = self._contracts.currency(self.currency(currency).address)
        deed = self._contracts.deed(token, "mint", Web3.to_checksum_address(account), amount)
        self._contracts.send(deed, payer)

    def draft(self, message: Message) -> Signed:
        """Return a message for its contract here, opened by its memo and not signed yet."""
        contract = self.deployment.twins if is_of_twin(message) else self.deployment.licenses
        memo = render(message, currencies=self.currencies)
        return Signed(with_memo(message, memo), b"", self.chain_id, contract)

    def sign(self, message: Message, *, signer: Wallet) -> Signed:
        """Return a message for its contract here, opened by its memo and signed.

        Raises:
            DevelopmentKeyRefused: a development wallet on a chain that is not local.
        """
        drafted = self.draft(message)
        return signer.sign(
            drafted.message,
            chain_id=drafted.chain_id,
            contract=drafted.contract,
            currencies=self.currencies,
        )

    def now(self) -> int:
        """Return the time of the newest block, in UNIX seconds."""
        return self.clock.now()
