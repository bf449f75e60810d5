"""Holds the memos that owners signed against what the fields beside them say.

Events carry a memo by its hash, so it is written again from the fields and hashed. That can be done
for a consent and for an offer; a booking's memo is its rate card's, whose prices stand in calldata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eth_utils.crypto import keccak

from twinrights.audit.events import Event
from twinrights.audit.findings import Finding, Severity, Subject, text
from twinrights.memo import render
from twinrights.money import Currency
from twinrights.terms import ZERO_HASH, Consent, Pay, Scope, Share, Terms

__all__ = ["other_memos", "terms_of"]


def other_memos(events: Iterable[Event], currencies: Sequence[Currency]) -> Iterator[Finding]:
    """Yield a finding for each consent and offer whose memo is not what its fields give.

    A memo may name its currency by our list, or by its address as unknown.
    """
    for event in events:
        if event.name == "TwinMinted":
            consent = event["consent"]
            message = Consent("", *list(consent.values())[1:])
            yield from _judged(event, Subject("twin", event["twinId"]), consent, [render(message)])
        elif event.name == "LicenseGranted" and event["terms"]["scope"]["card"] == ZERO_HASH:
            terms = terms_of(event["terms"])
            memos = [render(terms, currencies=currencies), render(terms)]
            subject = Subject("license", event["licenseId"])
            yield from _judged(event, subject, event["terms"]["scope"], memos)


def _judged(event: Event, subject: Subject, signed: Any, memos: Sequence[str]) -> Iterator[Finding]:
    if signed["memo"] in [keccak(text=memo) for memo in memos]:
        return
    yield Finding(
        code="MemoDiffers",
        severity=Severity.WARNING,
        subject=subject,
        expected=memos[0],
        found=f"a memo with the hash {text(signed['memo'])}",
        sentence=f"{subject.title} was signed under a memo that does not say what its fields say: "
        "its owner may have read other words.",
        law=1 if subject.kind == "twin" else 5,
        block=event.block,
        transaction=event.transaction,
    )


def terms_of(values: Any) -> Terms:
    """Return terms as their event carries them, without the text of the memo."""
    return Terms(
        Scope("", *list(values["scope"].values())[1:]),
        Pay(*values["pay"].values()),
        tuple(Share(*share.values()) for share in values["shares"]),
    )
