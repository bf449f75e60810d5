"""The audit, from the first header to the report: read, rebuild, observe, compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from web3 import Web3

from twinrights.audit import events, headers, vault
from twinrights.audit.compare import MONEY, compare, totals
from twinrights.audit.events import Event, Progress
from twinrights.audit.findings import Coins, Finding, Severity, Subject, text
from twinrights.audit.headers import Header
from twinrights.audit.observe import observe, proof_of, words_at
from twinrights.audit.rebuild import rebuild
from twinrights.audit.report import Report
from twinrights.audit.state import World
from twinrights.audit.storage import licenses_words, twins_words
from twinrights.chain.currencies import currencies
from twinrights.chain.deployment import Deployment, check_code
from twinrights.errors import OtherCode

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
) -> Report:
    """Return what an audit of the contracts finds, up to a block or to the head.

    Everything is rebuilt from events before anything is asked of the contracts. `progress` is told
    what is being done, how far it is, and of how much.

    Raises:
        WrongChain: the node is of another chain than the deployment.
        NoContract: no code is where a contract should be.
        NodeUnreachable, Web3RPCError: the node does not answer, or objects.
    """
    code = list(_code(web3, deployment))
    last = web3.eth.block_number if block is None else block
    coins = Coins(currencies(deployment))
    evidence = gather(web3, deployment, last=last, progress=progress)
    world = rebuild(
        evidence.events,
        evidence.transfers,
        chain_id=deployment.chain_id,
        twins=deployment.twins,
        licenses=deployment.licenses,
        coins=coins,
    )
    observed = observe(
        web3,
        world,
        twins=deployment.twins,
        licenses=deployment.licenses,
        block=last,
        progress=progress,
    )
    differences = list(compare(world, observed))
    stored = _Stored(web3, deployment, evidence.headers[-1], progress)
    stored.look(world, differences)
    broken = headers.broken(evidence.headers)
    moved = _moved(web3, evidence.headers[-1])
    found = [*code, *broken, *moved, *stored.findings, *differences, *world.findings]
    findings = tuple(each for each in found if each.severity is not Severity.NOTE)
    return Report(
        chain_id=deployment.chain_id,
        block=last,
        time=evidence.headers[-1].time,
        contracts={"DigitalTwin": deployment.twins, "TwinLicense": deployment.licenses},
        events=len(evidence.events),
        twins=tuple(world.twins.values()),
        licenses=tuple(world.licenses.values()),
        usage=tuple(world.usage),
        findings=findings,
        remarks=tuple(each for each in found if each.severity is Severity.NOTE),
        compared=("views", *stored.compared),
        totals=tuple(totals(world, observed)),
        reconciled=not any(each.code in MONEY for each in findings),
        coins=coins,
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


class _Stored:
    """The look into the contracts' storage: what was found, and what the node could show."""

    def __init__(
        self, web3: Web3, deployment: Deployment, header: Header, progress: Progress | None
    ) -> None:
        self.web3 = web3
        self.addresses = (deployment.twins, deployment.licenses)
        self.header = header
        self.progress = progress
        self.findings: list[Finding] = []
        self.compared: dict[str, None] = {}
        # Anvil counts emptied words into a contract's storage root, as no other node does.
        self.has_true_roots = not web3.client_version.lower().startswith("anvil")

    def look(self, world: World, differences: Sequence[Finding]) -> None:
        """Compare both contracts' storage with the events; `differences` were named already."""
        named = {each.subject for each in differences}
        block = self.header.number
        for address, words in zip(
            self.addresses, (list(twins_words(world)), list(licenses_words(world))), strict=True
        ):
            slots = [word.slot for word in words]
            found = words_at(self.web3, address, slots, block=block, progress=self.progress)
            if found is None:
                continue
            self.compared["storage"] = None
            self.findings += vault.compare_words(words, found, named=named)
            proof = proof_of(self.web3, address, block=block)
            if proof is None:
                continue
            self.compared["proofs"] = None
            if self.has_true_roots:
                self.compared["storage roots"] = None
                self.findings += vault.compare_root(address, words, found, proof)
            differs = vault.state_root_differs(self.header, proof)
            if differs and differs not in self.findings:
                self.findings.append(differs)


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
