"""Gap register: every gap, and what is to check, with its priority, the rule behind it, and what to do."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.excel import priorities
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Column, Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Gap register"), _("every gap and what is to check, the most pressing first, with filters"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    levels = bool(assessed.checklist.levels)
    columns = (
        Column(_("No."), 4, styles.CELL_WHOLE),
        Column(_("Priority"), 11),
        Column(_("Why"), 13),
        Column(_("Section"), 14),
        Column(_("Id"), 9, styles.CELL_STRONG, names=True),
        Column(_("Question"), 27),
        Column(_("Answer"), 20),
        Column(_("Note"), 14),
        Column(_("Level"), 6, styles.CELL_WHOLE, shown=levels),
        Column(_("Weight"), 7, styles.CELL_WHOLE),
        Column(_("Critical"), 8, styles.CELL_CENTRE),
        Column(_("References"), 13),
        Column(_("Remedy"), 32),
    )
    page = Page(sheet, book, [column.width for column in columns if column.shown], landscape=True)
    state = assessed.state
    page.table(
        "GapRegister",
        columns,
        [
            [
                number,
                (wording.priority(gap.priority), priorities.STYLE[gap.priority]),
                wording.why(gap, levels=levels),
                gap.line.section.title,
                question.id,
                wording.with_parts(gap),
                wording.state_of(gap.line, state.on),
                state.notes.get(question.id, ""),
                question.level,
                question.weight,
                _("yes") if question.critical else "",
                ", ".join(question.references),
                wording.remedy(gap.line),
            ]
            for number, gap in enumerate(assessed.scorecard.pressing, start=1)
            for question in [gap.line.question]
        ],
    )
