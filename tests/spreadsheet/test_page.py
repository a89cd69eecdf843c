"""Excel as paper: a text is shown whole where it stands, or it is among the cuts whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.plaintext import clean
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import MAX_CELL
from stockcheck.spreadsheet.cuts import Place
from stockcheck.spreadsheet.lines import line_starts, most_lines, parts
from stockcheck.spreadsheet.page import Column, Page
from stockcheck.spreadsheet.styles import Style

MARK = "… → Whole"
STYLES = [styles.CELL, styles.CELL_STRONG, styles.DEPOT, styles.MARKING, styles.TITLE, styles.NOTICE]

#: Short pieces, often repeated: capitals, lines, wide and narrow letters, what Excel would read as a code.
PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["W", "i", "\n", " ", "SN-1234\n", "漢字", "_x0041_", "=1+1 ", "ñandú ", "\r\n"]),
)
TEXTS = st.builds(
    lambda pieces, times: "".join(pieces * times),
    st.lists(PIECES, min_size=1, max_size=6),
    st.sampled_from([1, 1, 7, 60, 900]),
)
WIDTHS = st.integers(1, 255)


def page_of(book: Book, width: float) -> Page:
    return Page(book.add("Sheet"), book, (12, width), landscape=True)


def as_shown(page: Page, cell: str) -> str:
    """What Excel shows in a cell."""
    return str(page.sheet[cell].value).replace("_x005F_", "_")


def without_space(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(TEXTS, WIDTHS, st.sampled_from(STYLES), st.sampled_from(["line", "fact", "cells", "table"]))
def test_any_text_in_any_width_is_shown_whole_or_is_whole_among_the_cuts(
    text: str, width: int, style: Style, way: str
) -> None:
    book = Book(long_texts="Whole")
    page = page_of(book, width)
    cell = "B1"
    match way:
        case "line":
            page.line(text, style, columns=1, first=2)
        case "fact":
            page.fact("Label", text, style)
        case "cells":
            page.cells(["Label", text], [styles.CELL, style])
        case "table":
            page.table("Table", [Column("Id", 12, names=True), Column("Note", width, style)], [["A-1", text]])
            cell = "B2"
    shown = as_shown(page, cell)
    row = page.sheet[cell].row
    assert (page.sheet.row_dimensions[row].height or 0) <= 409
    assert len(page.sheet[cell].value or "") <= MAX_CELL
    if shown == clean(text, limit=len(text) + 1):
        assert not list(book.cuts)
    else:
        assert shown.endswith(MARK)
        ((whole, (place,)),) = book.cuts
        assert whole == clean(text, limit=len(text) + 1)
        assert without_space(whole).startswith(without_space(shown.removesuffix(MARK)))
        assert (place.sheet, place.cell) == ("Sheet", cell)
        assert len(line_starts(shown, width, style)) <= most_lines(style) or shown == MARK


@settings(max_examples=150, deadline=None)
@given(TEXTS, WIDTHS, st.sampled_from(STYLES))
def test_the_parts_of_a_text_are_the_text_and_each_fits_a_cell(text: str, width: int, style: Style) -> None:
    split = parts(text, width, style)
    assert without_space("".join(split)) == without_space(clean(text, limit=len(text) + 1))
    book = Book(long_texts="Whole")
    page = page_of(book, width)
    for part in split:
        page.cells(["", part], [styles.CELL, style])
    assert not list(book.cuts)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(4, 120))
def test_lines_hold_what_they_say_and_no_less_room_gives_fewer(text: str, width: int) -> None:
    starts = line_starts(text, width, styles.CELL)
    assert starts == sorted(set(starts))
    assert len(line_starts(text, width / 2, styles.CELL)) >= len(starts)
    for start, end in pairwise([*starts, len(text)]):
        assert "\n" not in text[start:end].removesuffix("\n")
    middle = starts[len(starts) // 2]
    assert line_starts(text[middle:], width, styles.CELL) == [start - middle for start in starts if start >= middle]


@pytest.mark.parametrize(("wide", "narrow"), [("W", "i"), ("W" * 9 + "i", "e"), ("漢", "a"), ("Á", "a")])
def test_wide_letters_take_more_lines_than_narrow_ones(wide: str, narrow: str) -> None:
    letters = 900
    lines = [len(line_starts((one * letters)[:letters], 20, styles.CELL)) for one in (wide, narrow)]
    assert lines[0] > 1.1 * lines[1]


def test_a_text_that_is_cut_in_several_places_is_kept_once() -> None:
    book = Book(long_texts="Whole")
    text = "SN-0001\n" * 40
    columns = [Column("Id", 12, names=True), Column("Note", 20)]
    for name in ("First", "Second"):
        page = Page(book.add(name), book, [12, 20], landscape=False)
        page.table(name, columns, [["A-1", text], ["A-2", "short"]])
    assert list(book.cuts) == [
        (text, [Place("First", "B2", "A-1", "Note"), Place("Second", "B2", "A-1", "Note")]),
    ]


def test_a_link_finds_a_sheet_whatever_it_is_called() -> None:
    book = Book(long_texts="Whole")
    page = page_of(book, 30)
    page.fact("Contents", "there", link="Vue d'ensemble")
    assert page.sheet["B1"].hyperlink.location == "'Vue d''ensemble'!A1"
