"""`twinrights audit`: history and money checked against each other, trusting nobody."""

from __future__ import annotations

from typing import Annotated

import typer

from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session

__all__ = ["group"]

group = family("audit", "Audit: rebuild everything from events and compare it with the chain.")

DIFFERS = 2


@command(group, "run")
def run(
    session: Session,
    twin: Annotated[
        str | None, typer.Option(metavar="TWIN", help="Print the usage history of this twin.")
    ] = None,
    brand: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Print that of this licensee.")
    ] = None,
    license: Annotated[
        str | None, typer.Option(metavar="LICENSE", help="Print that of this license.")
    ] = None,
) -> Answer:
    """Rebuild balances, quotas, exclusivity and histories from events, and compare with the chain.

    Exit code 2 means that something differs: the findings name it, with the amount at stake.
    """
    from twinrights.audit.run import audit

    chain = session.chain
    with session.working("auditing"):
        report = audit(chain.web3, chain.deployment)
    return Answer(report.to_json(), exit_code=DIFFERS if report.findings else 0)
