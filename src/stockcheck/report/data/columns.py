"""What a table of data is made of: columns that say what they hold, what it means, and how it is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from stockcheck.assessed import Assessed
from stockcheck.checklist.model import Checklist, Question
from stockcheck.plaintext import whole

#: What a cell holds. A share is exact until a face writes it; a boolean is TRUE or FALSE; None: nothing stands there.
Cell = str | bool | int | Fraction | Decimal | dt.date | dt.datetime | None

#: ``share`` is a figure from 0 to 1, ``fraction`` the same figure as text such as "405/703"; ``moment`` is in UTC.
Type = Literal["text", "integer", "number", "share", "fraction", "boolean", "date", "moment"]

R = TypeVar("R")


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column. `optional`: it may be empty, and `meaning` says when."""

    name: str
    type: Type
    meaning: str
    value: Callable[[R], Cell]
    optional: bool = False


@dataclass(frozen=True)
class Source:
    """One assessment, and the checklist in its own language: data reads the same whatever a report is written in.

    `previous` is the earlier assessment that it is compared with, if any.
    """

    assessed: Assessed
    made: dt.datetime
    previous: Assessed | None = None
    checklist: Checklist = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "checklist", self.assessed.state.checklist)

    def own(self, question: Question) -> Question:
        """`question` in the checklist's own language."""
        return self.checklist.question[question.id]


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of table: its name, what a row of it is, its columns, and where its rows come from."""

    name: str
    meaning: str
    columns: tuple[Column[R], ...]
    rows: Callable[[Source], Iterable[R]]

    def of(self, source: Source, common: tuple[Column[Source], ...]) -> Table:
        """The table of one assessment; in every row, the columns `common` to all tables come first."""
        shared = [_cell(column, source) for column in common]
        rows = tuple((*shared, *(_cell(column, row) for column in self.columns)) for row in self.rows(source))
        columns: tuple[Column[Any], ...] = (*common, *self.columns)
        return Table(self.name, tuple(column.name for column in columns), tuple(one.type for one in columns), rows)


@dataclass(frozen=True)
class Table:
    """A table as it is written: the names of its columns, their types, and rows of as many cells."""

    name: str
    columns: tuple[str, ...]
    types: tuple[Type, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _cell(column: Column[R], row: R) -> Cell:
    value = column.value(row)
    return (whole(value) or None) if isinstance(value, str) else value


def text(name: str, meaning: str, value: Callable[[R], str | None], *, optional: bool = False) -> Column[R]:
    """A column of text, never cut."""
    return Column(name, "text", meaning, value, optional)


def share(
    name: str, meaning: str, value: Callable[[R], Fraction | None], *, optional: bool = False
) -> tuple[Column[R], Column[R]]:
    """Two columns: a figure with full precision, and the same as an exact fraction."""

    def spelt(row: R) -> str | None:
        found = value(row)
        return None if found is None else str(found)

    return (
        Column(name, "share", meaning, value, optional),
        Column(f"{name}_exact", "fraction", f"`{name}`, exactly", spelt, optional),
    )


def listed(names: Iterable[str]) -> str:
    """Several names in one cell: none of them may hold the separator, or one would read as two."""
    return "; ".join(name.replace(";", ",") for name in names)
