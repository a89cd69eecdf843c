"""A workbook being made, and what it says of itself."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.spreadsheet.cells import escaped, utc
from stockcheck.spreadsheet.cuts import Cuts
from stockcheck.spreadsheet.styles import Looks

#: What the maker of every workbook of this program is called.
CREATOR = "stockcheck"


class Book:
    """A workbook, the looks of its cells, and what its pages had to cut."""

    def __init__(self, *, long_texts: str) -> None:
        """`long_texts`: the name of the sheet that prints whole what is cut elsewhere."""
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.looks = Looks(self.workbook)
        self.cuts = Cuts(long_texts)
        #: Where what an id names stands whole: the sheet and the cell, once that has been filled.
        self.targets: dict[str, tuple[str, str]] = {}

    def add(self, title: str) -> Worksheet:
        """An empty worksheet after those that there are."""
        sheet: Worksheet = self.workbook.create_sheet(title)
        return sheet

    def describe(self, title: str, made: dt.datetime) -> None:
        """Say what the workbook is called, that this program has made it, and when: `made`, zone-aware."""
        properties = self.workbook.properties
        properties.creator = properties.lastModifiedBy = CREATOR
        properties.title = escaped(title)
        properties.created = properties.modified = utc(made)
