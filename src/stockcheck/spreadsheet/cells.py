"""Values as Excel takes them: text stays text whatever it says, figures are figures, moments are UTC."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck import figures
from stockcheck.language import _
from stockcheck.plaintext import clean, whole
from stockcheck.spreadsheet.styles import Look


@dataclass(frozen=True)
class Formula:
    """What a cell reckons when the book is opened. Made of places and names of this program, never of a text."""

    text: str


Plain = str | int | float | Decimal | Fraction | dt.date | Formula | None

#: The most characters that a cell holds.
MAX_CELL = 32_767

#: So many fit whatever they are: one may count as two, or be one of seven that are written as thirteen.
_PIECE = 16_000

#: Excel reads _x0041_ in any text as the character with that code, unless the underscore is written that way itself.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: What Excel takes for the start of a formula when somebody edits the cell, and the mark that it would swallow.
_FORMULA_STARTS = tuple("=+-@'＝＋－＠")
#: Before this day Excel's calendar is a day out, or has no dates at all.
_FIRST_DAY = dt.date(1900, 3, 1)
#: Longer numbers lose digits as a spreadsheet's figure.
_MAX_DIGITS = 15


def escaped(text: str) -> str:
    """`text`, clean, such that Excel shows it as it is; what is longer than a cell holds ends in "…"."""
    text = clean(text, limit=MAX_CELL)
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
        if len(text) > MAX_CELL:
            text = text[: MAX_CELL - 1] + "…"
    return text


def pieces(text: str) -> list[str]:
    """`text`, clean, in pieces that each fit a cell whole: one, unless it is longer than a cell holds."""
    text = whole(text)
    if len(text) <= _PIECE or (len(escaped(text)) == len(text) and len(text.encode("utf-16-le")) <= 2 * MAX_CELL):
        return [text]
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]


@dataclass(frozen=True)
class Percentage:
    """A share as a cell shows it: a figure with so many decimals of a percent, or, with none, words."""

    value: float | str
    places: int = 0


#: What a page is given to show.
CellValue = Plain | Percentage


def percentage(share: Fraction | None, *beside: Fraction) -> Percentage:
    """`share` as `figures.percent` writes it; None is "not applicable"."""
    if share is None:
        return Percentage(_("not applicable"))
    places = figures.places(share, *beside)
    if places is None:
        return Percentage(figures.percent(share, *beside))
    scale = 100 * 10**places
    return Percentage(floor(share * scale + Fraction(1, 2)) / scale, places)


def points(difference: Fraction | None) -> Percentage:
    """The difference of two shares, -1 to 1, as `figures.change` writes it; None is "not applicable"."""
    if difference is None:
        return Percentage(_("not applicable"))
    places = figures.places(difference, Fraction(-1))
    if places is None:
        return Percentage(figures.change(difference))
    scale = 100 * 10**places
    size = floor(abs(difference) * scale + Fraction(1, 2)) / scale
    return Percentage(-size if difference < 0 else size, places)


def as_set(share: Fraction) -> Percentage:
    """A threshold with all its decimals."""
    units, places = figures.as_set(share)
    return Percentage(units / (100 * 10**places), places)


def utc(moment: dt.datetime) -> dt.datetime:
    """`moment` in UTC without a zone, which is all that a cell can hold; columns and labels say "UTC"."""
    return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).replace(tzinfo=None, microsecond=0)


def put(sheet: Worksheet, row: int, column: int, value: Plain, look: Look) -> Cell:
    """Put `value` into a cell. Text is data: it never becomes a formula, an error value, a number or a date."""
    if isinstance(value, dt.date) and not _has_a_date(value):
        value = value.isoformat()
    elif isinstance(value, Decimal) and len(value.as_tuple().digits) > _MAX_DIGITS:
        value = f"{value:f}"
    if isinstance(value, str):
        text = escaped(value)
        quoted = text.lstrip().startswith(_FORMULA_STARTS)
        cell = Cell(sheet, row, column, style_array=look.quoted if quoted else look.plain)
        cell.value = text
        cell.data_type = "s"  # after the value: openpyxl takes "=…" for a formula and "#N/A" for an error
    else:
        cell = Cell(sheet, row, column, style_array=look.plain)
        if isinstance(value, Formula):
            cell.value = value.text
        elif value is not None:
            cell.value = float(value) if isinstance(value, Fraction) else value
    sheet._cells[row, column] = cell
    return cell


def _has_a_date(value: dt.date) -> bool:
    return (value.date() if isinstance(value, dt.datetime) else value) >= _FIRST_DAY
