"""Leaves a node with the chain, and says how to go on with it."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from twinrights import words
from twinrights.chain.connect import connect
from twinrights.chain.node import NodeKind, start_program
from twinrights.demo.begun import FILE, Begun, Place
from twinrights.demo.deals import Deal
from twinrights.demo.stage import Stage
from twinrights.demo.teller import Teller
from twinrights.errors import NotReady, ProgramMissing
from twinrights.terms import Reason

__all__ = ["Kept", "commands", "keep"]

KINDS: tuple[NodeKind, ...] = ("ganache", "anvil")
FOLDER = "twinrights-demo"


@dataclass(frozen=True, slots=True)
class Kept:
    """A chain that stays: its node, and the folder with deployment, manifests and cards."""

    rpc: str
    folder: Path
    process: int | None
    """The process that was started for it; None if the node was running before."""

    @property
    def place(self) -> Place:
        """Where that is, to be found again."""
        return Place(self.rpc, str(self.folder), self.process)

    @property
    def manifests(self) -> Path:
        """Where the lists of recorded images are kept."""
        return self.folder / "manifests"

    @property
    def deployment_file(self) -> Path:
        """Where it is written which contracts are the demo's."""
        return self.folder / "deployment.json"

    def drop(self) -> None:
        """Stop the node that was started for it."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process, signal.SIGINT)


def keep(teller: Teller, rpc: str | None) -> Kept | None:
    """Return a chain that stays: on the node at `rpc`, else on one that is started; else None.

    Where a demo that was to be kept has not ended, it is that one's.

    Raises:
        NodeFailed: the node does not start.
    """
    begun = Begun.load(FILE)
    place = begun.place if begun else None
    folder = Path(place.folder) if place else new_folder()
    if rpc is not None:
        return Kept(rpc, folder, None)
    if place is not None and answers(place.rpc):
        teller.say(f"the node at {place.rpc} has the chain that was begun")
        return Kept(place.rpc, folder, place.process)
    for kind in KINDS:
        try:
            node = start_program(kind, folder=folder / kind)
        except ProgramMissing:
            continue
        teller.say(f"{kind} started at {node.url}, its chain kept in {node.folder}")
        return Kept(node.url, folder, node.process.pid)
    teller.say("nothing can be kept: that needs Ganache or Anvil, which come with `npm ci`")
    return None


def commands(stage: Stage, kept: Kept) -> list[str]:
    """Return what to type to go on: settings, six commands that work on this chain, the end."""
    stage.chain.deployment.save(kept.deployment_file)
    deal = playable(stage)
    number = 1 + list(stage.licenses.values()).index(stage.license_of(deal))
    shoot = next(one for one in stage.recorded if one.deals[0].key == deal.key)
    picture = shlex.quote(str(shoot.pictures[0].path))
    manifest = shlex.quote(str(kept.manifests / f"{shoot.name}.json"))
    brand = stage.cast.brands[deal.brand.slug]
    wallet = f"dev:{brand.name}" if brand.is_development else brand.address
    payer = f"dev:{stage.cast.relayer.name}" if brand.is_development else stage.cast.relayer.name
    uses = "+".join(words.use_names(deal.uses))
    markets = shlex.quote("+".join(words.market_names(deal.markets)))
    stop = f"kill -INT -- -{kept.process}  # stops the node" if kept.process else ""
    return [
        f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH",
        f"export TWINRIGHTS_RPC={shlex.quote(kept.rpc)}",
        f"export TWINRIGHTS_DEPLOYMENT={shlex.quote(str(kept.deployment_file))}",
        f"twinrights license show {number}",
        f"twinrights license may-publish {number} --uses {uses} --markets {markets}",
        f"twinrights royalty pay-out {number} --as {payer}",
        f"twinrights usage history --licensee {wallet}",
        f"twinrights verify image {picture} --license {number} --manifest {manifest}",
        "twinrights audit run",
        *filter(None, [stop]),
    ]


def playable(stage: Stage) -> Deal:
    """Return a deal whose images were recorded, and which may publish more; else the first such."""
    recorded = [shoot.deals[0] for shoot in stage.recorded]
    for deal in recorded:
        reason = stage.chain.licenses.may_publish(
            stage.license_of(deal),
            who=stage.cast.brands[deal.brand.slug].address,
            uses=deal.uses,
            markets=deal.markets,
            images=1,
        )
        if reason is Reason.NONE:
            return deal
    return recorded[0]


def answers(rpc: str) -> bool:
    """Return whether a node is still there."""
    try:
        connect(rpc)
    except NotReady:
        return False
    return True


def new_folder() -> Path:
    """Return a folder of the present one that does not exist yet."""
    folder, number = Path.cwd() / FOLDER, 1
    while folder.exists():
        number += 1
        folder = Path.cwd() / f"{FOLDER}-{number}"
    return folder
