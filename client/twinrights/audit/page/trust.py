"""Who vouches for the wallets of a report, and what their owners doubt: words, not findings."""

from __future__ import annotations

from collections.abc import Sequence

from twinrights.audit.findings import short
from twinrights.audit.page.markup import Element, el, table
from twinrights.audit.page.said import Said, count, day
from twinrights.audit.report import Report

__all__ = ["section", "vouched"]

FOR_GOOD = 253_402_300_800
"""The year 10000: a word that stands until then has no end that a calendar knows."""

Word = tuple[str, str, bytes]
"""Who vouches, for whom, and the commitment to what is said."""


def section(said: Said) -> Element:
    """Return what stands at the newest block, and for how many wallets nobody vouches."""
    words, doubts = vouched(said.report), _doubts(said)
    owners = {twin.owner for twin in said.report.twins}
    licensees = {license.licensee for license in said.report.licenses}
    # A wallet's word about itself answers a domain; nobody is vouched for by itself.
    known = {subject for voucher, subject, _ in words if voucher != subject}
    without = [
        count(len(wallets - known), name)
        for wallets, name in ((owners, "owner"), (licensees, "licensee"))
        if wallets - known
    ]
    return el(
        "section",
        el("h2", "Who vouches"),
        el(
            "p",
            "Anyone may vouch on the chain that a wallet is who it says. An audit can tell who "
            "does; whether to believe it is for the reader.",
            class_="lead",
        ),
        _table(said, words) if words else None,
        el("p", f"Nobody vouches for {' and '.join(without)}.", class_="note") if without else None,
        doubts,
        class_="trust",
    )


def vouched(report: Report) -> dict[Word, int]:
    """Return every word that stands at the time of a report, with the second until which."""
    words: dict[Word, int] = {}
    for event in report.ledger.events:
        if event.name in ("Vouched", "VouchWithdrawn"):
            word = (event["voucher"], event["subject"], event["commitment"])
            words.pop(word, None)
            if event.name == "Vouched":
                words[word] = event["until"]
    return {word: until for word, until in words.items() if until > report.time}


def _table(said: Said, words: dict[Word, int]) -> Element:
    rows = [
        _row(
            said.wallet(subject),
            ("vouched for by", said.wallet(voucher)),
            ("through", "for good" if until >= FOR_GOOD else day(until - 1)),
            ("commitment", short(f"0x{commitment.hex()}")),
        )
        for (voucher, subject, commitment), until in words.items()
    ]
    heads = ("wallet", "vouched for by", "through", "commitment")
    return table("Vouched for at the newest block", heads, rows, class_="wide")


def _doubts(said: Said) -> Element | None:
    """Return the images that owners have flagged; None where there are none."""
    flags = [event for event in said.report.ledger.events if event.name == "Flagged"]
    if not flags:
        return None
    rows = [
        _row(
            said.twin(event["twinId"]),
            ("license", short(event["licenseId"]) if event["licenseId"] else "none named"),
            ("image (SHA-256)", short(f"0x{event['imageHash'].hex()}")),
            ("on", day(event.time)),
        )
        for event in flags
    ]
    heads = ("twin", "license", "image (SHA-256)", "on")
    return table("Images that an owner doubts in public", heads, rows, class_="wide")


def _row(first: str, *cells: Sequence[str]) -> Element:
    return el(
        "tr", el("th", first, scope="row"), [el("td", text, data_head=head) for head, text in cells]
    )
