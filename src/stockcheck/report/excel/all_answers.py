"""All answers: the facts about the depot, then every question as it stands."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.scope import Line, Standing
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import CellValue, percentage, utc
from stockcheck.spreadsheet.page import Column, Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("All answers"), _("every question as it stands, with who answered and when"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    levels = bool(assessed.checklist.levels)
    columns = (
        Column(_("Section"), 16),
        Column(_("Id"), 11, styles.CELL_STRONG, names=True),
        Column(_("Question"), 34),
        Column(_("Standing"), 13),
        Column(_("Answer"), 22),
        Column(_("Credit"), 9, styles.CELL_PERCENT),
        Column(_("Weight"), 8, styles.CELL_WHOLE),
        Column(_("Level"), 7, styles.CELL_WHOLE, shown=levels),
        Column(_("Note"), 20),
        Column(_("What shows it"), 26),
        Column(_("Flag"), 6, styles.CELL_CENTRE),
        Column(_("By"), 12),
        Column(_("When (UTC)"), 16, styles.CELL_MOMENT),
    )
    page = Page(sheet, book, [column.width for column in columns if column.shown], landscape=True)
    page.table("AllAnswers", columns, [*_facts(assessed), *_questions(assessed)])


def _facts(assessed: Assessed) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = []
    for field in assessed.checklist.profile:
        entry = assessed.state.profile.get(field.id)
        standing = _("Not answered") if entry is None else _("Fact")
        who_and_when: list[CellValue] = [entry.by, utc(entry.at)] if entry else ["", None]
        answer = answer_in_words(field, entry.answer if entry else None)
        about = _("About the depot")
        # No id: a fact's is a word of the checklist's source language, and nothing in the report points to it.
        rows.append([about, "", field.text, standing, answer, None, None, None, "", "", "", *who_and_when])
    return rows


def _questions(assessed: Assessed) -> list[list[CellValue]]:
    state = assessed.state
    rows: list[list[CellValue]] = []
    for line in assessed.scorecard.lines:
        question = line.question
        entry = state.entries.get(question.id)
        rows.append(
            [
                line.section.title,
                question.id,
                question.text,
                _standing(line),
                wording.answer(line, state.on),
                percentage(line.credit) if line.counts else None,
                question.weight if question.scored else None,
                question.level if question.scored else None,
                state.notes.get(question.id, ""),
                question.evidence or "",
                "⚑" if question.id in state.flags else "",
                entry.by if entry else "",
                utc(entry.at) if entry else None,
            ]
        )
    return rows


def _standing(line: Line) -> str:
    if line.standing is Standing.DORMANT and line.answer is not None:
        return _("No longer applies; the answer is kept")
    return wording.standing(line.standing)
