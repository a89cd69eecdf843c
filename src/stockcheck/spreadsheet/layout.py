"""Paper: how wide columns are, how a sheet prints, what stands above and below every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.spreadsheet.cells import escaped
from stockcheck.spreadsheet.styles import TYPEFACE

#: Characters of marking and subject that go into a header or footer: with its codes it may not exceed 255.
_MAX_MARKING = 70
_MAX_SUBJECT = 60


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


def set_header_and_footer(sheet: Worksheet, *, marking: str, subject: str, code: str) -> None:
    """The marking alone above every page; below, what the book is about, its code, which page of how many.

    Left and right only: a text in the middle would be printed over a long one beside it.
    """
    marking, subject = _literal(marking, _MAX_MARKING), _literal(subject, _MAX_SUBJECT)
    page = _literal(_("Page {page} of {pages}"), _MAX_SUBJECT).format(page="&P", pages="&N")
    small, strong = f'&"{TYPEFACE},Regular"&8 ', f'&"{TYPEFACE},Bold"&10 '
    above: Any = sheet.oddHeader
    below: Any = sheet.oddFooter
    if marking:
        above.center.text = strong + marking
    below.left.text = small + subject
    below.right.text = small + "  ·  ".join(part for part in (_literal(code, _MAX_SUBJECT), page) if part)


def _literal(text: str, limit: int) -> str:
    """`text` for a header or footer, in which an ampersand starts a code and &[Page] is one."""
    return escaped(one_line(text, limit=limit)).replace("&[", "& [").replace("&", "&&")
