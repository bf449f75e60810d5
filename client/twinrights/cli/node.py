"""`twinrights node`: a local chain to try things on, its clock, and money for it."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from twinrights.chain.connect import ACCOUNTS
from twinrights.chain.node import Node, start_node
from twinrights.cli import look, option, read, show
from twinrights.cli.answer import Answer, speak
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import NodeFailed
from twinrights.wallets import DEVELOPMENT_NAMES

__all__ = ["group"]

group = family(
    "node",
    "A local chain: `node` starts Ganache, or Anvil, with the contracts and test money on it.",
    with_default=True,
)

FOLDER = Path(".twinrights")

NEXT = (
    """echo '{"scan": "mine", "salt": "8d1f0c"}' > replica.json""",
    "twinrights twin consent --owner dev:model --replica replica.json --sign-as dev:model"
    " --out consent.json",
    "twinrights twin mint consent.json --as dev:deployer",
    "twinrights twin policy 1 --uses own_shop+email --categories fashion"
    " --least-owner-share 50 --sign-as dev:model --as dev:deployer",
    "twinrights offer draft 1 --licensee dev:hm --uses own_shop --markets SE --category fashion"
    " --days 30 --fee 1,000 --quota 10 --share stylist:5:dev:stylist --sign-as dev:model"
    " --out offer.json",
    "twinrights offer accept offer.json --as dev:hm",
    "twinrights node forward 10d",
    "twinrights royalty pay-out 1 --as dev:deployer",
    "twinrights audit run",
)
"""A first twin, license and royalty: `tests/cli` runs them."""


@command(group, "start")
def start(
    session: Session,
    anvil: Annotated[
        bool, typer.Option("--anvil", help="Anvil in Ganache's place: about five times faster.")
    ] = False,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", help="Where it listens; a free one unless given.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the chain is kept; .twinrights/ unless given."),
    ] = None,
) -> None:
    """Start a node whose chain stays in a folder, and stay until Ctrl-C.

    The first time the contracts are deployed, and 20 development accounts get test dollars.
    """
    kind = "anvil" if anvil else "ganache"
    home = folder or FOLDER / kind
    with session.working(f"starting {kind}"):
        node = start_node("anvil" if anvil else "ganache", folder=home, port=port or 0)
    with node:
        signal.signal(signal.SIGTERM, _interrupt)
        speak(_started(node), as_json=session.settings.as_json)
        _stay(node)


@command(group, "forward")
def forward(
    session: Session,
    time: Annotated[str, typer.Argument(metavar="TIME", help="How long, like 10d or 12h.")],
) -> Answer:
    """Let time pass on a local chain."""
    clock = session.chain.clock
    now = clock.advance(read.period(time, field="TIME"))
    return Answer({"now": show.when(now)})


@command(group, "fund")
def fund(
    session: Session,
    account: Annotated[
        str, typer.Argument(metavar="WALLET", help="Who gets it: an address or a name.")
    ],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="How much of the currency.")],
    currency: option.Currency = "TUSD",
    payer: Annotated[
        str, typer.Option("--as", metavar="WALLET", help=f"Who pays the gas: {option.WALLET}.")
    ] = "dev:deployer",
) -> Answer:
    """Give a wallet test dollars, from nothing, and say what it has."""
    chain, wallet = session.chain, session.wallet(payer)
    money, address = chain.currency(currency), session.account(account)
    chain.fund(address, money.parse(amount), payer=wallet, currency=money.address)
    held = chain.balance(money, address)
    value = {
        "account": address,
        "balance": show.money(held, money.address, look.currencies(session)),
    }
    return Answer(value)


def _started(node: Node) -> Answer:
    programs = shlex.quote(str(Path(sys.executable).parent))
    commands = [
        *([] if shutil.which("twinrights") else [f"export PATH={programs}:$PATH"]),
        f"export TWINRIGHTS_RPC={shlex.quote(node.url)}",
        f"export TWINRIGHTS_DEPLOYMENT={shlex.quote(str(node.deployment_file))}",
        *NEXT,
    ]
    value = {
        "kind": node.kind,
        "rpc": node.url,
        "chain_id": node.chain_id,
        "folder": str(node.folder),
        "deployment": str(node.deployment_file),
        "next": commands,
    }
    lines = [
        f"{node.kind.capitalize()} is at {node.url}, chain {node.chain_id}, in {node.folder}.",
        f"{ACCOUNTS} development accounts have coin and test dollars; everybody knows their keys:",
        f"    dev:{', dev:'.join(DEVELOPMENT_NAMES)} … dev:{ACCOUNTS - 1}",
        "Ctrl-C stops it; the same command goes on with the same chain. In another shell:",
        "",
        *(f"    {line}" for line in commands),
    ]
    return Answer(value, "\n".join(lines))


def _stay(node: Node) -> None:
    """Return when somebody asks for the end; raises NodeFailed if the node ends by itself."""
    try:
        code = node.process.wait()
    except KeyboardInterrupt:
        return
    raise NodeFailed(node.kind, f"it ended by itself with code {code}")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
