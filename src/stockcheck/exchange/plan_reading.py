"""A plan read from a workbook by the contract of `plan_sheet`; what cannot be read is refused by sheet and cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from stockcheck.answers.keeping import MAX_NAME
from stockcheck.assessment.actions import DATES, FIELDS, NAMES, titles
from stockcheck.exchange.plan import Row, Value
from stockcheck.exchange.plan_sheet import ASSESSMENT, EXPORTED, HEADERS, ID, name_of, statuses
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, folded, one_line
from stockcheck.spreadsheet.reading import Cell, Kind, Sheet, Workbook, WorkbookError, place

#: The first and the last year that a date of a plan may have: a number that was never meant for a date is neither.
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class Refusal:
    """What is wrong in a cell, in words, and where."""

    place: str
    why: str


@dataclass
class Plan:
    """A plan as it was read: the assessment that it came from, its rows, and what was refused of them."""

    assessment: str
    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, where: str, why: str) -> None:
        """Note what is wrong at a place."""
        self.refusals.append(Refusal(where, why))


def read_plan(workbook: Workbook, questions: Collection[str] | None, *, assessment: str = "") -> Plan:
    """The plan in `workbook`. `questions` are the ids that there are, None where any may be; with `assessment`, it has
    to come from that one.

    Raises `WorkbookError` when there is no plan in it, or it came from another assessment.
    """
    columns, sheet, top = _columns(workbook)
    exported, came_from = _exported(workbook)
    if assessment and came_from and came_from != assessment:
        raise WorkbookError(
            _("{file} is the plan of another assessment.").format(file=workbook.file),
            _("Bring it into the assessment that it was made from. Nothing was written."),
        )
    plan = Plan(came_from)
    seen: dict[str, str] = {}
    words = statuses()
    for row in sheet.rows(top + 1):
        cells = {name: cell for name, column in columns.items() if (cell := sheet.cell(row, column)) is not None}
        at = cells.pop(ID, None)
        if at is None:
            if cells:
                plan.refuse(place(sheet.title, row, columns[ID]), _("There are entries in this row, and no id."))
            continue
        name = one_line(str(at.value), limit=60) if at.kind is Kind.TEXT else ""
        if not name or (questions is not None and name not in questions):
            plan.refuse(at.place, _("There is no question with the id “{id}” here.").format(id=name or at.kind.value))
            continue
        if name in seen:
            plan.refuse(
                at.place, _("The id {id} stands here a second time; first: {place}.").format(id=name, place=seen[name])
            )
            continue
        seen[name] = at.place
        filled: dict[str, Value] = {}
        for one in FIELDS:
            cell = cells.get(one)
            try:
                filled[one] = None if cell is None else _value(one, cell, words)
            except _UnfitError as unfit:
                assert cell is not None  # noqa: S101  # an empty cell fits everywhere
                plan.refuse(cell.place, str(unfit))
        places = {one: place(sheet.title, row, columns[one]) for one in FIELDS}
        plan.rows.append(Row(name, filled, exported.get(name, {}), places))
    return plan


def has_plan(workbook: Workbook) -> bool:
    """Whether there is a plan in it at all that could be read back."""
    return workbook.has_name(name_of(ID)) and workbook.has_name(EXPORTED)


class _UnfitError(Exception):
    """A cell holds what its column cannot; says why."""


def _columns(workbook: Workbook) -> tuple[dict[str, int], Sheet, int]:
    """Where the columns stand, the sheet, and the row of the headers."""
    if not has_plan(workbook):
        raise WorkbookError(
            _("{file} has no action plan that can be read back.").format(file=workbook.file),
            _("Make a new report with: stockcheck report. Fill in that one."),
        )
    found = {}
    for column, title in {ID: _("Id"), **titles()}.items():
        area = workbook.area(name_of(column))
        if area is None:
            raise WorkbookError(
                _("{file}: the column “{title}” of the action plan is gone (its name is {name}).").format(
                    file=workbook.file, title=title, name=name_of(column)
                ),
                _("Bring the column back, or fill in a new report. Nothing was written."),
            )
        found[column] = area
    first = found[ID]
    if len({area.sheet for area in found.values()}) > 1 or len({area.first_column for area in found.values()}) < len(
        found
    ):
        raise WorkbookError(
            _("{file}: the columns of the action plan are not where they belong.").format(file=workbook.file),
            _("Fill in a new report. Nothing was written."),
        )
    columns = {column: area.first_column for column, area in found.items()}
    return columns, workbook.sheet(first.sheet), first.first_row


def _exported(workbook: Workbook) -> tuple[dict[str, dict[str, Value]], str]:
    """What was exported, by question, and the assessment that it came from."""
    area = workbook.area(EXPORTED)
    gone = WorkbookError(
        _("{file}: the hidden sheet plan_as_exported, which says what was exported, is gone or was changed.").format(
            file=workbook.file
        ),
        _("Fill in a new report. Nothing was written."),
    )
    if area is None:
        raise gone
    sheet = workbook.sheet(area.sheet)
    headers = {
        str(cell.value): column
        for (row, column), cell in sheet.cells.items()
        if row == area.first_row and cell.kind is Kind.TEXT
    }
    if set(HEADERS) - set(headers):
        raise gone
    exported: dict[str, dict[str, Value]] = {}
    came_from: set[str] = set()
    for row in sheet.rows(area.first_row + 1):
        at = {name: cell for name in HEADERS if (cell := sheet.cell(row, headers[name])) is not None}
        if ID not in at or ASSESSMENT not in at or str(at[ID].value) in exported:
            raise gone
        came_from.add(str(at[ASSESSMENT].value))
        exported[str(at[ID].value)] = {name: _as_exported(name, at.get(name)) for name in FIELDS}
    if len(came_from) > 1:
        raise gone
    return exported, next(iter(came_from), "")


def _as_exported(name: str, cell: Cell | None) -> Value:
    value = None if cell is None else cell.value
    if isinstance(value, dt.datetime):
        value = value.date()
    if name in DATES:
        return value if isinstance(value, dt.date) else None
    return None if value is None else str(value)


def _value(name: str, cell: Cell, words: Mapping[str, str]) -> Value:
    """What a cell says. Raises `_UnfitError`."""
    if cell.kind is Kind.FORMULA:
        raise _UnfitError(_("A formula stands here. Write the value itself."))
    if cell.kind in (Kind.ERROR, Kind.BOOLEAN):
        raise _UnfitError(_("No text and no date stands here."))
    if name in DATES:
        return _date(cell)
    text = cell.value.isoformat() if isinstance(cell.value, dt.date) else str(cell.value)
    if name == "status":
        if not text.strip():
            return None
        if (status := words.get(folded(text))) is None:
            raise _UnfitError(
                _("“{text}” is none of the words for a status. Choose one from the list.").format(
                    text=one_line(text, limit=60)
                )
            )
        return status
    most = MAX_NAME if name in NAMES else MAX_TEXT
    if len(text) > most:
        raise _UnfitError(_("The text has {n} characters; at most {most} can be kept.").format(n=len(text), most=most))
    return text


def _date(cell: Cell) -> Value:
    if cell.kind is Kind.TEXT and not str(cell.value).strip():
        return None
    if cell.kind is not Kind.DATE or not isinstance(cell.value, dt.date):
        raise _UnfitError(
            _("“{text}” is not a date. Write one such as 2026-03-31, in a cell that holds dates.").format(
                text=one_line(str(cell.value), limit=60)
            )
        )
    day = cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _UnfitError(
            _("{date} lies before the year {first} or after the year {last}.").format(
                date=day.isoformat(), first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    return day
