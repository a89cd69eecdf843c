"""Way to the next level: the route as orders, step by step, with the score after each."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import way as content
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: In characters: step, id, order, effort, points, score then.
_WIDTHS = (10, 10, 46, 9, 10, 12)


def sheet(card: Scorecard) -> Sheet:
    """The sheet, in the language in use; it is called by the level that it leads to."""
    return Sheet(content.title(card), content.about(card), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, _WIDTHS, landscape=False)
    page.line(sheet.title, styles.TITLE)
    rendering.parts(page, content.way(assessed))
