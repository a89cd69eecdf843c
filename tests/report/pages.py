"""A page of the report as a browser reads it: its elements, their texts, its tables by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that have no end.
_VOID = frozenset(("meta", "link", "br", "img", "input", "base"))


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    content: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Itself and every element in it, in the order of the page."""
        yield self
        for one in self.content:
            if isinstance(one, Node):
                yield from one

    def all(self, *tags: str) -> list[Node]:
        return [one for one in self if one.tag in tags]

    def one(self, tag: str, **attributes: str) -> Node:
        found = [node for node in self.all(tag) if attributes.items() <= node.attributes.items()]
        assert len(found) == 1, (tag, attributes, len(found))
        return found[0]

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.content)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attributes) == len(attrs), f"<{tag}> has an attribute twice"
        self._open[-1].content.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> ends what it does not begin"

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(text: str) -> Node:
    """The whole page; what is badly nested is no page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader._open == [reader.root]
    return reader.root


def titles(section: Node, name: str) -> dict[str, str]:
    """What the columns of a table are called, by their keys."""
    table = section.one("table", **{"data-table": name})
    return {one.attributes["data-column"]: one.text for one in table.all("th") if "data-column" in one.attributes}


def rows(section: Node, name: str) -> list[dict[str, str]]:
    """The rows of a table as texts, by the keys of its columns; none where it says that there is none."""
    keys = list(titles(section, name))
    (body,) = section.one("table", **{"data-table": name}).all("tbody")
    found = [row.all("td", "th") for row in body.all("tr")]
    return [
        {key: cell.text for key, cell in zip(keys, row, strict=True)}
        for row in found
        if row[0].attributes.get("class") != "none"
    ]
