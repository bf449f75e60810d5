"""What a signed message must be before it is sent: of its kind, for this chain, truly worded."""

from __future__ import annotations

from typing import TypeVar

from web3.contract import Contract

from twinrights import memo
from twinrights.chain.contracts import Contracts
from twinrights.chain.currencies import currencies
from twinrights.errors import BadSignedFile, NotSigned, OtherContract, WrongChain
from twinrights.typed_data import Signed

__all__ = ["brought"]

Message = TypeVar("Message")


def brought(
    contracts: Contracts, signed: Signed, kind: type[Message], contract: Contract
) -> tuple[Message, bytes]:
    """Return the message and its signature. Whether it is the right signer's, the chain says.

    Raises:
        BadSignedFile: the message is of another kind.
        NotSigned: it carries no signature.
        WrongChain, OtherContract: it was signed for another chain or contract.
        MemoDiffers: its memo does not say what its fields say.
    """
    message = signed.message
    if not isinstance(message, kind):
        found, wanted = type(message).__name__, kind.__name__
        raise BadSignedFile("what was brought", f"it is a {found} and should be a {wanted}")
    if not signed.signature:
        raise NotSigned(signed.kind)
    if signed.chain_id != contracts.chain_id:
        raise WrongChain(contracts.chain_id, signed.chain_id)
    if signed.contract.lower() != str(contract.address).lower():
        raise OtherContract(signed.contract, str(contract.address))
    memo.check(signed.message, currencies=currencies(contracts.deployment))
    return message, bytes(signed.signature)
