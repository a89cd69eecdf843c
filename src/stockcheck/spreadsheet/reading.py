"""A workbook that somebody may have changed in Excel or LibreOffice, read within bounds: values, names, and no more.

Nothing is computed, run or fetched. Sheets are read one by one when they are asked for. A cell is known by its place,
a column best by a defined name: spreadsheet programs move those along when columns are inserted, rows are sorted and
sheets are renamed.

    book = read(path)
    area = book.area("plan_id")               # where the name points, or None
    sheet = book.sheet(area.sheet)
    for row in sheet.rows(area.first_row + 1):
        cell = sheet.cell(row, area.first_column)   # or None: empty
        cell.kind, cell.value, cell.place           # Kind.TEXT, "ARM-01", "sheet “Action plan”, cell B7"
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TypeVar

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.spreadsheet.container import Container, WorkbookError
from stockcheck.spreadsheet.parts import Cells, Collected, Looks, Part, Strings, Written, as_text, read_part

P = TypeVar("P", bound=Part)

__all__ = ["Area", "Cell", "Kind", "Sheet", "Value", "Workbook", "WorkbookError", "read"]

#: The farthest row and column in which something may stand, and the most rows and cells of a sheet, empty ones
#: included, as they come from looks alone.
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 400_000
#: The most sheets of a workbook, its most names, and the most characters of a text in a cell.
_MAX_SHEETS, _MAX_NAMES, _MAX_TEXT = 255, 10_000, 32_767

_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
#: An area of one sheet, as a name has it: 'Action plan'!$B$7:$B$90, or whole columns.
_AREA = re.compile(
    r"\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!:$,()\[\]]+))[!.]"
    r"\$?(?P<left>[A-Z]{1,3})(?:\$?(?P<top>[0-9]{1,7}))?(?::\$?(?P<right>[A-Z]{1,3})(?:\$?(?P<bottom>[0-9]{1,7}))?)?"
)
_LAST_ROW = 1_048_576


class Kind(Enum):
    """What stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"  # whatever it comes to
    ERROR = "error"  # such as #REF!, or a date that there is not


Value = str | int | Decimal | dt.date | dt.datetime | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty. `value` is a text, clean; an int or a Decimal; a date, or a datetime if it has a time
    of day; a bool; of a formula and an error None. `percent`: it is shown as a percentage, so 0.5 stands there for
    50 %.
    """

    sheet: str
    row: int
    column: int
    kind: Kind
    value: Value = None
    percent: bool = False

    @property
    def address(self) -> str:
        """Such as B7."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def place(self) -> str:
        """Sheet and cell, for a sentence in the language in use."""
        return place(self.sheet, self.row, self.column)


def place(sheet: str, row: int, column: int) -> str:
    """Sheet and cell, for a sentence in the language in use."""
    cell = f"{get_column_letter(column)}{row}"
    return _("sheet “{sheet}”, cell {cell}").format(sheet=one_line(sheet, limit=60), cell=cell)


