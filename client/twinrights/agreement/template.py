"""Templates: an agreement's fixed words, as data, and how values are put into them.

A template is one file for each language, `license-1.sv.md`, in parts that begin with `%% name`. A
line may open with conditions: `[exclusive]` keeps it where that value is there, `[not exclusive]`
where it is not, `[each share]` repeats it for each row. What is published never changes: other
words are another template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from twinrights.errors import BadValue
from twinrights.words.vocabulary import Language

__all__ = ["LANGUAGES", "NEWEST", "Template", "language_of", "template"]

NEWEST = "license-1"
LANGUAGES: tuple[Language, ...] = ("en", "sv")

PART = re.compile(r"^%% (.+)\n", re.MULTILINE)
CONDITION = re.compile(r"\[(not |each )?([a-z0-9_]+)\] ")
BLANK_LINES = re.compile(r"\n{3,}")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one version in one language, by their parts."""

    name: str
    language: Language
    parts: Mapping[str, str]

    def phrase(self, name: str, **values: str) -> str:
        """Return one of the small phrases of the language."""
        return _phrases(self.name, self.language)[name].format(**values)

    def meaning(self, use: str) -> str:
        """Return what a use means by these words; "" of a use that is newer than they are."""
        return _phrases(self.name, self.language).get(f"use.{use}", "")

    def fill(self, part: str, values: Values) -> str:
        """Return a part with its values, one text that ends in one line break."""
        lines = (
            filled for line in self.parts[part].splitlines() for filled in _filled(line, values)
        )
        return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def language_of(text: str) -> Language:
    """Return a language by its code.

    Raises:
        BadValue: agreements are not written in it.
    """
    for language in LANGUAGES:
        if text == language:
            return language
    raise BadValue("language", f"{text!r} is none of {', '.join(LANGUAGES)}")


@cache
def template(name: str, language: Language) -> Template:
    """Return the template of that name and language.

    Raises:
        BadValue: this package does not hold it.
    """
    file = files(__package__) / "templates" / f"{name}.{language}.md"
    if not re.fullmatch(r"[a-z]+-[0-9]+", name) or not file.is_file():
        raise BadValue("template", f"{name!r} is not known here: a newer version may know it")
    _, *rest = PART.split(file.read_text(encoding="utf-8"))
    return Template(name, language, dict(zip(rest[::2], rest[1::2], strict=True)))


@cache
def _phrases(name: str, language: Language) -> dict[str, str]:
    lines = template(name, language).parts["phrases"].strip("\n").split("\n")
    return {key: phrase for key, _, phrase in (line.partition(" = ") for line in lines)}


def _filled(line: str, values: Values) -> Iterator[str]:
    """Yield a line as often as its conditions let it stand."""
    condition = CONDITION.match(line)
    if condition is None:
        yield line.format_map(values)
        return
    rest, name = line[condition.end() :], condition[2]
    if condition[1] == "each ":
        for row in values[name]:
            yield from _filled(rest, {**values, **row})
    elif bool(values[name]) is (condition[1] is None):
        yield from _filled(rest, values)
