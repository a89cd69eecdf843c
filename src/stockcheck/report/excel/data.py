"""The data sheets: the tables of `report.data`, the same in every language, for programs to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.data import columns as data
from stockcheck.report.data.assessment import COMMON
from stockcheck.report.data.tables import KINDS, table
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import Plain, pieces, put, utc
from stockcheck.spreadsheet.layout import set_up_paper, set_widths

_STYLE = {"date": styles.DATA_DATE, "moment": styles.DATA_MOMENT}
_WIDTH = {"text": 20, "fraction": 14, "moment": 20}
_USUAL_WIDTH = 12
#: The first column holds a whole hash, which prints.
_WIDTH_OF_HASH = 68


def sheets(previous: Assessed | None = None) -> list[Sheet]:
    """A sheet a table; none of them stands in the contents. `previous`: the earlier assessment, if any."""
    return [_sheet(kind, previous) for kind in KINDS]


def _sheet(kind: data.Kind[Any], previous: Assessed | None) -> Sheet:
    def fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime) -> None:
        _write(sheet, book, table(kind, assessed, made, previous))

    return Sheet(kind.name, "", fill)


def _write(sheet: Worksheet, book: Book, found: data.Table) -> None:
    headers, types, rows = _continued(found)
    header = book.looks[styles.DATA_HEADER]
    looks = [book.looks[_STYLE.get(one, styles.DATA)] for one in types]
    for place, name in enumerate(headers, 1):
        put(sheet, 1, place, name, header)
    for number, row in enumerate(rows, 2):
        for place, (cell, look) in enumerate(zip(row, looks, strict=True), 1):
            if cell is not None:
                put(sheet, number, place, utc(cell) if isinstance(cell, dt.datetime) else cell, look)
    last = max(len(rows), 1) + 1  # a table of Excel's has a row below its header, be it empty
    made = Table(displayName=found.name, ref=f"A1:{get_column_letter(len(headers))}{last}")
    made.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    sheet.add_table(made)
    set_widths(sheet, [_WIDTH_OF_HASH, *(_WIDTH.get(one, _USUAL_WIDTH) for one in types[1:])])
    set_up_paper(sheet, landscape=True)
    sheet.print_area = f"A1:{get_column_letter(len(COMMON))}2"
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 13, True  # whatever lines a text has
    sheet.sheet_properties.tabColor = styles.MIDDLE


def _continued(found: data.Table) -> tuple[list[str], list[str], list[list[Plain]]]:
    """The table with what is longer than a cell holds going on in columns at its end, such as ``note_2``."""
    headers, types = list(found.columns), list[str](found.types)
    rows: list[list[Plain]] = [list(row) for row in found.rows]
    places: dict[tuple[int, int], int] = {}
    for row in rows:
        for place, type_ in enumerate(found.types):
            cell = row[place]
            if type_ != "text" or not isinstance(cell, str):
                continue
            first, *more = pieces(cell)
            row[place] = first
            for number, piece in enumerate(more, 2):
                where = places.setdefault((place, number), len(headers))
                if where == len(headers):
                    headers.append(f"{found.columns[place]}_{number}")
                    types.append("text")
                row += [None] * (where + 1 - len(row))
                row[where] = piece
    return headers, types, _even(rows, len(headers))


def _even(rows: Iterable[list[Plain]], wide: int) -> list[list[Plain]]:
    return [[*row, *[None] * (wide - len(row))] for row in rows]
