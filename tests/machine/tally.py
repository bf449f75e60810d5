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
        return [
            *(f"{name} succeeded {self.done[name]} times" for name in sorted(deeds)
              if self.done[name] < done),
            *(f"{name} was seen {self.refused[name]} times" for name in sorted(errors)
              if self.refused[name] < refused),
        ]  # fmt: skip

    def __str__(self) -> str:
        columns = (self.done, "times done"), (self.refused, "times refused")
        return "\n".join(
            f"{count:>7} {name}"
            for counts, title in columns
            for name, count in [(title, sum(counts.values())), *sorted(counts.items())]
        )
