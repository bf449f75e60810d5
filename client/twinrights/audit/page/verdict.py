"""What an audit concludes, first: the verdict, each finding with its evidence, what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from twinrights.audit.findings import Finding
from twinrights.audit.page.markup import Element, el
from twinrights.audit.page.said import Said, count, moment
from twinrights.audit.report import Report

__all__ = ["checked", "findings", "headline", "verdict"]

CHECKED = {
    "views": "Every license, twin, balance, claim and permission, as the contracts answer today.",
    "storage": "Every word of storage that the events explain.",
    "proofs": "Proofs (eth_getProof) that this is the state of the newest block's header.",
    "storage roots": "That the contracts store nothing beside what the events explain.",
}


def headline(report: Report) -> str:
    """Return the verdict in one sentence."""
    money = "the money agrees to the last unit" if report.reconciled else "the money does not agree"
    if report.ok:
        return f"Nothing differs, and {money}."
    found = count(len(report.findings), "thing differs", "things differ")
    return f"{found}, {'but' if report.reconciled else 'and'} {money}."


def verdict(said: Said) -> Element:
    """Return the head of the page: the sentence, where and when, and the figures."""
    report = said.report
    live = sum(each.lapse(report.time).value == 0 for each in report.licenses)
    images = sum(batch.images for batch in report.usage if not batch.kind)
    figures: list[tuple[str, str | Element, str]] = [
        ("twins", f"{len(report.twins):,}", ""),
        ("licenses", f"{len(report.licenses):,}", f"{live:,} live"),
        ("images declared", f"{images:,}", f"in {count(len(report.usage), 'batch', 'batches')}"),
        ("events replayed", f"{report.events:,}", ""),
    ]
    for each in report.totals:
        if each.deposited:
            paid = said.money(each.collected, each.currency)
            figures.append(
                ("paid out", said.number(each.collected, each.currency), paid.partition(" ")[2])
            )
    cells = [
        el("div", el("dt", name), el("dd", value, el("small", beside) if beside else None))
        for name, value, beside in figures
    ]
    return el(
        "header",
        el("p", "TwinRights audit", class_="kicker"),
        el(
            "h1",
            el("span", "✓" if report.ok else "!", class_="sign", aria_hidden="true"),
            headline(report),
            class_="good" if report.ok else "bad",
        ),
        el(
            "p",
            f"Chain {report.chain_id}, from the deployment to block {report.block:,} of "
            f"{moment(report.time)}. Rebuilt from events alone, then held against the chain.",
            class_="lead",
        ),
        el("dl", cells, class_="tiles"),
    )


def findings(said: Said) -> Iterator[Element]:
    """Yield the findings, then the remarks, as far as there are any."""
    report = said.report
    if report.findings:
        yield el(
            "section",
            el("h2", "What differs"),
            [_finding(said, each) for each in report.findings],
            class_="findings",
        )
    if report.remarks:
        yield el(
            "section",
            el("h2", "Remarks"),
            el("p", "Facts that break no law.", class_="lead"),
            [_finding(said, each) for each in report.remarks],
            class_="findings",
        )


def _finding(said: Said, finding: Finding) -> Element:
    stake = (
        None
        if finding.amount is None or finding.currency is None
        else el(
            "p",
            "at stake ",
            el("strong", said.money(finding.amount, finding.currency)),
            class_="stake",
        )
    )
    head = [el("span", finding.severity.value, class_="badge"), el("code", finding.code)]
    if finding.law:
        head.append(el("span", f"law {finding.law}"))
    evidence = {
        "expected, by the events": _value(said, finding, finding.expected),
        "found": _value(said, finding, finding.found),
        finding.subject.kind: finding.subject.to_json()["id"],
        "that is": _known(said, finding),
        "block": None if finding.block is None else f"{finding.block:,}",
        "transaction": finding.transaction,
    }
    rows = [
        el("div", el("dt", name), el("dd", value))
        for name, value in evidence.items()
        if value is not None
    ]
    return el(
        "article",
        el("p", head, class_="head"),
        stake,
        el("p", finding.sentence, class_="sentence"),
        el("dl", rows, class_="evidence"),
        class_=f"finding {finding.severity.value}",
    )


def _known(said: Said, finding: Finding) -> str | None:
    """Return whom people know a license or a twin by."""
    of = finding.subject
    if of.kind == "twin" and isinstance(of.id, int):
        return said.twin(of.id)
    license = said.report.ledger.world.licenses.get(of.id) if isinstance(of.id, int) else None
    if of.kind != "license" or license is None:
        return None
    return f"{said.twin(license.twin_id)} for {said.wallet(license.licensee)}"


def _value(said: Said, finding: Finding, text: str) -> str:
    """Return a value of the evidence; where it is the money at stake, as an amount."""
    if finding.amount is None or finding.currency is None or not text.isdecimal():
        return text
    return said.money(int(text), finding.currency)


def checked(said: Said) -> Element:
    """Return what was held against what, and what this audit cannot say."""
    report = said.report
    done = [
        f"All blocks from the deployment to block {report.block:,}: each names the hash of the "
        "one before, and no clock runs back.",
        f"{count(report.events, 'event')}, each judged by the laws in its own second: the "
        "signed terms, policy, exclusivity, quota, shares, endings.",
        "Every transfer of each currency to and from the contract, against those events.",
        *(CHECKED.get(each, each) for each in report.compared),
    ]
    if report.held:
        done.append(f"{count(report.held, 'file')} of a store, against the hashes on the chain.")
    return el(
        "section",
        el("h2", "What was checked, and what could not be"),
        el(
            "div",
            el(
                "div",
                el("h3", "Checked"),
                el("ul", [el("li", each) for each in done]),
                class_="done",
            ),
            el(
                "div",
                el("h3", "Not judged here"),
                el("ul", [el("li", each) for each in report.not_judged]),
                class_="open",
            ),
            class_="columns",
        ),
        class_="checks",
    )
