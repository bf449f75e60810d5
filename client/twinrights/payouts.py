"""What one deed paid to whom, read from the events of its receipt."""

from __future__ import annotations

from dataclasses import dataclass

from web3.types import TxReceipt

from twinrights.chain.contracts import Contracts
from twinrights.grants import Grant
from twinrights.money import split_between

__all__ = ["Part", "PayOut", "read_pay_out"]

COLLECTED = 5
"""The place of `collected` in what `licenseOf` answers."""

OWNER = 0
"""The owner's number in the list of roles."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one payee got.

    `role` is its number, 0 for the owner; `is_deferred` says that its wallet did not take the
    transfer, so that the amount waits for it.
    """

    payee: str
    role: int
    amount: int
    is_deferred: bool


@dataclass(frozen=True, slots=True)
class PayOut:
    """What one deed paid out of a license, in the smallest unit of its currency."""

    license_id: int
    currency: str
    parts: tuple[Part, ...]
    refund: int
    is_refund_deferred: bool
    is_settled: bool
    transaction: str

    @property
    def total(self) -> int:
        """What went to payees and owner, the refund not counted."""
        return sum(part.amount for part in self.parts)


def read_pay_out(contracts: Contracts, receipt: TxReceipt, grant: Grant) -> PayOut:
    """Return what a mined pay-out, surrender or decline of a license paid to whom."""
    licenses = contracts.licenses
    settled = [
        event["args"]
        for event in contracts.happened(receipt, licenses, "Settled")
        if event["args"]["licenseId"] == grant.license_id
    ]
    deferred = {
        event["args"]["account"]
        for event in contracts.happened(receipt, licenses, "Deferred")
        if event["args"]["currency"] == grant.pay.currency
    }
    refund = settled[0]["refunded"] if settled else 0
    return PayOut(
        license_id=grant.license_id,
        currency=grant.pay.currency,
        parts=_parts(contracts, receipt, grant, deferred),
        refund=refund,
        is_refund_deferred=refund > 0 and int(grant.licensee, 16) in deferred,
        is_settled=bool(settled),
        transaction=receipt["transactionHash"].to_0x_hex(),
    )


def _parts(
    contracts: Contracts, receipt: TxReceipt, grant: Grant, deferred: set[int]
) -> tuple[Part, ...]:
    before, after = _collected(contracts, receipt, grant)
    if after == before:
        return ()
    amounts = split_between(before, after, grant.shares)
    owner = contracts.ask(contracts.twins, "payeeOf", grant.twin_id, block=receipt["blockNumber"])
    payees = [
        *((share.payee, share.role, int(share.payee, 16)) for share in grant.shares),
        (owner, OWNER, grant.twin_id),
    ]
    return tuple(
        Part(payee, role, amount, account in deferred)
        for (payee, role, account), amount in zip(payees, amounts, strict=True)
        if amount
    )


def _collected(contracts: Contracts, receipt: TxReceipt, grant: Grant) -> tuple[int, int]:
    """Return what had been collected in all before this deed, and after it.

    Only the deed's own block is searched: looking through all of history takes seconds.
    """
    licenses, license_id, block = contracts.licenses, grant.license_id, receipt["blockNumber"]
    events = contracts.events(licenses, "PaidOut", license_id, since=block, until=block)
    totals = [event["args"]["collected"] for event in events]
    places = [
        place
        for place, event in enumerate(events)
        if event["transactionHash"] == receipt["transactionHash"]
    ]
    if not places:
        # Everything that was earned had been collected already.
        return (0, 0)
    if first := places[0]:
        return (totals[first - 1], totals[places[-1]])
    before = contracts.ask(licenses, "licenseOf", license_id, block=block - 1)[COLLECTED]
    return (int(before), totals[places[-1]])
