"""`twinrights demo`: the main job, whole, told by `twinrights.demo.story`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import read
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session

__all__ = ["demo"]


def demo(
    session: Session,
    roster: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV of the twins; ours unless given.")
    ] = None,
    brands: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV of the brands; ours unless given.")
    ] = None,
    images: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of images; ours unless given.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave a node with the chain, and say how to go on.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the audit as one page of HTML, with charts."),
    ] = None,
    payer: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="WALLET",
            help="Who pays where money is worth something, and plays the first brand there.",
        ),
    ] = None,
) -> Answer | None:
    """Run the main job: 30 twins, licenses, images, royalties, and an audit of it all.

    On a chain inside this process, or on the node of --rpc. Amounts in the JSON are whole numbers
    of the smallest unit, millionths of a dollar: "streamed" is exactly the sum of "paid_out".

    On a node, what was interrupted goes on where it stopped when it is started again in the same
    folder: twinrights-demo.unfinished.json says so until the story has ended.
    """
    from twinrights.demo.story import run

    value = run(
        roster=roster,
        brands=brands,
        images=images,
        rpc=session.settings.rpc,
        keep=keep,
        json_output=session.settings.as_json,
        console=session.console,
        payer=session.wallet(payer) if payer else None,
        report=read.place(report, field="--report") if report else None,
    )
    return Answer(value) if session.settings.as_json else None
