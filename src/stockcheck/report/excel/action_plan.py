"""Action plan: one row a gap or a thing to check, to be filled in by the depot: owner, status, due date."""

from __future__ import annotations

import datetime as dt

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import lists, priorities
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Column, Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Action plan"), _("one row a gap or thing to check: owner, status, due date"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    levels = bool(assessed.checklist.levels)
    columns = (
        Column(_("Priority"), 12),
        Column(_("Id"), 9, styles.CELL_STRONG, names=True),
        Column(_("Gap, or what is to check"), 36),
        Column(_("What to do"), 48),
        Column(_("Effort"), 8, styles.CELL_WHOLE),
        Column(_("On the route"), 10, styles.CELL_CENTRE, shown=levels),
        Column(_("Owner"), 18, styles.CELL_INPUT),
        Column(_("Status"), 13, styles.CELL_INPUT),
        Column(_("Due"), 12, styles.CELL_INPUT_DATE),
        Column(_("Remarks"), 28, styles.CELL_INPUT),
    )
    page = Page(sheet, book, [column.width for column in columns if column.shown], landscape=True)
    card = assessed.scorecard
    on_route = card.on_route
    span = page.table(
        "ActionPlan",
        columns,
        [
            [
                (wording.priority(gap.priority), priorities.STYLE[gap.priority]),
                question.id,
                wording.with_parts(gap),
                wording.remedy(gap.line),
                question.effort,
                _("yes") if question.id in on_route else "",
                None,
                lists.statuses()[0],
                None,
                None,
            ]
            for gap in card.pressing
            for question in [gap.line.question]
        ],
    )
    shown = [column.header for column in columns if column.shown]
    owner, status, due = (get_column_letter(shown.index(header) + 1) for header in (_("Owner"), _("Status"), _("Due")))
    _offer(sheet, f"{owner}{span.first}:{owner}{span.last}", "B", strict=False)
    _offer(sheet, f"{status}{span.first}:{status}{span.last}", "A", strict=True)
    dates = DataValidation(type="date", operator="greaterThanOrEqual", formula1="36526", allow_blank=True)
    dates.error, dates.errorTitle = _("Write a date."), _("Due")
    dates.add(f"{due}{span.first}:{due}{span.last}")
    sheet.add_data_validation(dates)
    is_at, steps = f"${status}{span.first}", f"{quote_sheetname(lists.sheet().title)}!$A$"
    done = f"OR({is_at}={steps}{lists.FIRST + 3},{is_at}={steps}{lists.FIRST + 4})"
    rule = FormulaRule(formula=[done], font=Font(color=styles.GREY, strike=True))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{span.first}:{get_column_letter(len(shown))}{span.last}", rule)


def _offer(sheet: Worksheet, cells: str, column: str, *, strict: bool) -> None:
    """A drop-down from the Lists sheet; others may be typed unless `strict`."""
    source = f"{quote_sheetname(lists.sheet().title)}!${column}${lists.FIRST}:${column}${lists.LAST}"
    offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
    offer.add(cells)
    sheet.add_data_validation(offer)
