"""`twinrights keys`: encrypted keys in a folder, never an argument, a log line or an error."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import read
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import CorruptKeystore, FileMissing, KeystoreExists

__all__ = ["group"]

group = family("keys", "Keys: encrypted files in a folder, opened by a password.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the key is called.")]


@command(group, "new")
def new(session: Session, name: Name) -> Answer:
    """Make a new key and keep it encrypted."""
    from twinrights.wallets import Wallet

    return _kept(session, name, Wallet.new(name))


@command(group, "import")
def bring(
    session: Session,
    name: Name,
    key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File that holds the key in hexadecimal; asked for unless given."
        ),
    ] = None,
) -> Answer:
    """Keep a key that exists already, encrypted. It is typed unseen or read from a file."""
    from twinrights.wallets import Wallet

    if key_file is None:
        key = session.secret("private key: ", instead="--key-file")
    elif key_file.is_file():
        key = key_file.read_text(encoding="utf-8")
    else:
        raise FileMissing(path=str(key_file))
    return _kept(session, name, Wallet.from_key(key.strip(), name=name))


@command(group, "list")
def every(session: Session) -> Answer:
    """List the keys in the folder by name and address; a damaged file has none."""
    files = sorted(session.keystore.glob("*.json"))
    return Answer([_entry(path.stem, _address_in(path), path) for path in files])


@command(group, "show-address")
def show_address(session: Session, name: Name) -> Answer:
    """Show the address of a key, a development account (dev:NAME) or an address with checksum."""
    address = session.account(name)
    return Answer({"name": name, "address": address}, address)


def _kept(session: Session, name: str, wallet: object) -> Answer:
    from twinrights.wallets import Wallet

    assert isinstance(wallet, Wallet)
    path = session.keystore_path(name)
    if path.exists():
        raise KeystoreExists(path=str(path))
    password = session.password("new password: ", twice=True)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with session.working("encrypting"):
        wallet.to_keystore(path, password)
    return Answer(_entry(name, wallet.address, path))


def _address_in(path: Path) -> str | None:
    try:
        return read.keystore_address(path)
    except CorruptKeystore:
        return None


def _entry(name: str, address: str | None, path: Path) -> dict[str, str | None]:
    return {"name": name, "address": address, "file": str(path)}
