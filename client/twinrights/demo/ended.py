"""How the story ended: stage, figures and audit together, and the one object that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twinrights.audit.findings import Finding
from twinrights.demo.scenes.audit import Audited
from twinrights.demo.stage import Stage
from twinrights.demo.tally import Tally

__all__ = ["Ended"]


@dataclass(frozen=True, slots=True)
class Ended:
    """Everything that is told at the end."""

    stage: Stage
    tally: Tally
    audited: Audited
    lie: Finding | None
    commands: list[str]
    seconds: float

    @property
    def value(self) -> dict[str, Any]:
        """The figures for machines; amounts in the smallest unit of the currency."""
        tally, report = self.tally, self.audited.report
        licensees = {grant.licensee for grant in tally.grants}
        return {
            "chain": self.stage.chain_name,
            "twins": tally.twins,
            "licensees": [
                slug
                for slug, wallet in self.stage.cast.brands.items()
                if wallet.address in licensees
            ],
            "licenses": len(tally.licenses),
            "images": tally.images,
            "usage_batches": tally.usage_batches,
            "streamed": tally.streamed,
            "paid_out": dict(tally.paid_out),
            "refused": [refusal.name for refusal in self.stage.refusals],
            "audit": {
                "findings": len(report.findings),
                "reconciled": self.audited.reconciled,
                "lie_caught": self.lie is not None,
            },
            "seconds": self.seconds,
        }
