"""The room of TwinLicense where usage is recorded: batches, their history, their proofs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3 import Web3
from web3.types import BlockIdentifier, EventData

from twinrights.asks import LicenseLike, Words, license_id_of, market_mask, use_mask
from twinrights.chain.contracts import Contracts
from twinrights.chain.send import Deed
from twinrights.errors import BadValue, NotRecorded
from twinrights.grants import Grants
from twinrights.media.images import find_images, sha256_of
from twinrights.media.manifest import Manifest
from twinrights.terms import ZERO_HASH, Batch, Kind, Leaf
from twinrights.wallets import Wallet

__all__ = ["Proof", "Recorded", "Usage", "UsageBatch", "head_of"]


@dataclass(frozen=True, slots=True)
class UsageBatch:
    """A batch as the chain recorded it: for which license, by whom, in which second."""

    license_id: int
    reporter: str
    batch: Batch
    time: int
    block: int
    transaction: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one transaction recorded: a batch for each license, all with one manifest.

    Keep the manifest: without its salts no image of it can be proven.
    """

    batches: tuple[UsageBatch, ...]
    manifest: Manifest = field(repr=False)
    manifest_path: Path | None
    transaction: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That an image stands in a license's history: what `isRecorded` takes, and what it said."""

    license_id: int
    batch: Batch
    reporter: str
    time: int
    head_before: bytes
    later: tuple[bytes, ...]
    leaf: Leaf
    path: tuple[bytes, ...]
    is_recorded: bool


