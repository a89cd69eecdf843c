"""Elements of a page. Every text that goes into one is data: it can become neither an element nor an attribute.

A page is a tree, and nothing in it is ever put together as text: what has to be escaped is for the one function that
writes the tree, the standard library's.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from stockcheck.plaintext import whole

__all__ = ["Content", "Element", "element", "hidden", "written"]

#: What may stand in an element; None and an empty text are nothing.
Content = str | Element | None | Iterable["str | Element | None"]

#: After these a line ends, so that two pages can be compared line by line.
_LINES = frozenset(
    ("article", "details", "div", "dl", "h2", "h3", "h4", "head", "li", "meta", "p", "section", "style", "table", "tr")
)


def element(tag: str, *content: Content, **attributes: str | None) -> Element:
    """An element with what stands in it, in that order. An attribute that is None is left out.

    In the names of attributes "_" stands for "-", and one at the end for nothing: `class_`, `aria_label`.
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), whole(value))
    for one in content:
        _put(made, one)
    if tag in _LINES:
        made.tail = "\n"
    return made


def hidden(text: str) -> Element:
    """Words that are heard and not seen."""
    return element("span", text, class_="unseen")


def written(page: Element) -> bytes:
    """The page as a file. Its only raw text is that of a `style`, which holds no data."""
    text = ElementTree.tostring(page, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}".encode()


def _put(into: Element, content: Content) -> None:
    if content is None or content == "":
        return
    if isinstance(content, str):
        text = whole(content)
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text
    elif isinstance(content, Element):
        into.append(content)
    else:
        for one in content:
            _put(into, one)
