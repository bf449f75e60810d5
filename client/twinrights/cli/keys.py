"""`twinrights keys`: encrypted keys in a folder, never an argument, a log line or an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twinrights.cli import read
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import CorruptKeystore, FileMissing, KeystoreExists

if TYPE_CHECKING:
    from twinrights.wallets import Wallet

__all__ = ["group"]

group = family("keys", "Keys: encrypted files in a folder, opened by a password.")

NEW = "new password: "

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the key is called.")]
NewPassword = Annotated[bool, typer.Option("--new-password", help="Ask for a password of its own.")]
NewPasswordFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File whose first line is its new password."),
]


@command(group, "new")
def new(session: Session, name: Name) -> Answer:
    """Make a new key and keep it encrypted."""
    from twinrights.wallets import Wallet

    path = _free(session, name)
    return _kept(session, name, Wallet.new(name), path, session.password(NEW, twice=True))


@command(group, "import")
def bring(
    session: Session,
    name: Name,
    key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The key in hexadecimal, or another wallet's keystore (version 3); "
            "asked for unless given.",
        ),
    ] = None,
    new_password: NewPassword = False,
    new_password_file: NewPasswordFile = None,
) -> Answer:
    """Keep a key that exists already, encrypted. It is typed unseen or read from a file.

    A keystore keeps its password unless it is given one of its own.
    """
    from twinrights.wallets import Wallet

    path = _free(session, name)
    if key_file is not None and not key_file.is_file():
        raise FileMissing(path=str(key_file))
    text = key_file.read_text(encoding="utf-8", errors="replace") if key_file else ""
    if key_file and text.lstrip().startswith("{"):
        password = session.password(f"password of {key_file}: ")
        with session.working("opening"):
            wallet = Wallet.from_keystore(key_file, password, name=name)
        password = _chosen(session, password, new_password, new_password_file)
    else:
        key = text if key_file else session.secret("private key: ", instead="--key-file")
        wallet = Wallet.from_key(key.strip(), name=name)
        if new_password or new_password_file:
            password = session.new_password(new_password_file)
        else:
            password = session.password(NEW, twice=True)
    return _kept(session, name, wallet, path, password)


@command(group, "export")
def export(
    session: Session,
    name: Name,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it.")],
    new_password: NewPassword = False,
    new_password_file: NewPasswordFile = None,
) -> Answer:
    """Write a key to a keystore file that other wallets read, encrypted as it is here.

    The key is opened first, so that what is written is sure to open.
    """
    path = session.keystore_file(name)
    if out.exists():
        raise KeystoreExists(path=str(out))
    if not out.parent.is_dir():
        raise FileMissing(path=str(out.parent))
    wallet, password = _opened(session, name, path)
    password = _chosen(session, password, new_password, new_password_file)
    return _kept(session, name, wallet, out, password)


@command(group, "password")
def password(session: Session, name: Name, new_password_file: NewPasswordFile = None) -> Answer:
    """Change the password of a key; asks for the new one unless a file holds it.

    The old file stays until the new one lies on the disk and opens.
    """
    path = session.keystore_file(name)
    wallet, _ = _opened(session, name, path)
    chosen = session.new_password(new_password_file)
    with session.working("encrypting"):
        wallet.to_keystore(path, chosen, replaces=True)
    return Answer(_entry(name, wallet.address, path))


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


def _free(session: Session, name: str) -> Path:
    path = session.keystore_path(name)
    if path.exists():
        raise KeystoreExists(path=str(path))
    return path


def _opened(session: Session, name: str, path: Path) -> tuple[Wallet, str]:
    from twinrights.wallets import Wallet

    password = session.password(f"password of {name}: ")
    with session.working("opening"):
        return Wallet.from_keystore(path, password, name=name), password


def _chosen(session: Session, old: str, asks: bool, file: Path | None) -> str:
    return session.new_password(file) if asks or file else old


def _kept(session: Session, name: str, wallet: Wallet, path: Path, password: str) -> Answer:
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
