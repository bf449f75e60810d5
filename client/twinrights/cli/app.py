"""The command tree: which groups there are, in the order in which people meet them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Annotated

import typer

from twinrights.cli import (
    agreement,
    audit,
    demo,
    deploy,
    keys,
    node,
    offer,
    proof,
    ratecard,
    recovery,
    royalty,
    sign,
    store,
    trust,
    usage,
    verify,
)
from twinrights.cli.command import (
    AsJson,
    DeploymentFile,
    Keystore,
    PasswordFile,
    Rpc,
    StoreAddress,
    StoreToken,
    command,
    everywhere,
)

__all__ = ["command_tree"]

SUMMARY = (
    "Own, license and audit AI digital twins of fashion models, paid by the second.\n\n"
    "Results go to stdout, everything else to stderr. "
    "Exit codes: 0 done, 1 bad input, 2 the audit found a difference, 3 a contract refused, "
    "4 no node or other contracts, 5 not found, 6 trouble with a key."
)


@cache
def command_tree() -> typer.Typer:
    """Return the whole tree."""
    app = typer.Typer(
        help=SUMMARY,
        add_completion=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    command(app, "demo")(demo.demo)
    app.add_typer(node.group)
    app.add_typer(keys.group)
    command(app, "deploy")(deploy.deploy)
    # Recovery's commands are of `twin`, those of campaign and proof of `license`.
    modules = (
        recovery,
        sign,
        offer,
        ratecard,
        agreement,
        proof,
        royalty,
        usage,
        store,
        trust,
        audit,
        verify,
    )
    for module in modules:
        app.add_typer(module.group)
    return app


def _said_version(asked: bool) -> None:
    if asked:
        typer.echo(f"twinrights {version('twinrights')}")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    rpc: Rpc = None,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    password_file: PasswordFile = None,
    store: StoreAddress = None,
    store_token: StoreToken = None,
    as_json: AsJson = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_said_version, is_eager=True),
    ] = False,
) -> None:
    ctx.obj = everywhere(rpc, deployment, keystore, password_file, store, store_token, as_json)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
