"""Long texts: what was cut short on other sheets, whole."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import long_texts
from stockcheck.spreadsheet.book import Book


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(long_texts.title(), _("what is cut short elsewhere, in full"), _fill)


def _fill(sheet: Worksheet, book: Book, _assessed: Assessed, _made: dt.datetime) -> None:
    long_texts.fill(sheet, book)
