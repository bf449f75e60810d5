"""`twinrights verify`: contracts, signed files and images, without trusting who shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import look, papers, standing, told
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadInput

__all__ = ["group"]

group = family("verify", "Verify contracts, signed files and images.")


@command(group, "code")
def code(session: Session) -> Answer:
    """Compare the code at the deployment's addresses with this package's contracts."""
    deployment = session.chain.deployment
    return Answer(told.deployment_value(deployment) | {"code": "this package's"})


@command(group, "file")
def file(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A draft or signed file.")],
) -> Answer:
    """Show what a file says and what stands against it now; exit code 1 if anything does."""
    paper = papers.unchecked(file)
    problems = standing.against(session, paper)
    value = {
        **papers.described(session, paper),
        "is_good": not problems,
        "against": [str(problem) for problem in problems],
    }
    return Answer(value, exit_code=BadInput.exit_code if problems else 0)


@command(group, "image")
def image(
    session: Session,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="The image file.")],
    license: Annotated[
        str, typer.Option(metavar="LICENSE", help="The license it should be under.")
    ],
    manifest: Annotated[
        Path, typer.Option(metavar="FILE", help="The list that `usage record` wrote.")
    ],
) -> Answer:
    """Say when and for what an image was recorded under a license, and if its model flagged it."""
    chain = session.chain
    proof = chain.usage.prove(look.license_of(session, license).id, image, manifest)
    twin_id = chain.licenses.terms(proof.license_id).twin_id
    flags = chain.trust.flags(twin_id=twin_id, image=proof.leaf.file)
    flagged = [told.flag_value(each) for each in flags]
    return Answer({**told.proof_value(proof), "flagged": flagged})
