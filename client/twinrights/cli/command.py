"""How a typed function becomes a command: the options that every command has, and its answer."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from twinrights.cli.answer import Answer, speak
from twinrights.cli.elsewhere import batch
from twinrights.cli.session import Session, Settings
from twinrights.errors import SendElsewhere

__all__ = ["command", "family"]

Deed = TypeVar("Deed", bound=Callable[..., Answer | None])

COMMON = "Everywhere"

Rpc = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Address of the node; http://127.0.0.1:8545 unless given.",
        envvar="TWINRIGHTS_RPC",
        rich_help_panel=COMMON,
    ),
]
DeploymentFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where the contracts are: what `deploy` or `node` wrote.",
        envvar="TWINRIGHTS_DEPLOYMENT",
        rich_help_panel=COMMON,
    ),
]
Keystore = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Folder of encrypted keys; ~/.twinrights/keys unless given.",
        envvar="TWINRIGHTS_KEYSTORE",
        rich_help_panel=COMMON,
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="File whose first line opens the key; asked for unless given.",
        envvar="TWINRIGHTS_PASSWORD_FILE",
        rich_help_panel=COMMON,
    ),
]
StoreAddress = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="Folder or https address of agreements, manifests and more.",
        envvar="TWINRIGHTS_STORE",
        rich_help_panel=COMMON,
    ),
]
StoreToken = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="File of the token that the store's owner gave; mode 0600.",
        envvar="TWINRIGHTS_STORE_TOKEN",
        rich_help_panel=COMMON,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON value on stdout.", rich_help_panel=COMMON),
]


def everywhere(
    rpc: Rpc = None,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    password_file: PasswordFile = None,
    store: StoreAddress = None,
    store_token: StoreToken = None,
    as_json: AsJson = False,
) -> Settings:
    """Return the settings that every command takes, after its own options or before its name."""
    return Settings(
        rpc=rpc,
        deployment=deployment,
        keystore=keystore,
        password_file=password_file,
        store=store,
        store_token=store_token,
        as_json=as_json,
    )


class WithDefault(TyperGroup):
    """A group that runs one of its commands, the first, where none is named: `sign FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the rest of the arguments, the default's name put in where it was left out."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


def family(name: str, summary: str, *, with_default: bool = False) -> typer.Typer:
    """Return a group of commands; without a command it shows its help, or runs its first."""
    return typer.Typer(
        name=name,
        help=summary,
        cls=WithDefault if with_default else None,
        no_args_is_help=False,
        invoke_without_command=not with_default,
        callback=None if with_default else _help_unless_asked,
        add_completion=False,
    )


def _help_unless_asked(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def command(group: typer.Typer, name: str) -> Callable[[Deed], Deed]:
    """Make a command of a function whose first parameter is the session and whose rest are options.

    Its docstring is the help, its answer goes to stdout, and its errors are left to `main`.
    """

    def register(deed: Deed) -> Deed:
        own = list(inspect.signature(deed, eval_str=True).parameters.values())[1:]
        common = list(inspect.signature(everywhere, eval_str=True).parameters.values())

        @functools.wraps(deed)
        def run(ctx: typer.Context, **given: Any) -> None:
            here = everywhere(**{option.name: given.pop(option.name) for option in common})
            root = ctx.find_root().obj
            settings = root.overridden(here) if isinstance(root, Settings) else here
            session = Session(settings)
            try:
                answer = deed(session, **given)
            except SendElsewhere as problem:
                session.remark(str(problem))
                answer = batch(problem)
            if answer is None:
                return
            speak(answer, as_json=settings.as_json)
            if answer.exit_code:
                raise typer.Exit(answer.exit_code)

        context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        parameters = [context, *(_keyword(option) for option in (*own, *common))]
        vars(run)["__signature__"] = inspect.Signature(parameters)
        run.__annotations__ = {option.name: option.annotation for option in parameters}
        del vars(run)["__wrapped__"]
        group.command(name)(run)
        return deed

    return register


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
