"""Changes: what became of the depot since an earlier assessment, and what the change is owed to."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import changes as content
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet(before: Assessed) -> Sheet:
    """The sheet, in the language in use; `before` is the earlier assessment."""

    def fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime) -> None:
        page = Page(sheet, book, (53, 26, 11, 26, 11, 11), landscape=True)
        page.line(content.title(), styles.TITLE)
        page.space()
        rendering.parts(page, content.changes(before, assessed, made.date()))

    return Sheet(content.title(), content.about(), fill)
