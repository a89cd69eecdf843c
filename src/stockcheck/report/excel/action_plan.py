"""Action plan: one row a gap or a thing to check, to be filled in by the depot, and read back when it comes back.

Its columns bear the names that `exchange.plan_sheet` says; what was exported stands once more in a hidden sheet.
"""

from __future__ import annotations

import datetime as dt

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import DATES, STATUSES
from stockcheck.exchange import plan_sheet
from stockcheck.language import _
from stockcheck.report.content import plan, questions
from stockcheck.report.excel import lists, rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import put
from stockcheck.spreadsheet.layout import set_up_paper
from stockcheck.spreadsheet.page import Page

#: In characters, by the key of the column.
_WIDTHS = {
    "priority": 12,
    "id": 9,
    "gap": 32,
    "remedy": 40,
    "effort": 8,
    "on_route": 9,
    "owner": 16,
    "due": 11,
    "status": 11,
    "done_on": 11,
    "verified_by": 14,
    "evidence": 20,
    "remarks": 24,
    "until": 11,
    "measure": 18,
}


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    about = _("one row a gap or thing to check: owner, status, due date")
    return Sheet(_("Action plan"), about, _fill, needs=(lists.sheet().title,))


def exported() -> Sheet:
    """The hidden sheet that says what was exported."""
    return Sheet(plan_sheet.SHEET, "", _fill_exported)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table, to_fill_in = questions.actions(assessed), plan.to_fill_in(assessed)
    page = Page(
        sheet, book, rendering.widths_of(table, _WIDTHS) + rendering.widths_of(to_fill_in, _WIDTHS), landscape=True
    )
    span = rendering.filtered(page, "ActionPlan", table, _WIDTHS, to_fill_in)
    letters = {
        column.key: get_column_letter(place) for place, column in enumerate((*table.columns, *to_fill_in.columns), 1)
    }
    for key in (plan_sheet.ID, *(column.key for column in to_fill_in.columns)):
        _name(sheet, plan_sheet.name_of(key), f"${letters[key]}${span.first - 1}:${letters[key]}${span.last}")

    def cells(key: str) -> str:
        return f"{letters[key]}{span.first}:{letters[key]}{span.last}"

    _offer(sheet, cells("owner"), "B", lists.LAST, strict=False)
    _offer(sheet, cells("status"), "A", lists.FIRST + len(STATUSES) - 1, strict=True)
    for key in DATES:
        dates = DataValidation(
            type="date", operator="greaterThanOrEqual", formula1="36526", allow_blank=True, showErrorMessage=True
        )
        dates.error, dates.errorTitle = (
            _("Write a date."),
            next(one.title for one in to_fill_in.columns if one.key == key),
        )
        dates.add(cells(key))
        sheet.add_data_validation(dates)
    is_at, steps = f"${letters['status']}{span.first}", f"{quote_sheetname(lists.sheet().title)}!$A$"
    over = [f"{is_at}={steps}{lists.FIRST + STATUSES.index(status)}" for status in ("done", "waived")]
    rule = FormulaRule(formula=[f"OR({','.join(over)})"], font=Font(color=styles.GREY, strike=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{span.first}:{letters['measure']}{span.last}", rule)


def _fill_exported(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    table = plan.exported(assessed)
    look, day = book.looks[styles.CELL], book.looks[styles.CELL_DATE]
    for row, values in enumerate([[column.title for column in table.columns], *table.rows], start=1):
        for column, value in enumerate(values, start=1):
            assert value is None or isinstance(value, str | dt.date)  # noqa: S101  # as its columns are
            if value is not None:
                put(sheet, row, column, value, day if isinstance(value, dt.date) else look)
    last = f"${get_column_letter(len(table.columns))}${max(len(table.rows), 1) + 1}"
    _name(sheet, plan_sheet.EXPORTED, f"$A$1:{last}")
    sheet.sheet_state = "hidden"
    set_up_paper(sheet, landscape=True)  # for when somebody brings it to light


def _name(sheet: Worksheet, name: str, cells: str) -> None:
    """Give `cells` of the sheet a name in the whole workbook."""
    names = sheet.parent.defined_names  # type: ignore[union-attr]  # a sheet that is being filled has a workbook
    names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{cells}")


def _offer(sheet: Worksheet, cells: str, column: str, last: int, *, strict: bool) -> None:
    """A drop-down from the Lists sheet; others may be typed unless `strict`."""
    source = f"{quote_sheetname(lists.sheet().title)}!${column}${lists.FIRST}:${column}${last}"
    offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
    offer.add(cells)
    sheet.add_data_validation(offer)