class Usage:
    """Usage of licenses on one chain."""

    def __init__(self, contracts: Contracts, grants: Grants) -> None:
        self._contracts = contracts
        self._contract = contracts.licenses
        self._grants = grants

    def record(
        self,
        licenses: LicenseLike | Sequence[LicenseLike],
        images: Path | str | Iterable[Path | str] | Manifest,
        *,
        payer: Wallet,
        uses: Words,
        markets: Words,
        kind: Kind = Kind.DECLARED,
        manifest_path: Path | str | None = None,
    ) -> Recorded:
        """Record images (files, folders) for one license, or for several in one transaction.

        The payer is the licensee or its reporter. A manifest that was made before stands for its
        images. It is written before anything is sent; without a path it is only in what is
        returned.

        Raises:
            FileMissing, BadFile: an image cannot be had; nothing was sent.
            BadValue: no license was named, or one twice.
            LicenseNotFound: no license has this id.
            MayNotPublish, NotReporter, BatchNumberWrong, BatchEmpty.
        """
        asked = [licenses] if not isinstance(licenses, Sequence) else licenses
        ids = [license_id_of(one) for one in asked]
        if not ids or len(set(ids)) < len(ids):
            raise BadValue("licenses", "name at least one, and each once")
        use_bits, market_bits = use_mask(uses), market_mask(markets)
        manifest = images if isinstance(images, Manifest) else _listed(images)
        path = manifest.save(manifest_path) if manifest_path is not None else None
        root, manifest_hash = manifest.tree.root, manifest.hash
        batches = [
            Batch(
                self._next_number(license_id),
                kind,
                root,
                len(manifest.entries),
                use_bits,
                market_bits,
                manifest_hash,
            )
            for license_id in ids
        ]
        deeds = [
            self._deed("record", license_id, astuple(batch))
            for license_id, batch in zip(ids, batches, strict=True)
        ]
        receipt = self._contracts.send(self._together(deeds), payer)
        events = self._contracts.happened(receipt, self._contract, "UsageRecorded")
        return Recorded(
            self._batches_of(events),
            manifest,
            path,
            Web3.to_hex(receipt["transactionHash"]),
        )

    def recorded(
        self, licenses: LicenseLike | Sequence[LicenseLike], manifest: Manifest
    ) -> tuple[UsageBatch, ...]:
        """Return the batches by which a manifest stands under all of these licenses; else none."""
        asked = [licenses] if not isinstance(licenses, Sequence) else licenses
        root, hash = manifest.tree.root, manifest.hash
        found = [
            entry
            for one in asked
            for entry in self.history(one)
            if (entry.batch.root, entry.batch.manifest) == (root, hash)
        ]
        return tuple(found) if len(found) == len(asked) else ()

    def set_reporter(self, reporter: str, is_allowed: bool, *, payer: Wallet) -> None:
        """Name or dismiss who may record usage of all the payer's licenses."""
        deed = self._deed("setReporter", Web3.to_checksum_address(reporter), is_allowed)
        self._contracts.send(deed, payer)

    def is_reporter(
        self, licensee: str, reporter: str, *, block: BlockIdentifier = "latest"
    ) -> bool:
        """Return whether a licensee has named somebody to record its usage."""
        values = (Web3.to_checksum_address(licensee), Web3.to_checksum_address(reporter))
        return bool(self._contracts.ask(self._contract, "isReporter", *values, block=block))

    def reporters(self, licensee: str, *, block: BlockIdentifier = "latest") -> tuple[str, ...]:
        """Return whom a licensee has named to record its usage, in the order of their naming."""
        account = Web3.to_checksum_address(licensee)
        events = self._contracts.events(self._contract, "ReporterSet", account, until=block)
        named: dict[str, bool] = {}
        for event in events:
            named.pop(event["args"]["reporter"], None)
            named[event["args"]["reporter"]] = event["args"]["isAllowed"]
        return tuple(reporter for reporter, is_allowed in named.items() if is_allowed)

    def history(
        self,
        license_id: LicenseLike | None = None,
        *,
        twin_id: int | None = None,
        licensee: str | None = None,
        block: BlockIdentifier = "latest",
    ) -> tuple[UsageBatch, ...]:
        """Return the batches of a license, a twin, a licensee, or all of them, in their order."""
        if license_id is not None:
            wanted = {license_id_of(license_id)}
        elif twin_id is not None or licensee is not None:
            grants = self._grants.all(twin_id=twin_id, licensee=licensee, block=block)
            wanted = {grant.license_id for grant in grants}
        else:
            wanted = None
        topic = wanted.copy().pop() if wanted is not None and len(wanted) == 1 else None
        events = self._contracts.events(self._contract, "UsageRecorded", topic, until=block)
        ours = [e for e in events if wanted is None or e["args"]["licenseId"] in wanted]
        return self._batches_of(ours)

    def prove(
        self, license_id: LicenseLike, file: Path | str, manifest: Manifest | Path | str
    ) -> Proof:
        """Return the proof that a file stands in a license's history, as the contract judges it.

        Raises:
            FileMissing, BadFile: file or manifest cannot be had.
            NotRecorded: the manifest does not hold the file, or the license not the manifest.
        """
        wanted = license_id_of(license_id)
        listed = manifest if isinstance(manifest, Manifest) else Manifest.load(manifest)
        leaf, tree = listed.entry_of(file).leaf, listed.tree
        history = self.history(wanted)
        place = next(
            (
                i
                for i, entry in enumerate(history)
                if (entry.batch.root, entry.batch.manifest) == (tree.root, listed.hash)
            ),
            None,
        )
        if place is None:
            raise NotRecorded(str(file), f"license 0x{wanted:064x}")
        head, found = head_of(history[:place]), history[place]
        path, later = tree.proof(leaf), tuple(map(_batch_hash, history[place + 1 :]))
        proof = (found.reporter, found.time, head, later, astuple(leaf), path)
        is_recorded = self._contracts.ask(
            self._contract, "isRecorded", wanted, astuple(found.batch), *proof
        )
        return Proof(
            wanted,
            found.batch,
            found.reporter,
            found.time,
            head,
            later,
            leaf,
            path,
            bool(is_recorded),
        )

    def _next_number(self, license_id: int) -> int:
        self._grants.of(license_id)
        batches: int = self._contracts.ask(self._contract, "licenseOf", license_id)[9]
        return batches + 1

    def _batches_of(self, events: Sequence[EventData]) -> tuple[UsageBatch, ...]:
        blocks = {event["blockNumber"] for event in events}
        times = {block: self._contracts.time_of(block) for block in blocks}
        return tuple(_batch_of(event, times[event["blockNumber"]]) for event in events)

    def _together(self, deeds: Sequence[Deed]) -> Deed:
        if len(deeds) == 1:
            return deeds[0]
        return self._deed("multicall", [deed.data for deed in deeds])

    def _deed(self, name: str, *values: Any) -> Deed:
        return self._contracts.deed(self._contract, name, *values)


def _listed(images: Path | str | Iterable[Path | str]) -> Manifest:
    return Manifest.of([sha256_of(path) for path in find_images(images)])


def _batch_of(event: EventData, time: int) -> UsageBatch:
    """Return what an event `UsageRecorded` of a block of that time tells."""
    values: Any = event["args"]
    number, kind, *rest = tuple(values["batch"].values())
    return UsageBatch(
        values["licenseId"],
        values["reporter"],
        Batch(number, Kind(kind), *rest),
        time,
        event["blockNumber"],
        Web3.to_hex(event["transactionHash"]),
    )


def head_of(batches: Sequence[UsageBatch]) -> bytes:
    """Return the head that closes a license's history of these batches, from its first."""
    head = ZERO_HASH
    for entry in batches:
        head = keccak(head + _batch_hash(entry))
    return head


def _batch_hash(entry: UsageBatch) -> bytes:
    """Return what a batch adds to the head: `UsageLedger.batchHash`."""
    return keccak(
        encode(
            [
                "uint256",
                "(uint24,uint8,bytes32,uint32,uint32,uint256,bytes32)",
                "address",
                "uint40",
            ],
            [entry.license_id, astuple(entry.batch), entry.reporter, entry.time],
        )
    )
