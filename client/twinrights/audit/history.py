"""The usage history of a twin, a brand or a license: what was used, when, where, by whose leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from twinrights import words
from twinrights.audit.findings import utc
from twinrights.audit.state import UsageBatch
from twinrights.terms import Reason

__all__ = ["batch_json", "select"]


def select(
    usage: Iterable[UsageBatch],
    *,
    twin_id: int | None = None,
    licensee: str | None = None,
    license_id: int | None = None,
) -> tuple[UsageBatch, ...]:
    """Return the batches of a twin, of a licensee and of a license, as far as named, in order."""
    return tuple(
        batch
        for batch in usage
        if (twin_id is None or batch.twin_id == twin_id)
        and (licensee is None or batch.licensee.lower() == licensee.lower())
        and (license_id is None or batch.license_id == license_id)
    )


def batch_json(batch: UsageBatch) -> dict[str, Any]:
    """Return a batch for machines: ids and hashes as hexadecimal text, words by their slugs.

    `licensed` says that nothing stood against it in the second of the record, `against` what did.
    """
    return {
        "license": f"0x{batch.license_id:064x}",
        "twin": f"0x{batch.twin_id:064x}",
        "licensee": batch.licensee,
        "number": batch.number,
        "kind": batch.kind.name.lower(),
        "time": utc(batch.time),
        "images": batch.images,
        "uses": words.use_names(batch.uses),
        "markets": words.market_names(batch.markets),
        "reporter": batch.reporter,
        "live": batch.live,
        "licensed": batch.against is Reason.NONE,
        "against": None if batch.against is Reason.NONE else batch.against.name.lower(),
        "root": "0x" + batch.root.hex(),
        "manifest": "0x" + batch.manifest.hex(),
        "block": batch.block,
        "transaction": batch.transaction,
    }
