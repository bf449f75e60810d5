"""`twinrights usage`: recording images, who may record, the history, and proving an image."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from twinrights import words
from twinrights.cli import look, option, told
from twinrights.cli.answer import Answer, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadInput, BadValue, KeyTrouble, NotFound, Refused
from twinrights.terms import Kind, License

__all__ = ["group"]

group = family("usage", "Usage: record images, name reporters, read and prove the history.")


@command(group, "record")
def record(
    session: Session,
    license: Annotated[
        list[str],
        typer.Argument(metavar="LICENSE…", help="The licenses: several for a group picture."),
    ],
    images: Annotated[
        list[Path],
        typer.Option(metavar="PATH", help="An image or a folder of images; again for more."),
    ],
    uses: option.Uses,
    markets: option.Markets,
    payer: option.Payer,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="declared (before), late or removed.")
    ] = "declared",
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where to write the list of images; named after license and batch unless given.",
        ),
    ] = None,
) -> Answer:
    """Record images by their SHA-256 under one or more licenses, in one transaction.

    Keep the list that is written: without its salts no image can be proven to be recorded.
    """
    licenses = [look.license_of(session, text) for text in license]
    kinds = {known.name.lower(): known for known in Kind}
    if kind.lower() not in kinds:
        raise BadValue("--kind", f"{kind!r} is none of {', '.join(kinds)}")
    wallet = session.wallet(payer)
    with (
        session.working("hashing and recording images"),
        _kept_if_sent(manifest or _manifest_of(licenses[0])) as path,
    ):
        recorded = session.chain.usage.record(
            licenses,
            images,
            payer=wallet,
            uses=words.uses(uses),
            markets=words.markets(markets),
            kind=kinds[kind.lower()],
            manifest_path=path,
        )
    return Answer(told.recorded_value(recorded))


def _manifest_of(license: License) -> Path:
    return Path(f"0x{license.id:064x}"[:10] + f"-{license.batches + 1}.manifest.json")


@contextmanager
def _kept_if_sent(path: Path) -> Iterator[Path]:
    """Yield where a new manifest goes, and take it away again where nothing was recorded."""
    if path.exists():
        raise BadValue("--manifest", f"{path} is there already, and its images need it")
    try:
        yield path
    except (BadInput, KeyTrouble, NotFound, Refused):
        path.unlink(missing_ok=True)
        raise


@command(group, "reporter")
def reporter(
    session: Session,
    account: Annotated[
        str, typer.Argument(metavar="WALLET", help="Whom the licensee names: an address or name.")
    ],
    payer: option.Payer,
    remove: Annotated[bool, typer.Option("--remove", help="Take the right back.")] = False,
) -> Answer:
    """Let somebody else record usage for all licenses of the sender, or no longer."""
    wallet = session.wallet(payer)
    named = session.account(account)
    session.chain.usage.set_reporter(named, not remove, payer=wallet)
    return Answer({"licensee": wallet.address, "reporter": named, "is_allowed": not remove})


@command(group, "is-reporter")
def is_reporter(
    session: Session,
    account: Annotated[
        str, typer.Argument(metavar="WALLET", help="Who would record: an address or a name.")
    ],
    licensee: Annotated[str, typer.Option(metavar="WALLET", help="For whose licenses.")],
    block: option.Block = None,
) -> Answer:
    """Say whether somebody may record usage for all licenses of a licensee."""
    asked, named = session.account(account), session.account(licensee)
    allowed = session.chain.usage.is_reporter(named, asked, block=look.as_of(session, block))
    return Answer({"licensee": named, "reporter": asked, "is_allowed": allowed})


@command(group, "reporters")
def reporters(
    session: Session,
    licensee: Annotated[str, typer.Argument(metavar="WALLET", help="For whose licenses.")],
    block: option.Block = None,
) -> Answer:
    """List whom a licensee has named to record usage for all its licenses."""
    named = session.account(licensee)
    found = session.chain.usage.reporters(named, block=look.as_of(session, block))
    return Answer(list(found))


@command(group, "history")
def history(
    session: Session,
    license: Annotated[str | None, typer.Option(metavar="LICENSE", help="Of this license.")] = None,
    twin: Annotated[str | None, typer.Option(metavar="TWIN", help="Of this twin.")] = None,
    licensee: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Of this licensee, a brand.")
    ] = None,
) -> Answer:
    """List the usage batches of a license, a twin or a licensee, in their order."""
    if sum(given is not None for given in (license, twin, licensee)) != 1:
        raise BadValue("history", "give one of --license, --twin and --licensee")
    batches = session.chain.usage.history(
        license_id=look.license_of(session, license).id if license else None,
        twin_id=look.twin_of(session, twin).id if twin else None,
        licensee=session.account(licensee) if licensee else None,
    )
    rows = [told.batch_value(batch) for batch in batches]
    return listed(rows, "license", "number", "kind", "time", "images", "uses", "markets", "root")


@command(group, "prove")
def prove(
    session: Session,
    license: option.LicenseId,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="The image file.")],
    manifest: Annotated[
        Path, typer.Option(metavar="FILE", help="The list that `usage record` wrote.")
    ],
) -> Answer:
    """Prove to the contract that an image was recorded under a license."""
    proof = session.chain.usage.prove(look.license_of(session, license).id, image, manifest)
    return Answer(told.proof_value(proof))
