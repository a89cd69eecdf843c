"""Gap register: every gap with its priority, the rule behind it, and what to do."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.answers import shown
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.xlsx import styles
from stockcheck.report.xlsx.page import Column, Page
from stockcheck.report.xlsx.styles import Looks


def title() -> str:
    """The sheet's name."""
    return _("Gap register")


def about() -> str:
    """Its line in the contents."""
    return _("every gap, the most pressing first, with filters")


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    columns = (
        Column(_("No."), 5, styles.CELL_WHOLE),
        Column(_("Priority"), 11),
        Column(_("Why"), 15),
        Column(_("Section"), 15),
        Column(_("Id"), 9, styles.CELL_STRONG),
        Column(_("Question"), 30),
        Column(_("Answer"), 20),
        Column(_("Note"), 18),
        Column(_("Level"), 7, styles.CELL_WHOLE),
        Column(_("Weight"), 8, styles.CELL_WHOLE),
        Column(_("Critical"), 9, styles.CELL_CENTRE),
        Column(_("References"), 13),
        Column(_("Remedy"), 34),
        Column(_("Flag"), 6, styles.CELL_CENTRE),
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
                shown(question, gap.line.answer),
                state.notes.get(question.id, ""),
                question.level,
                question.weight,
                _("yes") if question.critical else "",
                ", ".join(question.references),
                question.remedy or "",
                "⚑" if question.id in state.flags else "",
            ]
            for number, gap in enumerate(assessed.scorecard.gaps, start=1)
            for question in [gap.line.question]
        ],
    )
