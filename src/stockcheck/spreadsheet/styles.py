"""How things look: one restrained palette that holds its meaning in black and white, and one typeface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList

#: On every office computer, and every other system has a face of the same widths.
TYPEFACE = "Arial"

INK = "22313F"
BLACK = "1A1A1A"
WHITE = "FFFFFF"
GREY = "55606A"
LINE = "C3C9CF"
PALE = "EEF1F3"
MIDDLE = "A9B4BE"


@dataclass(frozen=True, eq=False)
class Style:
    """How a cell looks. Each is made once and told apart by identity, so that looking one up costs nothing.

    All text wraps: one that does not would be cut off where its cell ends, which only a sheet for programs bears.
    `frame` is "" (none), "all", "below", "box" (as "all", to be seen on any paper), "thick", "bar" (of a bar: above and
    below) or "limit" (the same, with a line after it). `pattern` is how the fill is drawn.
    """

    size: int = 9
    bold: bool = False
    colour: str = BLACK
    fill: str = ""
    frame: str = ""
    number_format: str = "General"
    horizontal: str = "left"
    vertical: str = "top"
    underline: bool = False
    pattern: Literal["solid", "lightUp"] = "solid"
    #: Whether somebody goes on writing in it: such a text is never cut, for what was cut would be lost with the rest.
    whole: bool = False
    wraps: bool = True


@dataclass(frozen=True)
class Look:
    """A style as a workbook knows it: as it is, and for text that would start a formula when edited."""

    plain: StyleArray
    quoted: StyleArray


PERCENT = "0.0%"
DAY = "yyyy-mm-dd"
MINUTE = "yyyy-mm-dd hh:mm"

# Pages
MARKING = Style(size=16, bold=True, colour=WHITE, fill=INK, horizontal="center", vertical="center")
NOTICE = Style(size=11, bold=True, frame="thick", horizontal="center", vertical="center")
TITLE = Style(size=18, bold=True, colour=INK, vertical="center")
DEPOT = Style(size=14, bold=True)
SUBTITLE = Style(size=10, colour=GREY)
HEADING = Style(size=12, bold=True, colour=INK, frame="below", vertical="bottom")
TEXT = Style(size=10)

# Facts: a label and what stands beside it
LABEL = Style(size=10, bold=True, fill=PALE, frame="all")
FACT = Style(size=10, frame="all")
FACT_DATE = replace(FACT, number_format=DAY)
FACT_LINK = replace(FACT, colour="1F4E79", underline=True)

# Tables
HEADER = Style(bold=True, colour=WHITE, fill=INK, frame="all", vertical="center")
HEADER_CENTRE = replace(HEADER, horizontal="center")
CELL = Style(frame="all")
CELL_STRONG = replace(CELL, bold=True)
CELL_CENTRE = replace(CELL, horizontal="center")
CELL_PERCENT = replace(CELL, number_format=PERCENT, horizontal="right")
CELL_PERCENT_STRONG = replace(CELL_PERCENT, bold=True)
CELL_CHANGE = replace(CELL_PERCENT, number_format=f"+{PERCENT};-{PERCENT};{PERCENT}")
CELL_VALUE = replace(CELL, horizontal="right")
CELL_EXACT = replace(CELL_PERCENT, number_format="0.0000%")
CELL_WHOLE = replace(CELL, number_format="0", horizontal="center")
CELL_DATE = replace(CELL, number_format=DAY, horizontal="center")
CELL_MOMENT = replace(CELL, number_format=MINUTE, horizontal="center")
CELL_LINK = replace(CELL, bold=True, colour="1F4E79", underline=True)
CELL_INPUT = replace(CELL, fill="FBFBF4", frame="box", whole=True)
#: To be written into, on paper as on the screen. Text stays text whatever is typed, an equals sign included.
BOX_TEXT = replace(CELL_INPUT, number_format="@")
BOX_NUMBER = replace(BOX_TEXT, number_format="General", horizontal="center")
BOX_DATE = replace(BOX_NUMBER, number_format=DAY)
BOX_TICK = replace(BOX_TEXT, horizontal="center", vertical="center", bold=True)
#: For hidden columns: LibreOffice prints what stands there as a sliver of letters, unless it shows as nothing.
UNSEEN = Style(number_format=";;;")
CELL_INPUT_DATE = replace(CELL_INPUT, number_format=DAY, horizontal="center")

# Tables for programs
DATA_HEADER = Style(bold=True, fill=PALE, wraps=False)
DATA = Style(wraps=False)
DATA_DATE = replace(DATA, number_format=DAY)
DATA_MOMENT = replace(DATA, number_format="yyyy-mm-dd hh:mm:ss")


@cache
def with_decimals(style: Style, places: int) -> Style:
    """`style` for a percentage with so many decimals: the same each time, for styles are told apart by identity."""
    more = style.number_format.replace(PERCENT, f"0.{'0' * places}%")
    return style if places <= 1 else replace(style, number_format=more)


# Bars made of cells: met is dark, open is hatched (a tone between the two where a program knows no hatching)
BAR_MET = Style(fill=INK, frame="bar")
BAR_OPEN = Style(fill=GREY, frame="bar", pattern="lightUp")
BAR_REST = Style(frame="bar")
BAR_WORDS = Style(colour=GREY, frame="bar", vertical="center")

# Tiles
TILE_LABEL = Style(bold=True, fill=PALE, frame="all", horizontal="center", vertical="center")
TILE_FIGURE = Style(size=16, bold=True, frame="all", horizontal="center", vertical="center")
TILE_DETAIL = Style(frame="all", horizontal="center")


@cache
def at_limit(style: Style) -> Style:
    """`style`, of a piece of a bar, with the line after it: the same each time, as `with_decimals`."""
    return replace(style, frame="limit")


class Looks:
    """The styles of one workbook, each entered into it when first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._looks: dict[Style, Look] = {}
        # Whatever has no style of its own, column widths included, goes by the first font and the "Normal" style.
        base = Font(name=TYPEFACE, size=10)
        workbook._fonts = IndexedList([base])  # type: ignore[attr-defined]
        workbook._named_styles["Normal"].font = base  # type: ignore[attr-defined]

    def __getitem__(self, style: Style) -> Look:
        """`style` as the workbook knows it."""
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = self._enter(style)
        return look

    def _enter(self, style: Style) -> Look:
        # Bound to the workbook but not added to it: its parts get their numbers, and Excel's gallery stays clean.
        entered = NamedStyle(
            name="",
            font=font(style),
            fill=PatternFill(style.pattern, fgColor=style.fill, bgColor=WHITE) if style.fill else None,
            border=_border(style.frame),
            alignment=Alignment(horizontal=style.horizontal, vertical=style.vertical, wrap_text=style.wraps),
            number_format=style.number_format,
        )
        entered.bind(self._workbook)
        plain, quoted = StyleArray(entered.as_tuple()), StyleArray(entered.as_tuple())
        quoted.quotePrefix = 1
        return Look(plain, quoted)


def font(style: Style) -> Font:
    """The font of a style."""
    return Font(
        name=TYPEFACE,
        size=style.size,
        bold=style.bold,
        color=style.colour,
        underline="single" if style.underline else None,
    )


def _border(frame: str) -> Border:
    thin, strong, thick = Side("thin", LINE), Side("medium", INK), Side("thick", INK)
    match frame:
        case "all":
            return Border(thin, thin, thin, thin)
        case "below":
            return Border(bottom=strong)
        case "box":
            seen = Side("medium", INK)
            return Border(seen, seen, seen, seen)
        case "thick":
            return Border(thick, thick, thick, thick)
        case "bar":
            return Border(top=thin, bottom=thin)
        case "limit":
            return Border(right=thick, top=thin, bottom=thin)
    return Border()
