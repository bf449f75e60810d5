"""What a command says: the same value as JSON for machines, or as words and tables for people."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

__all__ = ["Answer", "Json", "as_people_read", "console_for", "listed", "show", "speak"]

Json = Any
"""None, bool, int, str, or lists and dicts of these; amounts of money as strings."""

LONG = re.compile(r"0x[0-9a-fA-F]{40,64}")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")

WIDE = 200
"""Columns where nobody looks at a terminal: ids and addresses stay whole."""


@dataclass(frozen=True)
class Answer:
    """A command's answer: `value` for machines; `words` for people, made of the value unless given.

    `exit_code` is other than 0 where the answer itself is bad news (a difference found, a no).
    """

    value: Json
    words: RenderableType | None = None
    exit_code: int = 0


def listed(rows: Sequence[Json], *columns: str) -> Answer:
    """Return the answer of a list; people see these columns of it, ids by their ends."""
    if not rows:
        return Answer([], "none")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in columns:
        table.add_column(_label(name))
    for row in rows:
        table.add_row(*(Text(_brief(_cell(row[name]))) for name in columns))
    return Answer(list(rows), table)


def speak(answer: Answer, *, as_json: bool) -> None:
    """Write an answer to stdout."""
    if as_json:
        sys.stdout.write(json.dumps(answer.value, indent=2, ensure_ascii=False) + "\n")
    else:
        words = as_people_read(answer.value) if answer.words is None else answer.words
        show(words, console_for(sys.stdout))
    sys.stdout.flush()


def console_for(stream: TextIO) -> Console:
    """Return the console of a stream: wide where nobody looks, and never guessing at markup."""
    width = None if stream.isatty() else WIDE
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show(words: RenderableType, console: Console) -> None:
    """Write words to a console, without the blanks at the ends of a table's lines."""
    if console.is_terminal:
        console.print(words, soft_wrap=isinstance(words, str))
        return
    with console.capture() as capture:
        console.print(words, soft_wrap=isinstance(words, str))
    console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def as_people_read(value: Json) -> RenderableType:
    """Return a value as words: a dict as names and values, a list of dicts as a table."""
    if isinstance(value, Mapping):
        return _pairs(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _rows(value)
    return Text(_cell(value))


def _pairs(value: Mapping[str, Json]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    tables: list[RenderableType] = []
    for name, part in value.items():
        if isinstance(part, list) and part and isinstance(part[0], dict):
            tables += [Text(f"\n{_label(name)}"), _rows(part)]
        else:
            grid.add_row(_label(name), Text(_cell(part)))
    return Group(grid, *tables)


def _rows(rows: Sequence[Json]) -> RenderableType:
    if not rows:
        return Text("none")
    if not isinstance(rows[0], Mapping):
        return Text("\n".join(_cell(row) for row in rows))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in rows[0]:
        table.add_column(_label(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(name))) for name in rows[0]))
    return table


def _brief(text: str) -> str:
    """Return ids by their ends, which are read back, and times to the minute."""
    text = LONG.sub(lambda id_: f"{id_[0][:10]}…{id_[0][-4:]}", text)
    return TIME.sub(r"\1 \2", text)


def _label(name: str) -> str:
    return name.replace("_", " ")


def _cell(value: Json) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if set(value) == {"amount", "currency", "units"}:
            return f"{value['amount']} {value['currency']}"
        return ", ".join(f"{_label(name)} {_cell(part)}" for name, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_cell, value)) or "none"
    return str(value)
