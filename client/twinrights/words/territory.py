"""Markets: the countries of ISO 3166-1, one bit each, and the groups they are spoken of in.

A country's bit is its place in the alphabet of two-letter codes when the list was frozen; a
country that ISO adds later gets the next free bit and joins no earlier group. Groups are words
for people alone: on chain there are only countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from twinrights.errors import UnknownWord
from twinrights.words.vocabulary import Language, Vocabulary, Word, joined, key_of, pieces, rows

__all__ = [
    "market_codes",
    "market_group_list",
    "market_groups",
    "market_labels",
    "market_list",
    "market_names",
    "market_words",
    "markets",
]

WITHOUT = re.compile(r"\s+(?:without|utan)\s+", re.IGNORECASE)
LESS = {"en": "without", "sv": "utan"}


@cache
def market_list() -> Vocabulary:
    """Return the frozen list of countries, 256 bits."""
    words = tuple(
        Word(
            int(row["bit"]),
            row["code"],
            row["english"],
            row["swedish"],
            also=tuple(filter(None, row["also"].split("|"))),
        )
        for row in rows("markets.csv")
    )
    return Vocabulary("market", 256, words)


@cache
def market_group_list() -> tuple[Word, ...]:
    """Return the groups as words, in the order of their file (their number is their line)."""
    return tuple(
        Word(line, row["slug"], row["english"], row["swedish"], row["definition"])
        for line, row in enumerate(rows("market_groups.csv"))
    )


@cache
def market_groups() -> dict[str, int]:
    """Return the mask of each group by its slug; a group may be made of earlier ones."""
    masks: dict[str, int] = {}
    for row in rows("market_groups.csv"):
        mask = 0
        for part in row["markets"].split("+"):
            mask |= masks[part] if part in masks else market_list().mask(part)
        masks[row["slug"]] = mask
    return masks


@cache
def masks_by_key() -> dict[str, int]:
    """Return the mask of each spelling of a country or a group."""
    masks = {key: 1 << word.number for key, word in market_list().by_key.items()}
    for group in market_group_list():
        for spelling in group.spellings:
            masks[key_of(spelling)] = market_groups()[group.slug]
    return masks


@cache
def words_by_key() -> dict[str, Word]:
    """Return the country or group of each spelling."""
    words = dict(market_list().by_key)
    for group in market_group_list():
        words |= {key_of(spelling): group for spelling in group.spellings}
    return words


def markets(text: str | Iterable[str]) -> int:
    """Return the mask of the markets in `text`.

    Codes, groups and names in any mixture: "SE+DE", "WORLD", "NORDICS+DE", "Nordics and Germany",
    "world without KP and RU". Raises UnknownWord with the nearest codes and groups.
    """
    if not isinstance(text, str):
        mask = 0
        for part in text:
            mask |= markets(part)
        return mask
    granted, *excepted = WITHOUT.split(text)
    return union(granted) & ~union(",".join(excepted))


def market_names(mask: int) -> list[str]:
    """Return the two-letter codes of a mask, in the alphabet's order."""
    return market_list().names(mask)


def market_labels(mask: int, *, language: Language = "en") -> list[str]:
    """Return the names of the countries of a mask."""
    return market_list().labels(mask, language)


def market_codes() -> tuple[str, ...]:
    """Return all two-letter codes, in the order of their bits."""
    return tuple(word.slug for word in market_list().words)


def market_words(mask: int, *, language: Language = "en", names: bool = False) -> str:
    """Return the shortest readable sentence of a mask: "world", "Nordics and DE".

    `markets` reads it back to the same mask. Countries outside a group stand by code, with `names`
    by name; no country at all is "nowhere".
    """
    if mask == 0:
        return "ingenstans" if language == "sv" else "nowhere"
    best = parts(mask, language, names)
    less: list[str] = []
    for group in market_group_list():
        whole = market_groups()[group.slug]
        if mask & ~whole == 0 and mask != whole:
            missing = parts(whole & ~mask, language, names)
            if 1 + len(missing) < len(best) + len(less):
                best, less = [group.label(language)], missing
    if not less:
        return joined(best, language)
    return f"{joined(best, language)} {LESS[language]} {joined(less, language)}"


def parts(mask: int, language: Language, names: bool) -> list[str]:
    """Return a mask as few words: the groups that cover most of it, then single countries."""
    left = mask
    chosen: list[Word] = []
    whole = [group for group in market_group_list() if not market_groups()[group.slug] & ~mask]
    while whole:
        group = max(whole, key=lambda word: ones(market_groups()[word.slug] & left))
        if ones(market_groups()[group.slug] & left) < 2:
            break
        chosen.append(group)
        left &= ~market_groups()[group.slug]
    single = market_labels(left, language=language) if names else market_names(left)
    return [group.label(language) for group in chosen] + single


def ones(mask: int) -> int:
    return bin(mask).count("1")


def union(text: str) -> int:
    """Return the mask of all countries and groups named in `text`."""
    mask = 0
    for piece in pieces(text, words_by_key()):
        found = masks_by_key().get(key_of(piece))
        if found is None:
            raise UnknownWord("market", piece, nearest(piece))
        mask |= found
    return mask


def nearest(text: str) -> tuple[str, ...]:
    """Return up to three codes or groups that look like `text`, best first."""
    key = key_of(text)
    if len(key) == 2:  # two letters resemble too many: those that share the first
        return tuple(code for code in market_codes() if key_of(code)[0] == key[0])[:3]
    everything = (*market_list().words, *market_group_list())
    return Vocabulary("market", 0, everything).nearest(text)
