"""One sheet being filled from top to bottom: lines, facts and tables, each row as high as its text needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.plaintext import clean
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import CellValue, Percentage, Plain, put
from stockcheck.spreadsheet.cuts import Place
from stockcheck.spreadsheet.layout import set_up_paper, set_widths
from stockcheck.spreadsheet.lines import PADDING, height, line_starts, most_lines
from stockcheck.spreadsheet.styles import Style


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in characters, how its cells look."""

    header: str
    width: float
    style: Style = styles.CELL
    #: Whether what stands in it names the row.
    names: bool = False


@dataclass(frozen=True)
class Span:
    """Where a table's body stands: its first and its last row."""

    first: int
    last: int


@dataclass(frozen=True)
class Block:
    """What stands in a row over the columns from `first` to `last` (1: A), in at most so many lines (0: as many as any
    cell shows). `link` names a sheet to go to, or a sheet and a cell; `what` says what it is, should it be cut.
    """

    first: int
    last: int
    value: CellValue
    style: Style
    most: int = 0
    link: tuple[str, str] | None = None
    what: str = ""


class Page:
    """A worksheet of a book, and its next free row. What is too long for a cell is cut there and told the book."""

    def __init__(
        self, sheet: Worksheet, book: Book, widths: Sequence[float], *, landscape: bool, padding: float = PADDING
    ) -> None:
        """Columns of those `widths`, in characters; `padding` points of a row's height are beside its text."""
        self.sheet = sheet
        self.looks = book.looks
        self.cuts = book.cuts
        self.targets = book.targets
        self.widths = list(widths)
        self.row = 1
        self.padding = padding
        self._headers: dict[int, str] = {}
        set_widths(sheet, widths)
        set_up_paper(sheet, landscape=landscape)

    def line(self, value: Plain, style: Style, *, columns: int = 0, first: int = 1) -> None:
        """One value over `columns` columns (0: all of the sheet's)."""
        last = first + columns - 1 if columns else len(self.widths)
        shown, tall = self._fit(value, sum(self.widths[first - 1 : last]), style, first)
        put(self.sheet, self.row, first, shown, self.looks[style])
        for column in range(first + 1, last + 1):
            put(self.sheet, self.row, column, None, self.looks[style])
        self._merge(first, last)
        self._end_row(tall)

    def fact(self, label: str, value: Plain, style: Style = styles.FACT, *, link: str = "") -> None:
        """A label in the first column and what it says over the rest; `link` names a sheet to go to."""
        name, name_tall = self._fit(label, self.widths[0], styles.LABEL, 1)
        shown, tall = self._fit(value, sum(self.widths[1:]), style, 2, what=label)
        put(self.sheet, self.row, 1, name, self.looks[styles.LABEL])
        cell = put(self.sheet, self.row, 2, shown, self.looks[style])
        for column in range(3, len(self.widths) + 1):
            put(self.sheet, self.row, column, None, self.looks[style])
        self._merge(2, len(self.widths))
        if link:
            self.link(cell, link)
        self._end_row(max(name_tall, tall))

    def blocks(self, blocks: Sequence[Block], *, name: str = "") -> None:
        """One row of blocks, each over columns of its own; `name` is the row's."""
        tallest = 0
        for one in blocks:
            value, style = self._plain(one.value, one.style)
            shown, tall = self._fit(value, self._width(one), style, one.first, name, one.what, most=one.most)
            cell = put(self.sheet, self.row, one.first, shown, self.looks[style])
            for column in range(one.first + 1, one.last + 1):
                put(self.sheet, self.row, column, None, self.looks[style])
            self._merge(one.first, one.last)
            if one.link:
                self.link(cell, *one.link)
            tallest = max(tallest, tall)
        self._end_row(tallest)

    def height_of(self, blocks: Sequence[Block]) -> float:
        """How high, in points, a row of those blocks would be."""
        looks = [(one, *self._plain(one.value, one.style)) for one in blocks]
        return height(
            max(_cut(value, self._width(one), style, "", one.most)[1] for one, value, style in looks), self.padding
        )

    def link(self, cell: Cell, sheet: str, place: str = "A1") -> None:
        """Make a cell lead to a place in the book."""
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{place}")

    def _width(self, one: Block) -> float:
        return sum(self.widths[one.first - 1 : one.last])

    def _plain(self, value: CellValue, style: Style) -> tuple[Plain, Style]:
        if isinstance(value, Percentage):
            return value.value, styles.with_decimals(style, value.places)
        return value, style

    def space(self) -> None:
        """Leave one row empty, as high as the sheet's rows are by default."""
        self.row += 1

    def new_sheet_of_paper(self) -> None:
        """What follows is printed on a new sheet; an empty row before it keeps frames and charts off the fold."""
        self.sheet.row_breaks.append(Break(self.row))
        self.row += 1

    def header(self, headers: Sequence[str], *, first: int = 1) -> None:
        """One header a column, from the column `first` (1: A) on; what is cut below is told by them."""
        self._headers = {}
        tallest = 0
        for column, (text, width) in enumerate(zip(headers, self.widths[first - 1 :], strict=False), first):
            tallest = max(tallest, self._fit(text, max(1, width - 3), styles.HEADER, column)[1])
            put(self.sheet, self.row, column, text, self.looks[styles.HEADER])
            self._headers[column] = text
        self._end_row(tallest)

    def cells(self, values: Sequence[CellValue], looks: Sequence[Style], *, first: int = 1, name: str = "") -> None:
        """One row of a table, called `name`."""
        tallest = 0
        for column, (value, style) in enumerate(zip(values, looks, strict=True), first):
            value, style = self._plain(value, style)
            shown, tall = self._fit(value, self.widths[column - 1], style, column, name, self._headers.get(column, ""))
            put(self.sheet, self.row, column, shown, self.looks[style])
            tallest = max(tallest, tall)
        self._end_row(tallest)

    def table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[CellValue | tuple[CellValue, Style]]]
    ) -> Span:
        """A table with filters, repeated headers and frozen panes. A cell may bring its own style."""
        top = self.row
        named = next((place for place, column in enumerate(columns) if column.names), None)
        self.header([column.header for column in columns])
        for row in rows or [[None] * len(columns)]:
            values = [cell[0] if isinstance(cell, tuple) else cell for cell in row]
            looks = [
                cell[1] if isinstance(cell, tuple) else column.style for cell, column in zip(row, columns, strict=True)
            ]
            self.cells(values, looks, name="" if named is None else str(values[named]))
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

    def _fit(
        self, value: Plain, width: float, style: Style, column: int, row: str = "", what: str = "", most: int = 0
    ) -> tuple[Plain, int]:
        """`value` as a cell of that column in this row can show it, and the height that its lines take, in points less
        their spacing. What is cut is whole among the cuts.
        """
        shown, tall, whole = _cut(value, width, style, self.cuts.mark, most)
        if whole:
            self.cuts.add(whole, Place(self.sheet.title, f"{get_column_letter(column)}{self.row}", row, what))
        return shown, tall

    def _end_row(self, tallest: int) -> None:
        """Make the row as high as its tallest cell needs, and go to the next."""
        self.sheet.row_dimensions[self.row].height = height(tallest, self.padding)
        self.row += 1


def _cut(value: Plain, width: float, style: Style, mark: str, most: int = 0) -> tuple[Plain, int, str]:
    """`value` as a cell shows it in at most so many lines (0: as many as any), the height that its lines take, and the
    whole of it where it was cut.
    """
    if not isinstance(value, str):
        return value, style.size, ""
    text = clean(value, limit=sys.maxsize)  # lines are measured as they will stand
    if len(text) * style.size <= width * 4.5 and "\n" not in text:  # most surely fit on one line
        return text, style.size, ""
    most = min(most or sys.maxsize, most_lines(style))
    starts = line_starts(text, width, style)
    if len(starts) <= most:
        return text, len(starts) * style.size, ""
    if style.whole:
        return text, most * style.size, text
    for start in reversed(starts[1 : most + 1]):
        for cut in _shorter(text[:start].rstrip(), mark):
            if (lines := len(line_starts(cut, width, style))) <= most:
                return cut, lines * style.size, text
    return mark, most * style.size, text


def _shorter(text: str, mark: str) -> Iterator[str]:
    """`text` with the mark after it, then with a word less, and less, to the beginning of its last line."""
    for _word in range(20):
        yield text + mark
        text, space, _last = text.rpartition(" ")
        if not space:
            return
