"""The room of DigitalTwin that outlives a lost key: the guardian, moves, retiring (law 2)."""

from __future__ import annotations

from typing import Any, TypeVar

from web3.types import BlockIdentifier

from twinrights.acts import brought
from twinrights.chain.contracts import Contracts
from twinrights.errors import BadSignedFile, TwinNotFound, TwinUnknown
from twinrights.terms import (
    ZERO_ADDRESS,
    GuardianChange,
    Move,
    MoveAtOnce,
    MoveDrop,
    PendingMove,
    Retirement,
)
from twinrights.typed_data import Signed, to_abi
from twinrights.wallets import Wallet

__all__ = ["Recovery"]

AnyMove = TypeVar("AnyMove", Move, MoveAtOnce)


class Recovery:
    """Guardians and moves on one chain. Anyone may send what the right people signed."""

    def __init__(self, contracts: Contracts) -> None:
        self._contracts = contracts
        self._contract = contracts.twins

    def set_guardian(self, act: Signed, *, payer: Wallet) -> None:
        """Name another guardian, or none, at once; a move that the one before proposed is dropped.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
        """
        self._act("setGuardian", act, GuardianChange, payer)

    def move(self, *, owner: Signed, guardian: Signed, acceptance: Signed, payer: Wallet) -> None:
        """Move a twin at once: the same move, signed by owner, guardian and new wallet.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
        """
        message, signatures = self._move(MoveAtOnce, owner, guardian, acceptance)
        consent = self._consent(message.twin_id)
        self._send("move", payer, to_abi(message), consent, *signatures)

    def propose_move(self, move: Signed, *, acceptance: Signed, payer: Wallet) -> PendingMove:
        """Propose a move that the owner signed, ready after 7 days; return it.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, MovePending.
        """
        message, signatures = self._move(Move, move, acceptance)
        self._send("proposeMove", payer, to_abi(message), *signatures)
        return self._proposed(message.twin_id)

    def propose_rescue(self, move: Signed, *, acceptance: Signed, payer: Wallet) -> PendingMove:
        """Propose a move that the guardian signed, ready after 14 days; return it.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, MovePending.
        """
        message, signatures = self._move(Move, move, acceptance)
        consent = self._consent(message.twin_id)
        self._send("proposeRescue", payer, to_abi(message), consent, *signatures)
        return self._proposed(message.twin_id)

    def complete_move(self, twin_id: int, *, payer: Wallet) -> None:
        """Complete the pending move of a twin, once it has waited long enough.

        Raises:
            NoMovePending, MoveNotReady.
        """
        self._send("completeMove", payer, twin_id)

    def drop_move(self, act: Signed, *, payer: Wallet) -> None:
        """Drop the pending move, by the owner's signed act.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, NoMovePending.
        """
        self._act("dropMove", act, MoveDrop, payer)

    def retire(self, act: Signed, *, payer: Wallet) -> None:
        """End new licenses of a twin for good, by the owner's signed act.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, TwinIsRetired.
        """
        self._act("retire", act, Retirement, payer)

    def guardian(self, twin_id: int, *, block: BlockIdentifier = "latest") -> str | None:
        """Return the guardian of a twin as of a block, None where it has none.

        Raises:
            TwinNotFound: no twin has this id.
        """
        consent = self._consent(twin_id)
        found = self._contracts.ask(self._contract, "guardianOf", twin_id, consent, block=block)
        return None if found == ZERO_ADDRESS else str(found)

    def pending(self, twin_id: int, *, block: BlockIdentifier = "latest") -> PendingMove | None:
        """Return the move that is pending as of a block, None where none is or the last is void."""
        found = PendingMove(*self._contracts.ask(self._contract, "moveOf", twin_id, block=block))
        return None if found.to == ZERO_ADDRESS else found

    def is_retired(self, twin_id: int, *, block: BlockIdentifier = "latest") -> bool:
        """Return whether a twin grants no new licenses any more.

        Raises:
            TwinNotFound: no twin has this id.
        """
        try:
            return bool(self._contracts.ask(self._contract, "isRetired", twin_id, block=block))
        except TwinUnknown as error:
            raise TwinNotFound(twin_id) from error

    def _move(self, kind: type[AnyMove], *copies: Signed) -> tuple[AnyMove, tuple[bytes, ...]]:
        """Return the move that all copies are of, and their signatures, in order.

        Raises BadSignedFile where they are of different moves.
        """
        pairs = [brought(self._contracts, copy, kind, self._contract) for copy in copies]
        if any(message != pairs[0][0] for message, _ in pairs):
            raise BadSignedFile("what was brought", "the copies are of different moves")
        return pairs[0][0], tuple(signature for _, signature in pairs)

    def _consent(self, twin_id: int) -> tuple[Any, ...]:
        """Return a twin's consent as the contract takes it: its event told it, its id binds it."""
        minted = self._contracts.events(self._contract, "TwinMinted", twin_id)
        if not minted:
            raise TwinNotFound(twin_id)
        return tuple(minted[0]["args"]["consent"].values())

    def _proposed(self, twin_id: int) -> PendingMove:
        return PendingMove(*self._contracts.ask(self._contract, "moveOf", twin_id))

    def _act(self, name: str, act: Signed, kind: type[Any], payer: Wallet) -> None:
        message, signature = brought(self._contracts, act, kind, self._contract)
        self._send(name, payer, to_abi(message), signature)

    def _send(self, name: str, payer: Wallet, *values: Any) -> None:
        self._contracts.send(self._contracts.deed(self._contract, name, *values), payer)
