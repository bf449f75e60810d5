"""`twinrights license plan`: a brand's campaign on one sheet, priced, judged and bought."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from twinrights import words
from twinrights.cli import look, option, read
from twinrights.cli.answer import Answer
from twinrights.cli.command import command
from twinrights.cli.license import group
from twinrights.cli.session import Session
from twinrights.errors import BadFile, BadSignedFile, FileMissing
from twinrights.sheet import Row, rows
from twinrights.typed_data import Signed

if TYPE_CHECKING:
    from twinrights.campaign.plan import Plan
    from twinrights.campaign.wish import Wish

__all__ = ["group"]

NEEDED = ("twin", "uses", "markets", "start", "quota")
OTHERS = ("days", "through", "exclusive", "category", "reference")
DAY = 86_400
MOST = (1 << 32) - 1
KINDS = ("offer", "ratecard")
LARGEST = 1 << 20
"""Bytes of a file that may be an offer or a rate card."""


@command(group, "plan")
def plan(
    session: Session,
    sheet: Annotated[
        Path,
        typer.Argument(
            metavar="CSV",
            help="Columns: twin, uses, markets, start, quota; days or through; and where wanted "
            "exclusive, category, reference (docs/brand.md).",
        ),
    ],
    licensee: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="WALLET",
            help="Who licenses: to look, an address will do; to --buy, a wallet that pays.",
        ),
    ],
    paper: Annotated[
        list[Path],
        typer.Option(
            "--papers",
            metavar="PATH",
            help="A signed rate card or offer, or a folder of them; again for more.",
        ),
    ],
    buy: Annotated[
        bool, typer.Option("--buy", help="Buy it all; what was bought before is not again.")
    ] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Buy what can be bought, and leave the rest.")
    ] = False,
    least: Annotated[
        bool,
        typer.Option(
            "--least-deposit", help="Pay in what must be, not the whole fees; top up later."
        ),
    ] = False,
    allowance_only: option.AllowanceOnly = False,
    out: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the sheet with its prices.")
    ] = None,
) -> Answer:
    """Price a campaign line by line, say what stands against it, and buy it in one go.

    Nothing is sent without --buy, nor before every line is right. With it a journal is kept beside
    the sheet (CSV.bought.json, private): interrupted, the same command buys what is left. Exit code
    3 means that a line would be refused.
    """
    from twinrights.campaign import plan as planning
    from twinrights.campaign.journal import Journal
    from twinrights.cli import planned as told

    chain = session.chain
    papers = list(_papers(paper))
    wishes = _wishes(session, sheet)
    account = session.account(licensee)
    journal = Journal.of(sheet, wishes, chain.deployment, account)
    if journal is None and buy:
        journal = Journal.begin(sheet, wishes, chain.deployment, account)
    with session.working("reading what the chain says"):
        planned = planning.plan(
            chain,
            journal.pinned(wishes) if journal else wishes,
            papers,
            account,
            decided=journal.decided if journal else None,
        )
    count = 0
    is_right = skip_refused or not planned.refused
    if buy and journal and is_right and planned.open:
        count = _bought(session, planned, journal, licensee, least, not allowance_only)
        planned = planning.plan(
            chain, journal.pinned(wishes), papers, account, decided=_decided(journal, planned)
        )
    if out is not None:
        told.write(session, planned, out)
    return told.answer(session, planned, count, is_stopped=buy and not is_right)


def _bought(
    session: Session, planned: Plan, journal: Any, licensee: str, least: bool, approve: bool
) -> int:
    """Buy the open lines, after it was written down which they are; return how many."""
    from twinrights.campaign import buy as buying

    wallet = session.wallet(licensee)
    buying.check_balances(session.chain, planned, wallet, least=least)
    journal.with_lines(planned.lines).save()
    of = len(planned.open)
    with session.progress() as tell:
        licenses = buying.buy(
            session.chain,
            planned,
            payer=wallet,
            least=least,
            approve=approve,
            bought=lambda done: tell("buying", done, of) if tell else None,
        )
    return len(licenses)


def _decided(journal: Any, planned: Plan) -> Mapping[int, tuple[int, bytes]]:
    decided: Mapping[int, tuple[int, bytes]] = journal.with_lines(planned.lines).decided
    return decided


def _papers(paths: Sequence[Path]) -> Iterator[Signed]:
    """Yield the offers and rate cards of these files and folders, each once.

    A file that is named must be one; in a folder, whatever is none is left aside.
    """
    seen = set()
    for path in paths:
        if not path.exists():
            raise FileMissing(str(path))
        found = list(_papers_in(path)) if path.is_dir() else [Signed.load(path)]
        kinds = [paper for paper in found if paper.kind in KINDS]
        if not kinds:
            raise BadSignedFile(str(path), "it holds no offer and no rate card")
        for paper in kinds:
            if paper.digest not in seen:
                seen.add(paper.digest)
                yield paper


def _papers_in(folder: Path) -> Iterator[Signed]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.stat().st_size <= LARGEST:
            try:
                yield Signed.load(file)
            except BadSignedFile:
                continue


def _wishes(session: Session, sheet: Path) -> list[Wish]:
    """Return what a sheet asks for, one wish for each twin of a row."""
    now = session.chain.now()
    known = session.chain.twins.ids()
    wishes: list[Wish] = []
    for row in rows(sheet, NEEDED):
        strange = [name for name in row.cells if name not in (*NEEDED, *OTHERS)]
        if strange:
            raise BadFile(str(sheet), f"the first line has {strange[0]!r}, which is no column here")
        wishes += _wishes_of(row, known, now)
    if not wishes:
        raise BadFile(str(sheet), "it asks for nothing")
    return wishes


def _wishes_of(row: Row, known: Sequence[int], now: int) -> Iterator[Wish]:
    from twinrights.campaign.wish import Wish

    twins = row.read("twin", lambda text: _twins(text, known))
    start = row.read("start", lambda text: _start(text, now))
    category = row.cells.get("category", "")
    for twin_id in twins:
        yield Wish(
            row=row.number,
            text=json.dumps(row.cells, ensure_ascii=False, sort_keys=True),
            twin_id=twin_id,
            uses=row.read("uses", words.uses),
            markets=row.read("markets", words.markets),
            start=start,
            term=_term(row, start, now),
            quota=row.whole("quota", least=1, most=MOST),
            exclusive=_is_exclusive(row),
            category=row.read("category", words.category) if category else None,
            reference=row.cells.get("reference", ""),
            ref=bytes(32),
        )


def _twins(text: str, known: Sequence[int]) -> list[int]:
    """Return the twins of a cell: one, or several with + between."""
    return [look.only(part.strip(), known, "twin") for part in text.split("+")]


def _start(text: str, now: int) -> int:
    start = read.moment(text, now=now)
    if text == "now":
        return 0
    if start < now:
        raise ValueError(f"{text!r} has passed: choose a later start")
    return start


def _term(row: Row, start: int, now: int) -> int:
    days, through = row.cells.get("days", ""), row.cells.get("through", "")
    if bool(days) == bool(through):
        raise row.wrong("days" if "days" in row.cells else "through", "give either days or through")
    if days:
        return row.whole("days", least=1, most=1827) * DAY
    term = row.read("through", read.through) - (start or now)
    if term <= 0:
        raise row.wrong("through", "the license would end before it starts")
    return term


def _is_exclusive(row: Row) -> bool:
    text = row.cells.get("exclusive", "").lower()
    if text not in ("", "yes", "no"):
        raise row.wrong("exclusive", f"{text!r} is neither yes nor no")
    return text == "yes"
