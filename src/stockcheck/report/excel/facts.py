"""About the depot: what was found and what was not looked for; the facts, and what does not apply because of them; and
what was set aside on somebody's word.
"""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content.findings import findings_and_facts
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Findings and facts"), _("losses, dangers, facts, and what was left out because of them"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, (34, 80), landscape=False)
    rendering.parts(page, findings_and_facts(assessed))
