"""Gap register: every gap with its priority, the rule behind it, and what to do."""

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
    return _("Gap register")


def about() -> str:
    """Its line in the contents."""
    return _("every gap, the most pressing first, with filters")


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    columns = (
        Column(_("No."), 4, styles.CELL_WHOLE),
        Column(_("Priority"), 11),
        Column(_("Why"), 13),
        Column(_("Section"), 14),
        Column(_("Id"), 9, styles.CELL_STRONG),
        Column(_("Question"), 27),
        Column(_("Answer"), 20),
        Column(_("Note"), 14),
        Column(_("Level"), 6, styles.CELL_WHOLE),
        Column(_("Weight"), 7, styles.CELL_WHOLE),
        Column(_("Critical"), 8, styles.CELL_CENTRE),
        Column(_("References"), 13),
        Column(_("Remedy"), 32),
    )
    page = Page(sheet, looks, [column.width for column in columns], landscape=True)
    state = assessed.state
    page.table(
        "GapRegister",
        columns,
        [
            [
                number,
                (wording.priority(gap.priority), styles.PRIORITY[gap.priority]),
                wording.rule(gap.rule),
                gap.line.section.title,
                question.id,
                question.text,
                wording.answer(gap.line, state.on),
                state.notes.get(question.id, ""),
                question.level,
                question.weight,
                _("yes") if question.critical else "",
                ", ".join(question.references),
                wording.remedy(gap.line),
            ]
            for number, gap in enumerate(assessed.scorecard.gaps, start=1)
            for question in [gap.line.question]
        ],
    )
