"""The report of a workshop as a workbook: a page for the trainer, every question, a page for each participant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from openpyxl import Workbook

from stockcheck.language import _, date
from stockcheck.report.content.parts import Part, Table
from stockcheck.report.excel import rendering
from stockcheck.spreadsheet import long_texts, styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.layout import set_header_and_footer
from stockcheck.spreadsheet.page import Page
from stockcheck.workshop import content
from stockcheck.workshop.collecting import Room
from stockcheck.workshop.content import Told
from stockcheck.workshop.folder import Folder

#: Widths of columns, in characters, by key.
_WIDTHS = {
    "id": 9,
    "question": 30,
    "answers": 9,
    "spread": 28,
    "pairwise": 9,
    "key": 14,
    "right": 8,
    "lenient": 8,
    "strict": 8,
    "why": 30,
    "answer": 24,
    "room": 24,
}
#: What the trainer's page has room for.
_IN_SHORT = ("id", "question", "spread", "key", "pairwise")
#: All of it, for the archive; as there, a figure stands where no text begins after it.
_IN_FULL = ("id", "question", "answers", "spread", "key", "pairwise", "right", "lenient", "strict", "why")


def build(folder: Folder, room: Room, told: Told, made: dt.datetime) -> Workbook:
    """The workbook in the language in use; `made` is the moment it bears, zone-aware."""
    book = Book(long_texts=long_texts.title())
    _summary(book, folder, room, told)
    every = content.every_question(told)
    _listed(book, _("Questions"), replace(every, content=(_only(every.tables[0], _IN_FULL),)), "Questions")
    for place in range(len(told.figures.participants)):
        part = content.of_participant(told, place)
        _listed(book, f"{place + 1}", part, f"Participant{place + 1}", heading=part.heading)
    if book.cuts:
        long_texts.fill(book.add(long_texts.title()), book)
    for sheet in book.workbook.worksheets:
        set_header_and_footer(sheet, marking=folder.marking, subject=folder.depot, code=date(folder.on))
    book.describe(_("Workshop: {depot}").format(depot=folder.depot), made)
    return book.workbook


def _summary(book: Book, folder: Folder, room: Room, told: Told) -> None:
    page = Page(book.add(_("Summary")), book, (20, 32, 26, 16, 9), landscape=False)
    page.sheet.page_setup.fitToHeight = 1
    if folder.marking:
        page.line(folder.marking, styles.MARKING)
    page.line(_("Workshop: {depot}").format(depot=folder.depot), styles.TITLE)
    page.line(f"{told.checklist.title}, {date(folder.on)}", styles.SUBTITLE)
    page.space()
    agreement = content.agreement(told)
    facts = [content.presence(room), content.scores(told), agreement.without_tables()]
    worth = content.worth(told, short=True)
    (listed,) = worth.tables
    short = Part(worth.key, worth.heading, (*worth.without_tables().content, _only(listed, _IN_SHORT)))
    rendering.parts(page, [*facts, short])
    wide = Page(book.add(_("Participants")), book, (30, 12, 12, 12, 16), landscape=False)
    rendering.parts(wide, [content.participants(told)])
    more = Page(book.add(_("Agreement")), book, (60, 30), landscape=False)
    rendering.parts(more, [agreement])
    if told.names:  # files are called as people are
        more.space()
        rendering.parts(more, [Part("not_taken", _("Not taken"), (content.not_taken(room),))])


def _only(table: Table, keys: Sequence[str]) -> Table:
    """The columns that `keys` name, as far as the table has them, in that order."""
    known = [column.key for column in table.columns]
    return table.only([key for key in keys if key in known])


def _listed(book: Book, title: str, part: Part, name: str, *, heading: str = "") -> None:
    table: Table = part.tables[0]
    page = Page(book.add(title), book, rendering.widths_of(table, _WIDTHS), landscape=True)
    if heading:
        page.line(heading, styles.HEADING)
    rendering.filtered(page, name, table, _WIDTHS)
