"""Buying a campaign: as many licenses in one transaction as a block holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from twinrights.campaign.plan import Line, Plan
from twinrights.chain.currencies import in_words
from twinrights.errors import InsufficientBalance
from twinrights.facade import TwinRights
from twinrights.terms import License
from twinrights.wallets import Wallet

__all__ = ["buy", "check_balances", "due", "packs"]

GAS_OF_ONE = 200_000
"""More than a license costs beside others, its set of markets being new."""

GAS_OF_SHARE = 5_000
"""More than a payee adds to that."""

GAS_OF_ENTRY = 3_000
"""More than an entry of the conflict book costs an exclusive buyer."""

MOST_GAS = 10_000_000
"""In one transaction: below 2^24, the most that Ethereum takes since Osaka (EIP-7825)."""


def buy(
    chain: TwinRights,
    plan: Plan,
    *,
    payer: Wallet,
    least: bool = False,
    approve: bool = True,
    bought: Callable[[int], None] = lambda _: None,
) -> tuple[License, ...]:
    """Buy every open line of a plan in few transactions; return the licenses in their order.

    With `least` no more is paid in than must be. `bought` is told after each transaction how many
    licenses there are.

    Raises:
        InsufficientBalance, InsufficientAllowance: nothing more was sent.
        Refused: a contract refuses a transaction; those before it stand.
    """
    check_balances(chain, plan, payer, least=least)
    licenses: list[License] = []
    for pack in packs(chain, plan.open):
        wanted = [line.purchase(least=least) for line in pack]
        licenses += chain.licenses.together(wanted, payer=payer, approve=approve)
        bought(len(licenses))
    return tuple(licenses)


def due(lines: Sequence[Line], *, least: bool) -> Counter[str]:
    """Return what some lines take from whoever buys them, by currency in the smallest unit."""
    amounts: Counter[str] = Counter()
    for line in lines:
        if line.terms is not None:
            amounts[line.terms.pay.currency] += line.least if least else line.terms.pay.fee
    return amounts


def check_balances(chain: TwinRights, plan: Plan, payer: Wallet, *, least: bool) -> None:
    """Do nothing if the payer has the whole sum, so that no campaign is bought in half.

    Raises:
        InsufficientBalance: in one of its currencies.
    """
    for address, need in due(plan.open, least=least).items():
        have = chain.balance(chain.currency(address), payer.address)
        if have < need:
            had, needed, symbol = in_words(chain.deployment, address, have, need)
            raise InsufficientBalance(payer.address, symbol, had, needed)


def packs(chain: TwinRights, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines by transactions, within the gas of a block, in their order."""
    most = min(MOST_GAS, chain.web3.eth.get_block("latest")["gasLimit"] * 3 // 4)
    pack: list[Line] = []
    gas, unknown = 0, set[tuple[int, int]]()
    for line in lines:
        assert line.terms is not None
        scope, pay = line.terms.scope, line.terms.pay
        book = (pay.twin_id, scope.category)
        entries = len(chain.licenses.opening(*book)) + len(pack) if scope.exclusive else 0
        need = GAS_OF_ONE + GAS_OF_SHARE * len(line.terms.shares) + GAS_OF_ENTRY * entries
        # Nobody knows the start of a license that starts when granted before it is.
        if pack and (gas + need > most or (scope.exclusive and book in unknown)):
            yield pack
            pack, gas, unknown = [], 0, set()
        pack.append(line)
        gas += need
        if not scope.start:
            unknown.add(book)
    if pack:
        yield pack
