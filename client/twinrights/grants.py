"""Grants as their events tell them: the terms of every license, and the conflict book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from web3 import Web3
from web3.types import BlockIdentifier, EventData

from twinrights.chain.contracts import Contracts
from twinrights.errors import LicenseNotFound
from twinrights.terms import ZERO_HASH, Entry, Pay, Scope, Share, Terms
from twinrights.typed_data import scope_hash_of, shares_hash

__all__ = ["Grant", "Grants", "grant_of"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A license as it was granted.

    The memo is known by its hash only, so `scope.memo` is empty; `start` is the real first second,
    also where the terms say 0.
    """

    license_id: int
    twin_id: int
    licensee: str
    start: int
    deposited: int
    scope: Scope
    pay: Pay
    shares: tuple[Share, ...]
    memo_hash: bytes = field(repr=False)
    block: int
    transaction: str = field(repr=False)

    @property
    def end(self) -> int:
        """The end as granted; the present one is the license's own."""
        return self.start + self.pay.term

    @property
    def is_booking(self) -> bool:
        """Whether it was booked from a rate card."""
        return self.scope.card != ZERO_HASH

    @property
    def terms(self) -> Terms:
        """The terms, without the text of the memo."""
        return Terms(self.scope, self.pay, self.shares)

    @property
    def scope_hash(self) -> bytes:
        """What a deed brings instead of the scope."""
        return scope_hash_of(self.memo_hash, self.scope)

    @property
    def shares_hash(self) -> bytes:
        """What a deed brings instead of the shares."""
        return shares_hash(self.shares)

    @property
    def scope_abi(self) -> tuple[Any, ...]:
        """The scope as the contract takes it."""
        return (self.memo_hash, *astuple(self.scope)[1:])

    @property
    def pay_abi(self) -> tuple[Any, ...]:
        """The pay as the contract takes it."""
        return astuple(self.pay)

    @property
    def shares_abi(self) -> list[tuple[Any, ...]]:
        """The shares as the contract takes them."""
        return [astuple(share) for share in self.shares]


class Grants:
    """All grants of a TwinLicense, read from its events."""

    def __init__(self, contracts: Contracts) -> None:
        self._contracts = contracts
        # A license's id binds its terms, so what a deed needs of them stays true once it was read.
        self._known: dict[int, Grant] = {}

    def of(self, license_id: int) -> Grant:
        """Return the grant of a license.

        Raises:
            LicenseNotFound: no license has this id.
        """
        if license_id not in self._known:
            for grant in self._read(license_id):
                self.learn(grant)
        if license_id not in self._known:
            raise LicenseNotFound(license_id)
        return self._known[license_id]

    def anew(self, license_id: int) -> Grant:
        """Return the grant of a license as the chain has it now.

        A reorganisation may have moved it to another block, and a start that was left to the grant.

        Raises:
            LicenseNotFound: no license has this id.
        """
        self._known.pop(license_id, None)
        return self.of(license_id)

    def learn(self, grant: Grant) -> None:
        """Keep a grant that was just made, so that it need not be looked up."""
        self._known[grant.license_id] = grant

    def all(
        self,
        *,
        twin_id: int | Sequence[int] | None = None,
        licensee: str | None = None,
        block: BlockIdentifier = "latest",
    ) -> tuple[Grant, ...]:
        """Return the grants up to a block, of twins or a licensee if named, in their order."""
        return tuple(self._read(None, twin_id, licensee, block=block))

    def opening(self, twin_id: int, category: int) -> tuple[Entry, ...]:
        """Return the entries that the conflict book of a twin and category consists of now.

        An exclusive grant drops those that had passed their end as granted; see `Exclusivity.sol`.
        """
        entries: list[Entry] = []
        for grant in self.all(twin_id=twin_id):
            if grant.scope.category != category:
                continue
            if grant.scope.exclusive:
                time = self._time(grant)
                entries = [entry for entry in entries if entry.end > time]
            scope = grant.scope
            entries.append(
                Entry(grant.license_id, grant.start, grant.end, scope.uses, scope.markets)
            )
        return tuple(entries)

    def _time(self, grant: Grant) -> int:
        if grant.scope.start == 0:
            return grant.start
        return self._contracts.time_of(grant.block)

    def _read(
        self, *topics: int | str | Sequence[int] | None, block: BlockIdentifier = "latest"
    ) -> Iterable[Grant]:
        licenses = self._contracts.licenses
        events = self._contracts.events(licenses, "LicenseGranted", *topics, until=block)
        return map(grant_of, events)


def grant_of(event: EventData) -> Grant:
    """Return what an event `LicenseGranted` tells."""
    values: Any = event["args"]
    terms = values["terms"]
    memo_hash, *scope = tuple(terms["scope"].values())
    return Grant(
        license_id=values["licenseId"],
        twin_id=values["twinId"],
        licensee=values["licensee"],
        start=values["start"],
        deposited=values["deposited"],
        scope=Scope("", *scope),
        pay=Pay(*terms["pay"].values()),
        shares=tuple(Share(*share.values()) for share in terms["shares"]),
        memo_hash=bytes(memo_hash),
        block=event["blockNumber"],
        transaction=Web3.to_hex(event["transactionHash"]),
    )
