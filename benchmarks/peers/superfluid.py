"""Superfluid: money that flows by the second inside tokens of its own, wrapped and unwrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.gas import BUY, PAY_OUT, SURRENDER, TOP_UP, WITHDRAW
from benchmarks.peers.stage import (
    FEE,
    PACKAGES,
    Compared,
    Peers,
    linked_library,
    names_linked,
    of_npm,
    of_ours,
)

__all__ = ["compared"]

PACKAGE = "@superfluid-finance/ethereum-contracts"
FOLDER = f"{PACKAGE}/build/hardhat/contracts"
STEPS = f"{FOLDER}/utils/SuperfluidFrameworkDeploymentSteps.t.sol"
NAME = "Superfluid 1.15.2"
REGISTRY = "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24"
WHOLE = 10**18
DAY = 86_400
RATE = FEE * 10**12 // (90 * DAY)


def compared(peers: Peers) -> Iterator[Compared]:
    """Yield what wrapping, streaming, dividing and unwrapping spend."""
    frame, token = _set_up(peers)
    peers.allow(token)
    flows = peers.at(
        frame["cfaV1Forwarder"], of_npm(f"{FOLDER}/utils/CFAv1Forwarder.sol/CFAv1Forwarder.json")
    )
    wrap = token.functions.upgrade(FEE * 10**12)

    def stream(sender: str, receiver: str) -> Any:
        call = flows.functions.createFlow(token.address, sender, receiver, RATE, b"")
        return peers.send(call, sender)

    for brand in (peers.brand, peers.rival):
        peers.send(wrap, brand)
    # Both sides have flows already, and the brand has wrapped before.
    stream(peers.brand, peers.crew[0])
    stream(peers.rival, peers.model)
    wrapped = peers.send(wrap, peers.brand)
    streamed = stream(peers.brand, peers.model)
    rental = peers.deploy(of_ours("Rental"))
    peers.send(rental.functions.mint(peers.model, 1))
    until = peers.chain.now() + 90 * DAY
    peers.send(rental.functions.setUser(1, peers.rival, until), peers.model)
    right = peers.send(rental.functions.setUser(1, peers.brand, until), peers.model)
    yield Compared(
        BUY.operation,
        f"ERC-4907 setUser + {NAME} upgrade and createFlow",
        "one payee, paid in a token to be unwrapped; a flow that nobody ends runs on",
        right + wrapped + streamed,
    )
    yield Compared(
        BUY.operation,
        f"{NAME} createFlow",
        "the stream alone, wrapped before: grants nothing",
        streamed,
        is_peer=False,
    )
    yield Compared(
        TOP_UP.operation,
        f"{NAME} upgrade",
        "wraps more for all flows of the payer together",
        peers.send(wrap, peers.brand),
    )

    unwrap = token.functions.downgrade(FEE * 10**10)
    peers.advance(5 * DAY)
    peers.send(unwrap, peers.model)
    yield Compared(
        WITHDRAW.operation,
        f"{NAME} downgrade",
        "the payee's balance grows by itself; this makes money of it",
        peers.send(unwrap, peers.model),
    )
    yield from _divided(peers, frame, token)
    stop = flows.functions.deleteFlow(token.address, peers.brand, peers.model, b"")
    yield Compared(
        SURRENDER.operation,
        f"{NAME} deleteFlow",
        "one flow to one payee stops; what is left stays wrapped",
        peers.send(stop, peers.brand),
        is_peer=False,
    )


def _divided(peers: Peers, frame: Any, token: Any) -> Iterator[Compared]:
    pools = peers.at(
        frame["gdaV1Forwarder"], of_npm(f"{FOLDER}/utils/GDAv1Forwarder.sol/GDAv1Forwarder.json")
    )
    create = pools.functions.createPool(token.address, peers.brand, (False, False))
    _, pool = create.call({"from": peers.brand})
    peers.send(create, peers.brand)
    for payee, units in zip(peers.payees, (20, 5, 5, 70), strict=True):
        peers.send(pools.functions.updateMemberUnits(pool, payee, units, b""), peers.brand)
        peers.send(pools.functions.connectPool(pool, b""), payee)
    give = pools.functions.distribute(token.address, peers.brand, pool, WHOLE, b"")
    peers.send(give, peers.brand)
    divided = peers.send(give, peers.brand)
    unwrap = token.functions.downgrade(WHOLE // 100)
    total = divided
    for payee in peers.payees:
        peers.send(unwrap, payee)
        total += peers.send(unwrap, payee)
    yield Compared(
        PAY_OUT.operation,
        f"{NAME} distribute to a pool of 4 + 4 downgrades",
        "five transactions, until all four have money",
        total,
    )
    yield Compared(
        PAY_OUT.operation,
        f"{NAME} distribute to a pool of 4",
        "four wrapped balances grow; nobody has money yet",
        divided,
        is_peer=False,
    )


def _set_up(peers: Peers) -> tuple[dict[str, str], Any]:
    """Put the framework up by its own steps; return where its parts are, and our token wrapped."""
    compiled = (PACKAGES / PACKAGE / "contracts/libs/ERC1820RegistryCompiled.sol").read_text()
    (registry,) = re.findall(r'hex"([0-9a-f]+)"', compiled)
    peers.ask("anvil_setCode", REGISTRY, "0x" + registry)

    steps = of_npm(f"{STEPS}/SuperfluidFrameworkDeploymentSteps.json")
    links = {name: _library(peers, name) for name in names_linked(steps)}
    framework = peers.at(peers.place("steps", linked_library(steps, links)), steps)
    for step in range(framework.functions.getNumSteps().call()):
        peers.send(framework.functions.executeStep(step))
    (output,) = next(e["outputs"] for e in steps["abi"] if e.get("name") == "getFramework")
    found = framework.functions.getFramework().call()
    names = [part["name"] for part in output["components"]]
    parts = found if isinstance(found, dict) else dict(zip(names, found, strict=True))

    superfluid = f"{FOLDER}/superfluid"
    factory = peers.at(
        parts["superTokenFactory"],
        of_npm(f"{superfluid}/SuperTokenFactory.sol/SuperTokenFactory.json"),
    )
    signature = "createERC20Wrapper(address,uint8,uint8,string,string)"
    make = factory.get_function_by_signature(signature)(
        peers.currency.address, 6, 1, "Wrapped Dollar", "TUSDx"
    )
    made = make.call({"from": peers.anyone})
    peers.send(make)
    return parts, peers.at(made, of_npm(f"{superfluid}/SuperToken.sol/SuperToken.json"))


def _library(peers: Peers, name: str) -> str:
    """Lay down a library, after those that it calls itself."""
    beside = of_npm(_path(name))
    links = {other: _library(peers, other) for other in names_linked(beside)}
    return peers.place(name, linked_library(beside, links))


def _path(name: str) -> str:
    """Return where the package keeps the artifact of a library."""
    (file,) = (PACKAGES / FOLDER).rglob(f"{name}.json")
    return str(Path(file).relative_to(PACKAGES))
