"""Gap register: every gap, and what is to check, with its priority, the rule behind it, and what to do."""

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
    "number": 4,
    "priority": 11,
    "why": 13,
    "section": 14,
    "id": 9,
    "question": 27,
    "answer": 20,
    "note": 14,
    "level": 6,
    "weight": 7,
    "critical": 8,
    "references": 13,
    "remedy": 32,
}


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Gap register"), _("every gap and what is to check, the most pressing first, with filters"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = questions.gaps(assessed)
    page = Page(sheet, book, rendering.widths_of(table, _WIDTHS), landscape=True)
    rendering.filtered(page, "GapRegister", table, _WIDTHS)
