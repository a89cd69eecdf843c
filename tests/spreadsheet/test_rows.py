"""The cells that are written here are those that openpyxl would have written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.spreadsheet import rows, styles
from stockcheck.spreadsheet.archive import save
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import Formula, Plain, put

VALUES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(
        ["", " x", "x ", "a\nb", "\t", "<b>&amp;</b>", "]]>", "=1+1", "#N/A", "\"'", "漢字 😀", "_x0041_", "\x85"]
    ),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.sampled_from(['=IF(A1<>"&",1,2)', "=SUM(A1:A2)"]).map(Formula),
)


def sheet_of(values: list[list[Plain]]) -> tuple[Book, Worksheet]:
    book = Book(long_texts="Whole")
    sheet = book.add("Sheet")
    for row, line in enumerate(values, start=2):
        for column, value in enumerate(line, start=1):
            cell = put(sheet, row, column, value, book.looks[styles.CELL if column % 2 else styles.CELL_DATE])
            if row == 2:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location="'Sheet'!A1")
        sheet.row_dimensions[row].height = 12.5 * row
    sheet.row_dimensions[40].height = 7
    sheet.cell(30, 3)  # empty, and like nothing
    book.workbook.properties.created = dt.datetime(2026, 1, 2)
    return book, sheet


def written(values: list[list[Plain]]) -> str:
    file = BytesIO()
    save(sheet_of(values)[0].workbook, file)
    with ZipFile(file) as archive:
        return canonicalize(archive.read("xl/worksheets/sheet1.xml").decode())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), max_size=5))
def test_a_sheet_is_the_one_that_openpyxl_writes(values: list[list[Plain]]) -> None:
    ours = written(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "plain", lambda _rows: False)
        assert written(values) == ours


def test_what_is_not_plain_is_left_to_openpyxl() -> None:
    _book, sheet = sheet_of([["text", 1, Decimal("1.5"), dt.date(2026, 1, 2)]])
    assert rows.plain([(2, [sheet.cell(2, column) for column in range(1, 5)])])
    sheet["A9"] = ArrayFormula("A9", "=1+1")
    assert not rows.plain([(9, [sheet["A9"]])])
