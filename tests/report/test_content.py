"""The result as content: typed, the same for every face, and without a column that would say nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stockcheck import language
from stockcheck.report.content import actions, questions, results
from stockcheck.report.content.findings import findings_and_facts
from stockcheck.report.content.method import method
from stockcheck.report.content.parts import Bar, Change, Column, Fact, NoFigure, Share, Table, Type, in_words, table
from stockcheck.report.excel import write
from stockcheck.scoring.gaps import Priority
from tests.report.showing import MIXED, checklist, printed, shown

MADE = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
FITTING: dict[Type, Any] = {
    Type.TEXT: "words",
    Type.ID: "A-1",
    Type.NUMBER: 3,
    Type.SHARE: Share(Fraction(1, 3)),
    Type.CHANGE: Change(Fraction(-1, 3)),
    Type.VALUE: Decimal("2.5"),
    Type.DATE: dt.date(2026, 3, 1),
    Type.MOMENT: NOON,
    Type.MARK: "yes",
    Type.PRIORITY: Priority.HIGH,
    Type.RANK: Priority.HIGH,
    Type.BAR: Bar(Fraction(1, 2), Fraction(1)),
}


@pytest.mark.parametrize("type_", Type)
def test_a_cell_is_of_its_columns_type_or_empty(type_: Type) -> None:
    column = Column("c", "C", type_)
    assert Table("t", (column,), ((FITTING[type_],), (None,))).rows[1] == (None,)
    same_in_python = {
        Type.PRIORITY: (Type.RANK,),
        Type.RANK: (Type.PRIORITY,),
        Type.TEXT: (Type.ID, Type.MARK),
        Type.ID: (Type.TEXT, Type.MARK),
        Type.MARK: (Type.TEXT, Type.ID),
    }
    for other in set(Type) - {type_, *same_in_python.get(type_, ())}:
        if (type_, other) == (Type.DATE, Type.MOMENT):  # a moment has a date
            continue
        if type_ is Type.VALUE and other in (Type.DATE, Type.MOMENT):
            continue
        with pytest.raises(TypeError, match="row 0"):
            Table("t", (column,), ((FITTING[other],),))


def test_a_row_has_a_cell_for_every_column() -> None:
    with pytest.raises(TypeError, match="1 cells for 2 columns"):
        Table("t", (Column("a", "A"), Column("b", "B")), (("x",),))


def test_columns_are_left_out_and_chosen_with_their_cells() -> None:
    columns = (Column("a", "A"), Column("b", "B"), Column("c", "C"))
    whole = table("t", columns, [["1", "2", "3"]], without=("b",))
    assert ([column.key for column in whole.columns], whole.rows) == (["a", "c"], (("1", "3"),))
    assert whole.only(("c", "a")).rows == (("3", "1"),)
    with pytest.raises(ValueError, match="'b' is not in list"):
        whole.only(("b",))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (0, "0"),
        (Share(Fraction(1, 3)), "33.3 %"),
        (Share(Fraction(59996, 100000), (Fraction(3, 5),)), "59.996 %"),
        (Share(Fraction(123, 800), as_set=True), "15.375 %"),
        (Share(None), "not applicable"),
        (Change(Fraction(-1, 3)), "−33.3 %"),
        (Change(Fraction(1, 4000)), "+0.03 %"),
        (Change(None), "not applicable"),
        (Decimal("1234.5"), "1234.5"),
        (NoFigure(), "–"),
        (Priority.IMMEDIATE, "Immediate"),
        (dt.date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_a_cell_in_words(cell: Any, words: str) -> None:
    assert in_words(cell) == words


def test_without_levels_nothing_speaks_of_them(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED, checklist(levels=False))
    tables = (actions.plan(one), questions.answers(one))
    assert not {"level", "on_route"} & {column.key for found in tables for column in found.columns}
    assert not any("level" in said or "route" in said for said in questions.why_open(one).values())
    assert (results.levels(one.scorecard), results.stops(one.scorecard)) == ([], [])
    assert "levels" not in [part.key for part in method(one)]


def test_every_key_names_one_thing(tmp_path: Path) -> None:
    """A face finds columns and parts by their keys; in another language they are the same."""
    one = shown(tmp_path, MIXED)
    card = one.scorecard

    def keys() -> list[str]:
        parts = [
            results.in_short(card),
            results.overall(one),
            results.domains(card),
            *results.levels(card),
            *results.stops(card),
            results.sections(card),
            results.standards(one),
            *findings_and_facts(one),
        ]
        tables = [actions.plan(one), questions.answers(one)]
        for found in (*tables, *(one for part in parts for one in part.tables)):
            columns = [column.key for column in found.columns]
            assert len(set(columns)) == len(columns), found.key
        names = [part.key for part in parts]
        assert len(set(names)) == len(names)
        return names

    english = keys()
    with language.speaking("es"):
        assert keys() == english


def test_the_sheets_and_the_terminal_say_what_the_content_says(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    path = tmp_path / "gap.xlsx"
    write(one, path, made=MADE)
    workbook = openpyxl.load_workbook(path)
    for title, found in (("Answers", questions.answers(one)),):
        cells = [list(row) for row in workbook[title].iter_rows(values_only=True)]
        assert cells[0] == [column.title for column in found.columns]
        texts = [place for place, column in enumerate(found.columns) if column.type in (Type.TEXT, Type.ID, Type.MARK)]
        assert [[row[place] or "" for place in texts] for row in cells[1:]] == [
            [row[place] for place in texts] for row in found.rows
        ], title
    lines = printed(one).splitlines()
    (domains,) = results.domains(one.scorecard).tables
    for name, score in domains.only(("name", "score")).rows:
        assert any(line.split()[: len(in_words(name).split())] == in_words(name).split() for line in lines), name
        assert any(in_words(score) in line for line in lines if line.startswith(in_words(name)))
    facts = [piece for part in findings_and_facts(one) for piece in part.content if isinstance(piece, Fact)]
    written = [tuple(row) for row in workbook["Findings and facts"].iter_rows(values_only=True)]
    assert facts
    assert all((fact.label, fact.text) in written for fact in facts)


def test_where_nobody_has_answered_no_figure_is_given_and_no_gap_counted(tmp_path: Path) -> None:
    one = shown(tmp_path, {})
    (whole,) = results.overall(one).tables
    ((score, gaps),) = whole.only(("score", "gaps")).rows
    assert (score, gaps) == (NoFigure(), None)
