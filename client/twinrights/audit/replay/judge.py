"""Saying, of one event, what the laws demanded and what was met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twinrights.audit.events import Event
from twinrights.audit.findings import Severity, Subject
from twinrights.audit.state import License, Twin
from twinrights.audit.world import World

__all__ = ["Handler", "Judge", "license_of", "twin_of"]

Handler = Callable[[World, Event, "Event | None"], None]
"""Replays one event; the third value is the next event of the same contract and transaction."""


class Judge:
    """Adds a finding for whatever of one event does not hold."""

    def __init__(self, world: World, event: Event, subject: Subject) -> None:
        self.world = world
        self.event = event
        self.subject = subject

    def must(
        self,
        holds: bool,
        code: str,
        what: str,
        *,
        expected: object,
        found: object,
        law: int | None,
        amount: int | None = None,
        currency: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> bool:
        """Return whether it holds; if not, add the finding `code`."""
        if not holds:
            self.world.find(
                code,
                self.subject,
                what,
                expected=expected,
                found=found,
                law=law,
                event=self.event,
                amount=amount,
                currency=currency,
                severity=severity,
            )
        return holds

    def same_money(
        self, code: str, what: str, *, license: License, expected: int, found: int, law: int
    ) -> None:
        """Add the finding `code` unless both amounts agree; at stake is their difference."""
        say = self.world.coins.say
        stake = abs(found - expected)
        self.must(
            expected == found,
            code,
            f"{what}: {say(found, license.currency)} instead of {say(expected, license.currency)}, "
            f"{say(stake, license.currency)} apart",
            expected=expected,
            found=found,
            law=law,
            amount=stake,
            currency=license.currency,
        )


def license_of(world: World, event: Event) -> License | None:
    """Return the license that an event speaks of; an unknown one is a finding."""
    known: License | None = _known(world, event, "license", event["licenseId"], world.licenses)
    return known


def twin_of(world: World, event: Event) -> Twin | None:
    """Return the twin that an event speaks of; an unknown one is a finding."""
    known: Twin | None = _known(world, event, "twin", event["twinId"], world.twins)
    return known


def _known(world: World, event: Event, kind: str, id_: int, among: dict[int, Any]) -> Any:
    known = among.get(id_)
    Judge(world, event, Subject(kind, id_)).must(
        known is not None,
        f"{kind.capitalize()}Unknown",
        f"appears in {event.name} without ever having been made",
        expected=f"a {kind} with that id",
        found="none",
        law=None,
    )
    return known
