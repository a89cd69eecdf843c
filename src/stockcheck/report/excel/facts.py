"""Findings and facts: whole, what the first page has in short, what the record shows, and which sheets there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import findings, summary
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Page


def sheet(contents: Callable[[], Iterable[Sheet]]) -> Sheet:
    """The sheet, in the language in use. `contents`: the sheets that it lists, asked for when all else is filled."""
    return Sheet(summary.details_title(), findings.about(), partial(_fill, contents))


def _fill(
    contents: Callable[[], Iterable[Sheet]], sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime
) -> None:
    page = Page(sheet, book, (26, 72), landscape=False)
    rendering.parts(page, findings.findings_and_facts(assessed))
    page.space()
    page.line(_("Contents"), styles.HEADING)
    for one in contents():
        if one.about:
            page.fact(one.title, one.about, styles.FACT_LINK, link=one.title)
