"""Answers: the facts about the depot, then every question as it stands. It prints two pages wide, the ids on both."""

from __future__ import annotations

import datetime as dt

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import questions
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: In characters, by the key of the column; the two pages are as wide as each other.
_WIDTHS = {
    "domain": 14,
    "section": 22,
    "id": 8,
    "type": 13,
    "question": 49,
    "standing": 12,
    "answer": 20,
    "value": 10,
    "reason": 20,
    "credit": 9,
    "weight": 7,
    "level": 7,
    "critical": 8,
    "effort": 9,
    "references": 24,
    "note": 31,
    "by": 13,
    "at": 15.6,
}
#: Points between the lines of one row and the next: less than elsewhere, for the rows are many.
_PADDING = 2.5
#: The last column of the first page.
_FOLD = "value"


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(questions.title(), questions.about(), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = questions.answers(assessed)
    page = Page(sheet, book, rendering.widths_of(table, _WIDTHS), landscape=True, padding=_PADDING)
    rendering.filtered(page, "Answers", table, _WIDTHS)
    keys = [column.key for column in table.columns]
    sheet.page_setup.fitToWidth = 2
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.col_breaks = ColBreak()
    sheet.col_breaks.append(Break(keys.index(_FOLD) + 1))
    named = get_column_letter(keys.index("id") + 1)
    sheet.print_title_cols = f"{named}:{named}"
    sheet.freeze_panes = f"{get_column_letter(keys.index('id') + 2)}2"
