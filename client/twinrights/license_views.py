"""What can be asked of TwinLicense about licenses; nothing here sends anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from web3.types import BlockIdentifier

from twinrights.asks import LicenseLike, Words, license_id_of, market_mask, seconds, use_mask
from twinrights.chain.contracts import Contracts
from twinrights.errors import LicenseNotFound
from twinrights.grants import Grant, Grants
from twinrights.terms import ZERO_ADDRESS, Entry, License, Reason

__all__ = ["LicenseViews"]


class LicenseViews:
    """Licenses on one chain, as they were granted and as they stand."""

    def __init__(self, contracts: Contracts, grants: Grants) -> None:
        self._contracts = contracts
        self._contract = contracts.licenses
        self._grants = grants

    def get(self, license_id: LicenseLike, *, block: BlockIdentifier = "latest") -> License:
        """Return what the chain keeps of a license as of a block.

        Raises:
            LicenseNotFound: no license has this id.
        """
        wanted = license_id_of(license_id)
        found = self._ask("licenseOf", wanted, block=block)
        if found[0] == ZERO_ADDRESS:
            raise LicenseNotFound(wanted)
        return License(wanted, *found)

    def terms(self, license_id: LicenseLike) -> Grant:
        """Return the terms of a license as its grant tells them, the memo by its hash only.

        Raises:
            LicenseNotFound: no license has this id.
        """
        return self._grants.anew(license_id_of(license_id))

    def all(
        self,
        *,
        twin_id: int | Sequence[int] | None = None,
        licensee: str | None = None,
        block: BlockIdentifier = "latest",
    ) -> tuple[Grant, ...]:
        """Return the grants up to a block, of twins or a licensee if named, in their order."""
        return self._grants.all(twin_id=twin_id, licensee=licensee, block=block)

    def opening(self, twin_id: int, category: int) -> tuple[Entry, ...]:
        """Return the entries of the conflict book that an exclusive buyer hands in."""
        return self._grants.opening(twin_id, category)

    def revoked(
        self, twin_ids: Sequence[int], *, block: BlockIdentifier = "latest"
    ) -> frozenset[tuple[int, bytes]]:
        """Return what the owners of these twins have withdrawn: pairs of twin and digest."""
        events = self._contracts.events(self._contract, "Revoked", twin_ids, until=block)
        return frozenset((one["args"]["twinId"], bytes(one["args"]["digest"])) for one in events)

    def is_revoked(self, twin_id: int, digest: bytes, *, block: BlockIdentifier = "latest") -> bool:
        """Return whether the owner has withdrawn the offer or card of that digest."""
        return bool(self._ask("isRevoked", twin_id, digest, block=block))

    def is_live(
        self,
        license_id: LicenseLike,
        *,
        at: datetime | int | None = None,
        block: BlockIdentifier = "latest",
    ) -> bool:
        """Return whether a license is started, not ended and paid for, now or at a later time.

        Raises:
            AtInPast: the time has passed at that block.
        """
        time = 0 if at is None else seconds(at)
        return bool(self._ask("isLive", license_id_of(license_id), time, block=block))

    def may_publish(
        self,
        license_id: LicenseLike,
        *,
        who: str,
        uses: Words,
        markets: Words,
        images: int,
        at: datetime | int | None = None,
        block: BlockIdentifier = "latest",
    ) -> Reason:
        """Return the first reason against publishing, or `Reason.NONE`; now or at a later time.

        Raises:
            AtInPast: the time has passed at that block.
        """
        values = (license_id_of(license_id), who, use_mask(uses), market_mask(markets), images)
        time = 0 if at is None else seconds(at)
        return Reason(self._ask("mayPublish", *values, time, block=block))

    def _ask(self, name: str, *values: Any, block: BlockIdentifier) -> Any:
        return self._contracts.ask(self._contract, name, *values, block=block)
