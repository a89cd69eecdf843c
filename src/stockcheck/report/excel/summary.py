"""Summary: one sheet of A4 for a commander with ten minutes: what was found, the verdict, the figures, first orders.

What has no room on it stands whole elsewhere in the book: a text that is cut among the long texts, the sections that
are left out with the scores, the orders in the action plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.report.content import summary as content
from stockcheck.report.content.parts import Bar, Sentence, Table, none
from stockcheck.report.content.summary import Summary
from stockcheck.report.excel import rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.page import Block, Page
from stockcheck.spreadsheet.styles import Style

#: The pieces of a bar: 5 % each, so that most thresholds lie on the edge of one.
PIECES = 20
_FIRST = 4
#: In characters: a name, of which an id has the first part; a bar; score, up to, today, high, open, change.
_WIDTHS = (11, 8, 8, *([1.35] * PIECES), 9, 9, 6, 6, 6, 8)
_LAST = len(_WIDTHS)
_AFTER_BAR = _FIRST + PIECES
_NAME = (1, _FIRST - 1)
_REST = (_FIRST, _LAST)
_FIGURES = ("score", "up_to", "today", "high", "open", "change")
_LOOKS = {"score": styles.CELL_PERCENT, "up_to": styles.CELL_PERCENT, "change": styles.CELL_CHANGE}
#: Points of height that one sheet of A4 takes with these margins, such that type of 9 is printed as 8.5 or more.
_ROOM = 790.0
#: Points between the lines of one row and the next: less than elsewhere.
_PADDING = 2.5
_MARGINS = PageMargins(left=0.45, right=0.45, top=0.6, bottom=0.55, header=0.25, footer=0.25)
#: Rows of sections and orders that stand there whatever else there is to tell, where there are as many.
_LEAST_SECTIONS, _LEAST_ORDERS = 4, 4

_SMALL = replace(styles.TEXT, size=9)
_MARKING = replace(styles.MARKING, size=12)
_NOTICE = replace(styles.NOTICE, size=10)
_VERDICT = replace(styles.TEXT, bold=True)
_LABEL = replace(styles.LABEL, size=9)
_FACT = replace(styles.FACT, size=9)
_REMARK = replace(styles.TEXT, size=8)
_WRITE = replace(styles.CELL_INPUT, fill="")
#: Findings that are told there in words.
_FINDINGS = 6
_POINTER = replace(_SMALL, colour=styles.FACT_LINK.colour, underline=True)
_SIGN = replace(_WRITE, colour=styles.GREY)

Row = Sequence[Block]


def plan_row(plan: str, number: object) -> tuple[str, str]:
    """Where the action plan has the row of that number: its header stands in the first."""
    return plan, f"A{int(str(number)) + 1}"


def sheet(sections: Sheet, plan: Sheet, before: Assessed | None = None) -> Sheet:
    """The sheet, in the language in use; where all `sections` stand, and the whole action `plan`. `before`: the earlier
    assessment, if any.
    """

    def fill(sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime) -> None:
        page = Page(sheet, book, _WIDTHS, landscape=False, padding=_PADDING)
        sheet.page_margins = _MARGINS
        sheet.page_setup.fitToHeight = 1
        said = content.summary(assessed, made, before)
        above = [*_head(said, assessed.state.marking), *_figures(said), *_bars(said.domains)]
        bars_head, *bars = _bars(said.sections)
        orders_head, *orders = _orders(said.orders, plan.title)
        below = _end(said)
        room = _ROOM - _tall(page, [*above, bars_head, orders_head, *below, *(2 * [_pointer("x", plan.title)])])
        least = bars[:_LEAST_SECTIONS]
        shown_orders = orders[: max(_LEAST_ORDERS, _fitting(page, orders, room - _tall(page, least)))]
        room -= _tall(page, shown_orders)
        shown_bars = bars[: max(_LEAST_SECTIONS, _fitting(page, bars, room))]
        rows = [*above, bars_head, *shown_bars]
        if more := len(bars) - len(shown_bars):
            rows.append(_pointer(content.more_sections(more, sections.title), sections.title))
        rows += [orders_head, *(shown_orders or [_none()])]
        if more := content.count_of_orders(assessed) - len(shown_orders):
            rows.append(_pointer(content.more(more, plan.title), plan.title))
        for row in [*rows, *below]:
            page.blocks(row)

    return Sheet(content.title(), content.about(), fill)


def _tall(page: Page, rows: Sequence[Row]) -> float:
    return sum(page.height_of(row) for row in rows)


def _fitting(page: Page, rows: Sequence[Row], room: float) -> int:
    """How many of `rows`, from the first on, fit into so many points."""
    return sum(tall <= room for tall in accumulate(page.height_of(row) for row in rows))


def _across(text: str, style: Style, most: int, what: str = "") -> Row:
    return [Block(1, _LAST, text, style, most, what=what)]


def _head(said: Summary, marking: str) -> list[Row]:
    """Whose it is; what has to be known before anything is read; what was found; the verdict."""
    rows = [_across(marking, _MARKING, 2)] if marking else []
    rows.append([Block(*_NAME, said.title, styles.SUBTITLE), Block(*_REST, said.depot, styles.DEPOT, 2)])
    rows += [
        [Block(*_NAME, fact.label, _LABEL, 1), Block(*_REST, fact.text, _FACT, 2, what=fact.label)]
        for fact in said.about
    ]
    rows += [_sentence(one, 2) for one in said.notices]
    rows += _findings(said.findings)
    rows.append(_across(said.verdict, _VERDICT, 7))
    return rows


def _sentence(one: Sentence, most: int) -> Row:
    return _across(one.text, _NOTICE if one.weight == "notice" else _SMALL, most)


def _findings(found: Sequence[Sentence]) -> list[Row]:
    """As many as there is room for, the gravest first; how many more, where they all stand."""
    rows = [_sentence(one, 2 if one.weight == "notice" else 3) for one in found[:_FINDINGS]]
    if more := len(found) - len(rows):
        rows.append(_pointer(content.more(more, content.details_title()), content.details_title()))
    return rows


def _figures(said: Summary) -> list[Row]:
    """The tiles side by side, and the facts below them."""
    spans = _side_by_side(len(said.tiles.rows))
    looks = (styles.TILE_LABEL, styles.TILE_FIGURE, styles.TILE_DETAIL)
    rows: list[Row] = [
        [
            Block(first, last, rendering.value(row[place]), look, 4 if place == 2 else 1)
            for (first, last), row in zip(spans, said.tiles.rows, strict=True)
        ]
        for place, look in enumerate(looks)
    ]
    return rows + [_across(one.text, _REMARK, 4) for one in said.facts]


def _side_by_side(count: int) -> list[tuple[int, int]]:
    """The columns of so many boxes of about one width beside one another."""
    ends = list(accumulate(_WIDTHS))
    cuts = [min(range(1, _LAST), key=lambda c: abs(ends[c - 1] - ends[-1] * n / count)) for n in range(1, count)]
    return list(zip([1, *(cut + 1 for cut in cuts)], [*cuts, _LAST], strict=True))


def _bars(table: Table) -> list[Row]:
    """The header, then a row a bar."""
    keys = [column.key for column in table.columns]
    title = {column.key: column.title for column in table.columns}
    places = {key: (_AFTER_BAR + n, _AFTER_BAR + n) for n, key in enumerate(_FIGURES) if key in title}
    places[keys[-1]] = (places[keys[-1]][0], _LAST)
    header = [Block(*_NAME, title["name"], styles.HEADER), Block(_FIRST, _AFTER_BAR - 1, title["bar"], styles.HEADER)]
    header += [Block(*at, title[key], styles.HEADER_CENTRE, 2) for key, at in places.items()]
    rows: list[Row] = [header]
    for cells in table.rows:
        by_key = dict(zip(keys, cells, strict=True))
        bar = by_key["bar"]
        assert isinstance(bar, Bar)  # noqa: S101  # the column's type
        row = [Block(*_NAME, rendering.value(by_key["name"]), styles.CELL, 2), *_bar(bar)]
        for key, at in places.items():
            look = _LOOKS.get(key, styles.CELL_WHOLE)
            row.append(Block(*at, rendering.value(by_key[key]), look, 1))
        rows.append(row)
    return rows


def _bar(bar: Bar) -> list[Block]:
    """A bar made of cells; in words where there is none to draw."""
    if bar.words:
        return [Block(_FIRST, _AFTER_BAR - 1, bar.words, styles.BAR_WORDS, 1)]
    met, open_, line = bar.cut(PIECES)
    blocks = []
    for piece in range(1, PIECES + 1):
        look = styles.BAR_MET if piece <= met else styles.BAR_OPEN if piece <= met + open_ else styles.BAR_REST
        at = _FIRST + piece - 1
        blocks.append(Block(at, at, None, styles.at_limit(look) if piece == line else look))
    return blocks


def _orders(table: Table, plan: str) -> list[Row]:
    """The header, then a row an order, with room to write who does it and by when."""
    spans = ((1, 1), (2, _AFTER_BAR + 1), (_AFTER_BAR + 2, _LAST - 2), (_LAST - 1, _LAST))
    titles = [column.title for column in table.columns if column.key != "number"]
    rows: list[Row] = [
        [Block(first, last, title, styles.HEADER) for (first, last), title in zip(spans, titles, strict=True)]
    ]
    looks = (styles.CELL_LINK, styles.CELL, _WRITE, replace(_WRITE, number_format=styles.DAY, horizontal="center"))
    for number, name, *cells in table.rows:
        values = [f"{number}.  {name}", *map(rendering.value, cells)]
        rows.append(
            [
                Block(first, last, value, look, 2, link=plan_row(plan, number) if first == 1 else None)
                for (first, last), value, look in zip(spans, values, looks, strict=True)
            ]
        )
    return rows


def _none() -> Row:
    return _across(none(), styles.CELL, 1)


def _end(said: Summary) -> list[Row]:
    half = _side_by_side(2)
    signs = [Block(*span, f"{text}\n\n", _SIGN) for span, text in zip(half, said.signatures, strict=True)]
    record = [
        [Block(*_NAME, fact.label, _REMARK, 1), Block(*_REST, fact.text, _REMARK, 1, what=fact.label)]
        for fact in said.record
    ]
    return [signs, *record]


def _pointer(text: str, sheet: str) -> Row:
    return [Block(1, _LAST, text, _POINTER, 1, link=(sheet, "A1"))]
