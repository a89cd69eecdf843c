"""One sheet being filled: cells, merged cells, and rows that grow with the text in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.report.assessed import Assessed
from stockcheck.report.xlsx import cells, layout, styles
from stockcheck.report.xlsx.cells import Value
from stockcheck.report.xlsx.styles import Looks, Style


@dataclass(frozen=True)
class Styled:
    """A value that looks different from the rest of its column."""

    value: Value
    style: Style


class Page:
    """A sheet with its columns, for one assessment's report."""

    def __init__(self, sheet: Worksheet, looks: Looks, assessed: Assessed, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.assessed = assessed
        self._looks = looks
        self._widths = widths
        self._heights: dict[int, float] = {}
        layout.set_widths(sheet, widths)

    def put(self, row: int, column: int, value: Value, style: Style, *, across: int = 1, room: float = 0) -> Cell:
        """Put `value` into a cell, merged with the following ones when `across` is more than 1.

        The row grows until wrapped text fits. `room` is the width kept free in the cell, such as for a filter button.
        """
        cell = cells.put(self.sheet, row, column, value, self._looks[style])
        if across > 1:
            for further in range(column + 1, column + across):
                cells.put(self.sheet, row, further, None, self._looks[style])
            last = get_column_letter(column + across - 1)
            self.sheet.merged_cells.add(f"{cell.coordinate}:{last}{row}")
        if isinstance(value, str) and style.wrap:
            room = layout.room(value, self.width(column, across) - room, style)
            lines = len(layout.line_starts(value, room))
        else:
            lines = 1
        needed = layout.height(lines, style)
        if needed > self._heights.get(row, 0):
            self._heights[row] = needed
        return cell

    def put_row(self, row: int, values: Iterable[Value | Styled], look: Sequence[Style]) -> None:
        """Put `values` side by side from the first column on, each in its column's style or its own."""
        for column, (value, style) in enumerate(zip(values, look, strict=True), 1):
            if isinstance(value, Styled):
                self.put(row, column, value.value, value.style)
            else:
                self.put(row, column, value, style)

    def link(self, row: int, column: int, title: str, style: Style, *, across: int = 1) -> None:
        """Put the title of another sheet, which leads there."""
        cell = self.put(row, column, title, style, across=across)
        cell.hyperlink = Hyperlink(ref="", location=f"{quoted(title)}!A1", display=title)

    def width(self, column: int, across: int = 1) -> float:
        """The width of so many columns together."""
        return sum(self._widths[column - 1 : column - 1 + across])

    @property
    def columns(self) -> int:
        """How many columns the page has."""
        return len(self._widths)

    def raise_row(self, row: int, points: float) -> None:
        """Give a row at least this height."""
        self._heights[row] = max(points, self._heights.get(row, 0))

    def set_heights(self) -> None:
        """Fix the height of every row: LibreOffice prints wrapped text over the next row otherwise."""
        for row, points in self._heights.items():
            self.sheet.row_dimensions[row].height = points

    def title(self, text: str, subtitle: str) -> int:
        """Put the title that every sheet but the cover has. Returns the row at which the sheet goes on."""
        self.put(1, 1, text, styles.TITLE)
        self.put(2, 1, subtitle, styles.SUBTITLE)
        return 4

    def heading(self, row: int, text: str) -> int:
        """Put a heading across the page. Returns the next row."""
        self.put(row, 1, text, styles.HEADING, across=self.columns)
        return row + 1


def quoted(title: str) -> str:
    """A sheet's name as references write it."""
    return "'" + title.replace("'", "''") + "'"
