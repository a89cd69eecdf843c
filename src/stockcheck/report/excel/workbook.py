"""The sheets, put together in the order a commander reads them."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from stockcheck.assessed import Assessed
from stockcheck.report.choices import Choices, Paper, wanted
from stockcheck.report.content.changes import check_order
from stockcheck.report.excel import (
    action_plan,
    answers,
    aside,
    by_section,
    changes,
    data,
    facts,
    lists,
    long_texts,
    method,
    scores,
    still_to_check,
    summary,
    way,
)
from stockcheck.report.excel.sheet import Sheet
from stockcheck.report.output import DEMO
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.layout import set_header_and_footer


def build(assessed: Assessed, made: dt.datetime, choices: Choices | None = None) -> Workbook:
    """The report in the language in use, whole or as chosen; `made` is the moment it bears, zone-aware.

    Raises `UsageError` for a sheet that is wanted and that there is not, and for a previous assessment that is later.
    """
    choices = choices or Choices()
    earlier = choices.previous
    if earlier:
        check_order(earlier, assessed)
    last, of_data = long_texts.sheet(), data.sheets(earlier)
    book = Book(long_texts=last.title)
    plan, sections = action_plan.sheet(earlier), by_section.sheet()
    scored = scores.sheet(earlier.scorecard if earlier else None)

    def contents() -> list[Sheet]:
        return [one for one in every if one is not last or book.cuts]

    details = facts.sheet(contents)
    every = wanted(
        [
            summary.sheet(scored, plan, earlier),
            details,
            way.sheet(assessed.scorecard),
            plan,
            sections,
            still_to_check.sheet(),
            aside.sheet(),
            answers.sheet(),
            scored,
            *([changes.sheet(earlier)] if earlier else []),
            method.sheet(),
            last,
            lists.sheet(),
            action_plan.exported(),
            *of_data,
        ],
        choices.only,
    )
    if last not in every:  # what is cut has to stand somewhere
        every.append(last)
    empty = {one.title: book.add(one.title) for one in every}
    # What is cut is known once the others are filled: `details` lists the sheets, then the long texts are printed.
    # Ids lead to the findings by section, so these come first.
    in_turn = [sections, *(one for one in every if one not in (sections, details, last)), details, last]
    for one in (one for one in in_turn if one in every):
        choices.told(one.title)
        one.fill(empty[one.title], book, assessed, made)
    if not book.cuts and len(every) > 1:
        book.workbook.remove(empty[last.title])
    code = assessed.record.code if assessed.record.chain_holds else ""
    _order(book.workbook, [one.title for one in of_data])
    for sheet in book.workbook.worksheets:
        if choices.paper is Paper.LETTER:
            sheet.page_setup.paperSize = int(sheet.PAPERSIZE_LETTER)
        set_header_and_footer(sheet, marking=assessed.state.marking, subject=assessed.state.depot, code=code)
    book.describe(f"{assessed.state.depot}: {assessed.checklist.title}", made)
    book.workbook.properties.keywords = DEMO if assessed.state.demo else None
    return book.workbook


def _order(workbook: Workbook, of_data: list[str]) -> None:
    """What people read first, then what only the program reads, and the data sheets `of_data` last of all."""

    def rank(title: str) -> int:
        return 2 if title in of_data else int(workbook[title].sheet_state != "visible")

    for place, title in enumerate(sorted(workbook.sheetnames, key=rank)):
        workbook.move_sheet(title, place - workbook.sheetnames.index(title))
