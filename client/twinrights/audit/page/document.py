"""The whole page: the verdict first, then the evidence, then the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from twinrights.audit.page import licenses, money, trust, uses, verdict
from twinrights.audit.page.markup import Element, el, write
from twinrights.audit.page.said import Said, moment
from twinrights.audit.report import Report

__all__ = ["document"]

NOBODY: Mapping[str, str] = MappingProxyType({})


def document(report: Report, *, names: Mapping[str, str] = NOBODY) -> str:
    """Return a report as one page of HTML that needs nothing else.

    `names` are what people call accounts, by their addresses; others are shown by their ends.
    """
    said = Said.of(report, names)
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    return write(
        el(
            "html",
            el(
                "head",
                el("meta", charset="utf-8"),
                el("meta", name="viewport", content="width=device-width, initial-scale=1"),
                el("meta", name="color-scheme", content="light dark"),
                el("title", f"TwinRights audit: {verdict.headline(report)}"),
                el("style", style),
            ),
            el(
                "body",
                el(
                    "main",
                    verdict.verdict(said),
                    verdict.findings(said),
                    verdict.checked(said),
                    money.sections(said),
                    uses.section(said),
                    licenses.section(said),
                    trust.section(said),
                    _foot(report),
                ),
            ),
            lang="en",
        )
    )


def _foot(report: Report) -> Element:
    contracts = [
        el("div", el("dt", name), el("dd", el("code", address)))
        for name, address in report.contracts.items()
    ]
    return el(
        "footer",
        el("dl", contracts, class_="evidence"),
        el(
            "p",
            "To see for yourself: ",
            el("code", f"twinrights audit run --block {report.block}"),
            f". Amounts are exact, dates are UTC. As of {moment(report.time)}.",
        ),
    )
