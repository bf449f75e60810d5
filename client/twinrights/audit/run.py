"""The audit, from the first header to the report: read, rebuild, observe, compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from web3 import Web3

from twinrights.audit import events, headers
from twinrights.audit.compare import compare
from twinrights.audit.events import Event, Progress
from twinrights.audit.findings import Coins, Finding, Severity, Subject, text
from twinrights.audit.headers import Header
from twinrights.audit.ledger import Ledger
from twinrights.audit.memos import other_memos
from twinrights.audit.observe import observe
from twinrights.audit.papers import Papers
from twinrights.audit.rebuild import rebuild
from twinrights.audit.report import Report
from twinrights.audit.solvency import idle, muted, solvency
from twinrights.audit.totals import totals
from twinrights.audit.vault import Vault
from twinrights.chain.currencies import currencies
from twinrights.chain.deployment import Deployment, check_code
from twinrights.errors import BadValue, OtherCode
from twinrights.store.base import Store

__all__ = ["Evidence", "audit", "gather"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read of a chain: its headers, the contracts' events, the currencies' transfers."""

    headers: Sequence[Header]
    events: Sequence[Event]
    transfers: Sequence[Event]


def audit(
    web3: Web3,
    deployment: Deployment,
    *,
    progress: Progress | None = None,
    block: int | None = None,
    store: Store | None = None,
) -> Report:
    """Return what an audit of the contracts finds, up to a block or to the head.

    Everything is rebuilt from events before anything is asked of the contracts. `progress` is told
    what is being done, how far it is, and of how much. What a store has of agreements and manifests
    is held to the chain.

    Raises:
        WrongChain: the node is of another chain than the deployment.
        BadValue: the block is before the deployment, or not there yet.
        NoContract: no code is where a contract should be.
        NodeUnreachable, Web3RPCError: the node does not answer, or objects.
    """
    code = list(_code(web3, deployment))
    last = _last(web3, deployment, block)
    evidence = gather(web3, deployment, last=last, progress=progress)
    coins = Coins(currencies(deployment))
    contracts = {"twins": deployment.twins, "licenses": deployment.licenses}
    world = rebuild(
        evidence.events,
        evidence.transfers,
        chain_id=deployment.chain_id,
        **contracts,
        coins=coins,
    )
    head = evidence.headers[-1]
    observed = observe(web3, world, **contracts, block=last, progress=progress)
    differences = [*compare(world, observed), *solvency(world, observed, at=head.time)]
    stored = Vault(web3, head, progress=progress).look(world, **contracts, named=differences)
    broken = [*headers.broken(evidence.headers), *_moved(web3, head)]
    known = currencies(deployment)
    papers = Papers(store).look(
        evidence.events,
        chain_id=deployment.chain_id,
        licenses=deployment.licenses,
        currencies=known,
        progress=progress,
    )
    words = [*other_memos(evidence.events, known), *papers.findings]
    everything = [*code, *broken, *stored.findings, *differences, *world.findings, *words]
    return Report.of(
        muted(everything, idle(world, observed, at=head.time)),
        world=world,
        chain_id=deployment.chain_id,
        block=last,
        time=head.time,
        contracts={"DigitalTwin": deployment.twins, "TwinLicense": deployment.licenses},
        events=len(evidence.events),
        compared=("views", *stored.compared),
        unshown=stored.unshown,
        held=papers.held,
        unread=papers.unread,
        totals=tuple(totals(world, observed, at=head.time)),
        coins=coins,
        ledger=Ledger(evidence.events, world, until=head.time),
    )


def gather(
    web3: Web3, deployment: Deployment, *, last: int, progress: Progress | None = None
) -> Evidence:
    """Return all headers and logs from the deployment to a block; no view is called."""
    first = min(deployment.block, last)
    read = headers.read(web3, first=first, last=last, progress=progress)
    logs = events.logs(
        web3,
        twins=deployment.twins,
        licenses=deployment.licenses,
        headers=read,
        progress=progress,
    )
    paid_in = dict.fromkeys(
        event["terms"]["pay"]["currency"] for event in logs if event.name == "LicenseGranted"
    )
    transfers = events.transfers(
        web3,
        currencies=list(paid_in),
        licenses=deployment.licenses,
        headers=read,
        progress=progress,
    )
    return Evidence(read, logs, transfers)


def _last(web3: Web3, deployment: Deployment, block: int | None) -> int:
    """Return the last block to read; raises BadValue where there is nothing to audit."""
    newest = web3.eth.block_number
    last = newest if block is None else block
    if last < deployment.block:
        raise BadValue(
            "block",
            f"there is nothing to audit at {last}: the contracts were deployed in "
            f"{deployment.block}",
        )
    if last > newest:
        raise BadValue("block", f"there is no block {last}: the newest is {newest}")
    return last


def _code(web3: Web3, deployment: Deployment) -> Iterator[Finding]:
    try:
        check_code(web3, deployment)
    except OtherCode as error:
        yield Finding(
            code="CodeDiffers",
            severity=Severity.ERROR,
            subject=Subject("contract", error.address),
            expected=f"this package's {error.name}",
            found="other code",
            sentence=str(error),
        )


def _moved(web3: Web3, header: Header) -> Iterator[Finding]:
    """Yield a finding if the chain was reorganized while it was read."""
    now: Any = web3.eth.get_block(header.number)
    if bytes(now["hash"]) != header.hash:
        yield Finding(
            code="HeadMoved",
            severity=Severity.ERROR,
            subject=Subject("block", header.number),
            expected=text(header.hash),
            found=text(bytes(now["hash"])),
            sentence=f"Block {header.number} was exchanged while it was read: run the audit again.",
            block=header.number,
        )
