"""The hidden sheet of a form: what the form says of itself, and what each question in it offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.model import Asked, Question
from stockcheck.exchange import contract
from stockcheck.exchange.contract import About
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import put
from stockcheck.spreadsheet.layout import set_up_paper

#: What the sheet is called, in every language: nobody reads it.
TITLE = "stockcheck-form"
#: The height of its rows in points: nobody has to see a text whole there.
_HEIGHT = 13.0
_TEXT = len(contract.OFFERED_COLUMNS)


class Hidden:
    """The hidden sheet, written row by row. `offered` tells where it spells what a question offers."""

    def __init__(self, book: Book, about: About) -> None:
        self._looks = book.looks
        self._workbook: Any = book.workbook
        self._sheet: Worksheet = book.add(TITLE)
        self._sheet.sheet_state = "hidden"
        set_up_paper(self._sheet, landscape=True)
        self._row = 1
        #: Cells, as formulas spell them, by the key of the question and the word of the answer.
        self.offered: dict[tuple[str, str], str] = {}
        #: The range that a drop-down lists, by the key of the question.
        self.lists: dict[str, str] = {}
        self._shared: dict[tuple[str, ...], tuple[int, int]] = {}
        for pair in about.pairs():
            self._put(pair)
        self._name(contract.ABOUT, 1, self._row - 1, 1, 2)
        self._first = self._row

    def add(self, every: Iterable[Asked]) -> None:
        """Write what each question or fact offers, and give the table its name."""
        for asked in every:
            self._add(asked)
        self._name(contract.OFFERED, self._first, max(self._first, self._row - 1), 1, _TEXT)

    def _add(self, asked: Asked) -> None:
        name = contract.key(asked)
        about = (name, asked.type, str(asked.revision if isinstance(asked, Question) else 1))
        self._put((*about, "", ""))
        if asked.type in ("choice", "several"):
            for word, option in asked.options.items():
                self._put((*about, word, option.text))
        words = contract.offered(asked)
        if not words:
            return
        texts = tuple(words)
        if texts not in self._shared:  # most questions offer the same
            first = self._row
            for text in texts:
                self._put(("", "", "", "", text))
            self._shared[texts] = (first, self._row - 1)
        first, last = self._shared[texts]
        self.lists[name] = f"{self._cell(first)}:{self._cell(last, sheet=False)}"
        for place, answer in enumerate(words.values()):
            word = answer.value if isinstance(answer.value, str) else "none" if answer.status == "given" else ""
            self.offered[name, word] = self._cell(first + place)

    def _put(self, values: Sequence[str]) -> None:
        for column, value in enumerate(values, 1):
            if value:
                put(self._sheet, self._row, column, value, self._looks[styles.CELL])
        self._sheet.row_dimensions[self._row].height = _HEIGHT
        self._row += 1

    def _cell(self, row: int, *, sheet: bool = True) -> str:
        cell = f"${get_column_letter(_TEXT)}${row}"
        return f"{quote_sheetname(TITLE)}!{cell}" if sheet else cell

    def _name(self, name: str, top: int, bottom: int, left: int, right: int) -> None:
        define(self._workbook, name, self._sheet, top, bottom, left, right)


def define(workbook: Any, name: str, sheet: Worksheet, top: int, bottom: int, left: int, right: int) -> None:
    """Call a range of `sheet` by `name` in the whole workbook."""
    first, last = f"${get_column_letter(left)}${top}", f"${get_column_letter(right)}${bottom}"
    workbook.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{first}:{last}")
