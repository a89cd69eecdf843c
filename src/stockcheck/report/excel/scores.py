"""Scores: by domain, section, standard and level."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import results
from stockcheck.report.content.parts import Part
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Scores"), _("by domain, section and standard"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    card = assessed.scorecard
    page = Page(sheet, book, (46, 13, 11, 13, 12, 10, 10, 11, 11, 9), landscape=True)
    page.line(_("Scores"), styles.TITLE)
    _show(page, [results.in_short(card), results.overall(assessed), results.domains(card), *results.levels(card)])
    if up := results.way_up(card):
        page.new_sheet_of_paper()
        _show(page, up)
    page.new_sheet_of_paper()
    _show(page, [results.sections(card)])
    page.new_sheet_of_paper()
    _show(page, [results.standards(assessed)])


def _show(page: Page, parts: list[Part]) -> None:
    rendering.parts(page, parts, strong=("score",))
    page.space()
