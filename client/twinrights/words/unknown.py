"""The refusal of a word that no list holds."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["UnknownWord"]


class UnknownWord(ValueError):
    """A word that is in none of the frozen lists.

    `kind` is the list that was asked ("use", "market", "category", "role"), `word` is what was
    written, `nearest` the slugs that look most like it, best first; it may be empty.
    """

    def __init__(self, kind: str, word: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(kind, word, tuple(nearest))
        self.kind = kind
        self.word = word
        self.nearest = tuple(nearest)

    def __str__(self) -> str:
        if not self.nearest:
            return f"unknown {self.kind} {self.word!r}"
        *others, last = self.nearest
        guess = f"{', '.join(others)} or {last}" if others else last
        return f"unknown {self.kind} {self.word!r}: did you mean {guess}?"
