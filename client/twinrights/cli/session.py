"""What a command works with: the chain, wallets and accounts, opened when first asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress

from twinrights.cli import answer, read
from twinrights.cli.answer import console_for
from twinrights.errors import BadFile, BadValue, FileMissing, KeystoreMissing, NoDeployment

if TYPE_CHECKING:
    from twinrights.facade import TwinRights
    from twinrights.store import Store
    from twinrights.wallets import Wallet

__all__ = ["Session", "Settings"]

RPC = "http://127.0.0.1:8545"
KEYSTORE = Path("~/.twinrights/keys")


@dataclass(frozen=True)
class Settings:
    """The options that every command takes; None where one was not given."""

    rpc: str | None = None
    deployment: Path | None = None
    keystore: Path | None = None
    password_file: Path | None = None
    store: str | None = None
    store_token: Path | None = None
    as_json: bool = False

    def overridden(self, other: Settings) -> Settings:
        """Return these settings with those that `other` gives in their place."""
        given = {name: value for name, value in vars(other).items() if value not in (None, False)}
        return replace(self, **given)


class Session:
    """One run of one command."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.console = console_for(sys.stderr)
        """Where progress and remarks go; never stdout."""

    @cached_property
    def chain(self) -> TwinRights:
        """The contracts on the node that was named; raises NotReady where they are not."""
        from twinrights.chain.connect import connect
        from twinrights.facade import TwinRights

        if self.settings.deployment is None:
            raise NoDeployment(connect(self.rpc).eth.chain_id)
        return TwinRights.connect(self.rpc, deployment=self.settings.deployment)

    @property
    def rpc(self) -> str:
        """The address of the node."""
        return self.settings.rpc or RPC

    @property
    def keystore(self) -> Path:
        """The folder of encrypted keys."""
        return (self.settings.keystore or KEYSTORE).expanduser()

    @property
    def has_screen(self) -> bool:
        """Whether a browser can open in a window; one in the terminal would take it away."""
        if sys.platform in ("darwin", "win32"):
            return True
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

    def remark(self, text: str) -> None:
        """Tell a person something on stderr; machines are not told."""
        if not self.settings.as_json:
            answer.show(text, self.console)

    @cached_property
    def store(self) -> Store | None:
        """The store that was named; None where none was. Raises what `open_store` does."""
        from twinrights.store import open_store

        if not self.settings.store:
            return None
        return open_store(self.settings.store, token_file=self.settings.store_token)

    @property
    def named_store(self) -> Store:
        """The store that was named; raises BadValue where none was."""
        if self.store is None:
            raise BadValue("--store", "name a folder, or an address like https://store.example")
        return self.store

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show on stderr that something goes on, where a person looks."""
        if self.console.is_terminal:
            with self.console.status(what):
                yield
        else:
            yield

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None] | None]:
        """Yield what can be told what is being done, how far, of how much; None if nobody looks."""
        if not self.console.is_terminal:
            yield None
            return
        with Progress(console=self.console, transient=True) as bars:
            bar = bars.add_task("reading", total=None)

            def tell(what: str, done: int, total: int) -> None:
                bars.update(bar, description=what, completed=done, total=total)

            yield tell

    def wallet(self, name: str) -> Wallet:
        """Return the wallet called `name`: `dev:NAME` is a development account, else a keystore.

        An address is an account elsewhere: the command's calls are printed for it, not sent.

        Raises KeyTrouble where it cannot be opened. The key is in no argument, log or error.
        """
        from twinrights import wallets

        if name.startswith("0x"):
            return wallets.Wallet.elsewhere(read.address(name))
        if (account := read.development(name)) is not None:
            return wallets.dev_wallet(account)
        path = self.keystore_file(name)
        return wallets.Wallet.from_keystore(path, self.password(f"password of {name}: "))

    def account(self, text: str) -> str:
        """Return the address that `text` means: an address, `dev:NAME`, or a keystore's name."""
        from twinrights import wallets

        if text.startswith("0x"):
            return read.address(text)
        if (account := read.development(text)) is not None:
            return wallets.dev_wallet(account).address
        return read.keystore_address(self.keystore_file(text))

    def keystore_file(self, name: str) -> Path:
        """Return the file of a key; raises KeystoreMissing."""
        path = self.keystore_path(name)
        if not path.is_file():
            raise KeystoreMissing(path=str(path))
        return path

    def keystore_path(self, name: str) -> Path:
        """Return where the key called `name` is or will be kept."""
        if not name or name != Path(name).name or name.startswith("."):
            raise BadValue("name", f"{name!r} cannot name a key; use letters, digits, - and _")
        return self.keystore / f"{name}.json"

    def password(self, prompt: str, *, twice: bool = False) -> str:
        """Return the password: the first line of --password-file, else what a person types."""
        if path := self.settings.password_file:
            return _first_line(path)
        return self.secret(prompt, twice=twice, instead="--password-file")

    def new_password(self, file: Path | None) -> str:
        """Return the password that a key shall have: of a file, else what a person types twice."""
        if file is None:
            return self.secret("new password: ", twice=True, instead="--new-password-file")
        return _first_line(file)

    def secret(self, prompt: str, *, twice: bool = False, instead: str) -> str:
        """Return what a person types unseen; raises BadValue where nobody can type."""
        if not sys.stdin.isatty() and os.name == "posix":
            raise BadValue("password", f"nobody is there to type it: name a {instead}")
        typed = getpass(prompt, stream=sys.stderr)
        if twice and getpass("once more: ", stream=sys.stderr) != typed:
            raise BadValue("password", "the two are not the same")
        return typed


def _first_line(path: Path) -> str:
    if not path.is_file():
        raise FileMissing(path=str(path))
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        raise BadFile(str(path), "it is not text in UTF-8") from None
