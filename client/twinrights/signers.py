"""Whose signature a message needs, and whether it carries it: a key's, or a contract wallet's."""

from __future__ import annotations

from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from twinrights.chain.contracts import Contracts
from twinrights.chain.refusals import explained
from twinrights.errors import (
    BadValue,
    NotFound,
    NotSigned,
    Refused,
    SignatureInvalid,
    SignedAhead,
    SignerDiffers,
)
from twinrights.license_views import LicenseViews
from twinrights.recovery import Recovery
from twinrights.terms import (
    Consent,
    Decline,
    LapseEnd,
    Move,
    MoveAtOnce,
    Notice,
    RateCard,
    Revocation,
    Terms,
)
from twinrights.twins import Twins
from twinrights.typed_data import Message, Signed, recover

__all__ = ["Signers"]

IS_VALID = keccak(text="isValidSignature(bytes32,bytes)")[:4]
"""The selector by which a contract is asked, and the beginning of its yes (ERC-1271)."""

NONCES = 65_536
"""Nonces of one epoch: the next begins at the next multiple."""


class Signers:
    """The accounts that sign, on one chain: the one place that knows them."""

    def __init__(
        self, contracts: Contracts, twins: Twins, recovery: Recovery, licenses: LicenseViews
    ) -> None:
        self._web3 = contracts.web3
        self._twins = twins
        self._recovery = recovery
        self._licenses = licenses

    def of(self, message: Message) -> tuple[str, ...]:
        """Return the accounts that may sign a message: the twin's owner, or who will be.

        A move has up to three signers, each of a copy: owner, guardian, new wallet.

        Raises:
            TwinNotFound, LicenseNotFound: what the message is about is not there.
        """
        if isinstance(message, Consent):
            return (to_checksum_address(message.owner),)
        owner = self._twins.get(self.twin_of(message)).owner
        if not isinstance(message, (Move, MoveAtOnce)):
            return (owner,)
        guardian = self._recovery.guardian(message.twin_id)
        return (owner, *([guardian] if guardian else []), to_checksum_address(message.to))

    def twin_of(self, message: Message) -> int:
        """Return the id of the twin that a message is about; of a consent, that it would make.

        Raises:
            LicenseNotFound: no license has the message's id.
        """
        if isinstance(message, Consent):
            return self._twins.id_of(message)
        if isinstance(message, Terms):
            return message.pay.twin_id
        if isinstance(message, (Notice, LapseEnd, Decline)):
            return self._licenses.terms(message.license_id).twin_id
        return message.twin_id

    def check(self, signed: Signed) -> str:
        """Return the account whose signature a message carries, if it is one that may sign it.

        A key's signature is recovered; else each account that is a contract is asked, as the
        contracts do it (`SignedBy.sol`).

        Raises:
            NotSigned: there is no signature.
            SignerDiffers, BadValue: it is another account's, or nobody's.
            SignatureInvalid: the contract wallet that should have signed does not accept it.
        """
        if not signed.signature:
            raise NotSigned(signed.kind)
        accounts = self.of(signed.message)
        try:
            signer, problem = recover(signed), None
        except BadValue as error:
            signer, problem = "", error
        if signer in accounts:
            return signer
        contracts = [account for account in accounts if self.is_contract(account)]
        for account in contracts:
            if self._accepts(account, signed):
                return account
        if contracts:
            raise SignatureInvalid(contracts[0])
        if problem is not None:
            raise problem
        raise SignerDiffers(signer, " or ".join(accounts))

    def require_not_ahead(self, message: Message) -> None:
        """Do nothing unless a message is for an epoch of its twin that is still to come (law 3).

        What others refuse passes: a message of an older epoch, or about what is not there.

        Raises:
            SignedAhead: it carries a later epoch, or a nonce of one.
        """
        if isinstance(message, (Consent, Revocation)):
            return
        try:
            now = self._twins.get(self.twin_of(message)).authority
        except NotFound:
            return
        if isinstance(message, Terms):
            given = message.scope.epoch
        elif isinstance(message, RateCard):
            given = message.epoch
        else:
            given = now.epoch + message.nonce // NONCES - now.nonce // NONCES
        if given > now.epoch:
            raise SignedAhead(given, now.epoch)

    def is_contract(self, account: str) -> bool:
        """Return whether an account has code."""
        return bool(self._web3.eth.get_code(to_checksum_address(account)))

    def _accepts(self, account: str, signed: Signed) -> bool:
        asked = IS_VALID + encode(["bytes32", "bytes"], [signed.digest, signed.signature])
        try:
            said = explained(
                lambda: self._web3.eth.call({"to": to_checksum_address(account), "data": asked})
            )
        except Refused:
            return False
        return bytes(said[:32]) == IS_VALID.ljust(32, b"\0")
