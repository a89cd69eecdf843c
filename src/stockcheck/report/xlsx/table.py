"""A table with filters: one header row, one row a subject, printed with its header on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from stockcheck.language import _
from stockcheck.report.xlsx import layout, styles
from stockcheck.report.xlsx.cells import Value
from stockcheck.report.xlsx.long_texts import LongTexts
from stockcheck.report.xlsx.page import Page, Styled
from stockcheck.report.xlsx.styles import Style

#: Characters that the filter button takes from a heading.
_BUTTON = 3.0


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    width: float
    style: Style = styles.CELL


@dataclass(frozen=True)
class Row:
    """A row of a table; `subject` is the question's id, under which a text too long for a row is put elsewhere."""

    subject: str
    values: Sequence[Value | Styled]


def write_table(
    page: Page, top: int, columns: Sequence[Column], rows: Iterable[Row], *, name: str, long: LongTexts
) -> int:
    """Write the table with its header at row `top`. Returns the row after it.

    `name` is the table's name in formulas: letters only, and longer than a column's.
    """
    centred = {styles.CELL_CENTRE, styles.CELL_DATE, styles.CELL_MOMENT, styles.CELL_INPUT_DATE}
    for number, column in enumerate(columns, 1):
        style = styles.HEADER_CENTRE if column.style in centred else styles.HEADER
        page.put(top, number, column.heading, style, room=_BUTTON)
    look = [column.style for column in columns]
    at = top
    for row in rows:
        at += 1
        page.put_row(
            at, [_fitting(value, column, row, long) for value, column in zip(row.values, columns, strict=True)], look
        )
    sheet = page.sheet
    sheet.add_table(Table(displayName=name, ref=f"A{top}:{get_column_letter(len(columns))}{at}"))
    sheet.print_title_rows = f"{top}:{top}"
    return at + 1


def _fitting(value: Value | Styled, column: Column, row: Row, long: LongTexts) -> Value | Styled:
    """`value`, or its beginning when the highest row cannot hold it; then the whole goes to a sheet of its own."""
    if not isinstance(value, str) or len(value) < layout.most_lines(column.style):
        return value
    room = layout.room(value, column.width, column.style)
    starts = layout.line_starts(value, room)
    most = layout.most_lines(column.style)
    if len(starts) <= most:
        return value
    mark = _("… [the whole text is on the sheet “{sheet}”]").format(sheet=long.title)
    kept = most - len(layout.line_starts(mark, room))
    long.add(row.subject, column.heading, value)
    return value[: starts[kept]].rstrip() + "\n" + mark
