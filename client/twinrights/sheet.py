"""A CSV read so that whatever is wrong in it is said with its file, row and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from twinrights.errors import BadFile, BadRow, FileMissing, TwinRightsError

__all__ = ["Row", "rows"]

Value = TypeVar("Value")

NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<units>[0-9]{1,30})(\.(?P<decimals>[0-9]*))?")


@dataclass(frozen=True)
class Row:
    """One row of a table; `number` is its line in the file, which opens with the columns' names."""

    path: Path
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell that must hold something."""
        if not (text := self.cells[column]):
            raise self.wrong(column, "it is empty")
        return text

    def read(self, column: str, reader: Callable[[str], Value]) -> Value:
        """Return what `reader` makes of a cell; whatever it refuses is said with row and column."""
        text = self.text(column)
        try:
            return reader(text)
        except (TwinRightsError, ValueError) as error:
            raise self.wrong(column, str(error).rstrip(".")) from error

    def whole(self, column: str, *, least: int = 0, most: int) -> int:
        """Return a whole number within bounds."""
        return self.read(column, lambda text: whole(text, least, most))

    def scaled(self, column: str, places: int, *, least: int = 0, most: int) -> int:
        """Return a decimal number times 10 to the power of `places`, exactly, within bounds."""
        return self.read(column, lambda text: scaled(text, places, least, most))

    def pairs(self, column: str, *, between: str, places: int, most: int) -> dict[str, int]:
        """Return "name:number" pairs, each name once, the numbers scaled as by `scaled`."""

        def reader(text: str) -> dict[str, int]:
            found: dict[str, int] = {}
            for part in text.split(between):
                name, colon, figure = part.rpartition(":")
                if not colon or not name.strip():
                    raise ValueError(f"{part!r} is no pair of a name and a number with ':' between")
                if name.strip() in found:
                    raise ValueError(f"{name.strip()!r} stands twice")
                found[name.strip()] = scaled(figure, places, 1, most)
            return found

        return self.read(column, reader)

    def wrong(self, column: str, problem: str) -> BadRow:
        """Return the error that names this row and a column of it."""
        return BadRow(str(self.path), self.number, f"column {column}: {problem}")


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a UTF-8 file with the names of its columns in the first line.

    Raises:
        FileMissing, BadFile: it is not there, is no such table, or lacks a column.
        BadRow: a row has more or fewer cells than there are columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise BadFile(str(path), f"the first line lacks the column {missing[0]!r}")
            for cells in reader:
                if None in cells or None in cells.values():
                    problem = f"it has not {len(reader.fieldnames or ())} cells"
                    raise BadRow(str(path), reader.line_num, problem)
                stripped = {name: cell.strip() for name, cell in cells.items()}
                yield Row(path, reader.line_num, stripped)
    except FileNotFoundError as error:
        raise FileMissing(str(path)) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFile(str(path), str(error)) from error


def whole(text: str, least: int, most: int) -> int:
    return scaled(text, 0, least, most)


def scaled(text: str, places: int, least: int, most: int) -> int:
    found = NUMBER.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a number")
    sign, units, decimals = found["sign"], found["units"], (found["decimals"] or "").rstrip("0")
    if len(decimals) > places:
        kind = f"a number of at most {places} decimals" if places else "a whole number"
        raise ValueError(f"{text!r} is not {kind}")
    number = int(f"{sign}{units}{decimals.ljust(places, '0')}")
    if not least <= number <= most:
        one = 10**places
        raise ValueError(f"{text!r} is not within {least / one:.12g} to {most / one:.12g}")
    return number
