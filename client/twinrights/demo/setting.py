"""Where the demo is played: the contracts put up, the cast chosen, the plan made for that chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eth_utils.address import to_checksum_address
from web3 import Web3
from web3.types import RPCEndpoint

from twinrights.chain.connect import connect
from twinrights.demo.begun import Begun, Place
from twinrights.demo.cast import Cast, alone, local
from twinrights.demo.deals import Plan
from twinrights.demo.given import Given
from twinrights.demo.plan import check_treasuries, free, plan
from twinrights.demo.retelling import Retelling
from twinrights.demo.seed import Seed
from twinrights.demo.stage import Stage
from twinrights.demo.teller import Teller
from twinrights.errors import DevelopmentKeyRefused
from twinrights.facade import TwinRights
from twinrights.money import Currency
from twinrights.terms import ZERO_ADDRESS
from twinrights.wallets import LOCAL_CHAINS, Wallet, dev_wallet

__all__ = ["on_embedded", "on_node"]

FEW = 3
"""So many twins are enough where every transaction costs real gas."""

COIN = 10 * 10**18
"""What a sender has at least, in wei."""

SET_BALANCE = ("anvil_setBalance", "evm_setAccountBalance")
"""Of Anvil, then of Ganache."""

NO_CURRENCY = Currency(symbol="units", decimals=0, address=ZERO_ADDRESS)


def on_embedded(given: Given, teller: Teller) -> Stage:
    """Return the stage on a fresh chain inside this process."""
    played, seed = affordable(given), Seed.new()
    return staged(TwinRights.embedded(), given, local(given, seed), played, teller, seed)


def on_node(
    rpc: str,
    given: Given,
    teller: Teller,
    payer: Wallet | None,
    *,
    file: Path | None = None,
    place: Place | None = None,
) -> Stage:
    """Return the stage on a node, with contracts of its own.

    What was begun there and has not ended, by that file, goes on; without a file nothing can.

    On a chain that is not local `payer` plays everybody who needs coin, and licenses are free:
    there is no test money, and nobody's real money is taken for a demo.

    Raises:
        NodeUnreachable: nobody answers there.
        DevelopmentKeyRefused: the chain is not local, and no other payer was named.
        InsufficientGasMoney: the payer has too little coin.
    """
    web3 = connect(rpc)
    chain_id = web3.eth.chain_id
    begun = Begun.on(web3, file, given, place) if file else None
    seed = Seed(bytes.fromhex(begun.seed)) if begun else Seed.new()
    if chain_id in LOCAL_CHAINS:
        cast, played = local(given, seed), affordable(given)
        endow(web3, cast)
        go_on(web3, begun, teller)
        chain = TwinRights.deploy(web3, payer=cast.relayer)
        return staged(chain, given, cast, played, teller, seed, begun)
    if payer is None:
        raise DevelopmentKeyRefused(dev_wallet(0).address, chain_id)
    few = given.few(FEW)
    go_on(web3, begun, teller)
    teller.say(f"chain {chain_id} is not local: {FEW} twins, one brand, licenses free of charge")
    chain = TwinRights.deploy(web3, payer=payer)
    return staged(chain, few, alone(few, seed, payer), free(plan(few)), teller, seed, begun)


def go_on(web3: Web3, begun: Begun | None, teller: Teller) -> None:
    """Let the node tell the story as far as it was told; begin it where it was not."""
    if begun is None:
        return
    if begun.hash:
        teller.say(f"going on after {len(begun.sent)} transactions, by {begun.path}")
    else:
        if web3.eth.chain_id in LOCAL_CHAINS:
            # What was given outside of any block is then part of the chain's past, too.
            web3.manager.request_blocking(RPCEndpoint("evm_mine"), [])
        begun.begin(web3)
    web3.provider = Retelling(web3, begun)


def endow(web3: Web3, cast: Cast) -> None:
    """Give coin to everybody who sends and has little, by a local node's own test method.

    Such a node may have been started with other accounts. Models send nothing and get nothing.
    """
    for wallet in (cast.relayer, *cast.brands.values(), *cast.reporters.values()):
        address = to_checksum_address(wallet.address)
        if web3.eth.get_balance(address) < COIN:
            any(is_done(web3, method, address) for method in SET_BALANCE)


def is_done(web3: Web3, method: str, address: str) -> bool:
    """Return whether the node knows the method and has set the balance."""
    request: Any = web3.provider.make_request
    return "error" not in request(method, [address, hex(COIN)])


def affordable(given: Given) -> Plan:
    """Return the plan, if every brand's treasury can pay its licenses; raises BadValue."""
    played = plan(given)
    check_treasuries(given, played)
    return played


def staged(
    chain: TwinRights,
    given: Given,
    cast: Cast,
    played: Plan,
    teller: Teller,
    seed: Seed,
    begun: Begun | None = None,
) -> Stage:
    known = chain.currencies
    stage = Stage(
        chain=chain,
        given=given,
        plan=played,
        cast=cast,
        seed=seed,
        currency=known[0] if known else NO_CURRENCY,
        teller=teller,
        opening=chain.now(),
        begun=begun,
    )
    teller.say(f"contracts deployed on {stage.chain_name}, chain {chain.chain_id}")
    return stage
