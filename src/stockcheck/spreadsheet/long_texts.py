"""Long texts: what was cut short on other sheets of a book, whole, in as many rows as it needs."""

from __future__ import annotations

from itertools import zip_longest

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cuts import Place
from stockcheck.spreadsheet.lines import parts
from stockcheck.spreadsheet.page import Column, Page


def title() -> str:
    """What the sheet is called, in the language in use."""
    return _("Long texts")


def fill(sheet: Worksheet, book: Book) -> None:
    """Print what `book` has cut so far."""
    columns = (
        Column(_("Id"), 10, styles.CELL_STRONG),
        Column(_("What"), 14),
        Column(_("Where"), 24),
        Column(_("Part"), 8, styles.CELL_CENTRE),
        Column(_("Text"), 90),
    )
    page = Page(sheet, book, [column.width for column in columns], landscape=True)
    rows = []
    for text, places in book.cuts:
        pieces = parts(text, columns[-1].width, columns[-1].style)
        about = [
            parts(said, column.width, column.style) for said, column in zip(_about(places), columns[:3], strict=True)
        ]
        count = max(map(len, (pieces, *about)))
        about = [said * count if len(said) == 1 else said for said in about]  # so that a filter finds every part
        for number, (*row, piece) in enumerate(zip_longest(*about, pieces, fillvalue=""), start=1):
            rows.append([*row, f"{number}/{count}", piece])
    page.table("LongTexts", columns, rows)


def _about(places: list[Place]) -> tuple[str, str, str]:
    """The rows, the kinds and the cells of all places, each once, a line each."""
    rows = dict.fromkeys(place.row for place in places)
    kinds = dict.fromkeys(place.what for place in places)
    return "\n".join(filter(None, rows)), "\n".join(filter(None, kinds)), "\n".join(map(str, places))
