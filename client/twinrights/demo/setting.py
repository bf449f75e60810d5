"""Where the demo is played: the contracts put up, the cast chosen, the plan made for that chain."""

from __future__ import annotations

from twinrights.chain.connect import connect
from twinrights.demo.cast import Cast, alone, local
from twinrights.demo.deals import Plan
from twinrights.demo.given import Given
from twinrights.demo.plan import check_treasuries, free, plan
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

NO_CURRENCY = Currency(symbol="units", decimals=0, address=ZERO_ADDRESS)


def on_embedded(given: Given, teller: Teller) -> Stage:
    """Return the stage on a fresh chain inside this process."""
    played = affordable(given)
    return staged(TwinRights.embedded(), given, local(given), played, teller)


def on_node(rpc: str, given: Given, teller: Teller, payer: Wallet | None) -> Stage:
    """Return the stage on a node, with contracts of its own.

    On a chain that is not local `payer` plays everybody who needs coin, and licenses are free:
    there is no test money, and nobody's real money is taken for a demo.

    Raises:
        NodeUnreachable: nobody answers there.
        DevelopmentKeyRefused: the chain is not local, and no other payer was named.
        InsufficientGasMoney: the payer has too little coin.
    """
    web3 = connect(rpc)
    chain_id = web3.eth.chain_id
    if chain_id in LOCAL_CHAINS:
        played = affordable(given)
        chain = TwinRights.deploy(web3, payer=dev_wallet(0))
        return staged(chain, given, local(given), played, teller)
    if payer is None:
        raise DevelopmentKeyRefused(dev_wallet(0).address, chain_id)
    few = given.few(FEW)
    teller.say(f"chain {chain_id} is not local: {FEW} twins, one brand, licenses free of charge")
    chain = TwinRights.deploy(web3, payer=payer)
    return staged(chain, few, alone(few, payer), free(plan(few)), teller)


def affordable(given: Given) -> Plan:
    """Return the plan, if every brand's treasury can pay its licenses; raises BadValue."""
    played = plan(given)
    check_treasuries(given, played)
    return played


def staged(chain: TwinRights, given: Given, cast: Cast, played: Plan, teller: Teller) -> Stage:
    known = chain.currencies
    stage = Stage(
        chain=chain,
        given=given,
        plan=played,
        cast=cast,
        currency=known[0] if known else NO_CURRENCY,
        teller=teller,
        opening=chain.now(),
    )
    teller.say(f"contracts deployed on {stage.chain_name}, chain {chain.chain_id}")
    return stage
