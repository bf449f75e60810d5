"""Tells on stderr what is going on: a bar where a person looks, and a line for each scene."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

__all__ = ["Teller"]

Item = TypeVar("Item")


class Teller:
    """Progress of the demo; it never writes to stdout."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def each(self, what: str, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items of a scene, counting, and say at its end how many they were."""
        listed = list(items)
        with self._bar() as bar:
            task = bar.add_task(what, total=len(listed))
            for item in listed:
                yield item
                bar.advance(task)
        self.say(f"{what}: {len(listed)}")

    @contextmanager
    def watching(self) -> Iterator[Callable[[str, int, int], None]]:
        """Give a function that shows what is being done, how far it is, and of how much."""
        with self._bar() as bar:
            task = bar.add_task("", total=None)
            yield lambda what, done, of: bar.update(
                task, description=what, completed=done, total=of
            )

    def say(self, what: str) -> None:
        """Say that something has happened, with the second in which it did."""
        self._console.print(f"{self.seconds:5.1f} s  {what}", soft_wrap=True)

    def _bar(self) -> Progress:
        return Progress(
            TextColumn("         {task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
