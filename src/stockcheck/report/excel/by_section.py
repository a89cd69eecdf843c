"""Findings by section: sheets of paper to hand out, each finding under its id, its note whole across the page."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import by_section as content
from stockcheck.report.content.by_section import Found
from stockcheck.report.content.parts import Fact
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.lines import parts
from stockcheck.spreadsheet.page import Block, Page
from stockcheck.spreadsheet.picture import put_picture

#: In characters: an id or a label, and what is said.
_WIDTHS = (13, 85)
#: Points between the lines of one row and the next: less than elsewhere, for much is handed out.
_PADDING = 2.5


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(content.title(), content.about(), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    page = Page(sheet, book, _WIDTHS, landscape=False, padding=_PADDING)
    for one in content.by_section(assessed):
        page.line(one.title, styles.HEADING)
        if one.words:
            page.line(one.words, styles.TEXT)
        for found in one.found:
            book.targets[found.id] = (sheet.title, f"A{page.row}")
            _show(page, found)
        page.space()


def _show(page: Page, found: Found) -> None:
    page.blocks(
        [Block(1, 1, found.id, styles.CELL_STRONG), Block(2, 2, found.question, styles.CELL_STRONG)], name=found.id
    )
    page.blocks([Block(1, 1, None, styles.CELL), Block(2, 2, found.standing, styles.CELL)], name=found.id)
    for fact in found.more:
        _whole(page, fact, found.id)
    for one in found.pictures:
        # What a picture says of which way is up, spreadsheet programs do not look at.
        size = (one.down, one.across) if one.is_turned else (one.across, one.down)
        page.blocks([Block(1, 1, f"#{one.item.entry}", styles.CELL), Block(2, 2, None, styles.CELL)], name=found.id)
        put_picture(page, "B", page.row - 1, one.content, one.item.type.removeprefix("image/"), size)


def _whole(page: Page, fact: Fact, name: str) -> None:
    """A label and its text, in as many rows as it needs: nothing of it is cut."""
    for place, piece in enumerate(parts(fact.text, _WIDTHS[1], styles.CELL)):
        label = fact.label if place == 0 else "…"
        page.blocks([Block(1, 1, label, styles.CELL), Block(2, 2, piece, styles.CELL)], name=name)
