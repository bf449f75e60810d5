"""`twinrights usage`: recording images, who may record, the history, and proving an image."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twinrights import words
from twinrights.cli import look, option, told
from twinrights.cli.answer import Answer, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadInput, BadValue, KeyTrouble, NotFound, Refused, SendElsewhere
from twinrights.media.images import ImageFile, find_images, sha256_of
from twinrights.media.manifest import Manifest
from twinrights.store.images import listed_in
from twinrights.store.kinds import Kind as Kept
from twinrights.terms import Kind, License

if TYPE_CHECKING:
    from twinrights.usage import Recorded

__all__ = ["group"]

LIST, UNSENT = ".manifest.json", ".unsent"

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

    Keep the list that is written: without its salts no image can be proven to be recorded. It is
    called .unsent until it is; interrupted, the same command goes on with it, and nothing twice.
    The store of --store gets it too, with thumbnails.
    """
    licenses = [look.license_of(session, text) for text in license]
    kinds = {known.name.lower(): known for known in Kind}
    if kind.lower() not in kinds:
        raise BadValue("--kind", f"{kind!r} is none of {', '.join(kinds)}")
    wanted = (kinds[kind.lower()], words.uses(uses), words.markets(markets))
    wallet = session.wallet(payer)
    path = _unsent(licenses[0], manifest)
    with session.working("hashing and recording images"):
        paths = find_images(images)
        files = [sha256_of(path) for path in paths]
        if (before := _settled(session, licenses, path, files, wanted)) is not None:
            return Answer(told.recorded_value(before))
        path = _unsent(licenses[0], manifest)
        with _kept_if_sent(path):
            recorded = session.chain.usage.record(
                licenses,
                _listed(session, path, paths, files),
                payer=wallet,
                kind=wanted[0],
                uses=wanted[1],
                markets=wanted[2],
                manifest_path=path,
            )
    return Answer(told.recorded_value(replace(recorded, manifest_path=_sent(path))))


def _listed(session: Session, unsent: Path, paths: list[Path], files: list[ImageFile]) -> Manifest:
    """Return the list that is recorded: the one that was begun, or a new one; a store has it."""
    if unsent.exists():
        listed = Manifest.load(unsent)
        if session.store:
            session.store.put(Kept.MANIFEST, listed.to_bytes())
        return listed
    return listed_in(session.store, paths, files) if session.store else Manifest.of(files)


def _manifest_of(license: License) -> Path:
    return Path(f"{_short(license)}-{license.batches + 1}{LIST}")


def _short(license: License) -> str:
    return f"0x{license.id:064x}"[:10]


def _unsent(license: License, manifest: Path | None) -> Path:
    """Return where the list of a recording is until it is sent; that of one that was begun first.

    Raises:
        BadValue: a list of that name is there, and was recorded.
    """
    path = manifest or _manifest_of(license)
    begun = [] if manifest else sorted(Path().glob(f"{_short(license)}-*{LIST}{UNSENT}"))
    if not begun and path.exists():
        raise BadValue("--manifest", f"{path} is there already, and its images need it")
    return begun[0] if begun else path.with_name(path.name + UNSENT)


def _sent(unsent: Path) -> Path:
    """Give a list the name that says that it stands on the chain; return it."""
    return unsent.rename(unsent.with_name(unsent.name.removesuffix(UNSENT)))


def _settled(
    session: Session,
    licenses: list[License],
    unsent: Path,
    files: list[ImageFile],
    wanted: tuple[Kind, int, int],
) -> Recorded | None:
    """Return what was recorded by a command that did not live to say so; None if it must be sent.

    Raises:
        BadValue: a recording of other images was begun, and nobody knows whether it was sent.
    """
    from twinrights.usage import Recorded

    if not unsent.exists():
        return None
    listed = Manifest.load(unsent)
    batches = session.chain.usage.recorded(licenses, listed)
    if not batches:
        if listed.lists(files):
            return None
        problem = f"{unsent} lists others, whose recording was begun"
        raise BadValue("--images", f"{problem}: record those, or remove that file")
    path = _sent(unsent)
    batch = batches[0].batch
    if not listed.lists(files) or (batch.kind, batch.uses, batch.markets) != wanted:
        return None
    return Recorded(batches, listed, path, batches[0].transaction)


@contextmanager
def _kept_if_sent(path: Path) -> Iterator[None]:
    """Take a list away again where nothing was recorded, nor will be by a wallet elsewhere."""
    try:
        yield
    except SendElsewhere:
        raise  # once that wallet has sent it, the same command finds it recorded
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
