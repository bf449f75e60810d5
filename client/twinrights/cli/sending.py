"""What becomes of a message: drafted, signed and sent in one go, or step by step through files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from twinrights.cli import look, papers, show, told
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session
from twinrights.errors import BadValue
from twinrights.facade import TwinRights
from twinrights.terms import (
    Consent,
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Policy,
    Retirement,
    Revocation,
    SerialRaise,
    Terms,
)
from twinrights.typed_data import Message, Signed
from twinrights.wallets import Wallet

__all__ = ["act", "sent"]

Deed = Callable[..., Any]


def act(
    session: Session,
    message: Message,
    *,
    sign_as: str | None,
    out: Path | None,
    sender: str | None = None,
) -> Answer:
    """Draft a message, sign it where `sign_as` names a wallet, send it where `sender` does."""
    if sender and not sign_as:
        raise BadValue("--as", "nobody has signed: add --sign-as, or `sign send` a signed file")
    paper = session.chain.draft(message)
    if sign_as:
        paper = papers.signed_by(session, paper, sign_as)
    if sender:
        return sent(session, paper, session.wallet(sender))
    return papers.written(session, paper, out)


def sent(
    session: Session,
    paper: Signed,
    wallet: Wallet,
    *,
    deposit: str | None = None,
    approve: bool = True,
) -> Answer:
    """Send a signed message from a wallet, which pays the gas; answer with what it changed."""
    message, chain = paper.message, session.chain
    with session.working(f"sending the {paper.kind}"):
        if isinstance(message, Terms):
            money = chain.currency(message.pay.currency)
            units = None if deposit is None else money.parse(deposit)
            with look.amounts_in(money):
                license = chain.licenses.accept(paper, payer=wallet, deposit=units, approve=approve)
            return Answer(look.license_value(session, license))
        if isinstance(message, Revocation):
            chain.licenses.revoke(paper, payer=wallet)
            return Answer({"revoked": show.digest(message.digest)})
        if isinstance(message, (Notice, LapseEnd, Decline)):
            license = _ending(chain, message)(paper, payer=wallet)
            return Answer(look.license_value(session, license))
        if isinstance(message, (Consent, Policy, EpochRaise, SerialRaise)):
            return Answer(told.twin_value(_of_twin(chain, message)(paper, payer=wallet)))
        if isinstance(message, (GuardianChange, MoveDrop, Retirement)):
            _of_recovery(chain, message)(paper, payer=wallet)
            return Answer(told.recovery_value(chain, message.twin_id))
        if isinstance(message, Flag):
            chain.trust.flag(paper, payer=wallet)
            return Answer({"flagged": show.digest(message.image_hash)})
    if isinstance(message, (Move, MoveAtOnce)):
        raise BadValue("FILE", "a move needs the copies of all who signed it: use `twin send-move`")
    raise BadValue("FILE", "a rate card is not sent but booked from: use `ratecard book`")


def _ending(chain: TwinRights, message: Notice | LapseEnd | Decline) -> Deed:
    if isinstance(message, Notice):
        return chain.licenses.give_notice
    if isinstance(message, LapseEnd):
        return chain.licenses.end_lapsed
    return chain.licenses.decline


def _of_recovery(chain: TwinRights, message: GuardianChange | MoveDrop | Retirement) -> Deed:
    if isinstance(message, GuardianChange):
        return chain.recovery.set_guardian
    if isinstance(message, MoveDrop):
        return chain.recovery.drop_move
    return chain.recovery.retire


def _of_twin(chain: TwinRights, message: Consent | Policy | EpochRaise | SerialRaise) -> Deed:
    if isinstance(message, Consent):
        return chain.twins.mint
    if isinstance(message, Policy):
        return chain.twins.set_policy
    if isinstance(message, EpochRaise):
        return chain.twins.raise_epoch
    return chain.twins.raise_least_serial
