"""About the depot: what was found and what was not looked for; the facts, and what does not apply because of them; and
what was set aside on somebody's word.
"""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.report import standing
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.scope import Line
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Findings and facts"), _("losses, dangers, facts, and what was left out because of them"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    card, state = assessed.scorecard, assessed.state
    page = Page(sheet, book, (34, 80), landscape=False)
    page.line(_("Losses and dangers"), styles.HEADING)
    for said in standing.findings(assessed) or [_("The checklist asks about none.")]:
        page.line(said, styles.TEXT)
    page.space()
    page.line(_("Facts about the depot"), styles.HEADING)
    for field in assessed.checklist.profile:
        entry = state.profile.get(field.id)
        page.fact(field.text, answer_in_words(field, entry.answer) if entry else _("not answered"))
    page.space()
    page.line(_("Critical questions that do not apply because of a fact"), styles.HEADING)
    out = critical_out_by_fact(card)
    for line in out:
        page.fact(line.question.id, line.question.text)
    if not out:
        page.line(_("None."), styles.TEXT)
    for heading, lines in (
        (_("Set aside as not applicable, waiting for a countersignature"), card.set_aside),
        (_("Out of scope as not applicable"), card.not_applicable),
    ):
        if lines:
            page.space()
            page.line(heading, styles.HEADING)
        for line in lines:
            page.fact(line.question.id, _reason(assessed, line))


def _reason(assessed: Assessed, line: Line) -> str:
    entry = assessed.state.entries.get(line.question.id)
    why = line.answer.justification if line.answer else ""
    by = _("set aside by {name}").format(name=entry.by) if entry else ""
    review = assessed.state.accepted.get(line.question.id)
    agreed = _("countersigned by {name}").format(name=review.by) if review else ""
    # A line of the reason may not pass as one of the report's own.
    return "\n".join(part for part in (line.question.text, f"→ {one_line(why)}", by, agreed) if part)
