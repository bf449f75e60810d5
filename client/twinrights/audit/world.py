"""Where the replay writes: everything that the events amount to, and what in them breaks a law."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from twinrights.audit.events import Event
from twinrights.audit.findings import Coins, Finding, Severity, Subject
from twinrights.audit.state import (
    Book,
    Flagged,
    License,
    Move,
    Posting,
    Twin,
    UsageBatch,
    Vouch,
)

__all__ = ["World"]


@dataclass
class World:
    """Everything that the events amount to. `findings` are what in the history breaks a law.

    `postings` is all of the money's history, `waiting` what of it makes up each claim of `payable`,
    `lives` every license after each event that changed it; `vouches` are the words not taken back,
    expired ones too, by voucher, subject and commitment.
    """

    twins_separator: bytes
    licenses_separator: bytes
    licenses_address: str
    coins: Coins
    twins: dict[int, Twin] = field(default_factory=dict)
    licenses: dict[int, License] = field(default_factory=dict)
    books: dict[tuple[int, int], Book] = field(default_factory=dict)
    granted: dict[tuple[int, int, bool], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    market_sets: dict[int, int] = field(default_factory=dict)
    set_numbers: dict[int, int] = field(default_factory=dict)
    reporters: dict[tuple[str, str], bool] = field(default_factory=dict)
    revoked: set[tuple[int, bytes]] = field(default_factory=set)
    payable: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    net: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    usage: list[UsageBatch] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    waiting: dict[tuple[str, int], list[Posting]] = field(default_factory=lambda: defaultdict(list))
    lives: dict[int, list[tuple[Event, License]]] = field(default_factory=lambda: defaultdict(list))
    vouches: dict[tuple[str, str, bytes], Vouch] = field(default_factory=dict)
    flags: list[Flagged] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    # Of the transaction that is being replayed.
    moves: list[Move] = field(default_factory=list)
    minted: set[tuple[str, int]] = field(default_factory=set)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return every currency that a license is paid in, in the order of their first license."""
        return tuple(dict.fromkeys(each.currency for each in self.licenses.values()))

    @property
    def accounts(self) -> set[tuple[str, int]]:
        """Return every currency and account that a claim could wait for, with or without one."""
        found = set(self.payable)
        for license in self.licenses.values():
            payees = {int(share.payee, 16) for share in license.shares}
            payees |= {license.twin_id, int(license.licensee, 16)}
            found |= {(license.currency, payee) for payee in payees}
        return found

    def keep(self, license: License, event: Event) -> None:
        """Keep a license as an event left it."""
        self.licenses[license.id] = license
        self.lives[license.id].append((event, license))

    def change(self, license: License, event: Event, **values: Any) -> None:
        """Keep a license with what an event changed."""
        self.keep(replace(license, **values), event)

    def find(
        self,
        code: str,
        subject: Subject,
        what: str,
        *,
        expected: object,
        found: object,
        law: int | None,
        event: Any,
        **values: Any,
    ) -> None:
        """Add a finding about an event; `what` is its sentence without the subject."""
        self.findings.append(
            Finding(
                code=code,
                severity=values.pop("severity", Severity.ERROR),
                subject=subject,
                expected=str(expected),
                found=str(found),
                sentence=f"{subject.title} {what}.",
                law=law,
                block=event.block,
                transaction=event.transaction,
                **values,
            )
        )
