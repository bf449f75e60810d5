"""What an audit says, whole: what it read and found, the money of each currency, the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from twinrights import words
from twinrights.audit.compare import WITHOUT_MONEY
from twinrights.audit.findings import Coins, Finding, Severity, utc
from twinrights.audit.history import batch_json, select
from twinrights.audit.ledger import Ledger
from twinrights.audit.rebuild import NOT_JUDGED
from twinrights.audit.state import Flagged, License, Twin, UsageBatch, Vouch
from twinrights.audit.totals import Totals
from twinrights.audit.world import World

__all__ = ["Report"]

NO_WITNESS = (
    "There is no independent witness of time: whoever runs a private chain can make it anew with "
    "any clock."
)

UNSHOWN = MappingProxyType(
    {
        "storage": "This node does not show what {contracts} stored: only views were compared.",
        "proofs": "This node proves nothing of the state of {contracts}: its answers were compared "
        "as it tells them.",
        "storage roots": "This node cannot show that {contracts} stored nothing beside what events "
        "explain.",
    }
)
"""What is said where a check of `compared` could not be done, by the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one audit, of all blocks up to `block`.

    `findings` are differences and broken laws; `remarks` are facts that break none, such as tokens
    that somebody sent without a deed. `compared` names what the events were held against: "views",
    "storage" (each word that they explain), "proofs" (that this is the state of the head's header),
    "storage roots" (that there is no other word), each only if it was done for both contracts;
    `unshown` names the contracts where it was not. `held` counts the files of a store (agreements,
    manifests) that were held to the chain, `unread` says what no store showed. `reconciled` says
    that the money agrees to the last unit, and that nothing was found by which it could be paid out
    wrongly. `ledger` has the accounts of everybody, second by second. `vouches` are the words that
    stand at `time`.
    """

    chain_id: int
    block: int
    time: int
    contracts: dict[str, str]
    events: int
    twins: tuple[Twin, ...] = field(repr=False)
    licenses: tuple[License, ...] = field(repr=False)
    usage: tuple[UsageBatch, ...] = field(repr=False)
    vouches: tuple[Vouch, ...] = field(repr=False)
    flags: tuple[Flagged, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    compared: tuple[str, ...]
    unshown: Mapping[str, tuple[str, ...]]
    held: int
    unread: tuple[str, ...]
    totals: tuple[Totals, ...]
    reconciled: bool
    coins: Coins = field(repr=False)
    ledger: Ledger = field(repr=False)

    @classmethod
    def of(cls, found: Iterable[Finding], *, world: World, **facts: Any) -> Report:
        """Return the report of what was found; notes become remarks."""
        everything = tuple(found)
        findings = tuple(each for each in everything if each.severity is not Severity.NOTE)
        return cls(
            twins=tuple(world.twins.values()),
            licenses=tuple(world.licenses.values()),
            usage=tuple(world.usage),
            vouches=tuple(v for v in world.vouches.values() if v.until > facts["time"]),
            flags=tuple(world.flags),
            findings=findings,
            remarks=tuple(each for each in everything if each.severity is Severity.NOTE),
            reconciled=not any(
                each.severity is Severity.ERROR and each.code not in WITHOUT_MONEY
                for each in findings
            ),
            **facts,
        )

    @property
    def ok(self) -> bool:
        """Return whether nothing was found."""
        return not self.findings

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Return what an audit of events cannot say, one sentence each."""
        unshown = (
            UNSHOWN[check].format(contracts=" and ".join(names))
            for check, names in self.unshown.items()
        )
        return (*NOT_JUDGED, *unshown, *self.unread, NO_WITNESS)

    def history(
        self,
        *,
        twin_id: int | None = None,
        licensee: str | None = None,
        license_id: int | None = None,
    ) -> tuple[UsageBatch, ...]:
        """Return the usage of a twin, of a licensee and of a license, as far as named, in order."""
        return select(self.usage, twin_id=twin_id, licensee=licensee, license_id=license_id)

    def vouches_for(self, wallet: str) -> tuple[Vouch, ...]:
        """Return the words of others about a wallet; nobody is vouched for by itself."""
        return tuple(each for each in self.vouches if each.subject == wallet != each.voucher)

    def to_json(self) -> dict[str, Any]:
        """Return the report for machines, without the history; amounts as text, in units."""
        return {
            "chain_id": self.chain_id,
            "block": self.block,
            "time": utc(self.time),
            "contracts": self.contracts,
            "events": self.events,
            "twins": len(self.twins),
            "licenses": len(self.licenses),
            "usage_batches": len(self.usage),
            "images": sum(batch.images for batch in self.usage if not batch.kind),
            "compared": list(self.compared),
            "files_held": self.held,
            "reconciled": self.reconciled,
            "ok": self.ok,
            "totals": [self._totals(each) for each in self.totals],
            "findings": [finding.to_json() for finding in self.findings],
            "remarks": [finding.to_json() for finding in self.remarks],
            "vouches": [_vouch(each) for each in self.vouches],
            "flags": [_flag(each) for each in self.flags],
            "not_judged": list(self.not_judged),
        }

    def history_json(self, **names: Any) -> list[dict[str, Any]]:
        """Return the batches of `history` for machines."""
        return [batch_json(batch) for batch in self.history(**names)]

    def _totals(self, each: Totals) -> dict[str, Any]:
        return {
            "currency": each.currency,
            "symbol": self.coins.symbol(each.currency),
            "decimals": self.coins.decimals(each.currency),
            "deposited": str(each.deposited),
            "collected": str(each.collected),
            "refunded": str(each.refunded),
            "payable": str(each.payable),
            "earned_uncollected": str(each.earned_uncollected),
            "unearned": str(each.unearned),
            "paid": {words.role_name(role): str(amount) for role, amount in each.paid.items()},
            "balance": None if each.balance is None else str(each.balance),
        }


def _vouch(each: Vouch) -> dict[str, Any]:
    return {
        "wallet": each.subject,
        "voucher": each.voucher,
        "until": utc(each.until),
        "commitment": f"0x{each.commitment.hex()}",
        "time": utc(each.time),
    }


def _flag(each: Flagged) -> dict[str, Any]:
    return {
        "twin": f"0x{each.twin_id:064x}",
        "license": f"0x{each.license_id:064x}" if each.license_id else None,
        "image": f"0x{each.image_hash.hex()}",
        "time": utc(each.time),
    }
