"""Text into values: accounts, ids, dates, percents, shares and weights, as people write them.

Words of the frozen lists are read by `twinrights.words`, amounts of money by their currency.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from pathlib import Path

from twinrights import words
from twinrights.errors import BadDate, BadValue, CorruptKeystore, FileMissing
from twinrights.terms import MarketRate, UseRate

__all__ = [
    "address",
    "basis_points",
    "day",
    "development",
    "hash_of",
    "keystore_address",
    "market_rates",
    "moment",
    "period",
    "place",
    "share_parts",
    "through",
    "use_rates",
    "weight",
]

DAY = 86_400
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": DAY, "w": 7 * DAY}
PERIOD = re.compile(r"\+?(\d+)\s*([smhdw])", re.IGNORECASE)
WHOLE_WEIGHT = 10_000


def development(text: str) -> int | str | None:
    """Return which development account `dev:NAME` or `dev:3` means; None for other text."""
    if not text.startswith("dev:"):
        return None
    name = text.removeprefix("dev:")
    return int(name) if name.isdecimal() else name


def address(text: str) -> str:
    """Return an address with its checksum; raises BadValue where it is none, or mistyped."""
    from eth_utils.address import to_checksum_address

    from twinrights.typed_data.hashing import is_account

    if not is_account(text):
        raise BadValue("address", f"{text!r} is not an address, or was mistyped")
    return str(to_checksum_address(text))


def keystore_address(path: Path) -> str:
    """Return the address that a keystore file names; raises CorruptKeystore."""
    try:
        text = str(json.loads(path.read_text(encoding="utf-8"))["address"])
        return address(text if text.startswith("0x") else f"0x{text}")
    except (ValueError, KeyError, TypeError):
        raise CorruptKeystore(path=str(path), problem="it names no address") from None


def place(path: Path, *, field: str) -> Path:
    """Return where a file is to be written; raises FileMissing and BadValue where none can be."""
    if path.is_dir():
        raise BadValue(field, f"{path} is a folder; name a file")
    if not path.parent.is_dir():
        raise FileMissing(path=str(path.parent))
    return path


def hash_of(text: str, *, field: str) -> bytes:
    """Return a hash of 32 bytes: `0x` and 64 digits, or the Keccak-256 of the file so named."""
    from eth_utils.crypto import keccak

    if re.fullmatch(r"0x[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text[2:])
    if text.startswith("0x"):
        raise BadValue(field, f"{text!r} is not a hash of 32 bytes")
    if not Path(text).is_file():
        raise FileMissing(path=text)
    return bytes(keccak(Path(text).read_bytes()))


def period(text: str, *, field: str) -> int:
    """Return a length of time in seconds: `30d`, `12h`, `45m`, `90s`, `2w`."""
    if match := PERIOD.fullmatch(text.strip()):
        return int(match[1]) * UNITS[match[2].lower()]
    raise BadValue(field, f"{text!r} is not a length of time; write it like 30d, 12h or 45m")


def moment(text: str, *, now: int) -> int:
    """Return UNIX seconds: a day (its first second), a day and time, `now`, or `+30d` from now.

    Times without a zone are UTC. Raises BadDate.
    """
    text = text.strip()
    if text == "now":
        return now
    if text.startswith("+") and (match := PERIOD.fullmatch(text)):
        return now + int(match[1]) * UNITS[match[2].lower()]
    try:
        if len(text) == len("2026-03-31"):
            return _seconds(datetime.combine(date.fromisoformat(text), time()))
        return _seconds(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        problem = "write it like 2026-03-31, 2026-03-31T12:00Z, now or +30d"
        raise BadDate(text=text, problem=problem) from None


def through(text: str) -> int:
    """Return the first second after a day: the end of what runs through that day."""
    return day(text) + DAY


def day(text: str) -> int:
    """Return the first second of a day in UTC; raises BadDate."""
    try:
        return _seconds(datetime.combine(date.fromisoformat(text.strip()), time()))
    except ValueError:
        raise BadDate(text=text, problem="write it like 2026-03-31") from None


def _seconds(when: datetime) -> int:
    aware = when if when.tzinfo else when.replace(tzinfo=timezone.utc)
    return (aware - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(seconds=1)


def basis_points(text: str, *, field: str) -> int:
    """Return a percentage of at most two decimals in basis points."""
    value = _decimal(text.strip().removesuffix("%").strip(), field) * 100
    if value != int(value) or not 0 <= value <= 10_000:
        raise BadValue(field, f"{text!r} is not a percentage of 0 to 100 with at most two decimals")
    return int(value)


def weight(text: str, *, field: str) -> int:
    """Return a factor like 2.5 in 1/10,000."""
    value = _decimal(text, field) * WHOLE_WEIGHT
    if value != int(value) or not 0 <= value < 1 << 32:
        raise BadValue(field, f"{text!r} is not a factor with at most four decimals")
    return int(value)


def share_parts(text: str) -> tuple[int, int, str]:
    """Return role, basis points and payee of `ROLE:PERCENT:WALLET`; the wallet as it is written."""
    parts = text.split(":", 2)
    if len(parts) != 3 or not parts[2]:
        raise BadValue("share", f"{text!r} is not ROLE:PERCENT:WALLET, like stylist:2.5:0x12…")
    role, percent, payee = parts
    return words.role(role), basis_points(percent, field="share"), payee


def use_rates(text: str) -> tuple[UseRate, ...]:
    """Return the weights of uses in `own_shop:1000+email:350`, in 1/10,000."""
    rates = []
    for part in text.split("+"):
        name, units = _weighed(part, field="uses")
        rates.append(UseRate(words.use_list().find(name).number, units))
    return tuple(rates)


def market_rates(text: str) -> tuple[MarketRate, ...]:
    """Return the weights of market groups in `NORDICS:10000|DE+AT+CH:12000`, in 1/10,000."""
    rates = []
    for part in text.split("|"):
        name, units = _weighed(part, field="markets")
        rates.append(MarketRate(words.markets(name), units))
    return tuple(rates)


def _weighed(text: str, *, field: str) -> tuple[str, int]:
    name, colon, units = text.strip().rpartition(":")
    if not colon or not units.isdecimal() or int(units) >= 1 << 32:
        raise BadValue(field, f"{text.strip()!r} is not NAME:WEIGHT, the weight in 1/10,000")
    return name, int(units)


def _decimal(text: str, field: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadValue(field, f"{text!r} is not a number") from None
    if not value.is_finite():
        raise BadValue(field, f"{text!r} is not a number")
    return value
