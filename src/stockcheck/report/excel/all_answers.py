"""All answers: the facts about the depot, then every question as it stands."""

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
    "section": 16,
    "id": 11,
    "question": 34,
    "standing": 13,
    "answer": 22,
    "credit": 9,
    "weight": 8,
    "level": 7,
    "note": 20,
    "evidence": 26,
    "flag": 6,
    "by": 12,
    "at": 16,
}


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("All answers"), _("every question as it stands, with who answered and when"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = questions.answers(assessed)
    page = Page(sheet, book, rendering.widths_of(table, _WIDTHS), landscape=True)
    rendering.filtered(page, "AllAnswers", table, _WIDTHS)
