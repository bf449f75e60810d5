"""The room of DigitalTwin where people say in public what they think of wallets and images."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from web3 import Web3
from web3.types import BlockIdentifier, EventData

from twinrights.acts import brought
from twinrights.asks import LicenseLike, license_id_of, seconds
from twinrights.chain.contracts import Contracts
from twinrights.errors import BadDate, BadValue, VouchNotFound
from twinrights.errors.base import moment
from twinrights.grants import Grants
from twinrights.terms import Flag
from twinrights.typed_data import Signed, to_abi
from twinrights.wallets import Wallet

__all__ = ["Flagged", "Trust", "Vouch"]

HASH_BYTES = 32
MAX_TIME = 2**40 - 1


@dataclass(frozen=True, slots=True)
class Vouch:
    """A word that stands: somebody vouches for a wallet until a second.

    What is said is behind the commitment; `time` is when it was said last.
    """

    voucher: str
    subject: str
    commitment: bytes
    until: int
    time: int
    transaction: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """An owner's doubt about an image, by the SHA-256 of its file; `license_id` 0 names none."""

    twin_id: int
    license_id: int
    image_hash: bytes
    time: int
    transaction: str


class Trust:
    """Vouches and flags on one chain."""

    def __init__(self, contracts: Contracts, grants: Grants) -> None:
        self._contracts = contracts
        self._contract = contracts.twins
        self._grants = grants

    def vouch(
        self, subject: str, commitment: bytes, *, until: datetime | int, payer: Wallet
    ) -> None:
        """Vouch for a wallet, as the payer; said again, it holds until the new time.

        Raises:
            BadDate: `until` has passed: it would not be said at all.
            BadValue: the commitment is no hash, or the time is beyond what the chain can hold.
        """
        last = seconds(until)
        if last <= self._contracts.now():
            raise BadDate(moment(last), "it has passed, so nothing would be said")
        if last > MAX_TIME:
            raise BadValue("until", "no chain lasts that long")
        self._say("vouch", subject, commitment, last, payer=payer)

    def withdraw(self, subject: str, commitment: bytes, *, payer: Wallet) -> None:
        """Take the payer's own word about a wallet back.

        Raises:
            VouchNotFound: the payer does not say this now.
        """
        said = self.vouches(subject)
        if (payer.address, commitment) not in {(one.voucher, one.commitment) for one in said}:
            raise VouchNotFound(payer.address, Web3.to_checksum_address(subject))
        self._say("withdrawVouch", subject, commitment, payer=payer)

    def flag(self, act: Signed, *, payer: Wallet) -> None:
        """Doubt an image in public, by the signed act of a twin's owner. Anyone may send it.

        Raises:
            TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
            BadValue: the license is not one of this twin, so the flag would be nobody's concern.
        """
        message, signature = brought(self._contracts, act, Flag, self._contract)
        if message.license_id and self._grants.of(message.license_id).twin_id != message.twin_id:
            raise BadValue("license", "it is not a license of this twin")
        deed = self._contracts.deed(self._contract, "flag", to_abi(message), signature)
        self._contracts.send(deed, payer)

    def vouches(self, *subjects: str, block: BlockIdentifier = "latest") -> tuple[Vouch, ...]:
        """Return what is said of wallets, or of all, as of a block: the oldest word first.

        Neither what has expired nor what was withdrawn. A wallet's word about itself is among them:
        it answers a domain that names the wallet.
        """
        if not (said := self._said(subjects, block)):
            return ()
        now = int(self._contracts.web3.eth.get_block(block)["timestamp"])
        # Of each word the last one counts; a withdrawal has no time.
        last: dict[tuple[str, str, bytes], EventData] = {}
        for event in said:
            values = event["args"]
            key = (values["voucher"], values["subject"], bytes(values["commitment"]))
            last.pop(key, None)
            last[key] = event
        standing = {k: e for k, e in last.items() if e["args"].get("until", 0) > now}
        times = self._times(standing.values())
        return tuple(
            Vouch(
                *key,
                event["args"]["until"],
                times[event["blockNumber"]],
                Web3.to_hex(event["transactionHash"]),
            )
            for key, event in standing.items()
        )

    def vouched_by(
        self, wallets: Iterable[str], *, block: BlockIdentifier = "latest"
    ) -> dict[str, tuple[Vouch, ...]]:
        """Return who else vouches for each of these wallets as of a block: one reading of events.

        Nobody is vouched for by itself.
        """
        asked = tuple(dict.fromkeys(map(Web3.to_checksum_address, wallets)))
        said = self.vouches(*asked, block=block) if asked else ()
        return {
            wallet: tuple(v for v in said if v.subject == wallet != v.voucher) for wallet in asked
        }

    def flags(
        self,
        license: LicenseLike | None = None,
        *,
        twin_id: int | None = None,
        image: bytes | None = None,
        block: BlockIdentifier = "latest",
    ) -> tuple[Flagged, ...]:
        """Return the flags of a license, a twin, an image, or all, as of a block, in their order.

        Those of a license are its own twin's: another owner's doubt about it is not counted.

        Raises:
            LicenseNotFound: no license has this id.
        """
        wanted = None if license is None else license_id_of(license)
        if wanted is not None:
            twin_id = self._grants.of(wanted).twin_id
        topic = None if image is None else f"0x{image.hex()}"
        events = self._contracts.events(
            self._contract, "Flagged", twin_id, wanted, topic, until=block
        )
        times = self._times(events)
        return tuple(
            Flagged(
                event["args"]["twinId"],
                event["args"]["licenseId"],
                bytes(event["args"]["imageHash"]),
                times[event["blockNumber"]],
                Web3.to_hex(event["transactionHash"]),
            )
            for event in events
        )

    def _said(self, subjects: tuple[str, ...], block: BlockIdentifier) -> list[EventData]:
        """Return all vouches and withdrawals about these wallets, in the order of the chain."""
        about = [int(subject, 16) for subject in subjects] or None
        found = [
            event
            for name in ("Vouched", "VouchWithdrawn")
            for event in self._contracts.events(self._contract, name, None, about, until=block)
        ]
        return sorted(found, key=lambda event: (event["blockNumber"], event["logIndex"]))

    def _times(self, events: Iterable[EventData]) -> dict[int, int]:
        blocks = {event["blockNumber"] for event in events}
        return {block: self._contracts.time_of(block) for block in blocks}

    def _say(self, name: str, subject: str, commitment: bytes, *more: int, payer: Wallet) -> None:
        if len(commitment) != HASH_BYTES:
            raise BadValue("commitment", "it is not a hash of 32 bytes")
        deed = self._contracts.deed(self._contract, name, subject, commitment, *more)
        self._contracts.send(deed, payer)
