"""Lists: what the action plan's drop-downs offer. A depot may write its own names of those who act here."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import STATUSES, status_in_words
from stockcheck.language import _
from stockcheck.report.content import actions
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: Rows that each drop-down offers, filled or not.
FIRST, LAST = 4, 33


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Lists"), "", _fill)


def statuses() -> list[str]:
    """The words for each status of an action, in order; no others are understood when the plan comes back."""
    return [status_in_words(status) for status in STATUSES]


def owners() -> list[str]:
    """Posts, not persons: the depot adds its own."""
    return [_("Depot commander"), _("Storekeeper"), _("Security officer"), _("Safety officer"), _("Records clerk")]


def _fill(sheet: Worksheet, book: Book, _assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, (24, 30, 40), landscape=False)
    page.line(_("Lists behind the action plan"), styles.TITLE)
    said = _("Write your own names over those of the owners, down to the last framed row. The words for a status stay.")
    page.line(said, styles.SUBTITLE)
    page.header([_("Status"), _("Owner"), _("What the status means")])
    offered = [statuses(), owners(), list(actions.meanings().values())]
    for place in range(LAST - FIRST + 1):
        values = [entries[place] if place < len(entries) else None for entries in offered]
        page.cells(values, [styles.CELL, styles.CELL_INPUT, styles.CELL])
