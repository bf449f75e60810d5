"""The auditor rebuilds everything from events; then a stored number is changed behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from web3 import Web3

from twinrights import words
from twinrights.audit.findings import Finding
from twinrights.audit.report import Report
from twinrights.audit.run import audit
from twinrights.audit.storage import Live, live_slot
from twinrights.audit.tamper import tamper
from twinrights.demo.stage import Stage
from twinrights.demo.tally import Tally
from twinrights.wallets import LOCAL_CHAINS

__all__ = ["Audited", "audited", "lie_caught"]

LIE = 1_000
"""Whole units of the currency that the lie adds to a deposit."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the auditor said before anything was tampered with."""

    report: Report
    reconciled: bool
    """Whether events, books and wallets agree to the last unit."""


def audited(stage: Stage, tally: Tally) -> Audited:
    """Return what the audit finds, its money held against the wallets' own balances, too."""
    with stage.teller.watching() as progress:
        report = audit(stage.chain.web3, stage.chain.deployment, progress=progress)
    agreed = all(
        each.collected == tally.streamed
        and each.payable == tally.deferred
        and {words.role_name(role): paid for role, paid in each.paid.items()} == by_role(tally)
        for each in report.totals
    )
    found = f"{len(report.findings)} findings in {report.events} events"
    stage.teller.say(
        f"audit of {len(report.licenses)} licenses up to block {report.block}: {found}"
    )
    return Audited(report, report.reconciled and agreed)


def by_role(tally: Tally) -> dict[str, int]:
    """Return what was paid by role; roles that had nothing are left out."""
    return {role: paid for role, paid in tally.paid_out.items() if paid}


def lie_caught(stage: Stage) -> Finding | None:
    """Add to a stored deposit, past the contract, and take it back; return what the audit found.

    The lie must be found with license and amount, or it is not caught; None off local chains.
    """
    chain = stage.chain
    if chain.chain_id not in LOCAL_CHAINS:
        return None
    ids = sorted(stage.licenses.values(), key=stage.settled.__contains__)
    license_id = ids[0]  # one that runs, if any does
    slot, amount = live_slot(license_id), LIE * 10**stage.currency.decimals
    address: Any = chain.deployment.licenses
    word = int.from_bytes(chain.web3.eth.get_storage_at(address, slot), "big")
    live = Live.of(word)

    with undone(chain.web3), stage.teller.watching() as progress:
        tamper(chain.web3, address, slot, replace(live, deposited=live.deposited + amount).word)
        report = audit(chain.web3, chain.deployment, progress=progress)

    caught = [
        finding
        for finding in report.findings
        if finding.subject.id == license_id and finding.amount == amount
    ]
    if caught:
        stage.teller.say(f"one number changed in storage: {caught[0].sentence}")
    return caught[0] if caught else None


@contextmanager
def undone(web3: Web3) -> Iterator[None]:
    """Put the chain back to where it was: a lie that is only written over leaves its block."""
    request: Any = web3.provider.make_request
    snapshot = request("evm_snapshot", [])["result"]
    try:
        yield
    finally:
        request("evm_revert", [snapshot])
