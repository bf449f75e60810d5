"""A statement as a table that accountants import: CSV in UTF-8, one currency in a row.

Days are ISO 8601 in UTC, both included; amounts have a decimal point, all decimals of their
currency and no other mark; a cell that does not apply is empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from twinrights.audit.findings import Coins
from twinrights.statements.statement import Line, Statement, day

__all__ = ["COLUMNS", "decimal", "sheet"]

COLUMNS = (
    *("month", "from", "through", "wallet", "role", "twin", "license", "licensee"),
    *("currency", "currency_address"),
    *("gross", "service_fee", "commission", "crew", "net"),
    *("opening", "deposited", "by_others", "earned", "moved", "paid_out", "refunded", "paid"),
    *("closing", "uncollected", "prepaid", "waiting"),
)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection)."""


def sheet(statement: Statement) -> str:
    """Return the statement as CSV (RFC 4180), the names of the columns first."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for line in statement.lines:
        writer.writerow(_cells(line, statement.coins))
    return written.getvalue()


def decimal(units: int, decimals: int) -> str:
    """Return an amount with all its decimals and no other mark: "1250.500000"."""
    whole, rest = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def _cells(line: Line, coins: Coins) -> Iterator[str]:
    first, last = day(line.since), day(line.until - 1)
    symbol = coins.symbol(line.currency) or "units"
    texts = (
        *(first[:7], first, last, line.account.wallet, line.role),
        *(f"0x{line.twin_id:064x}", f"0x{line.account.license_id:064x}", line.licensee),
        *(symbol, line.currency),
    )
    yield from map(_text, texts)
    decimals = coins.decimals(line.currency) or 0
    for amount in line.amounts.values():
        yield "" if amount is None else decimal(amount, decimals)


def _text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
