"""What content is made of. It is in the language that was in use when it was made, and knows no face."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal

from stockcheck import figures
from stockcheck.language import _, moment
from stockcheck.language import number as in_figures
from stockcheck.report import wording
from stockcheck.scoring.gaps import Priority


class Type(Enum):
    """What the cells of a column hold. Each may also be None: nothing stands there."""

    TEXT = "text"
    ID = "id"  # of a question, by which a row is found elsewhere in the report
    NUMBER = "number"  # whole
    SHARE = "share"
    CHANGE = "change"  # of a share
    VALUE = "value"  # of an answer: a number or a date
    DATE = "date"
    MOMENT = "moment"  # with its zone
    MARK = "mark"  # a sign or a word that is there or not
    PRIORITY = "priority"
    RANK = "rank"  # a priority with its number before it, so that the words sort in the order of urgency
    BAR = "bar"


@dataclass(frozen=True)
class Share:
    """A share, 0 to 1, exactly; None where nothing is in scope.

    It is written with as many decimals as it takes to differ from the shares `beside` it (S-10); one `as_set`, such as
    a threshold, with all of its own.
    """

    value: Fraction | None
    beside: tuple[Fraction, ...] = ()
    as_set: bool = False


@dataclass(frozen=True)
class Change:
    """The difference of two shares, -1 to 1, exactly; None where either says nothing."""

    value: Fraction | None


@dataclass(frozen=True)
class NoFigure:
    """Stands in the place of a share that would say nothing yet."""


@dataclass(frozen=True)
class Bar:
    """A bar: what is met, what could be met at most, and where a line stands; shares, 0 to 1, exactly.

    With `words` there is no bar: they say why not.
    """

    met: Fraction
    up_to: Fraction
    line: Fraction | None = None
    words: str = ""

    def cut(self, pieces: int) -> tuple[int, int, int]:
        """Of so many pieces: how many are met, how many more are open, and after how many the line stands (0: none).

        What is begun is not full, and reaches a line only where the share does: a bar never shows more than there is.
        """
        met = int(self.met * pieces)
        line = 0 if self.line is None else -int(-self.line * pieces // 1)
        return met, int(self.up_to * pieces) - met, line


Cell = str | int | Decimal | Share | Change | NoFigure | dt.date | dt.datetime | Priority | Bar | None

_HOLDS: dict[Type, tuple[type, ...]] = {
    Type.TEXT: (str,),
    Type.ID: (str,),
    Type.NUMBER: (int,),
    Type.SHARE: (Share, NoFigure),
    Type.CHANGE: (Change, NoFigure),
    Type.VALUE: (Decimal, dt.date),
    Type.DATE: (dt.date,),
    Type.MOMENT: (dt.datetime,),
    Type.MARK: (str,),
    Type.PRIORITY: (Priority,),
    Type.RANK: (Priority,),
    Type.BAR: (Bar,),
}


@dataclass(frozen=True)
class Column:
    """A column of a table. `key` is its name in no language, by which a face finds it; `title` what people read."""

    key: str
    title: str
    type: Type = Type.TEXT

    def holds(self, cell: Cell) -> bool:
        """Whether `cell` is of the column's type. A priority is a number in Python, and yet none here."""
        if isinstance(cell, Priority) and self.type not in (Type.PRIORITY, Type.RANK):
            return False
        return cell is None or isinstance(cell, _HOLDS[self.type])


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column. Raises `TypeError` for a row that does not fit them.

    `key` is its name in no language; without rows it is a table all the same.
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise TypeError(f"{self.key}, row {number}: {len(row)} cells for {len(self.columns)} columns")
            for column, cell in zip(self.columns, row, strict=True):
                if not column.holds(cell):
                    raise TypeError(f"{self.key}, row {number}: {cell!r} is no {column.type.value} ({column.key})")

    def only(self, keys: Sequence[str]) -> Table:
        """The same table with those columns alone, in that order. Raises `ValueError` for one that it lacks."""
        known = [column.key for column in self.columns]
        places = [known.index(key) for key in keys]
        return Table(
            self.key,
            tuple(self.columns[place] for place in places),
            tuple(tuple(row[place] for place in places) for row in self.rows),
        )


def table(key: str, columns: Iterable[Column], rows: Iterable[Sequence[Cell]], *, without: Iterable[str] = ()) -> Table:
    """A table of `rows` that have a cell for each of `columns`; those whose key is in `without` are left out."""
    columns, left_out = tuple(columns), frozenset(without)
    whole = Table(key, columns, tuple(tuple(row) for row in rows))
    return whole.only([column.key for column in columns if column.key not in left_out]) if left_out else whole


@dataclass(frozen=True)
class Sentence:
    """One paragraph. A ``notice`` has to be seen before anything else; a ``remark`` may be passed over."""

    text: str
    weight: Literal["notice", "text", "remark"] = "text"


@dataclass(frozen=True)
class Fact:
    """What something is called, and what is said of it."""

    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """What stands under one heading; without a heading it goes on with what was before. `key` as a table's."""

    key: str
    heading: str
    content: tuple[Sentence | Fact | Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in it, in order."""
        return tuple(one for one in self.content if isinstance(one, Table))

    def without_tables(self) -> Part:
        """What else stands in it."""
        return Part(self.key, self.heading, tuple(one for one in self.content if not isinstance(one, Table)))


def in_words(cell: Cell) -> str:
    """A cell as text, for a face that knows nothing else. Empty for None."""
    match cell:
        case None:
            return ""
        case NoFigure():
            return "–"
        case Share(value=Fraction() as share, as_set=True):
            return figures.threshold(share)
        case Share():
            return figures.percent(cell.value, *cell.beside)
        case Change():
            return figures.change(cell.value)
        case Decimal():
            return in_figures(cell)
        case Priority():
            return wording.priority(cell)
        case Bar():
            return cell.words or _bar_in_words(cell)
        case dt.datetime():
            return moment(cell)
        case dt.date():
            return cell.isoformat()
    return str(cell)


def _bar_in_words(bar: Bar) -> str:
    """What a drawn bar shows to whoever sees it, in figures that no line can be taken for."""
    beside = () if bar.line is None else (bar.line,)
    met, up_to = (figures.percent(share, *beside) for share in (bar.met, bar.up_to))
    if bar.line is None:
        return _("met {met}, at most {up_to}").format(met=met, up_to=up_to)
    words = _("met {met}, at most {up_to}; the line is at {line}")
    return words.format(met=met, up_to=up_to, line=figures.threshold(bar.line))


def ranked(one: Priority) -> str:
    """A priority as a column of type `RANK` has it."""
    return f"{one.value} {wording.priority(one)}"


def none() -> str:
    """What stands where there is nothing to list."""
    return _("None.")


def yes(holds: object) -> str:
    """The mark of what holds; empty for what does not."""
    return _("yes") if holds else ""
