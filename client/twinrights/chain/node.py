"""Starting Ganache or Anvil: its chain in a folder, the contracts on it, the accounts funded."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal

from web3 import Web3

from twinrights.artifacts import load
from twinrights.chain.connect import (
    ACCOUNTS,
    connect,
)
from twinrights.chain.deploy import deploy
from twinrights.chain.deployment import Deployment, check_code
from twinrights.chain.send import Deed, send
from twinrights.errors import NodeFailed, NodeUnreachable, PortTaken, ProgramMissing
from twinrights.wallets import (
    DEVELOPMENT_MNEMONIC,
    DEVELOPMENT_PATH,
    LOCAL_CHAINS,
    dev_wallet,
)

__all__ = ["Node", "NodeKind", "start_node", "start_program"]

NodeKind = Literal["ganache", "anvil"]

CHAIN_IDS: dict[NodeKind, int] = {"ganache": 1337, "anvil": 31337}
PACKAGES: dict[NodeKind, str] = {"ganache": "ganache", "anvil": "@foundry-rs/anvil"}
HARDFORK = "shanghai"

START_SECONDS = 60
STOP_SECONDS = 20
STATE_SECONDS = 10
"""How often Anvil writes its chain to the folder; it does so at its end, too."""

GIFT = 1_000_000
"""Test dollars for each development account."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that was started here; `stop` it, or use it in a `with`.

    `deployment` is None where the contracts were not asked for.
    """

    kind: NodeKind
    url: str
    chain_id: int
    folder: Path
    deployment: Deployment | None
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def deployment_file(self) -> Path:
        """Where the folder keeps the deployment."""
        return self.folder / "deployment.json"

    def stop(self) -> None:
        """Let the node write its chain down and end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        # npm's Anvil is a script that ends before the program it started has written its chain.
        while self._is_running() and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._is_running():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _is_running(self) -> bool:
        """Return whether the program, or one that it started, has not ended."""
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return not _all_ended(self.process.pid)

    def __enter__(self) -> Node:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _all_ended(group: int) -> bool:
    """Return whether all of a process group have ended, though nobody has collected them yet.

    A container's first process may never do that. False where the system does not tell.
    """
    states = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            # pid (name) state parent group ...
            state, _, number = file.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(number) == group:
            states.add(state)
    return bool(states) and states <= {"Z", "X"}


def start_node(
    kind: NodeKind = "ganache",
    *,
    folder: Path | str,
    port: int = 0,
    chain_id: int | None = None,
) -> Node:
    """Return a running node with the contracts on its chain, which the folder keeps.

    The first time the contracts are deployed and each development account gets test dollars; later
    the same chain goes on. `port` 0 takes a free one.

    Raises:
        ProgramMissing: the program is not installed.
        PortTaken, NodeFailed: it cannot start.
        WrongChain, NoContract, OtherCode: the folder's chain is not what its deployment says.
        DevelopmentKeyRefused: `chain_id` is no local chain's.
    """
    node = start_program(kind, folder=folder, port=port, chain_id=chain_id)
    try:
        web3 = connect(node.url)
        if node.deployment_file.exists():
            deployment = Deployment.load(node.deployment_file)
            check_code(web3, deployment)
        else:
            deployment = deploy(web3, dev_wallet(0))
            _fund_accounts(web3, deployment)
            deployment.save(node.deployment_file)
    except BaseException:
        node.stop()
        raise
    return Node(node.kind, node.url, node.chain_id, node.folder, deployment, node.process)


def start_program(
    kind: NodeKind,
    *,
    folder: Path | str,
    port: int = 0,
    chain_id: int | None = None,
    born: int | None = None,
) -> Node:
    """Return a running node and nothing more: no contract on it, no money given.

    `born` is the time of the first block, in UNIX seconds; if not named it is now.

    Raises:
        ProgramMissing: the program is not installed.
        PortTaken, NodeFailed: it cannot start.
    """
    home = Path(folder).resolve()
    home.mkdir(parents=True, exist_ok=True)
    number = CHAIN_IDS[kind] if chain_id is None else chain_id
    listening = _free_port(port)
    command = [_program(kind), *_arguments(kind, home, listening, number, born)]
    with (home / "node.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A Ctrl-C for the caller is not one for the node: it must write its chain down first.
            start_new_session=True,
        )
    node = Node(kind, f"http://127.0.0.1:{listening}", number, home, None, process)
    try:
        _wait(node)
    except BaseException:
        node.stop()
        raise
    return node


def _arguments(
    kind: NodeKind, folder: Path, port: int, chain_id: int, born: int | None
) -> list[str]:
    if kind == "anvil":
        return [
            *("--host", "127.0.0.1", "--port", str(port)),
            *("--chain-id", str(chain_id), "--hardfork", HARDFORK),
            *("--mnemonic", DEVELOPMENT_MNEMONIC, "--accounts", str(ACCOUNTS)),
            *("--state", str(folder / "anvil.json"), "--state-interval", str(STATE_SECONDS)),
            *("--preserve-historical-states", "--quiet"),
            *(() if born is None else ("--timestamp", str(born))),
        ]
    return [
        *("--server.host", "127.0.0.1", "--server.port", str(port)),
        *("--chain.chainId", str(chain_id), "--chain.networkId", str(chain_id)),
        *("--chain.hardfork", HARDFORK, "--database.dbPath", str(folder / "ganache")),
        *("--wallet.mnemonic", DEVELOPMENT_MNEMONIC, "--wallet.hdPath", DEVELOPMENT_PATH),
        *("--wallet.totalAccounts", str(ACCOUNTS), "--logging.quiet"),
        *(() if born is None else ("--chain.time", str(born * 1000))),
    ]


def _program(kind: NodeKind) -> str:
    """Return where the program is: in a `node_modules` above here, or on the PATH."""
    here = (Path.cwd(), *Path.cwd().parents, *Path(__file__).resolve().parents)
    # What npm installs there are scripts of Node, and without it they do not start.
    for folder in here if shutil.which("node") else ():
        if os.access(program := folder / "node_modules" / ".bin" / kind, os.X_OK):
            return str(program)
    found = shutil.which(kind)
    if found is None:
        raise ProgramMissing(kind.capitalize(), PACKAGES[kind])
    return found


def _free_port(port: int) -> int:
    """Return the port, or for 0 a free one."""
    with socket.socket() as probe:
        # As servers do it, so that a port whose last connections linger counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(port) from error
        return int(probe.getsockname()[1])


def _wait(node: Node) -> None:
    """Return when the node answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if node.process.poll() is not None:
            raise NodeFailed(node.kind, _last_words(node.folder / "node.log"))
        try:
            connect(node.url)
        except NodeUnreachable:
            time.sleep(0.1)
        else:
            return
    raise NodeFailed(node.kind, f"it did not answer within {START_SECONDS} s")


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "it said nothing")


def _fund_accounts(web3: Web3, deployment: Deployment) -> None:
    if deployment.chain_id not in LOCAL_CHAINS:
        return
    (dollar,) = deployment.currencies
    token = web3.eth.contract(
        address=Web3.to_checksum_address(dollar.address), abi=list(load("TestDollar").abi)
    )
    amount = GIFT * 10**dollar.decimals
    for index in range(ACCOUNTS):
        data = token.encode_abi("mint", [dev_wallet(index).address, amount])
        send(web3, Deed(dollar.address, bytes.fromhex(data[2:])), dev_wallet(0))
