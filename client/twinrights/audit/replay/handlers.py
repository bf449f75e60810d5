"""Which replay belongs to which event."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from twinrights.audit.events import LICENSES, TWINS
from twinrights.audit.replay import endings, grants, money, recovery, trust, twins, usage
from twinrights.audit.replay.judge import Handler

__all__ = ["HANDLERS"]

HANDLERS: Mapping[tuple[str, str], Handler] = MappingProxyType(
    {
        (TWINS, "Transfer"): twins.token_moved,
        (TWINS, "TwinMinted"): twins.minted,
        (TWINS, "Locked"): twins.locked,
        (TWINS, "PolicySet"): twins.policy_set,
        (TWINS, "EpochRaised"): twins.epoch_raised,
        (TWINS, "LeastSerialRaised"): twins.least_serial_raised,
        (TWINS, "GuardianSet"): recovery.guardian_set,
        (TWINS, "MoveProposed"): recovery.move_proposed,
        (TWINS, "MoveDropped"): recovery.move_dropped,
        (TWINS, "TwinMoved"): recovery.moved,
        (TWINS, "TwinRetired"): recovery.retired,
        (TWINS, "Flagged"): trust.flagged,
        (TWINS, "Vouched"): trust.vouched,
        (TWINS, "VouchWithdrawn"): trust.vouch_withdrawn,
        (LICENSES, "Transfer"): twins.token_moved,
        (LICENSES, "MarketSetNumbered"): grants.market_set_numbered,
        (LICENSES, "LicenseGranted"): grants.granted,
        (LICENSES, "ToppedUp"): money.topped_up,
        (LICENSES, "PaidOut"): money.paid_out,
        (LICENSES, "Settled"): money.settled,
        (LICENSES, "Deferred"): money.deferred,
        (LICENSES, "Withdrawn"): money.withdrawn,
        (LICENSES, "Revoked"): endings.revoked,
        (LICENSES, "NoticeGiven"): endings.notice_given,
        (LICENSES, "LapseEnded"): endings.lapse_ended,
        (LICENSES, "Declined"): endings.declined,
        (LICENSES, "Surrendered"): endings.surrendered,
        (LICENSES, "UsageRecorded"): usage.recorded,
        (LICENSES, "ReporterSet"): usage.reporter_set,
    }
)
"""Every event of the packaged ABI, by contract and name; a test holds that none is missing."""
