"""The room of TwinLicense where its money is: top up, pay out, withdraw."""

from __future__ import annotations

from datetime import datetime

from web3 import Web3
from web3.types import BlockIdentifier

from twinrights.asks import LicenseLike, license_id_of, seconds
from twinrights.chain.contracts import Contracts
from twinrights.errors import SendElsewhere
from twinrights.grants import Grants
from twinrights.payments import allowance_of, approvals, send_paying
from twinrights.payouts import PayOut, read_pay_out
from twinrights.wallets import Wallet

__all__ = ["Royalties"]


class Royalties:
    """The money of licenses on one chain; amounts in the smallest unit of each one's currency."""

    def __init__(self, contracts: Contracts, grants: Grants) -> None:
        self._contracts = contracts
        self._contract = contracts.licenses
        self._grants = grants

    def top_up(
        self, license_id: LicenseLike, deposited: int, *, payer: Wallet, approve: bool = True
    ) -> None:
        """Raise what has been paid into a license to `deposited` in all; a retry pays nothing.

        Anyone may; it gives no claim.

        Raises:
            LicenseNotFound: no license has this id.
            InsufficientBalance, InsufficientAllowance: nothing was sent.
            LicenseOver, DepositOutOfRange, PaymentFailed, PaymentInexact.
        """
        grant = self._grants.of(license_id_of(license_id))
        before = self._contracts.ask(self._contract, "licenseOf", grant.license_id)[4]
        deed = self._contracts.deed(
            self._contract,
            "topUp",
            grant.scope_hash,
            grant.pay_abi,
            grant.shares_hash,
            deposited,
        )
        send_paying(
            self._contracts,
            [deed],
            payer,
            amounts={grant.pay.currency: max(0, deposited - before)},
            approve=approve,
        )

    def pay_out(self, license_id: LicenseLike, *, payer: Wallet) -> PayOut:
        """Send to every wallet what a license has earned; at or after its end, settle it.

        Anyone may; it only goes to the payees. Returns what went to whom.

        Raises:
            LicenseNotFound: no license has this id.
            LicenseSettled, GasTooLow.
        """
        grant = self._grants.of(license_id_of(license_id))
        deed = self._contracts.deed(
            self._contract, "payOut", grant.scope_hash, grant.pay_abi, grant.shares_abi
        )
        return read_pay_out(self._contracts, self._contracts.send(deed, payer), grant)

    def earned(
        self,
        license_id: LicenseLike,
        *,
        at: datetime | int | None = None,
        block: BlockIdentifier = "latest",
    ) -> int:
        """Return what a license has earned by a time (the block's if not named), in all.

        Raises:
            LicenseNotFound: no license has this id.
        """
        grant = self._grants.of(license_id_of(license_id))
        time = self._contracts.web3.eth.get_block(block)["timestamp"] if at is None else seconds(at)
        values = (grant.scope_hash, grant.pay_abi, grant.shares_hash, time)
        return int(self._contracts.ask(self._contract, "earned", *values, block=block))

    def allow(self, currency: str, amount: int, *, payer: Wallet) -> None:
        """Let the license contract take up to `amount` from the payer, as a standing allowance.

        What is bought then is paid from it, without a permit each time; 0 ends it.

        Raises:
            SendElsewhere: the payer's key is not here; what it must send.
        """
        steps = approvals(
            self._contracts, currency, self.allowance(currency, payer.address), amount
        )
        if not payer.is_here:
            raise SendElsewhere(payer.address, self._contracts.chain_id, tuple(steps))
        for step in steps:
            self._contracts.send(step, payer)

    def allowance(self, currency: str, account: str) -> int:
        """Return what a wallet allows the license contract to take."""
        return allowance_of(self._contracts, Web3.to_checksum_address(account), currency)

    def payable(
        self, currency: str, account: str | int, *, block: BlockIdentifier = "latest"
    ) -> int:
        """Return what waits for a wallet's address, or for a twin's id, in a currency."""
        values = (Web3.to_checksum_address(currency), _number(account))
        return int(self._contracts.ask(self._contract, "payableTo", *values, block=block))

    def withdraw(self, currency: str, account: str | int, *, payer: Wallet) -> int:
        """Send what waits for a wallet's address, or for a twin's id; return the amount.

        Anyone may; it only goes to that wallet, a twin's to its owner.

        Raises:
            NothingPayable, WithdrawalFailed.
        """
        values = (Web3.to_checksum_address(currency), _number(account))
        deed = self._contracts.deed(self._contract, "withdraw", *values)
        receipt = self._contracts.send(deed, payer)
        (withdrawn,) = self._contracts.happened(receipt, self._contract, "Withdrawn")
        return int(withdrawn["args"]["amount"])


def _number(account: str | int) -> int:
    return account if isinstance(account, int) else int(account, 16)
