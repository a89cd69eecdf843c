"""Action plan: one row a gap or a thing to check, to be filled in by the depot, and read back when it comes back.

Its columns bear the names that `exchange.plan_sheet` says; what was exported stands once more in a hidden sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

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
from stockcheck.report.content import actions, plan
from stockcheck.report.content.parts import Table
from stockcheck.report.excel import lists, rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.report.to_do import since
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import put
from stockcheck.spreadsheet.layout import set_up_paper
from stockcheck.spreadsheet.page import Page, Span

#: In characters, by the key of the column.
_WIDTHS = {
    "number": 4,
    "priority": 10,
    "id": 8,
    "finding": 19,
    "do": 33,
    "effort": 8,
    "way": 5,
    "late": 9,
    "since": 10,
    "by": 10,
    "owner": 11.5,
    "due": 10,
    "status": 9,
    "done_on": 10,
    "verified_by": 10,
    "evidence": 11,
    "remarks": 13.5,
    "until": 11,
    "measure": 15,
}
#: The columns up to this one are printed always, those after it as far as anything stands in them: so a row of the plan
#: is as wide as its paper. What is written by hand has room below its words.
_PRINTED = "verified_by"


def sheet(before: Assessed | None = None) -> Sheet:
    """The sheet, in the language in use; `before` is the earlier assessment, if any."""

    def fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime) -> None:
        _fill(sheet, book, assessed, actions.plan(assessed, made.date(), since(before, assessed)))

    return Sheet(actions.title(), actions.about(), fill, needs=(lists.sheet().title, plan_sheet.SHEET))


def exported() -> Sheet:
    """The hidden sheet that says what was exported."""
    return Sheet(plan_sheet.SHEET, "", _fill_exported)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, table: Table) -> None:
    to_fill_in = plan.to_fill_in(assessed)
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
    _format(sheet, letters, span)
    sheet.print_area = f"A1:{letters[_last_printed(to_fill_in)]}{span.last}"


def _last_printed(to_fill_in: Table) -> str:
    """The key of the last column with anything in it, or of `_PRINTED`, should that stand further to the right."""
    keys = [column.key for column in to_fill_in.columns]
    filled = [place for row in to_fill_in.rows for place, cell in enumerate(row) if cell]
    return keys[max([keys.index(_PRINTED), *filled])]


def _format(sheet: Worksheet, letters: Mapping[str, str], span: Span) -> None:
    """What is done or waived is struck out; what is late by the day on which somebody looks stands out."""
    is_at, steps = f"${letters['status']}{span.first}", f"{quote_sheetname(lists.sheet().title)}!$A$"
    over = [f"{is_at}={steps}{lists.FIRST + STATUSES.index(status)}" for status in ("done", "waived")]
    rule = FormulaRule(formula=[f"OR({','.join(over)})"], font=Font(color=styles.GREY, strike=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{span.first}:{letters['measure']}{span.last}", rule)
    due = f"${letters['due']}{span.first}"
    late = f"AND(ISNUMBER({due}),{due}<TODAY(),NOT(OR({','.join(over)})))"
    bold = FormulaRule(formula=[late], font=Font(color="7B1E22", bold=True, underline="single"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"{letters['due']}{span.first}:{letters['due']}{span.last}", bold)


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
