"""Scores: by domain, section, standard and level."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import results
from stockcheck.report.content.parts import Part
from stockcheck.report.data.answers import ANSWERS
from stockcheck.report.data.columns import Source
from stockcheck.report.data.scores import SCORES
from stockcheck.report.excel import checks, rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page

#: In characters. What a table has no column for is left free.
_WIDTHS = (38, 10, 9, 10, 9, 10, 10, 10, 10, 10, 9, 9, 4)


def sheet(before: Scorecard | None = None) -> Sheet:
    """The sheet, in the language in use; `before` are the scores of an earlier assessment."""

    def fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime) -> None:
        _fill(sheet, book, assessed, made, before)

    return Sheet(results.title(), results.about(), fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime, before: Scorecard | None) -> None:
    card = assessed.scorecard
    page = Page(sheet, book, _WIDTHS, landscape=True)
    page.line(results.title(), styles.TITLE)
    first = [results.in_short(card), results.overall(assessed, before), results.domains(card, before)]
    _show(page, [*first, *results.levels(card, before)])
    if stops := results.stops(card):
        page.new_sheet_of_paper()  # a heading would stay behind alone
        _show(page, stops)
    page.new_sheet_of_paper()
    _show(page, [results.sections(card, before)])
    page.new_sheet_of_paper()
    _show(page, [results.standards(assessed, before)])
    if all(kind.name in book.workbook.sheetnames for kind in (ANSWERS, SCORES)):
        page.new_sheet_of_paper()
        checks.show(page, assessed, Source(assessed, made))


def _show(page: Page, parts: list[Part]) -> None:
    rendering.parts(page, parts, strong=("score",))
    page.space()