@dataclass(frozen=True)
class Area:
    """Where a defined name points: a rectangle of cells of one sheet. Rows and columns count from 1."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet that are not empty, by row and column."""

    title: str
    cells: dict[tuple[int, int], Cell]

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell there, None when it is empty."""
        return self.cells.get((row, column))

    @cached_property
    def last_row(self) -> int:
        """The last row in which something stands; 0 in an empty sheet."""
        return max((row for row, _column in self.cells), default=0)

    def rows(self, first: int) -> Iterator[int]:
        """The numbers of the rows from `first` on in which something stands."""
        yield from sorted({row for row, _column in self.cells if row >= first})


class Workbook:
    """A workbook. `sha256` is that of the file, `titles` those of its sheets in order, hidden ones included."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.file = container.name
        self.sha256 = container.sha256
        main = self._main_part()
        workbook = self._read(main, Collected("workbookPr", "sheet", "definedName"))
        targets = self._targets(main)
        self._epoch = (
            CALENDAR_MAC_1904
            if any(one.get("date1904") in ("1", "true") for one in workbook.found["workbookPr"])
            else CALENDAR_WINDOWS_1900
        )
        self._sheet_parts: dict[str, str] = {}
        for one in workbook.found["sheet"]:
            title, kind_and_part = as_text(one.get("name", "")), targets.get(one.get("id", ""))
            if not title or kind_and_part is None or title in self._sheet_parts:
                raise container.damaged(main)
            if kind_and_part[0].endswith("/worksheet"):  # a sheet that is a chart has no cells
                self._sheet_parts[title] = kind_and_part[1]
        if not self._sheet_parts or len(self._sheet_parts) > _MAX_SHEETS:
            raise container.damaged(main)
        self._main, self._others = main, list(targets.values())
        self._names = self._defined(workbook.found["definedName"])
        self._sheets: dict[str, Sheet] = {}

    @property
    def titles(self) -> list[str]:
        """The titles of the sheets that have cells, in order."""
        return list(self._sheet_parts)

    def area(self, name: str) -> Area | None:
        """Where the defined name `name` points; None when there is no such name, or what it named is gone."""
        return self._names.get(name.casefold())

    def has_name(self, name: str) -> bool:
        """Whether the workbook has that defined name, wherever it points."""
        return name.casefold() in self._names

    def is_copied(self, name: str) -> bool:
        """Whether a sheet has that name for itself: it is then a copy of the one that the workbook's name points to."""
        return name.casefold() in self._of_one_sheet

    def sheet(self, title: str) -> Sheet:
        """The sheet called `title`. Raises `KeyError` when there is none, `WorkbookError` for one out of bounds."""
        if title not in self._sheets:
            part = self._sheet_parts[title]
            reading = _Reading(self, title, self._strings, self._shown, self._epoch)
            self._read(part, reading)
            self._sheets[title] = Sheet(title, reading.cells)
        return self._sheets[title]

    def _defined(self, found: list[dict[str, str]]) -> dict[str, Area | None]:
        """Names of the whole workbook; those of one sheet come from copying it."""
        if len(found) > _MAX_NAMES:
            raise self._container.damaged(self._main)
        names: dict[str, Area | None] = {}
        self._of_one_sheet = {one.get("name", "").casefold() for one in found if "localSheetId" in one}
        for one in found:
            name = one.get("name", "").casefold()
            if "localSheetId" not in one:
                names[name] = None if name in names else self._area(one.get("", ""))
        return names

    def _area(self, written: str) -> Area | None:
        match = _AREA.fullmatch(written.strip())
        if match is None:
            return None
        title = as_text(match["quoted"].replace("''", "'") if match["quoted"] else match["plain"])
        left, right = (_column(match[side] or match["left"]) for side in ("left", "right"))
        top = int(match["top"] or 1)
        bottom = int(match["bottom"] or (_LAST_ROW if match["top"] is None else top))
        if title not in self._sheet_parts or not (0 < top <= bottom and left <= right):
            return None
        return Area(title, top, left, bottom, right)

    def _main_part(self) -> str:
        for kind, part in self._targets("").values():
            if kind.endswith("/officeDocument"):
                return part
        raise self._container.damaged()

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What the part is related to, within the file: kinds and parts by the id of the relation."""
        folder, name = posixpath.split(part)
        relations = self._read(posixpath.join(folder, "_rels", f"{name}.rels"), Collected("Relationship"))
        return {
            one.get("Id", ""): (one.get("Type", ""), posixpath.normpath(posixpath.join("/", folder, target))[1:])
            for one in relations.found["Relationship"]
            if (target := one.get("Target", "")) and one.get("TargetMode") != "External"
        }

    @cached_property
    def _strings(self) -> list[str]:
        strings = Strings()
        for kind, part in self._others:
            if kind.endswith("/sharedStrings"):
                self._read(part, strings)
        return strings.texts

    @cached_property
    def _shown(self) -> _Shown:
        """What a number is shown as, by the number of its look."""
        looks = Looks()
        for kind, part in self._others:
            if kind.endswith("/styles"):
                self._read(part, looks)
        codes: dict[int, str] = {**BUILTIN_FORMATS, **looks.codes}
        dates = {number for number, code in codes.items() if is_date_format(code)} | _DATES_OF_COUNTRIES
        percentages = {number for number, code in codes.items() if "%" in code}
        return _Shown(
            dates=frozenset(look for look, number in enumerate(looks.formats) if number in dates),
            percentages=frozenset(look for look, number in enumerate(looks.formats) if number in percentages),
        )

    def _read(self, part: str, into: P) -> P:
        try:
            read_part(self._container.read(part), into)
        except (ValueError, KeyError, OverflowError) as error:
            raise self._container.damaged(part) from error
        return into


#: How LibreOffice writes what somebody has ticked or typed as true or false.
_CONSTANTS = {"TRUE()": True, "FALSE()": False}
#: Built-in number formats that are dates in the languages of East Asia, and have no code. Source: ECMA-376, 18.8.30.
_DATES_OF_COUNTRIES = {*range(27, 37), *range(50, 59)}


@dataclass(frozen=True)
class _Shown:
    """The numbers of the looks in which a number is a date, or a percentage."""

    dates: frozenset[int]
    percentages: frozenset[int]


class _Reading(Cells):
    """A sheet being read: each cell checked before it is kept."""

    def __init__(self, book: Workbook, title: str, strings: list[str], shown: _Shown, epoch: dt.datetime) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], Cell] = {}
        self._book, self._title = book, title
        self._strings, self._shown, self._epoch = strings, shown, epoch
        self._seen = 0
        self._row_before, self._column = 0, 0

    def row(self) -> None:
        self._count(self._row)

    def _count(self, row: int) -> None:
        self._seen += 1
        if self._seen > MAX_CELLS:
            raise self._too_far(max(row, 1), 1)

    def cell(self, cell: Written) -> None:
        row, column = self._place_of(cell)
        self._count(row)
        if not cell.content and cell.formula is None:
            return
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise self._too_far(row, column)
        if (row, column) in self.cells:
            raise ValueError("a cell is written twice")
        kind, value = self._worth(cell, row, column)
        if value != "":
            self.cells[row, column] = Cell(self._title, row, column, kind, value, cell.look in self._shown.percentages)

    def _place_of(self, cell: Written) -> tuple[int, int]:
        """Row and column, by what the cell says, or as the next of its row."""
        if cell.reference:
            match = _REFERENCE.fullmatch(cell.reference)
            if match is None:
                raise ValueError("no cell is called so")
            row, column = int(match[2]), _column(match[1])
        else:
            row, column = cell.row, self._column + 1 if cell.row == self._row_before else 1
        self._row_before, self._column = row, column
        if not (1 <= row <= _LAST_ROW and column <= 16_384):
            raise ValueError("there is no such cell")
        return row, column

    def _worth(self, cell: Written, row: int, column: int) -> tuple[Kind, Value]:
        if cell.formula is not None:
            if cell.formula in _CONSTANTS:
                return Kind.BOOLEAN, _CONSTANTS[cell.formula]
            return Kind.FORMULA, None
        match cell.type:
            case "s" | "str" | "inlineStr":
                text = cell.content
                if cell.type == "s":
                    text = self._strings[_index(text, len(self._strings))]
                elif cell.type == "str":
                    text = as_text(text)
                if len(text) > _MAX_TEXT:
                    raise WorkbookError(
                        _("{file}, {place}: the text is longer than any cell holds.").format(
                            file=self._book.file, place=place(self._title, row, column)
                        )
                    )
                return Kind.TEXT, text
            case "b":
                return Kind.BOOLEAN, cell.content not in ("0", "false")
            case "e":
                return Kind.ERROR, None
            case "d":
                return _day(dt.datetime.fromisoformat(cell.content).replace(tzinfo=None))
            case "n":
                number = float(cell.content)
                if not isfinite(number):
                    raise ValueError("no number")
                if cell.look in self._shown.dates:
                    return self._date(number)
                return Kind.NUMBER, int(number) if number.is_integer() else Decimal(repr(number))
        raise ValueError("a type of cell that there is not")

    def _date(self, number: float) -> tuple[Kind, Value]:
        if number < 1:  # a time of day
            return Kind.NUMBER, Decimal(repr(number))
        try:
            return _day(from_excel(number, self._epoch))
        except (ValueError, OverflowError):
            return Kind.ERROR, None

    def _too_far(self, row: int, column: int) -> WorkbookError:
        return WorkbookError(
            _("{file}, {place}: that is farther than any report or form goes.").format(
                file=self._book.file, place=place(self._title, row, column)
            ),
            _("At most {rows} rows and {columns} columns are read. Delete what stands beyond.").format(
                rows=MAX_ROWS, columns=MAX_COLUMNS
            ),
        )


def _day(moment: object) -> tuple[Kind, Value]:
    """A date, with its time of day if it has one."""
    if isinstance(moment, dt.datetime):
        return Kind.DATE, moment.date() if moment.time() == dt.time() else moment
    return (Kind.DATE, moment) if isinstance(moment, dt.date) else (Kind.ERROR, None)


def _column(letters: str) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _index(text: str, count: int) -> int:
    number = int(text)
    if not 0 <= number < count:
        raise ValueError("no such string")
    return number


def read(path: Path) -> Workbook:
    """The workbook at `path`: bounded from outside first (see `container`), then its list of sheets and names read.

    Raises `UsageError` when there is no file, and `WorkbookError` for what is not a sound .xlsx workbook, has macros,
    links to other files or a document type, or is larger than the bounds; a sheet is checked when it is asked for.
    """
    return Workbook(Container(path))
