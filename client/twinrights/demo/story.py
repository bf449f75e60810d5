"""The main job, whole: from a signed twin to a paid royalty and a verified history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from twinrights.audit.page.document import document
from twinrights.demo import roster as rosters
from twinrights.demo import show
from twinrights.demo.begun import FILE
from twinrights.demo.ended import Ended
from twinrights.demo.given import Given
from twinrights.demo.keeping import Kept, commands
from twinrights.demo.keeping import keep as to_keep
from twinrights.demo.scenes import audit, opening, payday, recovery, refusals, sales, season
from twinrights.demo.setting import on_embedded, on_node
from twinrights.demo.stage import DAY, Stage
from twinrights.demo.tally import count
from twinrights.demo.teller import Teller
from twinrights.wallets import Wallet

__all__ = ["run"]


def run(
    *,
    roster: Path | None = None,
    brands: Path | None = None,
    images: Path | None = None,
    rpc: str | None = None,
    keep: bool = False,
    json_output: bool = False,
    console: Console | None = None,
    payer: Wallet | None = None,
    report: Path | None = None,
) -> dict[str, Any]:
    """Play the whole story and return its figures, all of them read from the chain.

    On a chain inside this process, or with contracts of its own on the node at `rpc`; with `keep`
    on a node that is left running. Progress goes to `console`, tables to stdout unless
    `json_output`. `payer` pays on a chain that is not local, and plays the first brand there;
    `report` is where the audit is written as a page.

    Amounts are integers in the smallest unit of the currency (millionths), so that `streamed` is
    exactly the sum of `paid_out`.

    On a node, what was interrupted goes on where it stopped: a file in the present folder,
    `twinrights-demo.unfinished.json`, says so until the story has ended.

    Raises:
        FileMissing, BadFile, BadRow, BadValue: the input cannot be right; no chain was touched.
        NotReady, KeyTrouble: there is no such node, or nobody who may pay there.
    """
    given = rosters.load(roster=roster, brands=brands, images=images)
    teller = Teller(console or Console(stderr=True, highlight=False, markup=False))
    kept = to_keep(teller, rpc) if keep else None
    try:
        ended = played(given, teller, kept, kept.rpc if kept else rpc, payer, file=FILE)
    except BaseException:
        if kept:
            kept.drop()
        raise
    if ended.stage.begun:
        ended.stage.begun.end()
    if report is not None:
        write_report(ended, report)
    if not json_output:
        show.tables(ended)
    return ended.value


def write_report(ended: Ended, file: Path) -> None:
    """Write what the auditor said as one page, with the names of the cast, and say where it is."""
    stage, report = ended.stage, ended.audited.report
    names = stage.cast.names(stage.given)
    # A twin that was moved belongs to another wallet of the same model.
    slugs = {twin_id: slug for slug, twin_id in stage.twins.items()}
    called = {model.slug: model.name for model in stage.given.models}
    names |= {twin.owner: called[slugs[twin.id]] for twin in report.twins}
    page = document(report, names=names)
    file.write_text(page, encoding="utf-8")
    stage.teller.say(f"the report is in {file.resolve()}")


def played(
    given: Given,
    teller: Teller,
    kept: Kept | None,
    rpc: str | None,
    payer: Wallet | None,
    *,
    file: Path | None = None,
) -> Ended:
    """Return how the story ended on the chain that was asked for."""
    place = kept.place if kept else None
    if rpc is None:
        stage = on_embedded(given, teller)
    else:
        stage = on_node(rpc, given, teller, payer, file=file, place=place)
    stage.manifests = kept.manifests if kept else None
    play(stage)
    tally = count(stage)
    audited = audit.audited(stage, tally)
    return Ended(
        stage=stage,
        tally=tally,
        audited=audited,
        lie=audit.lie_caught(stage),
        commands=commands(stage, kept) if kept else [],
        seconds=round(teller.seconds, 1),
    )


def play(stage: Stage) -> None:
    """Play all scenes that this chain allows."""
    opening.consents(stage)
    opening.policies(stage)
    opening.rate_cards(stage)
    opening.treasuries(stage)
    sales.sell(stage)
    refusals.grants_refused(stage)
    season.booking_declined(stage)
    if stage.can_wait:
        play_season(stage)
    else:
        play_at_once(stage)


def play_season(stage: Stage) -> None:
    """Play what takes time: a hundred days and more, in seconds."""
    stage.wait_until(stage.season + 3600, "the season has begun")
    season.images_recorded(stage)
    refusals.outside_market_refused(stage)

    stage.wait_until(stage.season + 15 * DAY, "15 days later")
    recovery.phone_lost(stage)
    payday.first_brand(stage)
    season.notice_given(stage)
    season.surrendered(stage)
    refusals.revoked_card_refused(stage)

    stage.wait_until(stage.season + 40 * DAY, "40 days into the season")
    season.lapsed_and_recovered(stage)
    recovery.twin_rescued(stage)
    payday.other_brands(stage)

    stage.wait_until(season.last_day(stage), "the last pay-day")
    season.notice_settled(stage)
    payday.everybody(stage)


def play_at_once(stage: Stage) -> None:
    """Play what needs no waiting, where the clock cannot be moved."""
    stage.teller.say("this chain's clock cannot be moved: what needs waiting is left out")
    season.images_recorded(stage)
    refusals.outside_market_refused(stage)
    season.surrendered(stage)
    refusals.revoked_card_refused(stage)
    payday.everybody(stage)
