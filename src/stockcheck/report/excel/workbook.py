"""The sheets, put together in the order a commander reads them."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from stockcheck.assessed import Assessed
from stockcheck.report.excel import (
    action_plan,
    all_answers,
    aside,
    by_section,
    facts,
    lists,
    long_texts,
    method,
    open_questions,
    scores,
    summary,
    way,
)
from stockcheck.report.excel.sheet import Sheet
from stockcheck.report.output import CREATOR, DEMO
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import escaped, utc
from stockcheck.spreadsheet.layout import set_header_and_footer


def build(assessed: Assessed, made: dt.datetime) -> Workbook:
    """The whole report in the language in use; `made` is the moment it bears, zone-aware."""
    last = long_texts.sheet()
    book = Book(long_texts=last.title)
    plan, scored, sections = action_plan.sheet(), scores.sheet(), by_section.sheet()

    def contents() -> list[Sheet]:
        return [one for one in every if one is not last or book.cuts]

    details = facts.sheet(contents)
    every = [
        summary.sheet(scored, plan),
        details,
        way.sheet(assessed.scorecard),
        plan,
        sections,
        open_questions.sheet(),
        aside.sheet(),
        all_answers.sheet(),
        scored,
        method.sheet(),
        last,
        lists.sheet(),
        action_plan.exported(),
    ]
    empty = {one.title: book.add(one.title) for one in every}
    # What is cut is known once the others are filled: `details` lists the sheets, then the long texts are printed.
    # Ids lead to the findings by section, so these come first.
    for one in [sections, *(one for one in every if one not in (sections, details, last)), details, last]:
        one.fill(empty[one.title], book, assessed, made)
    if not book.cuts:
        book.workbook.remove(empty[last.title])
    code = assessed.record.code if assessed.record.chain_holds else ""
    for sheet in book.workbook.worksheets:
        set_header_and_footer(sheet, marking=assessed.state.marking, subject=assessed.state.depot, code=code)
    properties = book.workbook.properties
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.keywords = DEMO if assessed.state.demo else None
    properties.title = escaped(f"{assessed.state.depot}: {assessed.checklist.title}")
    properties.created = properties.modified = utc(made)
    return book.workbook
