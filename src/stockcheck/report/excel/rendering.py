"""Content as it stands on a sheet: the one place that knows how a type of cell, a sentence or a fact looks there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from openpyxl.utils import get_column_letter

from stockcheck.report.content.parts import (
    Bar,
    Cell,
    Change,
    Fact,
    NoFigure,
    Part,
    Sentence,
    Share,
    Table,
    Type,
    in_words,
    none,
    ranked,
)
from stockcheck.report.excel import priorities
from stockcheck.scoring.gaps import Priority
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.cells import CellValue, as_set, percentage, points, utc
from stockcheck.spreadsheet.page import Column, Page, Span
from stockcheck.spreadsheet.styles import Style

_STYLE_OF_TYPE = {
    Type.TEXT: styles.CELL,
    Type.ID: styles.CELL_LINK,
    Type.NUMBER: styles.CELL_WHOLE,
    Type.SHARE: styles.CELL_PERCENT,
    Type.CHANGE: styles.CELL_CHANGE,
    Type.VALUE: styles.CELL_VALUE,
    Type.DATE: styles.CELL_DATE,
    Type.MOMENT: styles.CELL_MOMENT,
    Type.MARK: styles.CELL_CENTRE,
    Type.PRIORITY: styles.CELL,
    Type.RANK: styles.CELL,
    Type.BAR: styles.CELL,
}
_STYLE_OF_INPUT = {Type.DATE: styles.CELL_INPUT_DATE}
_STYLE_OF_WEIGHT = {
    "notice": styles.NOTICE,
    "text": styles.TEXT,
    "remark": styles.SUBTITLE,
}


def widths_of(table: Table, widths: Mapping[str, float]) -> list[float]:
    """The widths, in characters, of the columns that a table has, from those by key that it may have."""
    return [widths[column.key] for column in table.columns]


def filtered(
    page: Page,
    name: str,
    table: Table,
    widths: Mapping[str, float],
    to_fill_in: Table | None = None,
) -> Span:
    """A table with filters and repeated headers, called `name` in Excel; `widths` in characters, by key.

    A table `to_fill_in` by the depot, which has as many rows, stands beside it, in cells that are framed as such.
    """
    columns = [
        Column(column.title, widths[column.key], _STYLE_OF_TYPE[column.type], names=column.type is Type.ID)
        for column in table.columns
    ]
    rows: list[list[CellValue | tuple[CellValue, Style]]] = [
        [_cell(column.type, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    if to_fill_in is not None:
        columns += [
            Column(column.title, widths[column.key], _STYLE_OF_INPUT.get(column.type, styles.CELL_INPUT))
            for column in to_fill_in.columns
        ]
        for row, filled in zip(rows, to_fill_in.rows, strict=True):
            row += map(value, filled)
    if not rows:
        words = next(place for place, column in enumerate(table.columns) if column.type is Type.TEXT)
        rows = [[none() if place == words else None for place in range(len(columns))]]
    span = page.table(name, columns, rows)
    for place, column in enumerate(table.columns, start=1):
        if column.type is Type.ID:
            link_ids(page, get_column_letter(place), span)
    return span


def link_ids(page: Page, column: str, span: Span) -> None:
    """Make each id in that column lead to where what it names stands whole."""
    for row in range(span.first, span.last + 1):
        cell = page.sheet[f"{column}{row}"]
        if target := page.targets.get(str(cell.value)):
            page.link(cell, *target)


def parts(page: Page, content: Iterable[Part], *, strong: Collection[str] = ()) -> None:
    """Parts below one another, an empty row between two; in the columns whose key is in `strong`, cells are bold."""
    for number, one in enumerate(content):
        if number:
            page.space()
        _part(page, one, strong=strong)


def _part(page: Page, one: Part, *, strong: Collection[str] = ()) -> None:
    """One part with its heading, if it has one."""
    if one.heading:
        page.line(one.heading, styles.HEADING)
    for piece in one.content:
        match piece:
            case Sentence():
                page.line(piece.text, _STYLE_OF_WEIGHT[piece.weight])
            case Fact():
                page.fact(piece.label, piece.text)
            case Table():
                _plain_table(page, piece, strong)


def _plain_table(page: Page, table: Table, strong: Collection[str]) -> None:
    looks = [_look(column.type, strong=column.key in strong) for column in table.columns]
    top = page.row + 1
    page.header([column.title for column in table.columns])
    if not table.rows:
        page.line(none(), styles.CELL)
    for row in table.rows:
        own = [_own(cell, column.type) for cell, column in zip(row, table.columns, strict=True)]
        page.cells([value(cell) for cell in row], [one or look for one, look in zip(own, looks, strict=True)])
    for place, column in enumerate(table.columns, start=1):
        if column.type is Type.ID and table.rows:
            link_ids(page, get_column_letter(place), Span(top, page.row - 1))


def _cell(type_: Type, cell: Cell) -> CellValue | tuple[CellValue, Style]:
    """What a cell holds, with the look that it has whatever its column's is."""
    held = ranked(cell) if type_ is Type.RANK and isinstance(cell, Priority) else value(cell)
    own = _own(cell, type_)
    return held if own is None else (held, own)


def _own(cell: Cell, type_: Type) -> Style | None:
    """The look that a cell has whatever its column's is."""
    if type_ is Type.VALUE and isinstance(cell, dt.date):
        return styles.CELL_DATE
    return priorities.STYLE[cell] if isinstance(cell, Priority) else None


def _look(type_: Type, *, strong: bool) -> Style:
    if not strong:
        return _STYLE_OF_TYPE[type_]
    return styles.CELL_PERCENT_STRONG if type_ is Type.SHARE else styles.CELL_STRONG


def value(cell: Cell) -> CellValue:
    """What a cell of content holds on a sheet."""
    match cell:
        case Share(value=share) if share is not None and cell.as_set:
            return as_set(share)
        case Change():
            return points(cell.value)
        case Share():
            return percentage(cell.value, *cell.beside)
        case NoFigure() | Priority() | Bar():
            return in_words(cell)
        case dt.datetime():
            return utc(cell)
    return cell
