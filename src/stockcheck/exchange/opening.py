"""A workbook opened as a form: found by its names, whatever has become of its sheets, columns and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from stockcheck.checklist.model import Checklist
from stockcheck.checklist.translation import in_language
from stockcheck.errors import StockcheckError
from stockcheck.exchange import contract
from stockcheck.exchange.contract import About
from stockcheck.exchange.earlier import checklist_of
from stockcheck.exchange.filled import Cell, Row
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.spreadsheet import reading
from stockcheck.spreadsheet.reading import Area, Kind, Workbook, place


@dataclass(frozen=True)
class Form:
    """A form as it was read: what it says of itself, what it offers, its rows, and the SHA-256 of the file."""

    about: About
    offered: tuple[tuple[str, str, str, str, str], ...]
    rows: tuple[Row, ...]
    sha256: str

    def checklist(self, known: Callable[[str], Checklist | None]) -> Checklist:
        """The checklist it is of, in its language: that `known` by the digest, else as far as the form tells.

        Raises `StockcheckError`.
        """
        found = known(self.about.digest)
        if found is None:
            return checklist_of(self.about, self.offered)
        return in_language(found, self.about.language)


def open_form(path: Path) -> Form:
    """The form in the workbook at `path`; a gap report is one as well, by its sheet of what is still to check.

    Raises `UsageError` when there is no file, `StockcheckError` for what is no form, or is damaged.
    """
    return form_in(reading.read(path))


def is_form(book: Workbook) -> bool:
    """Whether there is a form in a workbook at all."""
    return book.has_name(contract.ABOUT)


def form_in(book: Workbook) -> Form:
    """The form in a workbook. Raises `StockcheckError` for what is none, or is damaged."""
    about_at, offered_at = book.area(contract.ABOUT), book.area(contract.OFFERED)
    if about_at is None or offered_at is None:
        raise StockcheckError(
            _("{file} is not a form of this program.").format(file=book.file), _("Make one with: stockcheck form")
        )
    about = About.of({name: said for name, said, *_more in _texts(book, about_at)})
    if about is None:
        raise StockcheckError(
            _("The form is damaged: its hidden sheet does not say what it is of."), _("Make a new one: stockcheck form")
        )
    if about.form != str(contract.VERSION):
        raise StockcheckError(
            _("{file} is a form of another version of stockcheck.").format(file=book.file),
            _("Use that one, or make a new form: stockcheck form"),
        )
    offered = tuple(
        (key, type_, revision, option, text) for key, type_, revision, option, text in _texts(book, offered_at)
    )
    return Form(about, offered, tuple(_rows(book)), book.sha256)


def _texts(book: Workbook, area: Area) -> Iterator[list[str]]:
    """The cells of an area as texts, row by row."""
    sheet = book.sheet(area.sheet)
    for row in range(area.first_row, min(area.last_row, sheet.last_row) + 1):
        cells = (sheet.cell(row, column) for column in range(area.first_column, area.last_column + 1))
        yield ["" if cell is None or cell.value is None else str(cell.value) for cell in cells]


def _rows(book: Workbook) -> Iterator[Row]:
    """The rows of every sheet of the form, in order."""
    number = 1
    while book.has_name(contract.column_name(number, contract.KEY)):
        yield from _rows_of(book, number)
        number += 1


def _rows_of(book: Workbook, number: int) -> Iterator[Row]:
    areas = [book.area(contract.column_name(number, column)) for column in contract.READ]
    whole = [area for area in areas if area is not None and area.first_column == area.last_column]
    if len(whole) < len(areas) or len({area.sheet for area in whole}) != 1:
        raise StockcheckError(
            _("The form is damaged: a sheet or a column of it is gone, or was copied."),
            _("Use a copy in which it is there, or make a new form: stockcheck form"),
        )
    if any(book.is_copied(contract.column_name(number, column)) for column in contract.READ):
        raise StockcheckError(
            _("{sheet} was copied, and what is written on the copy would be passed over.").format(
                sheet=_("“{text}”").format(text=one_line(whole[0].sheet, limit=31))
            ),
            _("Take the copy away."),
        )
    sheet = book.sheet(whole[0].sheet)
    key, *others = (area.first_column for area in whole)
    # A row put below the last one is none of the form's, but what is written there would be lost without a word.
    for row in sheet.rows(min(area.first_row for area in whole)):
        found = sheet.cell(row, key)
        name = "" if found is None or found.kind is not Kind.TEXT else one_line(str(found.value))
        answer, reason, note = (_cell(sheet.cell(row, column), sheet.title, row, column) for column in others)
        yield Row(name, answer, reason, note)


def _cell(cell: reading.Cell | None, sheet: str, row: int, column: int) -> Cell:
    if cell is None:
        return Cell(place(sheet, row, column))
    value = cell.value
    if cell.kind is Kind.ERROR:
        value = "#"
    assert value is None or isinstance(value, (str, bool, int, Decimal, dt.date))  # noqa: S101
    return Cell(cell.place, value, formula=cell.kind is Kind.FORMULA, percent=cell.percent)
