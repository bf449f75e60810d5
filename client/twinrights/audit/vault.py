"""Holds the contracts' raw storage against the events: each word, then all of them as one root.

A view is code, and whoever runs the node may lie to it; a word bound by proof to the state root
of a header is not. Where the node gives proofs (Ganache, Anvil, most others), the storage of both
contracts is rebuilt whole, so that a single word which no event explains is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import rlp  # type: ignore[import-untyped]
from eth_utils.address import to_canonical_address
from eth_utils.crypto import keccak
from web3 import Web3

from twinrights.audit.events import Progress
from twinrights.audit.findings import Finding, Severity, Subject, text
from twinrights.audit.headers import Header
from twinrights.audit.observe import Proof, proof_of, words_at
from twinrights.audit.stored_words import Word, licenses_words, twins_words
from twinrights.audit.trie import ProofBroken, proven, storage_root
from twinrights.audit.world import World
from twinrights.errors import NodeRefused

__all__ = ["Stored", "Vault", "compare_root", "compare_words", "state_root_differs"]


CHECKS = ("storage", "proofs", "storage roots")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the look into storage found, and what the node could show: see `Report.compared`.

    `compared` are the checks that were done for both contracts, `unshown` says for which contracts
    the others were not.
    """

    findings: tuple[Finding, ...]
    compared: tuple[str, ...]
    unshown: Mapping[str, tuple[str, ...]]


class Vault:
    """The storage behind one header, as a node shows it."""

    def __init__(self, web3: Web3, header: Header, *, progress: Progress | None = None) -> None:
        self._web3 = web3
        self._header = header
        self._progress = progress
        # Anvil counts emptied words into a contract's storage root, as no other node does.
        self._has_true_roots = not web3.client_version.lower().startswith("anvil")
        self._findings: dict[Finding, None] = {}
        self._compared: set[tuple[str, str]] = set()

    def look(self, world: World, *, twins: str, licenses: str, named: Iterable[Finding]) -> Stored:
        """Return how the storage of both contracts compares with the events.

        `named` are differences that the views have shown already.
        """
        subjects = {each.subject for each in named}
        self._compare(twins, list(twins_words(world)), subjects)
        self._compare(licenses, list(licenses_words(world)), subjects)
        names = {"DigitalTwin": twins, "TwinLicense": licenses}
        unshown = {
            check: tuple(name for name in names if (check, names[name]) not in self._compared)
            for check in CHECKS
        }
        return Stored(
            findings=tuple(self._findings),
            compared=tuple(check for check in CHECKS if not unshown[check]),
            unshown={check: missing for check, missing in unshown.items() if missing},
        )

    def _compare(self, address: str, words: Sequence[Word], named: set[Subject]) -> None:
        block = self._header.number
        slots = [word.slot for word in words]
        try:
            found = words_at(self._web3, address, slots, block=block, progress=self._progress)
            if found is None:
                return
            self._add("storage", address, compare_words(words, found, named=named))
            proof = proof_of(self._web3, address, block=block)
        except NodeRefused as error:
            self._findings[_not_compared(address, error)] = None
            return
        if proof is None:
            return
        self._add("proofs", address, state_root_differs(self._header, proof))
        if self._has_true_roots:
            self._add("storage roots", address, compare_root(address, words, found, proof))

    def _add(self, what: str, address: str, findings: Iterable[Finding]) -> None:
        self._compared.add((what, address))
        self._findings |= dict.fromkeys(findings)


def _not_compared(address: str, error: NodeRefused) -> Finding:
    """Return the warning that a node which may know was not willing to say."""
    subject = Subject("contract", address)
    return Finding(
        code="NotCompared",
        severity=Severity.WARNING,
        subject=subject,
        expected="its storage and a proof",
        found=error.problem,
        sentence=f"{subject.title}: its storage was not compared whole, for the node refused: "
        f"{error.problem}.",
    )


def compare_words(
    words: Sequence[Word], found: Mapping[int, int], *, named: Iterable[Subject]
) -> Iterator[Finding]:
    """Yield each word that differs, unless a view has named its subject already."""
    known = set(named)
    for word in words:
        there = found.get(word.slot, word.value)
        if there == word.value or word.subject in known:
            continue
        yield Finding(
            code="StorageDiffers",
            severity=Severity.ERROR,
            subject=word.subject,
            expected=f"0x{word.value:064x}",
            found=f"0x{there:064x}",
            sentence=f"{word.subject.title}: its stored word of {word.name} is not what its events "
            "give.",
        )


def compare_root(
    address: str, words: Sequence[Word], found: Mapping[int, int], proof: Proof
) -> Iterator[Finding]:
    """Yield a finding if the contract holds anything beside the words that were looked at."""
    held = {word.slot: found.get(word.slot, word.value) for word in words}
    expected = storage_root(held)
    if expected != proof.storage_root:
        subject = Subject("contract", address)
        yield Finding(
            code="StorageUnexplained",
            severity=Severity.ERROR,
            subject=subject,
            expected=text(expected),
            found=text(proof.storage_root),
            sentence=f"{subject.title} holds something in its storage that no event explains.",
        )


def state_root_differs(header: Header, proof: Proof) -> Iterator[Finding]:
    """Yield a finding unless the proof binds the contract's storage to the header's state root."""
    try:
        account = proven(
            header.state_root, keccak(to_canonical_address(proof.address)), proof.nodes
        )
        holds = account is not None and rlp.decode(account)[2] == proof.storage_root
    except (ProofBroken, rlp.DecodingError):
        holds = False
    if holds:
        return
    yield Finding(
        code="StateRootDiffers",
        severity=Severity.ERROR,
        subject=Subject("block", header.number),
        expected=text(header.state_root),
        found=text(keccak(proof.nodes[0])) if proof.nodes else "no proof",
        sentence=f"The state that the node shows for block {header.number} is not the one of its "
        "header: somebody wrote into the node.",
        block=header.number,
    )
