"""Method: how the figures are made, in plain words, and what they are measured against."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import method as content
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(content.title(), content.about(), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, (24, 74), landscape=False)
    page.line(content.title(), styles.TITLE)
    page.space()
    rendering.parts(page, content.method(assessed))
