"""Action plan: one row a gap or a thing to check, to be filled in by the depot: owner, status, due date."""

from __future__ import annotations

import datetime as dt

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import questions
from stockcheck.report.excel import lists, rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import CellValue
from stockcheck.spreadsheet.page import Column, Page

#: In characters, by the key of the column.
_WIDTHS = {"priority": 12, "id": 9, "gap": 36, "remedy": 48, "effort": 8, "on_route": 10}


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    about = _("one row a gap or thing to check: owner, status, due date")
    return Sheet(_("Action plan"), about, _fill, needs=(lists.sheet().title,))


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = questions.actions(assessed)
    to_fill_in: dict[Column, CellValue] = {
        Column(_("Owner"), 18, styles.CELL_INPUT): None,
        Column(_("Status"), 13, styles.CELL_INPUT): lists.statuses()[0],
        Column(_("Due"), 12, styles.CELL_INPUT_DATE): None,
        Column(_("Remarks"), 28, styles.CELL_INPUT): None,
    }
    widths = [*rendering.widths_of(table, _WIDTHS), *(column.width for column in to_fill_in)]
    page = Page(sheet, book, widths, landscape=True)
    span = rendering.filtered(page, "ActionPlan", table, _WIDTHS, to_fill_in)
    first = len(table.columns) + 1
    owner, status, due = (get_column_letter(first + place) for place in range(3))
    _offer(sheet, f"{owner}{span.first}:{owner}{span.last}", "B", strict=False)
    _offer(sheet, f"{status}{span.first}:{status}{span.last}", "A", strict=True)
    dates = DataValidation(type="date", operator="greaterThanOrEqual", formula1="36526", allow_blank=True)
    dates.error, dates.errorTitle = _("Write a date."), _("Due")
    dates.add(f"{due}{span.first}:{due}{span.last}")
    sheet.add_data_validation(dates)
    is_at, steps = f"${status}{span.first}", f"{quote_sheetname(lists.sheet().title)}!$A$"
    done = f"OR({is_at}={steps}{lists.FIRST + 3},{is_at}={steps}{lists.FIRST + 4})"
    rule = FormulaRule(formula=[done], font=Font(color=styles.GREY, strike=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{span.first}:{get_column_letter(len(widths))}{span.last}", rule)


def _offer(sheet: Worksheet, cells: str, column: str, *, strict: bool) -> None:
    """A drop-down from the Lists sheet; others may be typed unless `strict`."""
    source = f"{quote_sheetname(lists.sheet().title)}!${column}${lists.FIRST}:${column}${lists.LAST}"
    offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
    offer.add(cells)
    sheet.add_data_validation(offer)
