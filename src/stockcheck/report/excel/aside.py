"""Set aside, flagged, to review: with reasons, who and when, and room for a countersignature."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import aside as content
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: In characters: id, question, reason or answer, by, when, and who countersigned or the note.
_WIDTHS = (10, 42, 30, 16, 16, 31)


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(content.title(), content.about(), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, _WIDTHS, landscape=True)
    page.line(content.title(), styles.TITLE)
    rendering.parts(page, content.aside(assessed))
