"""Still to check: what still has to be asked, as a form to print, or to fill in and import."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.exchange.sheet import Sheets
from stockcheck.report.content import still_to_check as content
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet.book import Book


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(content.title(), content.about(), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    asked = content.asked(assessed)
    Sheets(book, asked, [asked.blocks]).fill(sheet, table="StillToCheck")
