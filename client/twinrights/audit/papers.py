"""Reads from a store what the chain knows by hash alone, and holds it to what the chain says.

An agreement is held to the terms that name it, a manifest to the root and the number of images of
its batch. What no store shows is said, and is no finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from eth_abi.exceptions import EncodingError

from twinrights.agreement import Agreement, differences, is_agreement
from twinrights.audit.events import Event, Progress
from twinrights.audit.findings import Finding, Severity, Subject, text
from twinrights.audit.memos import terms_of
from twinrights.errors import BadInput, BadValue, NotInStore, NotReady, WrongHash
from twinrights.media.manifest import Manifest
from twinrights.money import Currency
from twinrights.store.base import Store
from twinrights.store.kinds import Kind
from twinrights.terms import ZERO_HASH

__all__ = ["Papers"]

NO_STORE = "No store was named: what agreements and manifests say was not read."


@dataclass
class Papers:
    """What was read of a store: `findings`, how many files were held to the chain, what was not."""

    store: Store | None
    findings: list[Finding] = field(default_factory=list)
    held: int = 0
    missing: set[tuple[Kind, bytes]] = field(default_factory=set)
    trouble: str = ""

    @property
    def unread(self) -> tuple[str, ...]:
        """Return what was not read, one sentence each."""
        if self.store is None:
            return (NO_STORE,)
        address = self.store.address
        numbers = Counter(kind.value for kind, _ in sorted(self.missing))
        absent = (
            f"{address} does not have {number} of the {kind}s that the chain names."
            for kind, number in numbers.items()
        )
        return (*absent, *filter(None, (self.trouble,)))

    def look(
        self,
        events: Iterable[Event],
        *,
        chain_id: int,
        licenses: str,
        currencies: Sequence[Currency],
        progress: Progress | None = None,
    ) -> Papers:
        """Hold to the chain whatever the store has of its agreements and manifests."""
        if self.store is None:
            return self
        place = {"chain_id": chain_id, "contract": licenses, "currencies": currencies}
        named = [event for event in events if event.name in ("LicenseGranted", "UsageRecorded")]
        try:
            for at, event in enumerate(named):
                self._hold(event, place)
                if progress:
                    progress("reading the store", at + 1, len(named))
        except NotReady as error:
            self.trouble = f"{error} What it would have shown further was not read."
        return self

    def _hold(self, event: Event, place: dict[str, Any]) -> None:
        if event.name == "LicenseGranted":
            wanted, kind = event["terms"]["scope"]["agreement"], Kind.AGREEMENT
        else:
            wanted, kind = event["batch"]["manifest"], Kind.MANIFEST
        content = None if wanted == ZERO_HASH else self._read(kind, wanted, event)
        if content is not None:
            judged = _agreement if kind is Kind.AGREEMENT else _manifest
            self.findings += judged(event, content, place)
            self.held += 1

    def _read(self, kind: Kind, wanted: bytes, event: Event) -> bytes | None:
        assert self.store is not None
        try:
            return self.store.get(kind, wanted)
        except NotInStore:
            self.missing.add((kind, wanted))
        except WrongHash as error:
            self.findings.append(
                _finding("StoreDiffers", event, str(error), expected=text(wanted), found="another")
            )
        except BadInput as error:
            self.trouble = str(error)
        return None


def _agreement(event: Event, content: bytes, place: dict[str, Any]) -> Iterator[Finding]:
    """Yield a finding if an agreement that was made here says something else than the terms."""
    if not is_agreement(content):
        return  # a contract of another make: its hash is all that can be held to the terms
    subject = Subject("license", event["licenseId"])
    try:
        agreement = Agreement.from_bytes(content)
    except BadValue as error:
        yield _finding(
            "AgreementUnreadable",
            event,
            f"{subject.title} was granted under an agreement that cannot be read: "
            f"{error.field}: {error.problem}.",
            expected="an agreement in words of this package",
            found="something else",
        )
        return
    for each in differences(agreement, terms_of(event["terms"]), **place):
        yield _finding(
            "AgreementDiffers",
            event,
            f"{subject.title} was granted with another {each.field.replace('_', ' ')} than its "
            f"agreement says.",
            expected=each.agreed,
            found=each.found,
        )


def _manifest(event: Event, content: bytes, _: dict[str, Any]) -> Iterator[Finding]:
    """Yield a finding if a manifest lists other images than its batch has."""
    batch = event["batch"]
    subject = Subject("license", event["licenseId"])
    name = f"{subject.title} has a batch {batch['number']}"
    try:
        manifest = Manifest.from_bytes(content)
        images, root = len(manifest.entries), manifest.tree.root
    except (ValueError, KeyError, TypeError, RecursionError, EncodingError):
        yield _finding(
            "ManifestUnreadable",
            event,
            f"{name} whose manifest is none.",
            expected="a list of images",
            found="something else",
        )
        return
    if images != batch["images"]:
        yield _finding(
            "ManifestImagesDiffer",
            event,
            f"{name} of {batch['images']} images, and its manifest lists {images}.",
            expected=str(batch["images"]),
            found=str(images),
        )
    if root != batch["root"]:
        yield _finding(
            "ManifestRootDiffers",
            event,
            f"{name} whose manifest lists other images than its root stands for.",
            expected=text(batch["root"]),
            found=text(root),
        )


def _finding(code: str, event: Event, sentence: str, *, expected: str, found: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        subject=Subject("license", event["licenseId"]),
        expected=expected,
        found=found,
        sentence=sentence,
        law=5 if event.name == "LicenseGranted" else 20,
        block=event.block,
        transaction=event.transaction,
    )
