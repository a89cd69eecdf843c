"""Paper and space: how many lines a text takes, how high its row must be, how a sheet prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.report.excel.cells import escaped
from stockcheck.report.excel.styles import TYPEFACE, Style

#: Column widths count characters of the workbook's own font, which has this size.
_BASE_SIZE = 10
#: Line spacing in points, for each point of the font's size; generous, as typefaces that stand in for ours are taller.
_LINE = 1.22
#: Widths count digits, and running text is narrower than digits: characters of it for each digit, with room to spare.
_TEXT = 1.08
_PADDING = 4.0
#: The highest row there is, in points.
_HIGHEST = 409.0
#: The most lines that a row of a table shows: it stays readable, and far below the highest row there is.
MOST_LINES = 30

#: Characters about twice as wide as a Latin letter.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U0001f000-\U0003ffff]"
)

#: Characters of marking and depot that go into a header or footer: with its codes it may not exceed 255.
_MAX_MARKING = 70
_MAX_DEPOT = 60


def room(text: str, width: float, style: Style) -> int:
    """How many characters of `text` a line holds in columns of `width`. It errs on the side of too few."""
    room = width * _TEXT * _BASE_SIZE / style.size
    if style.bold:
        room *= 0.9
    if not text.isascii() and (wide := len(_WIDE.findall(text))):
        room *= len(text) / (len(text) + wide)
    if text.isupper():
        room *= 0.78
    return max(1, int(room))


def line_starts(text: str, room: int) -> list[int]:
    """Where each line of `text` begins when lines hold `room` characters and words are kept whole where they fit."""
    starts = []
    place = 0
    for paragraph in text.split("\n"):
        end = place + len(paragraph)
        starts.append(place)
        while end - place > room:
            space = text.rfind(" ", place, place + room + 1)
            place = space + 1 if space > place else place + room
            starts.append(place)
        place = end + 1
    return starts


def height(letters: int) -> float:
    """The height, in points, of a row whose lines of text have `letters` points together, spacing left aside."""
    return min(_HIGHEST, round(letters * _LINE + _PADDING, 1))


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Give the sheet's columns their widths, from the first on."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def set_up_paper(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, one page wide, no gridlines, the cursor in the first cell."""
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.45, right=0.45, top=0.8, bottom=0.7, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False


def set_header_and_footer(sheet: Worksheet, *, marking: str, depot: str, date: str) -> None:
    """The marking on every page, above and below; whose report it is; which page of how many."""
    marking, depot = _literal(marking, _MAX_MARKING), _literal(depot, _MAX_DEPOT)
    page = _literal(_("Page {page} of {pages}"), _MAX_DEPOT).format(page="&P", pages="&N")
    small, strong = f'&"{TYPEFACE},Regular"&8 ', f'&"{TYPEFACE},Bold"&10 '
    above: Any = sheet.oddHeader
    below: Any = sheet.oddFooter
    if marking:
        above.center.text = below.center.text = strong + marking
    above.left.text = small + depot
    above.right.text = small + date
    below.left.text = small + _literal(sheet.title, _MAX_DEPOT)
    below.right.text = small + page


def _literal(text: str, limit: int) -> str:
    """`text` for a header or footer, in which an ampersand starts a code and &[Page] is one."""
    return escaped(one_line(text, limit=limit)).replace("&[", "& [").replace("&", "&&")
