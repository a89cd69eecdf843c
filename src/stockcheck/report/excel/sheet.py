"""What a sheet of the report is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.spreadsheet.book import Book


@dataclass(frozen=True)
class Sheet:
    """One sheet, in the language that was in use when it was made."""

    #: Its name on the tab: at most 31 characters.
    title: str
    #: Its line in the contents.
    about: str
    #: Fills an empty worksheet of a book; the moment is the one that the report bears.
    fill: Callable[[Worksheet, Book, Assessed, dt.datetime], None]
    #: The titles of the sheets that its lists and formulas look into: it is never without them.
    needs: tuple[str, ...] = ()
