"""Open questions: what still has to be asked, and what each could bring."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import styles
from stockcheck.report.excel.page import Column, Page
from stockcheck.report.excel.styles import Looks


def title() -> str:
    """The sheet's name."""
    return _("Open questions")


def about() -> str:
    """Its line in the contents."""
    return _("what still has to be settled")


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    columns = (
        Column(_("Section"), 26),
        Column(_("Id"), 10, styles.CELL_STRONG),
        Column(_("Question"), 52),
        Column(_("Standing"), 14),
        Column(_("Level"), 8, styles.CELL_WHOLE),
        Column(_("Weight"), 8, styles.CELL_WHOLE),
        Column(_("Critical"), 9, styles.CELL_CENTRE),
        Column(_("On the route"), 10, styles.CELL_CENTRE),
        Column(_("What shows it"), 40),
    )
    on_route = assessed.scorecard.on_route
    page = Page(sheet, looks, [column.width for column in columns], landscape=True)
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
                line.question.evidence or "",
            ]
            for line in assessed.scorecard.open
        ],
    )
