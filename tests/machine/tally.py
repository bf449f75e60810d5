"""How often each deed succeeded and each error was seen, in a whole run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Tally"]


@dataclass
class Tally:
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def too_few(self, deeds: set[str], errors: set[str], *, done: int, refused: int) -> list[str]:
        """Return a line for each deed and each error that was seen too seldom."""
        wanted = (deeds, self.done, done, "succeeded"), (errors, self.refused, refused, "was seen")
        return [
            f"{name} {what} {counts[name]} times, not {least}"
            for names, counts, least, what in wanted
            for name in sorted(names)
            if counts[name] < least
        ]

    def __str__(self) -> str:
        columns = (self.done, "times done"), (self.refused, "times refused")
        return "\n".join(
            f"{count:>7} {name}"
            for counts, title in columns
            for name, count in [(title, sum(counts.values())), *sorted(counts.items())]
        )
