"""The sheets, put together in the order a commander reads them."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from stockcheck.assessed import Assessed
from stockcheck.language import date
from stockcheck.report.excel import (
    action_plan,
    all_answers,
    cover,
    dashboard,
    facts,
    gap_register,
    lists,
    long_texts,
    method,
    scores,
    still_to_check,
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
    between = [
        facts.sheet(),
        dashboard.sheet(),
        scores.sheet(),
        gap_register.sheet(),
        action_plan.sheet(),
        all_answers.sheet(),
        still_to_check.sheet(),
        last,
        method.sheet(),
    ]

    def contents() -> list[Sheet]:
        return [one for one in between if one is not last or book.cuts]

    first = cover.sheet(contents)
    every = [first, *between, lists.sheet(), action_plan.exported()]
    empty = {one.title: book.add(one.title) for one in every}
    # What is cut is known once the others are filled: the cover lists the sheets, then the long texts are printed.
    for one in [*(one for one in every if one not in (first, last)), first, last]:
        one.fill(empty[one.title], book, assessed, made)
    if not book.cuts:
        book.workbook.remove(empty[last.title])
    for sheet in book.workbook.worksheets:
        set_header_and_footer(
            sheet, marking=assessed.state.marking, subject=assessed.state.depot, date=date(assessed.state.on)
        )
    properties = book.workbook.properties
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.keywords = DEMO if assessed.state.demo else None
    properties.title = escaped(f"{assessed.state.depot}: {assessed.checklist.title}")
    properties.created = properties.modified = utc(made)
    return book.workbook
