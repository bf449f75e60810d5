"""One frozen list of words, read from its file: finding a word, and masks to words and back.

A word's number never changes and is never used again; new words only follow. What the numbers
mean in each list is said in `kinds` and `territory`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from typing import Literal

from twinrights.errors import UnknownWord

__all__ = ["Language", "Vocabulary", "Word", "joined", "key_of", "pieces", "rows"]

Language = Literal["en", "sv"]

SEPARATORS = re.compile(r"[+,|;]")
CONJUNCTION = {"en": " and ", "sv": " och "}
BETWEEN_WORDS = re.compile(r"\s+(?:and|och|&)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word of a list: its number (for sets: its bit), slug, names and one-line definition."""

    number: int
    slug: str
    english: str
    swedish: str
    definition: str = ""
    also: tuple[str, ...] = ()

    def label(self, language: Language = "en") -> str:
        """Return the word's name for people."""
        return self.swedish if language == "sv" else self.english

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return all that is read as this word."""
        return (self.slug, self.english, self.swedish, *self.also)


@dataclass(frozen=True)
class Vocabulary:
    """A frozen list: `kind` is what one of its words is called, `width` how many it can hold."""

    kind: str
    width: int
    words: tuple[Word, ...]

    @cached_property
    def by_key(self) -> dict[str, Word]:
        """Return each word by each of its spellings, without case, spaces, marks and accents."""
        return {key_of(spelling): word for word in self.words for spelling in word.spellings}

    @cached_property
    def by_number(self) -> dict[int, Word]:
        """Return each word by its number."""
        return {word.number: word for word in self.words}

    def find(self, text: str) -> Word:
        """Return the word written as `text`; raises UnknownWord with the nearest slugs."""
        word = self.by_key.get(key_of(text))
        if word is None:
            raise UnknownWord(self.kind, text.strip(), self.nearest(text))
        return word

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return up to three slugs whose spellings look like `text`, best first."""
        close = get_close_matches(key_of(text), self.by_key, n=6, cutoff=0.6)
        return tuple(dict.fromkeys(self.by_key[key].slug for key in close))[:3]

    def mask(self, text: str | Iterable[str]) -> int:
        """Return the set of the words in `text`: bit n for the word with number n."""
        mask = 0
        for piece in pieces(text, self.by_key):
            mask |= 1 << self.find(piece).number
        return mask

    def name(self, number: int) -> str:
        """Return the slug of a number; one without a word is named by its number, "use_27"."""
        if not 0 <= number < self.width:
            raise ValueError(f"{self.kind} {number} is not in 0..{self.width - 1}")
        word = self.by_number.get(number)
        return word.slug if word else f"{self.kind}_{number}"

    def label(self, number: int, language: Language = "en") -> str:
        """Return the name for people of a number, as `name` does for machines."""
        word = self.by_number.get(number)
        return word.label(language) if word else self.name(number)

    def numbers(self, mask: int) -> list[int]:
        """Return the numbers in a mask, rising."""
        if mask < 0 or mask >> self.width:
            raise ValueError(f"{mask:#x} is not a mask of {self.width} bits ({self.kind})")
        return [number for number in range(mask.bit_length()) if mask >> number & 1]

    def names(self, mask: int) -> list[str]:
        """Return the slugs of a mask, in the list's order."""
        return [self.name(number) for number in self.numbers(mask)]

    def labels(self, mask: int, language: Language = "en") -> list[str]:
        """Return the names for people of a mask, in the list's order."""
        return [self.label(number, language) for number in self.numbers(mask)]


def key_of(text: str) -> str:
    """Return what two spellings of a word have in common: letters and digits, no accents."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(mark for mark in plain if mark.isalnum())


def pieces(text: str | Iterable[str], known: dict[str, Word]) -> Iterator[str]:
    """Yield the words written in `text`: between + , | ; and, where no name holds them, "and"."""
    if not isinstance(text, str):
        for part in text:
            yield from pieces(part, known)
        return
    for part in SEPARATORS.split(text):
        yield from split_at_and(part.strip(), known)


def split_at_and(text: str, known: dict[str, Word]) -> Iterator[str]:
    """Yield the words that "and" joins in `text`, the longest known name first."""
    if not text:
        return
    if key_of(text) not in known:
        for gap in reversed(list(BETWEEN_WORDS.finditer(text))):
            if key_of(text[: gap.start()]) in known:
                yield text[: gap.start()]
                yield from split_at_and(text[gap.end() :], known)
                return
    yield text


def joined(words: list[str], language: Language = "en") -> str:
    """Return words as people list them: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + CONJUNCTION[language] + words[-1]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the package's lists."""
    text = files("twinrights.words").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
