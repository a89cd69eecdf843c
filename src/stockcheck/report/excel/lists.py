"""Lists: what the action plan's drop-downs offer. A depot may write its own names and steps here."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
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
    """The steps of an action, in order."""
    return [_("To do"), _("Ordered"), _("Under way"), _("Done"), _("Verified"), _("Waived")]


def owners() -> list[str]:
    """Posts, not persons: the depot adds its own."""
    return [_("Depot commander"), _("Storekeeper"), _("Security officer"), _("Safety officer"), _("Records clerk")]


def _fill(sheet: Worksheet, book: Book, _assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, (34, 34), landscape=False)
    page.line(_("Lists behind the action plan"), styles.TITLE)
    page.line(_("Write your own names over these, down to the last framed row."), styles.SUBTITLE)
    page.header([_("Status"), _("Owner")])
    offered = [statuses(), owners()]
    for place in range(LAST - FIRST + 1):
        values = [entries[place] if place < len(entries) else None for entries in offered]
        page.cells(values, [styles.CELL_INPUT, styles.CELL_INPUT])
