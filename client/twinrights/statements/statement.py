"""One wallet's statement: its accounts cut into months, and whether all accounts tie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from web3 import Web3

from twinrights import words
from twinrights.audit.events import Progress
from twinrights.audit.findings import Coins, Severity, utc
from twinrights.audit.ledger import PAYER, Account, Ledger, Position, months
from twinrights.audit.rebuild import rebuild
from twinrights.audit.run import gather
from twinrights.audit.state import LICENSEE, OWNER
from twinrights.audit.ties import Tie, ties
from twinrights.chain.currencies import currencies
from twinrights.chain.deployment import Deployment
from twinrights.errors import BadDate

__all__ = ["Line", "Statement", "day", "draw_up", "read_ledger", "statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An account in one month: `opening` and `closing` are balances, `flow` what lies between.

    `since` and `until` are seconds in UTC, half-open.
    """

    account: Account
    twin_id: int
    licensee: str
    currency: str
    since: int
    until: int
    opening: Position
    closing: Position

    @property
    def flow(self) -> Position:
        """Return what was earned, given and paid in the month."""
        return self.closing.since(self.opening)

    @property
    def amounts(self) -> dict[str, int | None]:
        """Return the columns of the line in their order; None where one is not of this role."""
        flow, role = self.flow, self.account.role
        is_brand, is_payer = role == LICENSEE, role == PAYER
        is_payee = not is_brand and not is_payer

        def of(applies: bool, amount: int) -> int | None:
            return amount if applies else None

        return {
            "gross": of(not is_payer, flow.gross),
            "service_fee": of(not is_payer, flow.service_fee),
            "commission": of(not is_payer, flow.commission),
            "crew": of(not is_payer, flow.crew),
            "net": of(not is_payer, flow.net),
            "opening": of(not is_payer, self.opening.balance),
            "deposited": of(not is_payee, flow.deposited),
            "by_others": of(is_brand, flow.by_others),
            "earned": of(not is_payer, flow.earned),
            "moved": of(role == OWNER, flow.moved),
            "paid_out": of(is_payee, flow.paid_out),
            "refunded": of(is_brand, flow.refunded),
            "paid": of(not is_payer, flow.paid),
            "closing": of(not is_payer, self.closing.balance),
            "uncollected": of(is_payee, self.closing.held),
            "prepaid": of(is_brand, self.closing.held),
            "waiting": of(not is_payer, self.closing.waiting),
        }

    @property
    def role(self) -> str:
        """Return the role as a statement names it."""
        special = {LICENSEE: "licensee", PAYER: "payer"}
        return special.get(self.account.role) or words.role_name(self.account.role)

    @property
    def is_silent(self) -> bool:
        """Return whether nothing was due, and nothing happened."""
        return self.flow == Position() and self.closing.balance == self.closing.waiting == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a wallet earned, was given and was paid in [`since`, `until`), by license and month.

    `until` is at most one second after the newest block that was read. `ties` holds every sum over
    all wallets against the contract's own books at that end; `broken` counts what in the history
    breaks a law, which only an audit explains.
    """

    wallet: str
    since: int
    until: int
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]
    broken: int
    coins: Coins

    @property
    def totals(self) -> dict[tuple[str, str], dict[str, int | None]]:
        """Return the sums of all lines by role and currency; balances are the first and last."""
        sums: dict[tuple[str, str], dict[str, int | None]] = {}
        first = {line.account: line for line in reversed(self.lines)}
        last = {line.account: line for line in self.lines}
        for account, line in last.items():
            whole = replace(line, opening=first[account].opening)
            of_role = sums.setdefault((line.role, line.currency), dict.fromkeys(whole.amounts))
            for name, amount in whole.amounts.items():
                if amount is not None:
                    of_role[name] = (of_role[name] or 0) + amount
        return sums

    @property
    def ok(self) -> bool:
        """Return whether all accounts tie to the books, and the history breaks no law."""
        return not self.broken and all(tie.holds for tie in self.ties)


def statement(
    web3: Web3,
    deployment: Deployment,
    wallet: str,
    *,
    since: int | None = None,
    until: int | None = None,
    progress: Progress | None = None,
) -> Statement:
    """Return a wallet's statement, read from the events of a chain.

    From the first event, and up to the newest block, unless named (in UNIX seconds, half-open).

    Raises:
        BadDate: it would begin after its end, or after the newest block.
        NodeUnreachable, Web3RPCError: the node does not answer, or objects.
    """
    ledger = read_ledger(web3, deployment, progress=progress)
    return draw_up(ledger, wallet, since=since, until=until, coins=Coins(currencies(deployment)))


def read_ledger(web3: Web3, deployment: Deployment, *, progress: Progress | None = None) -> Ledger:
    """Return the accounts of everybody, from all events up to the newest block."""
    evidence = gather(web3, deployment, last=web3.eth.block_number, progress=progress)
    world = rebuild(
        evidence.events,
        evidence.transfers,
        chain_id=deployment.chain_id,
        twins=deployment.twins,
        licenses=deployment.licenses,
        coins=Coins(currencies(deployment)),
    )
    return Ledger(evidence.events, world, until=evidence.headers[-1].time)


def draw_up(
    ledger: Ledger,
    wallet: str,
    *,
    since: int | None = None,
    until: int | None = None,
    coins: Coins,
) -> Statement:
    """Return a wallet's statement from a ledger; see `statement`."""
    now = ledger.now.time + 1
    first = ledger.events[0].time if ledger.events else ledger.now.time
    begins = first if since is None else since
    ends = now if until is None else min(until, now)
    if until is not None and begins >= until:
        raise BadDate(day(begins), f"it is after the last day, {day(until - 1)}")
    if begins >= now:
        raise BadDate(day(begins), f"nothing is known yet: the newest block is of {day(now - 1)}")
    lines = [
        line
        for account in ledger.accounts(wallet)
        for line in _lines(ledger, account, begins, ends)
        if not line.is_silent
    ]
    return Statement(
        wallet=wallet,
        since=begins,
        until=ends,
        lines=tuple(sorted(lines, key=lambda line: line.since)),
        ties=tuple(ties(ledger, ledger.cut(ends))),
        broken=sum(each.severity is not Severity.NOTE for each in ledger.world.findings),
        coins=coins,
    )


def _lines(ledger: Ledger, account: Account, since: int, until: int) -> Iterator[Line]:
    license = ledger.world.licenses[account.license_id]
    opening = ledger.position(account, ledger.cut(since))
    for begins, ends in months(since, until):
        closing = ledger.position(account, ledger.cut(ends))
        yield Line(
            account=account,
            twin_id=license.twin_id,
            licensee=license.licensee,
            currency=license.currency,
            since=begins,
            until=ends,
            opening=opening,
            closing=closing,
        )
        opening = closing


def day(seconds: int) -> str:
    """Return the day of a second, in UTC."""
    return utc(seconds).partition("T")[0]
