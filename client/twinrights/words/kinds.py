"""Uses, roles and categories: the three lists that are numbered by us.

Uses and categories are sets of 32 bits on chain, roles one number per share.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from twinrights.words.vocabulary import Language, Vocabulary, Word, joined, rows

__all__ = [
    "categories",
    "category",
    "category_label",
    "category_list",
    "category_name",
    "category_names",
    "category_slugs",
    "category_words",
    "role",
    "role_label",
    "role_list",
    "role_name",
    "role_slugs",
    "use_labels",
    "use_list",
    "use_names",
    "use_slugs",
    "use_words",
    "uses",
]


@cache
def use_list() -> Vocabulary:
    """Return the frozen list of uses: kinds of publication, 32 bits."""
    return read("use", "uses.csv", "bit", width=32)


@cache
def role_list() -> Vocabulary:
    """Return the frozen list of roles: what a payee did, one byte."""
    return read("role", "roles.csv", "number", width=256)


@cache
def category_list() -> Vocabulary:
    """Return the frozen list of categories: industries, 32 numbers."""
    return read("category", "categories.csv", "number", width=32)


def uses(text: str | Iterable[str]) -> int:
    """Return the mask of the uses in `text`: "own_shop+email", "own shop, e-mail", or a list."""
    return use_list().mask(text)


def use_names(mask: int) -> list[str]:
    """Return the slugs of a mask of uses; a bit without a word reads "use_27"."""
    return use_list().names(mask)


def use_labels(mask: int, *, language: Language = "en") -> list[str]:
    """Return the names for people of a mask of uses."""
    return use_list().labels(mask, language)


def use_words(mask: int, *, language: Language = "en") -> str:
    """Return a mask of uses as people list it: "own shop, e-mail and TV"; "" for none."""
    return joined(use_labels(mask, language=language), language)


def use_slugs() -> tuple[str, ...]:
    """Return the slugs of all uses, in the order of their bits."""
    return slugs(use_list())


def category(text: str) -> int:
    """Return the number of a category."""
    return category_list().find(text).number


def category_name(number: int) -> str:
    """Return the slug of a category's number; one without a word reads "category_28"."""
    return category_list().name(number)


def category_label(number: int, *, language: Language = "en") -> str:
    """Return the name for people of a category's number."""
    return category_list().label(number, language)


def categories(text: str | Iterable[str]) -> int:
    """Return the mask of the categories in `text`, as a standing policy holds them."""
    return category_list().mask(text)


def category_names(mask: int) -> list[str]:
    """Return the slugs of a mask of categories."""
    return category_list().names(mask)


def category_words(mask: int, *, language: Language = "en") -> str:
    """Return a mask of categories as people list it; "" for none."""
    return joined(category_list().labels(mask, language), language)


def category_slugs() -> tuple[str, ...]:
    """Return the slugs of all categories, in the order of their numbers."""
    return slugs(category_list())


def role(text: str) -> int:
    """Return the number of a role."""
    return role_list().find(text).number


def role_name(number: int) -> str:
    """Return the slug of a role's number; one without a word reads "role_12"."""
    return role_list().name(number)


def role_label(number: int, *, language: Language = "en") -> str:
    """Return the name for people of a role's number."""
    return role_list().label(number, language)


def role_slugs() -> tuple[str, ...]:
    """Return the slugs of all roles, in the order of their numbers."""
    return slugs(role_list())


def slugs(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(word.slug for word in vocabulary.words)


def read(kind: str, name: str, number: str, *, width: int) -> Vocabulary:
    words = tuple(
        Word(int(row[number]), row["slug"], row["english"], row["swedish"], row["definition"])
        for row in rows(name)
    )
    return Vocabulary(kind, width, words)
