"""Long texts: notes and answers too long for a row elsewhere, whole, in as many rows as they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.answers import shown
from stockcheck.language import _
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import styles
from stockcheck.report.excel.layout import MOST_LINES, line_starts, room
from stockcheck.report.excel.page import Column, Page
from stockcheck.report.excel.styles import Looks

#: From this many characters on a text is too long for the narrowest column that it may stand in.
LONG = 400
#: The width of the column that holds them.
_WIDTH = 110


def title() -> str:
    """The sheet's name."""
    return _("Long texts")


def about() -> str:
    """Its line in the contents."""
    return _("what is cut short elsewhere, in full")


def wanted(assessed: Assessed) -> bool:
    """Whether there is any; without, the report has no such sheet."""
    return next(_texts(assessed), None) is not None


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    columns = (
        Column(_("Id"), 10, styles.CELL_STRONG),
        Column(_("What"), 14),
        Column(_("Part"), 8, styles.CELL_CENTRE),
        Column(_("Text"), _WIDTH),
    )
    page = Page(sheet, looks, [column.width for column in columns], landscape=True)
    rows = []
    for name, what, text in _texts(assessed):
        starts = line_starts(text, room(text, _WIDTH, styles.CELL))[::MOST_LINES]
        for part, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1):
            rows.append([name, what, f"{part}/{len(starts)}", text[start:end].strip("\n")])
    page.table("LongTexts", columns, rows)


def _texts(assessed: Assessed) -> Iterator[tuple[str, str, str]]:
    """Id, kind and text of everything that a table may have to cut short."""
    for line in assessed.scorecard.lines:
        question = line.question
        texts = {
            _("Question"): question.text,
            _("Answer"): shown(question, line.answer),
            _("Note"): assessed.state.notes.get(question.id, ""),
            _("What shows it"): question.evidence or "",
            _("Remedy"): question.remedy or "",
        }
        for what, text in texts.items():
            if len(text) > LONG:
                yield question.id, what, text
