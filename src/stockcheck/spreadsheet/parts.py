"""The parts of a workbook as XML, read in one pass and without building trees: strings, looks, names, sheets, cells.

Only what a reader of values needs is taken; everything else is passed over. Elements are told by their names without
their namespaces, for there are two sets of those. Source: ECMA-376, part 1, 18.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import XMLParser

from stockcheck.plaintext import whole

#: Deeper than any part of a workbook nests, and more bytes than stand between the beginnings of two elements in one.
_DEEPEST, _LONGEST = 64, 256 << 10
_TOO_LONG = re.compile(rb"<[^<]{%d}" % _LONGEST)
#: How a text spells characters that XML has no way to write. Source: ECMA-376, part 1, 22.9.2.19.
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class Part:
    """What is made of a part while it is read. Those that read one override what they need.

    A part refuses by raising `ValueError`, or an error of its own for the person whose file it is.
    """

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` is what stood in it directly, of elements without children."""


def read_part(content: bytes, part: Part) -> None:
    """Have `part` read `content`.

    Raises `ValueError` for what is no XML in UTF-8, has a document type, or is deeper or longer than any part is.
    """
    if b"\0" in content or _TOO_LONG.search(content):
        raise ValueError("no XML of a workbook")
    parser = XMLParser(target=_Target(part), encoding="utf-8", forbid_dtd=True)
    try:
        parser.feed(content)  # at once: in pieces a long one would be looked at again and again
        parser.close()
    except ParseError as error:
        raise ValueError(str(error)) from error


class _Target:
    """Between the parser and a part: names without namespaces, texts whole, depth bounded."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._depth = 0
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("deeper than any part of a workbook")
        self._text.clear()
        self._part.begin(name.rpartition("}")[2], attributes)

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._part.end(name.rpartition("}")[2], "".join(self._text))
        self._text.clear()

    def close(self) -> None:
        """Nothing is left to do."""


class Collected(Part):
    """The attributes of every element called one of `names`, in order; with the text that ends it as ``""``."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self.found: dict[str, list[dict[str, str]]] = {name: [] for name in names}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._names:
            self.found[name].append({key.rpartition("}")[2]: value for key, value in attributes.items()})

    def end(self, name: str, text: str) -> None:
        if name in self._names:
            self.found[name][-1][""] = text


class Strings(Part):
    """The strings that cells share, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._reading = _Pieces(self._pieces)

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces.clear()
        self._reading.begin(name, attributes)

    def end(self, name: str, text: str) -> None:
        self._reading.end(name, text)
        if name == "si":
            self.texts.append(as_text("".join(self._pieces)))


class _Pieces(Part):
    """The pieces of a text that may have several looks, without what says how it is pronounced."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._aside = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            self._aside = True

    def end(self, name: str, text: str) -> None:
        if name == "rPh":
            self._aside = False
        elif name == "t" and not self._aside:
            self._pieces.append(text)


class Looks(Part):
    """The number format of each look of a cell, by the look's number: an id of a built-in one, or its code."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._of_cells = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "formatCode" in attributes:
            self.codes[int(attributes["numFmtId"])] = attributes["formatCode"][:255]
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self.formats.append(int(attributes.get("numFmtId", 0)))

    def end(self, name: str, text: str) -> None:
        if name == "cellXfs":
            self._of_cells = False


@dataclass(slots=True)
class Written:
    """A cell as a file writes it: the row that it stands in; what it says of its own place, if it does, such as "B7";
    the word for its type; the number of its look; its content; the formula that has made that, None without one.
    """

    row: int
    reference: str
    type: str
    look: int
    content: str = ""
    formula: str | None = None


class Cells(Part):
    """The cells of a sheet, told one by one. `row` and `cell` are to be overridden, and may refuse."""

    def __init__(self) -> None:
        self._row = 0
        self._cell: Written | None = None
        self._pieces: list[str] = []
        self._reading = _Pieces(self._pieces)

    def row(self) -> None:
        """A row begins, empty or not."""

    def cell(self, cell: Written) -> None:
        """A cell, empty or not."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self.row()
        elif name == "c":
            look = int(attributes.get("s", 0))
            self._cell = Written(self._row, attributes.get("r", ""), attributes.get("t", "n"), look)
            self._pieces.clear()
        elif self._cell is not None:
            self._reading.begin(name, attributes)

    def end(self, name: str, text: str) -> None:
        if self._cell is None:
            return
        if name == "c":
            if self._cell.type == "inlineStr":
                self._cell.content = as_text("".join(self._pieces))
            self.cell(self._cell)
            self._cell = None
        elif name == "v":
            self._cell.content = text
        elif name == "f":
            self._cell.formula = text
        else:
            self._reading.end(name, text)


def as_text(written: str) -> str:
    """A text as it is read: escapes are characters, and what is no text for people is made visible (`plaintext`)."""
    if "_x" in written:
        written = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), written)
    return whole(written)
