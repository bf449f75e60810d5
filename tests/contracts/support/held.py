"""One granted license and the deeds that its people can do with it."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from brownie import Contract, TestDollar

from tests.contracts.support import stream
from tests.contracts.support.clock import next_second
from tests.contracts.support.digests import hash_scope, hash_shares

if TYPE_CHECKING:
    from tests.contracts.support.desk import Desk

__all__ = ["DECLINE", "DECLARED", "LAPSE_END", "LATE", "NOTICE", "REMOVED", "Held"]

DECLARED, LATE, REMOVED = range(3)
FAR = 2**40 - 1
NOTICE = "Notice(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)"
LAPSE_END = "LapseEnd(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)"
DECLINE = "Decline(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)"
STATE = (
    *("licensee", "start", "end", "paidThrough", "deposited", "collected", "imagesLeft", "uses"),
    *("markets", "batches", "head", "isBooking", "isNoticed", "isSettled"),
)


class Held:
    """A license with its terms at hand. Each deed is sent by `by`, in the second `at` if named."""

    def __init__(self, desk: Desk, terms: tuple[Any, ...], granting: Any) -> None:
        self.desk, self.granting = desk, granting
        event = granting.events["LicenseGranted"]
        self.id, self.start = event["licenseId"], event["start"]
        self.scope, self.pay, self.shares = self.terms = terms
        self.fee, self.committed, self.term, self.quota = self.pay[2:]
        self.end = self.start + self.term
        self.scope_hash, self.shares_hash = hash_scope(self.scope), hash_shares(self.shares)
        self.bps = [share[1] for share in self.shares]

    @cached_property
    def token(self) -> Any:
        if self.pay[1] == self.desk.token.address:
            return self.desk.token
        return Contract.from_abi("Token", self.pay[1], TestDollar.abi)

    @property
    def parts(self) -> tuple[bytes, tuple[Any, ...], bytes]:
        """What a deed brings that needs no shares."""
        return self.scope_hash, self.pay, self.shares_hash

    @property
    def state(self) -> Any:
        """Everything that the chain keeps of it."""
        found = self.desk.licenses.licenseOf(self.id)
        return SimpleNamespace(**dict(zip(STATE, found, strict=True)))

    @property
    def entry(self) -> tuple[int, int, int, int, int]:
        """Its link of the conflict book."""
        return self.id, self.start, self.end, self.scope[7], self.scope[8]

    def _send(self, deed: Any, arguments: Any, by: Any, at: int | None, **more: Any) -> Any:
        sender = self.desk.by(by, **next_second(at) | more)
        return self.desk.weigh(deed(*arguments, sender))

    def top_up(self, deposited: int, *, by: Any = None, at: int | None = None) -> Any:
        return self._send(
            self.desk.licenses.topUp, (*self.parts, deposited), by or self.desk.hm, at
        )

    def pay_out(self, *, by: Any = None, at: int | None = None, **more: Any) -> Any:
        arguments = (self.scope_hash, self.pay, self.shares)
        by = by or self.desk.relay
        return self._send(self.desk.licenses.payOut, arguments, by, at, **more)

    def surrender(self, *, by: Any = None, at: int | None = None, **more: Any) -> Any:
        arguments = (self.scope_hash, self.pay, self.shares)
        by = by or self.desk.hm
        return self._send(self.desk.licenses.surrender, arguments, by, at, **more)

    def ending(self, kind: str, *, key: str | None = None, **changes: Any) -> tuple[Any, bytes]:
        """The owner's act of a kind and her signature, or that of another key."""
        nonce = self.desk.twins.authority(self.pay[0])["nonce"] if "nonce" not in changes else 0
        act = {"memo": bytes(32), "licenseId": self.id, "nonce": nonce, "deadline": FAR} | changes
        values = tuple(act.values())
        keys = {} if key is None else {"key": key}
        return values, self.desk.sign(self.desk.licenses, kind, values, **keys)

    def give_notice(self, **how: Any) -> Any:
        return self._end(self.desk.licenses.giveNotice, NOTICE, **how)

    def end_lapsed(self, **how: Any) -> Any:
        return self._end(self.desk.licenses.endLapsed, LAPSE_END, **how)

    def decline(self, **how: Any) -> Any:
        return self._end(self.desk.licenses.decline, DECLINE, **how)

    def _end(
        self,
        deed: Any,
        own_kind: str,
        *,
        kind: str | None = None,
        by: Any = None,
        at: int | None = None,
        gas_limit: int | None = None,
        **act: Any,
    ) -> Any:
        """What is signed can differ from what ends this license: see `ending`."""
        signed, signature = self.ending(kind or own_kind, **act)
        arguments = (signed, self.scope, self.pay, self.shares_hash, signature)
        more = {} if gas_limit is None else {"gas_limit": gas_limit}
        return self._send(deed, arguments, by or self.desk.relay, at, **more)

    def batch(self, images: int = 1, **changes: Any) -> tuple[Any, ...]:
        """A batch of the license's next number, in one use and one market that it grants."""
        values = {
            "number": self.state.batches + 1 if "number" not in changes else 0,
            "kind": DECLARED,
            "root": b"root".ljust(32),
            "images": images,
            "uses": self.scope[7] & -self.scope[7],
            "markets": self.scope[8] & -self.scope[8],
            "manifest": b"manifest".ljust(32),
        } | changes
        return tuple(values.values())

    def record(
        self, images: int = 1, *, by: Any = None, at: int | None = None, **changes: Any
    ) -> Any:
        arguments = (self.id, self.batch(images, **changes))
        return self._send(self.desk.licenses.record, arguments, by or self.desk.hm, at)

    def earned(self, at: int) -> int:
        """What the contract says that it has earned by a second."""
        return self.desk.licenses.earned(*self.parts, at)

    def owes(self, at: int, *, used: int = 0, deposited: int | None = None, end: int = 0) -> int:
        """What the law says that it has earned by a second."""
        return stream.earned(
            fee=self.fee,
            deposited=self.fee if deposited is None else deposited,
            term=self.term,
            quota=self.quota,
            start=self.start,
            end=end or self.end,
            at=at,
            used=used,
        )

    def may_publish(self, *, who: Any = None, images: int = 1, at: int = 0, **asked: int) -> int:
        uses = asked.get("uses", self.scope[7] & -self.scope[7])
        markets = asked.get("markets", self.scope[8] & -self.scope[8])
        who = who or self.desk.hm
        return self.desk.licenses.mayPublish(self.id, who, uses, markets, images, at)
