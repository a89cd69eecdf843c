"""The questionnaire as a workbook: how to fill it in, the facts about the depot, then a sheet a section. No score."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.exchange.content import Content
from stockcheck.exchange.sheet import Sheets
from stockcheck.language import _, date
from stockcheck.spreadsheet import long_texts, styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import escaped
from stockcheck.spreadsheet.layout import set_header_and_footer
from stockcheck.spreadsheet.page import Page

#: What a sheet's name may not hold, and its most characters. Source: Excel's specifications and limits.
_NOT_IN_A_NAME, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\']"), 31


def build(content: Content, made: dt.datetime) -> Workbook:
    """The form in the language in use, that of `content`; `made` is the moment it bears, zone-aware."""
    book = Book(long_texts=long_texts.title())
    _cover(book.add(_("How to fill in")), book, content)
    empty = [book.add(_sheet_name(number, block.title)) for number, block in enumerate(content.blocks, 1)]
    sheets = Sheets(book, content, [[block] for block in content.blocks])
    for sheet, block in zip(empty, content.blocks, strict=True):
        sheets.fill(sheet, title=block.title)
    if book.cuts:
        long_texts.fill(book.add(long_texts.title()), book)
    subject, day = content.depot or content.checklist.title, date(content.on) if content.on else ""
    for sheet in book.workbook.worksheets:
        set_header_and_footer(sheet, marking=content.marking, subject=subject, code=day)
    book.describe(_("Form: {subject}").format(subject=subject), made)
    return book.workbook


def _sheet_name(number: int, title: str) -> str:
    """What a sheet is called: its number, which makes it unlike any other, and its title as far as there is room."""
    return escaped(f"{number} {_NOT_IN_A_NAME.sub(' ', title)}")[:_LONGEST_NAME].strip()


def _cover(sheet: Worksheet, book: Book, content: Content) -> None:
    page = Page(sheet, book, (30, 64), landscape=False)
    if content.marking:
        page.line(content.marking, styles.MARKING)
    page.line(content.checklist.title, styles.TITLE)
    page.space()
    page.fact(_("Depot"), content.depot or None)
    if content.on is not None:
        page.fact(_("Date of the assessment"), content.on, styles.FACT_DATE)
    page.fact(_("Checklist"), f"{content.checklist.id} {content.checklist.version}")
    for blank in (_("Filled in by"), _("Date"), _("Signature")):
        page.fact(blank, None)
    page.space()
    page.line(_("How to fill in"), styles.HEADING)
    for number, said in enumerate(_advice(), 1):
        page.line(f"{number}. {said}", styles.TEXT)


def _advice() -> list[str]:
    return [
        _(
            "Begin with the facts about the depot: which questions apply hangs on them. “Only if” says when a question "
            "is asked; what is not asked turns grey on the screen as you answer."
        ),
        _(
            "Answer in the framed cells: choose from the list, or write the number or the date. On paper, tick a box "
            "or write in the frame. An empty cell means nothing: what the assessment has stays as it is."
        ),
        _("Where several answers can hold, mark each that does with {tick} in its own row.").format(tick="X"),
        _(
            "“Unknown”: nobody can say now. “Not applicable”: the control cannot apply to this depot; write the reason "
            "beside it. It counts as open until somebody else has countersigned it."
        ),
        _(
            "Sheets may be renamed, columns moved and rows sorted; rows must not be copied. Formulas are refused. What "
            "is written on this page stays on it."
        ),
        _("To bring the answers into the assessment: stockcheck import FILE.stockcheck FORM.xlsx"),
    ]
