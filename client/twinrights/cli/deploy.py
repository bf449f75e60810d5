"""`twinrights deploy`: the contracts on a chain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import option, told
from twinrights.cli.answer import Answer
from twinrights.cli.session import Session
from twinrights.errors import BadValue, FileMissing

__all__ = ["deploy"]


def deploy(
    session: Session,
    payer: option.Payer,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the addresses.")] = Path(
        "deployment.json"
    ),
) -> Answer:
    """Put the contracts on the chain of --rpc. Nobody is their admin, not even who sends this."""
    from twinrights.chain.connect import connect
    from twinrights.chain.deploy import deploy as put_up

    if out.exists():
        raise BadValue("--out", f"{out} is there already: name another file")
    if not out.parent.is_dir():
        raise FileMissing(str(out.parent))
    wallet = session.wallet(payer)
    web3 = connect(session.rpc)
    with session.working("deploying the contracts"):
        deployment = put_up(web3, wallet)
    deployment.save(out)
    return Answer(told.deployment_value(deployment) | {"file": str(out)})
