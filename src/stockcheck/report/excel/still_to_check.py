"""Still to check: what still has to be asked, as a form to print, or to fill in and import."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck import language
from stockcheck.assessed import Assessed
from stockcheck.exchange.content import of_open
from stockcheck.exchange.sheet import Sheets
from stockcheck.language import _
from stockcheck.report.content import questions
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet.book import Book


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Still to check"), _("what still has to be settled: print it, or fill it in and import it"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    content = of_open(assessed, language.current(), remarks=questions.why_open(assessed))
    Sheets(book, content, [content.blocks]).fill(sheet, table="StillToCheck")
