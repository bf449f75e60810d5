"""What the chain says at the end: counted from events, licenses and wallets, not from the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eth_utils.address import to_checksum_address

from twinrights.demo.stage import Stage
from twinrights.grants import Grant
from twinrights.terms import License

__all__ = ["ROLES", "Tally", "count"]

ROLES = (
    "owner",
    "agency_commission",
    "agency_service_fee",
    "photographer",
    "stylist",
    "hair",
    "make_up",
)
"""Everybody who may be paid, the owner first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The end of the demo in figures; amounts in the smallest unit of its currency."""

    twins: int
    grants: tuple[Grant, ...]
    licenses: Mapping[int, License]
    images: int
    """Different images: a picture that stands under three licenses is one."""
    usage_batches: int
    streamed: int
    """What the licenses have paid out, by their own books."""
    paid_out: Mapping[str, int]
    """What has arrived, by role: the balances of all wallets that are paid in it."""
    deferred: int
    """What waits because a wallet did not take it."""


def count(stage: Stage) -> Tally:
    """Return the figures of the chain as it is now.

    Raises:
        RuntimeError: what was streamed is not what has arrived, or a model holds coin.
    """
    chain = stage.chain
    grants = chain.licenses.all()
    licenses = {grant.license_id: chain.licenses.get(grant.license_id) for grant in grants}
    batches = chain.usage.history()
    images = {entry.batch.root: entry.batch.images for entry in batches}
    tally = Tally(
        twins=len(chain.twins.all()),
        grants=grants,
        licenses=licenses,
        images=sum(images.values()),
        usage_batches=len(batches),
        streamed=sum(license.collected for license in licenses.values()),
        paid_out=arrived(stage),
        deferred=waiting(stage, grants),
    )
    if tally.streamed != sum(tally.paid_out.values()) + tally.deferred:
        raise RuntimeError("what was streamed is not what has arrived")
    if rich := [name for name, one in stage.cast.models.items() if coin(stage, one.address)]:
        raise RuntimeError(f"models need no coin, yet {', '.join(rich)} has some")
    return tally


def coin(stage: Stage, account: str) -> int:
    """Return what an account has of the chain's own coin, in wei."""
    return int(stage.chain.web3.eth.get_balance(to_checksum_address(account)))


def arrived(stage: Stage) -> dict[str, int]:
    """Return what the wallets of each role hold; each was new when the demo began."""
    held = dict.fromkeys(ROLES, 0)
    if stage.plan.is_free:
        return held
    phones = [stage.rescue.phone] if stage.rescue else []
    for wallet in (*stage.cast.models.values(), *phones):
        held["owner"] += stage.chain.balance(stage.currency, wallet.address)
    for (_, role), address in stage.cast.payees.items():
        held[role] += stage.chain.balance(stage.currency, address)
    return held


def waiting(stage: Stage, grants: tuple[Grant, ...]) -> int:
    """Return what is payable to anybody who could be paid by these licenses."""
    accounts: set[str | int] = {grant.twin_id for grant in grants}
    accounts |= {share.payee for grant in grants for share in grant.shares}
    return sum(stage.chain.royalties.payable(stage.currency.address, one) for one in accounts)
