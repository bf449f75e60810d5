"""`twinrights demo`: the main job, whole, told by `twinrights.demo.story`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
) -> Answer | None:
    """Run the main job: 30 twins, licenses, images, royalties, and an audit of it all.

    On a chain inside this process, or on the node of --rpc.
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
    )
    return Answer(value) if session.settings.as_json else None
