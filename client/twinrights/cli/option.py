"""The arguments and options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Agreement",
    "AllowanceOnly",
    "Block",
    "Category",
    "Currency",
    "Deadline",
    "Deposit",
    "Exclusive",
    "LicenseId",
    "Markets",
    "Notice",
    "Out",
    "Payer",
    "Reference",
    "Sender",
    "Shares",
    "SignAs",
    "Start",
    "TwinId",
    "Uses",
    "ValidUntil",
]

WALLET = "a key's name in the keystore, or dev:NAME on a local chain"
SENDER = f"{WALLET}; or an address, for whose own wallet (a Safe) the calls are printed instead"

LicenseId = Annotated[
    str,
    typer.Argument(
        metavar="LICENSE",
        help="Id of the license, its first digits, or its number in `license list`.",
    ),
]
TwinId = Annotated[
    str,
    typer.Argument(
        metavar="TWIN", help="Id of the twin, its first digits, or its number in `twin list`."
    ),
]
Payer = Annotated[
    str, typer.Option("--as", metavar="WALLET", help=f"Who sends this and pays the gas: {SENDER}.")
]
Sender = Annotated[
    str | None,
    typer.Option("--as", metavar="WALLET", help=f"Send it at once, from this wallet: {SENDER}."),
]
SignAs = Annotated[
    str | None,
    typer.Option(metavar="WALLET", help=f"Sign it at once, with this wallet: {WALLET}."),
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where to write it; stdout unless given."),
]
Deadline = Annotated[
    str, typer.Option(metavar="WHEN", help="The signature can be used only before this.")
]
Block = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", help="As it was at the end of this block; now unless given."),
]
Uses = Annotated[
    str, typer.Option(metavar="USES", help="Uses, like own_shop+email (docs/words.md).")
]
Markets = Annotated[
    str, typer.Option(metavar="MARKETS", help="Markets, like SE+DE, NORDICS or 'EEA without FR'.")
]
Category = Annotated[
    str, typer.Option(metavar="CATEGORY", help="The industry, like fashion (docs/words.md).")
]
Currency = Annotated[
    str, typer.Option(metavar="SYMBOL", help="Symbol or address of a currency of this chain.")
]
Deposit = Annotated[
    str | None,
    typer.Option(metavar="AMOUNT", help="What is paid in now; the whole fee unless given."),
]
Shares = Annotated[
    list[str] | None,
    typer.Option(
        "--share",
        metavar="ROLE:PERCENT:WALLET",
        help="A payee beside the owner; again for each. The owner has the rest.",
    ),
]
Notice = Annotated[str, typer.Option(metavar="TIME", help="The owner's notice, at most 90d.")]
Agreement = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The contract that people read, or its hash (0x…)."),
]
Reference = Annotated[
    str | None,
    typer.Option("--ref", metavar="TEXT", help="Campaign or order number; only its hash is kept."),
]
Start = Annotated[
    str, typer.Option(metavar="WHEN", help="First licensed moment; a day begins at 00:00 UTC.")
]
Exclusive = Annotated[
    bool, typer.Option("--exclusive", help="No other licensee beside, in this category.")
]
ValidUntil = Annotated[
    str, typer.Option(metavar="WHEN", help="It can be accepted or booked only before this.")
]
AllowanceOnly = Annotated[
    bool,
    typer.Option(
        "--allowance-only",
        help="Spend what the wallet allows already, and sign no permit for more.",
    ),
]
