"""`twinrights royalty`: what a license has earned, paying in and out, what waits, statements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinrights.cli import look, option, read, show, statements, told
from twinrights.cli.answer import Answer
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.money import Currency

__all__ = ["group"]

group = family("royalty", "Royalties: earned, topped up, paid out, waiting.")

Account = Annotated[
    str,
    typer.Argument(metavar="ACCOUNT", help="A wallet; or a twin, for what is due to its owner."),
]


@command(group, "earned")
def earned(
    session: Session,
    license: option.LicenseId,
    at: Annotated[
        str | None, typer.Option(metavar="WHEN", help="By when; now unless given.")
    ] = None,
) -> Answer:
    """Say what a license has earned by a time, collected or not."""
    found = look.license_of(session, license)
    moment = read.moment(at, now=session.chain.now()) if at else session.chain.now()
    units = session.chain.royalties.earned(found.id, at=moment)
    money = look.money_in(session, found.id)
    value = {
        "license": show.identifier(found.id),
        "at": show.when(moment),
        "earned": money(units),
        "collected": money(found.collected),
        "deposited": money(found.deposited),
    }
    return Answer(value)


@command(group, "top-up")
def top_up(
    session: Session,
    license: option.LicenseId,
    deposited: Annotated[
        str,
        typer.Argument(metavar="AMOUNT", help="What shall then have been deposited in all."),
    ],
    payer: option.Payer,
    allowance_only: option.AllowanceOnly = False,
) -> Answer:
    """Pay more of the fee in. A total that is reached already costs nothing."""
    found = look.license_of(session, license)
    money = look.currency_of(session, found.id)
    wallet = session.wallet(payer)
    with session.working("topping up"), look.amounts_in(money):
        units = money.parse(deposited)
        session.chain.royalties.top_up(found.id, units, payer=wallet, approve=not allowance_only)
    return Answer(look.license_value(session, session.chain.licenses.get(found.id)))


@command(group, "pay-out")
def pay_out(session: Session, license: option.LicenseId, payer: option.Payer) -> Answer:
    """Send what has been earned to every payee. Anyone may; at the end it settles."""
    found = look.license_of(session, license)
    wallet = session.wallet(payer)
    with session.working("paying out"):
        paid = session.chain.royalties.pay_out(found.id, payer=wallet)
    return Answer(told.pay_out_value(paid, look.currencies(session)))


@command(group, "allow")
def allow(
    session: Session,
    amount: Annotated[
        str, typer.Argument(metavar="AMOUNT", help="How much in all; 0 takes it back.")
    ],
    payer: option.Payer,
    currency: option.Currency = "TUSD",
) -> Answer:
    """Allow the license contract to take up to so much, so that buying needs no permit."""
    money = session.chain.currency(currency)
    units = money.parse(amount)
    wallet = session.wallet(payer)
    session.chain.royalties.allow(money.address, units, payer=wallet)
    return Answer(_allowed(session, money, wallet.address))


@command(group, "allowance")
def allowance(
    session: Session,
    account: Annotated[str, typer.Argument(metavar="WALLET", help="Whose: an address or a name.")],
    currency: option.Currency = "TUSD",
) -> Answer:
    """Say what a wallet allows the license contract to take, and what it has."""
    return Answer(_allowed(session, session.chain.currency(currency), session.account(account)))


@command(group, "payable")
def payable(session: Session, account: Account, currency: option.Currency = "TUSD") -> Answer:
    """Say what waits for an account because a transfer to it failed."""
    money = session.chain.currency(currency)
    number = look.money_account(session, account)
    units = session.chain.royalties.payable(money.address, number)
    value = {
        "account": told.money_account(number),
        "payable": show.money(units, money.address, look.currencies(session)),
    }
    if number < 1 << 160:
        held = session.chain.balance(money, read.address(told.money_account(number)))
        value["in_its_wallet"] = show.money(held, money.address, look.currencies(session))
    return Answer(value)


@command(group, "withdraw")
def withdraw(
    session: Session,
    account: Account,
    payer: option.Payer,
    currency: option.Currency = "TUSD",
) -> Answer:
    """Send what waits for an account to its wallet. Anyone may."""
    money = session.chain.currency(currency)
    number = look.money_account(session, account)
    wallet = session.wallet(payer)
    with look.amounts_in(money):
        units = session.chain.royalties.withdraw(money.address, number, payer=wallet)
    value = {
        "account": told.money_account(number),
        "withdrawn": show.money(units, money.address, look.currencies(session)),
    }
    return Answer(value)


@command(group, "statement")
def statement(
    session: Session,
    wallet: Annotated[
        str, typer.Argument(metavar="WALLET", help="Whose: owner, agency, crew or licensee.")
    ],
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="First day (UTC); the beginning unless given."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Last day, included; the newest block's unless given."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as CSV for accounts (docs/statements.md)."),
    ] = None,
) -> Answer:
    """Say what a wallet earned, was paid and is due, by license and month, from events alone.

    Exit code 2 means that the accounts of everybody do not tie to the contract's books, or that
    the history breaks a law: `audit run` names it.
    """
    from twinrights.statements.sheet import sheet
    from twinrights.statements.statement import statement as of_wallet

    chain, account = session.chain, session.account(wallet)
    begins = read.day(since) if since else None
    ends = read.through(to) if to else None
    file = read.place(csv, field="--csv") if csv else None
    with session.progress() as progress:
        found = of_wallet(
            chain.web3, chain.deployment, account, since=begins, until=ends, progress=progress
        )
    if file is not None:
        file.write_text(sheet(found), encoding="utf-8", newline="")
    return statements.answer(found, look.currencies(session))


def _allowed(session: Session, money: Currency, account: str) -> show.Value:
    known = look.currencies(session)
    units = session.chain.royalties.allowance(money.address, account)
    return {
        "account": account,
        "allowed": show.money(units, money.address, known),
        "in_its_wallet": show.money(session.chain.balance(money, account), money.address, known),
    }
