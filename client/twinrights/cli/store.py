"""`twinrights store`: files by the hash that stands on chain, kept in a folder and served."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from twinrights.cli import read
from twinrights.cli.answer import Answer, speak
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadSignedFile, BadValue, ExtraMissing, FileMissing
from twinrights.store import FolderStore, Kind, kind_of, proposal_bytes
from twinrights.typed_data import Signed

__all__ = ["group"]

group = family(
    "store",
    "A store of agreements, manifests and more: `store` serves the folder of --store.",
    with_default=True,
)

PORT = 8718

KindName = Annotated[
    str,
    typer.Argument(metavar="KIND", help="proposal, agreement, annex, manifest or thumbnail."),
]
Hash = Annotated[str, typer.Argument(metavar="HASH", help="The hash that it is named by: 0x….")]


@command(group, "serve")
def serve(
    session: Session,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where it listens; beyond this machine by https.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help="0 takes a free one.")] = PORT,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The certificate for https.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The key of the certificate.")
    ] = None,
) -> None:
    """Serve the folder of --store, and stay until Ctrl-C.

    Whoever asks needs a token from `store token`, but for what `store publish` made public.
    """
    try:
        from twinrights.store.server import listening, serve
    except ImportError as error:
        raise ExtraMissing("web") from error
    store = _folder(session)
    if (certificate is None) is not (key is None):
        raise BadValue("--certificate", "it goes together with --key")
    for file in filter(None, (certificate, key)):
        if not file.is_file():
            raise FileMissing(str(file))
    at = listening(host, port, has_certificate=certificate is not None)
    scheme = "http" if certificate is None else "https"
    shown = f"[{host}]" if ":" in host else host
    value = {"store": f"{scheme}://{shown}:{at.getsockname()[1]}", "folder": str(store.folder)}
    signal.signal(signal.SIGTERM, _interrupt)
    with at:
        speak(Answer(value), as_json=session.settings.as_json)
        serve(store, at, certificate=certificate, key=key)


@command(group, "put")
def put(
    session: Session,
    kind: KindName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What is kept.")],
) -> Answer:
    """Keep a file, privately. A signed offer or card is kept as a proposal, unsigned."""
    wanted, content = kind_of(kind), _content(file)
    if wanted is Kind.PROPOSAL:
        paper = Signed.load(file)
        if paper.kind not in ("offer", "ratecard"):
            raise BadSignedFile(str(file), f"it is of kind {paper.kind} and should be offer")
        content = proposal_bytes(paper)
    found = session.named_store.put(wanted, content)
    return Answer({"kind": wanted.value, "hash": f"0x{found.hex()}", "bytes": len(content)})


@command(group, "get")
def get(
    session: Session,
    kind: KindName,
    hash: Hash,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes.")],
) -> Answer:
    """Bring a file, once it is the one of its hash."""
    wanted = kind_of(kind)
    if out.exists():
        raise BadValue("--out", f"{out} is there already: name another file")
    content = session.named_store.get(wanted, read.hash_of(hash, field="HASH"))
    out.write_bytes(content)
    return Answer({"kind": wanted.value, "file": str(out), "bytes": len(content)})


@command(group, "publish")
def publish(session: Session, kind: KindName, hash: Hash) -> Answer:
    """Let anybody read a file of this folder, without a token."""
    wanted = kind_of(kind)
    _folder(session).publish(wanted, read.hash_of(hash, field="HASH"))
    return Answer({"kind": wanted.value, "hash": hash, "is_public": True})


@command(group, "token")
def token(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whom it is for.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the new token goes; mode 0600.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="It may put files, too.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the token back.")] = False,
) -> Answer:
    """Give somebody a token for this folder's server, or take it back. It is shown nowhere."""
    from twinrights.store.tokens import Tokens, write_private

    if remove is (out is not None):
        raise BadValue("--out", "name where the token goes, or --remove it")
    tokens = Tokens(_folder(session).folder)
    if out is None:
        tokens.take_back(name)
        return Answer({"name": name, "is_removed": True})
    if out.exists():
        raise BadValue("--out", f"{out} is there already: name another file")
    write_private(out, tokens.give(name, may_write=write) + "\n")
    return Answer({"name": name, "file": str(out), "may_write": write})


def _folder(session: Session) -> FolderStore:
    store = session.named_store
    if not isinstance(store, FolderStore):
        raise BadValue("--store", "only whoever has the folder can do this: name it")
    return store


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(str(file)) from error


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
