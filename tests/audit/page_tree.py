"""A page read back as a browser reads it: elements, attributes, texts."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

VOID = {"meta", "br"}


class Tree(HTMLParser):
    """Builds the tree of a page whose every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop().tag == tag

    def handle_data(self, data):
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data


def read(text: str) -> Element:
    """Return the root of a page."""
    return Tree(text).root


def said(element: Element) -> str:
    """Return all text of an element, in its order."""
    return "".join(element.itertext())


def only(element: Element, wanted: Callable[[Element], bool]) -> Element:
    """Return the one element in it that is wanted."""
    (found,) = every(element, wanted)
    return found


def every(element: Element, wanted: Callable[[Element], bool]) -> list[Element]:
    """Return the elements in it that are wanted, in order."""
    return [each for each in element.iter() if wanted(each)]


def of_class(name: str) -> Callable[[Element], bool]:
    """Return what holds for elements of a class."""
    return lambda element: name in element.get("class", "").split()
