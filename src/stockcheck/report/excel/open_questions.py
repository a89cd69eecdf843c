"""Open questions: what still has to be asked, and what each could bring."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.scope import Standing
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Column, Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Open questions"), _("what still has to be settled"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    levels = bool(assessed.checklist.levels)
    columns = (
        Column(_("Section"), 26),
        Column(_("Id"), 10, styles.CELL_STRONG, names=True),
        Column(_("Question"), 52),
        Column(_("Standing"), 14),
        Column(_("Level"), 8, styles.CELL_WHOLE, shown=levels),
        Column(_("Weight"), 8, styles.CELL_WHOLE),
        Column(_("Critical"), 9, styles.CELL_CENTRE),
        Column(_("On the route"), 10, styles.CELL_CENTRE, shown=levels),
        Column(_("Reason given"), 24),
        Column(_("What shows it"), 34),
    )
    on_route = assessed.scorecard.on_route
    page = Page(sheet, book, [column.width for column in columns if column.shown], landscape=True)
    page.table(
        "OpenQuestions",
        columns,
        [
            [
                line.section.title,
                line.question.id,
                line.question.text,
                wording.standing(line.standing),
                line.question.level,
                line.question.weight,
                _("yes") if line.question.critical else "",
                _("yes") if line.question.id in on_route else "",
                line.answer.justification if line.answer and line.standing is Standing.SET_ASIDE else "",
                line.question.evidence or "",
            ]
            for line in assessed.scorecard.open
        ],
    )
