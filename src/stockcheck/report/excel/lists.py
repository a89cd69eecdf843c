"""Lists: what the action plan's drop-downs offer. A depot may write its own names and steps here."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import styles
from stockcheck.report.excel.page import Page
from stockcheck.report.excel.styles import Looks

#: Rows that each drop-down offers, filled or not.
FIRST, LAST = 4, 33


def title() -> str:
    """The sheet's name."""
    return _("Lists")


def statuses() -> list[str]:
    """The steps of an action, in order."""
    return [_("To do"), _("Ordered"), _("Under way"), _("Done"), _("Verified"), _("Waived")]


def owners() -> list[str]:
    """Posts, not persons: the depot adds its own."""
    return [_("Depot commander"), _("Storekeeper"), _("Security officer"), _("Safety officer"), _("Records clerk")]


def fill(sheet: Worksheet, looks: Looks, _assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    page = Page(sheet, looks, (34, 34), landscape=False)
    page.line(_("Lists behind the action plan"), styles.TITLE)
    page.line(_("Write your own names over these, down to the last framed row."), styles.SUBTITLE)
    page.header([_("Status"), _("Owner")])
    offered = [statuses(), owners()]
    for place in range(LAST - FIRST + 1):
        values = [entries[place] if place < len(entries) else None for entries in offered]
        page.cells(values, [styles.CELL_INPUT, styles.CELL_INPUT])
