"""One sheet of a form: a row a question, with drop-downs and frames, on the screen as on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.answers.answer import Answer
from stockcheck.answers.days import SITTING
from stockcheck.answers.typed import EARLIEST_YEAR
from stockcheck.checklist.model import Asked
from stockcheck.exchange import contract, only_if
from stockcheck.exchange.content import Block, Content, Item
from stockcheck.exchange.hidden import Hidden, define
from stockcheck.exchange.only_if import Formulas
from stockcheck.language import _
from stockcheck.plaintext import one_line, whole
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import Plain, put
from stockcheck.spreadsheet.lines import line_starts, most_lines
from stockcheck.spreadsheet.page import Page
from stockcheck.spreadsheet.styles import Style

_BOX = "☐"
#: The least height of a row that is written into by hand, in points.
_WRITABLE, _TICKABLE = 42.0, 20.0
#: The most characters of what a cell says when it is entered, and when it refuses. Source: Excel's specifications.
_PROMPT, _REFUSAL, _REFUSAL_TITLE = 255, 225, 32
#: Grey on grey, to be told from what is asked in black and white as well.
_NOT_ASKED = DifferentialStyle(font=Font(color="8A939B"), fill=PatternFill("solid", bgColor="E1E4E7"))


@dataclass(frozen=True)
class _Column:
    name: str
    header: str
    width: float


def _columns(*, sections: bool) -> list[_Column]:
    """The columns that are seen, in order; `sections`: with one that says which section a question is of."""
    narrower = 11 if sections else 0
    return [
        *([_Column("section", _("Section"), 11)] if sections else []),
        _Column("id", _("Id"), 8),
        _Column("question", _("Question"), 28 - narrower / 3),
        _Column("help", _("What to look at"), 55 - narrower / 3),
        _Column("ways", _("On paper"), 17 - narrower / 3),
        _Column(contract.ANSWER, _("Answer"), 11),
        _Column(contract.REASON, _("Reason, if not applicable"), 12),
        _Column(contract.NOTE, _("Note"), 14),
    ]


class Sheets:
    """Writes the sheets of one form into a book."""

    def __init__(self, book: Book, content: Content, blocks_of_sheets: Sequence[Sequence[Block]]) -> None:
        """`blocks_of_sheets`: the blocks that each sheet will hold, in the order in which they will be filled."""
        self._book, self._content = book, content
        self._number = 0
        self._blocks = blocks_of_sheets
        self._hidden = Hidden(book, content.about)
        self._hidden.add(item.asked for blocks in blocks_of_sheets for block in blocks for item in block.items)
        sheets = {
            contract.key(item.asked, option): number
            for number, blocks in enumerate(blocks_of_sheets, 1)
            for block in blocks
            for item in block.items
            for option in ("", *(item.asked.options if item.asked.type == "several" else ()))
        }
        self._formulas = Formulas(content.checklist, content.known, sheets, self._hidden.offered, contract.column_name)

    def fill(self, sheet: Worksheet, *, title: str = "", table: str = "") -> None:
        """Fill the next sheet. `title` stands above it; a `table` has filters, and a column for the sections, and no
        formula: what is not asked turns grey in a form, where no table is.
        """
        blocks = self._blocks[self._number]
        self._number += 1
        columns = _columns(sections=bool(table))
        page = Page(sheet, self._book, [column.width for column in columns], landscape=True)
        if title:
            page.line(title, styles.TITLE)
        top = page.row
        page.header([column.header for column in columns])
        rows = _Rows(page, columns, self._content, self._hidden, None if table else self._formulas)
        for block in blocks:
            for item in block.items:
                rows.add(item, block.title)
        if page.row == top + 1:
            page.cells([None] * len(columns), [styles.CELL] * len(columns))
        rows.finish(top)
        workbook: Any = self._book.workbook
        for name, place in rows.places.items():
            define(workbook, contract.column_name(self._number, name), sheet, top + 1, page.row - 1, place, place)
        if table:
            last = get_column_letter(rows.places[contract.KEY])
            found = Table(displayName=table, ref=f"A{top}:{last}{page.row - 1}")
            found.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
            sheet.add_table(found)
        sheet.freeze_panes = f"A{top + 1}"
        sheet.print_title_rows = f"{top}:{top}"


class _Rows:
    """The rows of one sheet."""

    def __init__(
        self, page: Page, columns: Sequence[_Column], content: Content, hidden: Hidden, formulas: Formulas | None
    ) -> None:
        self._page, self._content, self._hidden, self._formulas = page, content, hidden, formulas
        self._columns = columns
        self._width = {column.name: column.width for column in columns}
        names = [*(column.name for column in columns), contract.KEY, *([contract.APPLIES] if formulas else [])]
        #: Where each column stands, from 1.
        self.places = {name: place for place, name in enumerate(names, 1)}
        self._lists: dict[str, DataValidation] = {}

    def add(self, item: Item, section: str) -> None:
        """The row of a question; of one that takes several, one for each option below."""
        asked = item.asked
        formula = self._formulas.mark(item.when) if self._formulas and item.when is not None else ""
        answer, reason, note, too_long = self._prefilled(item)
        name = "" if not item.takes_notes else asked.id
        values: dict[str, Plain] = {
            "section": section,
            "id": name,
            "question": self._question(item, too_long),
            "help": self._help(item),
            "ways": _ways(asked),
            contract.ANSWER: answer,
            contract.REASON: reason,
            contract.NOTE: note,
        }
        looks: dict[str, Style] = {"id": styles.CELL_STRONG, contract.ANSWER: _answer_style(asked)}
        if contract.may_be_set_aside(asked):
            looks[contract.REASON] = styles.BOX_TEXT
        if item.takes_notes:
            looks[contract.NOTE] = styles.BOX_TEXT
        row = self._row(contract.key(asked), values, looks, formula, _WRITABLE)
        self._validate(asked, row)
        if asked.type != "several":
            return
        ticked = item.answer.ticked if item.answer is not None else frozenset()
        for word, option in asked.options.items():
            values = {
                "section": section,
                "id": name,
                "question": f"– {option.text}",
                contract.ANSWER: contract.TICK if word in ticked else None,
            }
            looks = {contract.ANSWER: styles.BOX_TICK}
            row = self._row(contract.key(asked, word), values, looks, formula, _TICKABLE)
            self._offer("tick", f'"{contract.TICK}"', contract.wanted_in_cell(asked, word), row)

    def finish(self, top: int) -> None:
        """The drop-downs, what is hidden, and what turns grey, for the rows below `top`."""
        sheet, last = self._page.sheet, self._page.row - 1
        for validation in self._lists.values():
            sheet.add_data_validation(validation)
        for name, place in list(self.places.items())[len(self._columns) :]:
            put(sheet, top, place, name, self._page.looks[styles.UNSEEN])
            sheet.column_dimensions[get_column_letter(place)].hidden = True
        if contract.APPLIES not in self.places:
            return
        applies = f"${get_column_letter(self.places[contract.APPLIES])}{top + 1}"
        seen = f"A{top + 1}:{get_column_letter(len(self._columns))}{last}"
        sheet.conditional_formatting.add(seen, Rule("expression", dxf=_NOT_ASKED, formula=[f'{applies}="-"']))

    def _row(self, key: str, values: dict[str, Plain], looks: dict[str, Style], formula: str, least: float) -> int:
        page, row = self._page, self._page.row
        names = [column.name for column in self._columns]
        page.cells(
            [values.get(name) for name in names],
            [looks.get(name, styles.CELL) for name in names],
            name=str(values["id"]),
        )
        dimension = page.sheet.row_dimensions[row]
        dimension.height = max(dimension.height or 0, least)
        put(page.sheet, row, self.places[contract.KEY], key, page.looks[styles.UNSEEN])
        if formula:
            place = self.places[contract.APPLIES]
            cell = Cell(page.sheet, row, place, style_array=page.looks[styles.UNSEEN].plain)
            cell.value = formula
            page.sheet._cells[row, place] = cell
        return row

    def _question(self, item: Item, too_long: Sequence[str]) -> str:
        parts = [item.asked.text]
        if item.when is not None:
            parts.append(only_if.said(item.when, self._content.checklist))
        return "\n".join(part for part in (*parts, item.remark, *too_long) if part)

    def _help(self, item: Item) -> str:
        shown = _("What shows it: {evidence}").format(evidence=item.evidence) if item.evidence else ""
        return "\n".join(part for part in (item.help, shown) if part)

    def _prefilled(self, item: Item) -> tuple[Plain, str | None, str | None, list[str]]:
        """What stands in the cells for answer, reason and note, and what to say of that for which there is no room.

        What is to be written into is never cut: it would come back cut.
        """
        answer, asked = item.answer, item.asked
        too_long = []
        value: Plain = None
        reason = None
        if answer is not None:
            if answer.status == "na" and not self._has_room(answer.justification, contract.REASON):
                too_long.append(
                    _("A reason why it is not applicable is in the assessment; it is too long for its cell.")
                )
            elif isinstance(answer.value, str) and asked.type == "text" and not self._has_room(answer.value, "answer"):
                too_long.append(_("An answer is in the assessment; it is too long for its cell."))
            else:
                value, reason = _in_cell(asked, answer), answer.justification or None
        note = whole(item.note).strip() or None
        if note is not None and not self._has_room(note, contract.NOTE):
            too_long.append(
                _("A note is in the assessment; it is too long for its cell. What is written there replaces it.")
            )
            note = None
        return value, reason, note, too_long

    def _has_room(self, text: str, column: str) -> bool:
        style = styles.BOX_TEXT
        return len(line_starts(whole(text), self._width[column], style)) <= most_lines(style)

    def _validate(self, asked: Asked, row: int) -> None:
        """What the answer cell takes, as far as the sheet itself can refuse the rest."""
        name, wanted = contract.key(asked), contract.wanted_in_cell(asked)
        if asked.type in ("number", "date"):
            cell = f"{get_column_letter(self.places[contract.ANSWER])}{row}"
            listed = f"COUNTIF({self._hidden.lists[name]},{cell})>0"
            rule = f"OR({listed},AND(ISNUMBER({cell}),{_within(asked, cell, self._content.on)}))"
            found = DataValidation("custom", formula1=rule, allow_blank=True)
            found.add(cell)
            self._lists[name] = _speaking(found, wanted)
        elif name in self._hidden.lists:
            self._offer(self._hidden.lists[name], self._hidden.lists[name], wanted, row)

    def _offer(self, same: str, source: str, wanted: str, row: int) -> None:
        """A drop-down of `source` in the answer cell; those that offer the `same` are one."""
        if same not in self._lists:
            self._lists[same] = _speaking(DataValidation("list", formula1=source, allow_blank=True), wanted)
        self._lists[same].add(f"{get_column_letter(self.places[contract.ANSWER])}{row}")


def _speaking(validation: DataValidation, wanted: str) -> DataValidation:
    """`validation`, which refuses what does not fit and says what would."""
    validation.showErrorMessage = validation.showInputMessage = True  # without it Excel refuses nothing
    validation.errorTitle = one_line(_("That does not fit"), limit=_REFUSAL_TITLE)
    validation.error = one_line(wanted, limit=_REFUSAL)
    validation.prompt = one_line(wanted, limit=_PROMPT)
    return validation


def _within(asked: Asked, cell: str, on: dt.date | None) -> str:
    if asked.type == "date":
        # Filled in later in the sitting; on which day, and so what fits, is for the import to say.
        last = f",{cell}<DATE({on.year},{on.month},{on.day})+{SITTING + 1}" if on is not None else ""
        return f"{cell}>=DATE({EARLIEST_YEAR},1,1){last}"
    bounds = ((">=", asked.minimum), ("<=", asked.maximum))
    return ",".join(f"{cell}{sign}{bound:f}" for sign, bound in bounds if bound is not None) or "TRUE"


def _answer_style(asked: Asked) -> Style:
    if asked.type == "number":
        return styles.BOX_NUMBER
    return styles.BOX_DATE if asked.type == "date" else styles.BOX_TEXT


def _ways(asked: Asked) -> str:
    """The answers to be ticked on paper, each with a box, and what is to be written."""
    words = [contract.by_hand(asked), *(f"{_BOX} {text}" for text in contract.offered(asked))]
    return "\n".join(filter(None, words))


def _in_cell(asked: Asked, answer: Answer) -> Plain:
    """An answer as its cell has it; of several options, what stands in the question's own row."""
    for text, one in contract.offered(asked).items():
        if one == answer or (one.status == answer.status == "na"):
            return text
    return answer.value if isinstance(answer.value, (str, Decimal, dt.date)) else None
