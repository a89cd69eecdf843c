"""Open questions: what still has to be asked, and what each could bring."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import questions
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: In characters, by the key of the column.
_WIDTHS = {
    "section": 26,
    "id": 10,
    "question": 52,
    "standing": 14,
    "level": 8,
    "weight": 8,
    "critical": 9,
    "on_route": 10,
    "reason": 24,
    "evidence": 34,
}


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Open questions"), _("what still has to be settled"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = questions.open_questions(assessed)
    page = Page(sheet, book, rendering.widths_of(table, _WIDTHS), landscape=True)
    rendering.filtered(page, "OpenQuestions", table, _WIDTHS)
