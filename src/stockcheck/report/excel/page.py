"""One sheet being filled from top to bottom: lines, facts and tables, each row as high as its text needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.report.excel import styles
from stockcheck.report.excel.cells import Value, put
from stockcheck.report.excel.layout import MOST_LINES, height, line_starts, room, set_up_paper, set_widths
from stockcheck.report.excel.styles import Looks, Style


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in characters, how its cells look."""

    header: str
    width: float
    style: Style = styles.CELL


@dataclass(frozen=True)
class Span:
    """Where a table's body stands: its first and its last row."""

    first: int
    last: int


class Page:
    """A worksheet, the looks of its workbook, and the next free row."""

    def __init__(self, sheet: Worksheet, looks: Looks, widths: Sequence[float], *, landscape: bool) -> None:
        self.sheet = sheet
        self.looks = looks
        self.widths = list(widths)
        self.row = 1
        set_widths(sheet, widths)
        set_up_paper(sheet, landscape=landscape)

    def line(self, value: Value, style: Style, *, columns: int = 0, first: int = 1) -> None:
        """One value over `columns` columns (0: all of the sheet's)."""
        last = first + columns - 1 if columns else len(self.widths)
        put(self.sheet, self.row, first, value, self.looks[style])
        for column in range(first + 1, last + 1):
            put(self.sheet, self.row, column, None, self.looks[style])
        self._merge(first, last)
        self._set_height([(len(_starts(value, sum(self.widths[first - 1 : last]), style)), style)])
        self.row += 1

    def fact(self, label: str, value: Value, style: Style = styles.FACT, *, link: str = "") -> None:
        """A label in the first column and what it says over the rest; `link` names a sheet to go to."""
        put(self.sheet, self.row, 1, label, self.looks[styles.LABEL])
        cell = put(self.sheet, self.row, 2, value, self.looks[style])
        for column in range(3, len(self.widths) + 1):
            put(self.sheet, self.row, column, None, self.looks[style])
        self._merge(2, len(self.widths))
        if link:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{link}'!A1")
        lines = len(_starts(value, sum(self.widths[1:]), style))
        self._set_height([(len(_starts(label, self.widths[0], styles.LABEL)), styles.LABEL), (lines, style)])
        self.row += 1

    def space(self) -> None:
        """An empty row."""
        self.row += 1

    def new_sheet_of_paper(self) -> None:
        """What follows is printed on a new sheet; an empty row before it keeps frames and charts off the fold."""
        self.sheet.row_breaks.append(Break(self.row))
        self.row += 1

    def header(self, headers: Sequence[str], *, first: int = 1) -> None:
        """A table's headers."""
        for column, text in enumerate(headers, first):
            put(self.sheet, self.row, column, text, self.looks[styles.HEADER])
        widths = self.widths[first - 1 :]
        self._set_height(
            (len(_starts(text, width - 3, styles.HEADER)), styles.HEADER)
            for text, width in zip(headers, widths, strict=False)
        )
        self.row += 1

    def cells(self, values: Sequence[Value], looks: Sequence[Style], *, first: int = 1) -> None:
        """One row of a table. A text too long for it is cut short and says where it stands in full."""
        starts = [
            _starts(value, width, style)
            for value, width, style in zip(values, self.widths[first - 1 :], looks, strict=False)
        ]
        for column, (value, begins, style) in enumerate(zip(values, starts, looks, strict=True), first):
            shown = _cut_short(value, begins) if isinstance(value, str) and len(begins) > MOST_LINES else value
            put(self.sheet, self.row, column, shown, self.looks[style])
        self._set_height((min(len(begins), MOST_LINES), style) for begins, style in zip(starts, looks, strict=True))
        self.row += 1

    def table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value | tuple[Value, Style]]]
    ) -> Span:
        """A table with filters, repeated headers and frozen panes. A cell may bring its own style."""
        top = self.row
        self.header([column.header for column in columns])
        for row in rows or [[None] * len(columns)]:
            values = [cell[0] if isinstance(cell, tuple) else cell for cell in row]
            looks = [
                cell[1] if isinstance(cell, tuple) else column.style for cell, column in zip(row, columns, strict=True)
            ]
            self.cells(values, looks)
        table = Table(displayName=name, ref=f"A{top}:{get_column_letter(len(columns))}{self.row - 1}")
        # The cells bring their looks along: LibreOffice and printing do not know Excel's table styles.
        table.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
        self.sheet.add_table(table)
        self.sheet.freeze_panes = f"A{top + 1}"
        self.sheet.print_title_rows = f"{top}:{top}"
        return Span(top + 1, self.row - 1)

    def _merge(self, first: int, last: int) -> None:
        """Make one cell of several in this row. Each has its look already, so that openpyxl's own way of merging, which
        gives every cell a frame anew, would take most of a report's time for nothing.
        """
        if last > first:
            self.sheet.merged_cells.add(CellRange(None, first, self.row, last, self.row))

    def _set_height(self, cells: Iterable[tuple[int, Style]]) -> None:
        """As high as the tallest of the row's cells needs, each given by its lines of text."""
        self.sheet.row_dimensions[self.row].height = height(max(lines * style.size for lines, style in cells))


def _starts(value: Value, width: float, style: Style) -> list[int]:
    """Where each line of a cell's text begins. Most surely fit on one line; only the others are worth measuring."""
    if style.wrap and isinstance(value, str) and (len(value) > width / 2 or "\n" in value):
        return line_starts(value, room(value, width, style))
    return [0]


def _cut_short(text: str, starts: Sequence[int]) -> str:
    return text[: starts[MOST_LINES - 2]].rstrip() + "… → " + _("Long texts")
