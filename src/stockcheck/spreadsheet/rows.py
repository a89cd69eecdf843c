"""The cells of a sheet as XML, put together as text: openpyxl builds a tree for every cell, which would take half the
time of a report. Of what is not public in it this uses `_set_attributes`, which decides what a cell is, as of 3.1.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell._writer import _set_attributes  # type: ignore[attr-defined]
from openpyxl.compat import safe_string

#: The kinds of cell that are written here: text, number, date, truth, formula. The others are left to the library.
_KINDS = frozenset("sndbf")


def plain(rows: list[tuple[int, list[Any]]]) -> bool:
    """Whether these rows hold nothing but texts, figures, dates and formulas of one cell: no comment, and no part of a
    text in bold.
    """
    return all(
        cell.data_type in _KINDS
        and (cell.data_type != "f" or isinstance(cell._value, str))
        and cell._comment is None
        and (cell._value is None or not hasattr(cell._value, "to_tree"))
        for _number, cells in rows
        for cell in cells
    )


def as_xml(rows: list[tuple[int, list[Any]]], dimensions: Any) -> str:
    """Plain `rows`; `dimensions` are those of the rows. The sheet is told of the links in its cells, as by openpyxl."""
    parts: list[str] = []
    for number, cells in rows:
        parts.append(f"<row {_spelt({'r': str(number), **dict(dimensions.get(number, {}))})}>")
        for cell in cells:
            styled = cell.has_style
            if cell._value is None and not styled:
                continue
            value, attributes = _set_attributes(cell, styled)
            start = f"<c {_spelt(attributes)}"
            if value is None or value == "":
                parts.append(f"{start}/>")
            elif cell.data_type == "s":
                keep = ' xml:space="preserve"' if value.strip() not in ("", value) else ""
                parts.append(f"{start}><is><t{keep}>{escape(value)}</t></is></c>")
            elif cell.data_type == "f":
                parts.append(f"{start}><f>{escape(value[1:])}</f><v/></c>")
            else:
                parts.append(f"{start}><v>{escape(safe_string(value))}</v></c>")
        parts.append("</row>")
    return "".join(parts)


def _spelt(attributes: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
