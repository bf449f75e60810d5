"""Elements of a page. What is not an element is text, and is escaped when the page is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

__all__ = ["Element", "el", "table", "write"]

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows: a name must not rewrite the line around it."""

UNSHOWN = "\ufffd"

Inside = Element | str | int | None


def el(tag: str, *inside: Inside | Iterable[Inside], **attributes: str | int | None) -> Element:
    """Return an element with what is inside it, lists laid flat; None is left out.

    `class_` and `data_role` stand for `class` and `data-role`.
    """
    given = {
        name.rstrip("_").replace("_", "-"): _shown(str(value))
        for name, value in attributes.items()
        if value is not None
    }
    element = Element(tag, given)
    for each in _flat(inside):
        if isinstance(each, Element):
            element.append(each)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + _shown(str(each))
        else:
            element.text = (element.text or "") + _shown(str(each))
    return element


def table(
    caption: str, heads: Iterable[Inside], rows: Iterable[Element], *, class_: str = "figures"
) -> Element:
    """Return a table with its caption and the names of its columns."""
    columns = [el("th", head, scope="col") for head in heads]
    return el(
        "table",
        el("caption", caption),
        el("thead", el("tr", columns)),
        el("tbody", rows),
        class_=class_,
    )


def write(page: Element) -> str:
    """Return a page as HTML."""
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def _flat(inside: Iterable[Inside | Iterable[Inside]]) -> Iterable[Element | str | int]:
    for each in inside:
        if each is None:
            continue
        if isinstance(each, Element | str | int):
            yield each
        else:
            yield from _flat(each)


def _shown(text: str) -> str:
    """Return a text without what a browser would not show, or show elsewhere."""
    return "".join(UNSHOWN if _is_unshown(each) else each for each in text)


def _is_unshown(letter: str) -> bool:
    return letter in BIDI or (
        letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs", "Cn")
    )
