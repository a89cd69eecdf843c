"""The sheets, put together in the order a commander reads them."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from stockcheck.assessed import Assessed
from stockcheck.language import date
from stockcheck.report.content.changes import check_order
from stockcheck.report.excel import (
    action_plan,
    answers,
    changes,
    cover,
    dashboard,
    data,
    facts,
    gap_register,
    lists,
    long_texts,
    method,
    scores,
    still_to_check,
)
from stockcheck.report.excel.choices import Choices, Paper, wanted
from stockcheck.report.excel.sheet import Sheet
from stockcheck.report.output import CREATOR, DEMO
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import escaped, utc
from stockcheck.spreadsheet.layout import set_header_and_footer


def build(assessed: Assessed, made: dt.datetime, choices: Choices | None = None) -> Workbook:
    """The report in the language in use, whole or as chosen; `made` is the moment it bears, zone-aware.

    Raises `UsageError` for a sheet that is wanted and that there is not, and for a previous assessment that is later.
    """
    choices = choices or Choices()
    earlier = choices.previous
    if earlier:
        check_order(earlier, assessed)
    last = long_texts.sheet()
    book = Book(long_texts=last.title)
    between = [
        facts.sheet(),
        dashboard.sheet(),
        scores.sheet(earlier.scorecard if earlier else None),
        gap_register.sheet(),
        action_plan.sheet(),
        answers.sheet(),
        still_to_check.sheet(),
        *([changes.sheet(earlier)] if earlier else []),
        last,
        method.sheet(),
    ]

    def contents() -> list[Sheet]:
        return [one for one in between if one in every and (one is not last or book.cuts)]

    first = cover.sheet(contents)
    every = wanted([first, *between, lists.sheet(), action_plan.exported(), *data.sheets()], choices.only)
    if last not in every:  # what is cut has to stand somewhere
        every.append(last)
    empty = {one.title: book.add(one.title) for one in every}
    # What is cut is known once the others are filled: the cover lists the sheets, then the long texts are printed.
    in_order = [one for one in every if one not in (first, last)]
    for one in [*in_order, *([first] if first in every else []), last]:
        choices.told(one.title)
        one.fill(empty[one.title], book, assessed, made)
    if not book.cuts and len(every) > 1:
        book.workbook.remove(empty[last.title])
    for sheet in book.workbook.worksheets:
        if choices.paper is Paper.LETTER:
            sheet.page_setup.paperSize = int(sheet.PAPERSIZE_LETTER)
        set_header_and_footer(
            sheet, marking=assessed.state.marking, subject=assessed.state.depot, date=date(assessed.state.on)
        )
    properties = book.workbook.properties
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.keywords = DEMO if assessed.state.demo else None
    properties.title = escaped(f"{assessed.state.depot}: {assessed.checklist.title}")
    properties.created = properties.modified = utc(made)
    return book.workbook
