"""What stands against a signed file now: what the chain would refuse it for, and more."""

from __future__ import annotations

from collections.abc import Iterator

from twinrights import memo
from twinrights.cli import papers
from twinrights.cli.session import Session
from twinrights.errors import (
    CategoryOffLimits,
    EpochWrong,
    LicenseExists,
    LicenseNotFound,
    NonceWrong,
    OwnerShareTooLow,
    SerialTooLow,
    SignatureExpired,
    SignatureRevoked,
    TermsExpired,
    TwinExists,
    TwinNotFound,
    TwinRightsError,
    UsesOffLimits,
)
from twinrights.terms import WHOLE_BPS, Authority, Consent, RateCard, Terms
from twinrights.typed_data import Signed

__all__ = ["against"]


def against(session: Session, paper: Signed) -> list[TwinRightsError]:
    """Return what stands against a file: of its memo, signature, time, twin and policy."""
    return list(_found(session, paper))


def _found(session: Session, paper: Signed) -> Iterator[TwinRightsError]:
    chain, message = session.chain, paper.message
    try:
        papers.require_here(session, paper)
    except TwinRightsError as problem:
        yield problem
        return
    try:
        memo.check(message, currencies=chain.currencies)
        chain.signers.check(paper)
    except TwinRightsError as problem:
        yield problem
    yield from _of_time(session, paper)
    yield from _of_twin(session, paper)


def _of_time(session: Session, paper: Signed) -> Iterator[TwinRightsError]:
    now, message = session.chain.now(), paper.message
    if isinstance(message, (Terms, RateCard)):
        last = message.scope.valid_until if isinstance(message, Terms) else message.valid_until
        if now >= last:
            yield TermsExpired(last)
    elif now >= message.deadline:
        yield SignatureExpired(message.deadline)


def _of_twin(session: Session, paper: Signed) -> Iterator[TwinRightsError]:
    chain, message = session.chain, paper.message
    try:
        twin = chain.twins.get(chain.signers.twin_of(message))
    except TwinNotFound as problem:
        if not isinstance(message, Consent):
            yield problem
        return
    if isinstance(message, Consent):
        yield TwinExists(twin.id)
    elif isinstance(message, (Terms, RateCard)):
        epoch = message.scope.epoch if isinstance(message, Terms) else message.epoch
        if epoch != twin.authority.epoch:
            yield EpochWrong(epoch, twin.authority.epoch)
        if chain.licenses.is_revoked(twin.id, paper.digest):
            yield SignatureRevoked(paper.digest)
        if isinstance(message, RateCard) and message.serial < twin.authority.least_serial:
            yield SerialTooLow(message.serial, twin.authority.least_serial)
        yield from _of_policy(message, twin.authority)
        yield from _of_use(session, paper)
    elif hasattr(message, "nonce") and message.nonce != twin.authority.nonce:
        yield NonceWrong(message.nonce, twin.authority.nonce)


def _of_policy(message: Terms | RateCard, policy: Authority) -> Iterator[TwinRightsError]:
    if isinstance(message, Terms):
        uses, category = message.scope.uses, message.scope.category
    else:
        uses, category = sum({1 << rate.use for rate in message.uses}), message.category
    if off_limits := uses & ~policy.uses:
        yield UsesOffLimits(off_limits)
    if not policy.categories >> category & 1:
        yield CategoryOffLimits(category)
    left = WHOLE_BPS - sum(share.bps for share in message.shares)
    if left < policy.least_owner_bps:
        yield OwnerShareTooLow(left, policy.least_owner_bps)


def _of_use(session: Session, paper: Signed) -> Iterator[TwinRightsError]:
    if isinstance(paper.message, Terms):
        license_id = int.from_bytes(paper.digest, "big")
        try:
            session.chain.licenses.get(license_id)
        except LicenseNotFound:
            return
        yield LicenseExists(license_id)
