"""The room of DigitalTwin: minting twins by consent, and the owner's acts on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from web3.types import BlockIdentifier

from twinrights.acts import brought
from twinrights.chain.contracts import Contracts
from twinrights.errors import TwinNotFound, TwinUnknown
from twinrights.terms import Authority, Consent, EpochRaise, Policy, SerialRaise
from twinrights.typed_data import Signed, digest, to_abi
from twinrights.wallets import Wallet

__all__ = ["Twin", "Twins"]


@dataclass(frozen=True, slots=True)
class Twin:
    """A twin: its id, its owner, and what a license contract must know of it."""

    id: int
    owner: str
    authority: Authority


class Twins:
    """Twins on one chain. Every act can be sent by anyone who brings the owner's signature."""

    def __init__(self, contracts: Contracts) -> None:
        self._contracts = contracts
        self._contract = contracts.twins

    def mint(self, consent: Signed, *, payer: Wallet) -> Twin:
        """Make the twin of a model's signed consent, in her wallet; return it.

        Raises:
            SignatureExpired, SignatureInvalid, TwinExists: the contract refuses it.
        """
        message, signature = brought(self._contracts, consent, Consent, self._contract)
        self._send("mint", message, signature, payer)
        return self.get(self.id_of(message))

    def set_policy(self, policy: Signed, *, payer: Wallet) -> Twin:
        """Set what the owner allows from now on; return the twin.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, LeastShareOverWhole.
        """
        message, signature = brought(self._contracts, policy, Policy, self._contract)
        self._send("setPolicy", message, signature, payer)
        return self.get(message.twin_id)

    def raise_epoch(self, act: Signed, *, payer: Wallet) -> Twin:
        """Make every older signature of the owner void; return the twin.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
        """
        message, signature = brought(self._contracts, act, EpochRaise, self._contract)
        self._send("raiseEpoch", message, signature, payer)
        return self.get(message.twin_id)

    def raise_least_serial(self, act: Signed, *, payer: Wallet) -> Twin:
        """Make every rate card below a serial void; return the twin.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, SerialNotHigher.
        """
        message, signature = brought(self._contracts, act, SerialRaise, self._contract)
        self._send("raiseLeastSerial", message, signature, payer)
        return self.get(message.twin_id)

    def id_of(self, consent: Consent) -> int:
        """Return the id that a consent gives: its EIP-712 digest."""
        address = str(self._contract.address)
        made = digest(consent, chain_id=self._contracts.chain_id, contract=address)
        return int.from_bytes(made, "big")

    def get(self, twin_id: int, *, block: BlockIdentifier = "latest") -> Twin:
        """Return a twin as of a block.

        Raises:
            TwinNotFound: no twin has this id.
        """
        try:
            found = self._contracts.ask(self._contract, "authority", twin_id, block=block)
        except TwinUnknown as error:
            raise TwinNotFound(twin_id) from error
        authority = Authority(*found)
        return Twin(twin_id, authority.owner, authority)

    def all(
        self, *, owner: str | None = None, block: BlockIdentifier = "latest"
    ) -> tuple[Twin, ...]:
        """Return all twins as of a block, in the order they were minted, of one owner if named."""
        return tuple(self.get(twin_id, block=block) for twin_id in self.ids(owner, block=block))

    def ids(
        self, owner: str | None = None, *, block: BlockIdentifier = "latest"
    ) -> tuple[int, ...]:
        """Return the ids of all twins, or of those minted for an owner, from one read of events."""
        minted = self._contracts.events(self._contract, "TwinMinted", None, owner, until=block)
        return tuple(event["args"]["twinId"] for event in minted)

    def _send(self, name: str, message: Any, signature: bytes, payer: Wallet) -> None:
        deed = self._contracts.deed(self._contract, name, to_abi(message), signature)
        self._contracts.send(deed, payer)
