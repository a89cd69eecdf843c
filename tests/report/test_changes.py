"""What changed since an earlier assessment: in the report, in either language, and only with the older one first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from stockcheck import language
from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import Action
from stockcheck.errors import UsageError
from stockcheck.report import wording
from stockcheck.report.choices import Choices
from stockcheck.report.content import actions
from stockcheck.report.content.bars import bars_of_domains
from stockcheck.report.content.changes import changes, check_order
from stockcheck.report.content.parts import Change, NoFigure, Part
from stockcheck.report.content.results import domains, levels, overall
from stockcheck.report.data.tables import tables
from stockcheck.report.excel import write
from stockcheck.report.to_do import since
from stockcheck.scoring.comparison import compare
from tests.report.showing import MIXED, shown
from tests.report.test_excel import MADE, said_on
from tests.scoring.building import ON, built, control, section

THEN = {**MIXED, "CRI-01": "yes", "HEA-01": "no", "INV-01": "partial", "CRI-02": None, "INV-02": "no", "LAT-01": "yes"}


def two(folder: Path, then: dict[str, object] | None = None) -> tuple[Assessed, Assessed]:
    """An earlier assessment and one a year after it."""
    places = [folder / "then", folder / "now"]
    for place in places:
        place.mkdir()
    before = shown(places[0], THEN if then is None else then)  # type: ignore[arg-type]
    return replace(before, state=replace(before.state, on=ON - dt.timedelta(365))), shown(places[1], MIXED)


def ids(part: Part) -> list[str]:
    return [str(row[0]).split()[0] for table in part.tables for row in table.rows]


def test_every_change_stands_under_its_kind_and_what_is_open_is_told(tmp_path: Path) -> None:
    found = {part.key: part for part in changes(*two(tmp_path), ON)}
    assert ids(found["worsened"]) == ["CRI-01", "INV-01", "LAT-01"]
    assert ids(found["improved"]) == ["INV-02"]
    assert {"HEA-01", "PAR-01", "LOS-01"} <= set(ids(found["still_a_gap"]))
    assert {"CRI-02", "CRI-03", "DAN-02", "LAT-02"} <= set(ids(found["still_open"]))
    assert "30 Jun 2025 or longer" in found["still_a_gap"].heading


def test_the_change_is_the_sum_of_what_it_is_owed_to(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    (table,) = next(part for part in changes(before, after, ON) if part.key == "owed").tables
    whole, answers, checklist = (row[2] for row in table.rows[2:])
    assert all(isinstance(one, Change) for one in (whole, answers, checklist))
    assert isinstance(whole, Change)
    assert whole.value == compare(before.scorecard, after.scorecard).after - before.scorecard.overall.lower
    assert whole.value == answers.value + checklist.value != 0


def test_where_nobody_answered_no_change_is_given(tmp_path: Path) -> None:
    before, after = two(tmp_path, {})
    owed = next(part for part in changes(before, after, ON) if part.key == "owed")
    assert not [cell for table in owed.tables for row in table.rows for cell in row if isinstance(cell, Change)]
    (row,) = overall(after, before.scorecard).tables[0].only(("last_time", "change")).rows
    assert row == (NoFigure(), NoFigure())


def test_scores_show_last_time_and_the_change(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    was = dict(before.scorecard.domains)
    (table,) = domains(after.scorecard, before.scorecard).tables
    for (name, score), (last, change) in zip(
        after.scorecard.domains, table.only(("last_time", "change")).rows, strict=True
    ):
        assert last.value == was[name].lower
        assert change.value == score.lower - was[name].lower
    (table,) = levels(after.scorecard, before.scorecard)[0].tables
    assert isinstance(table.only(("change",)).rows[0][0], Change)
    assert "change" not in [column.key for column in domains(after.scorecard).tables[0].columns]


def test_what_stood_then_is_told_since_when_and_what_nobody_had_looked_at_is_not(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    then = before.state.on
    found_then = actions.plan(after, since=since(before, after)).only(("id", "since"))
    rows = {str(row[0]): row[1] for row in found_then.rows}
    assert {name for name, day in rows.items() if day == then} == {
        *("HEA-01", "PAR-01", "LOS-01"),  # short both times
        *("INV-01",),  # worse than it was, and short then as well
        *("CRI-02", "CRI-03", "DAN-02", "ASI-01"),  # open both times
        *({"LAT-02"} & rows.keys()),
    }
    assert rows["CRI-01"] is None, "it was well then"
    found = {part.key: part for part in changes(before, after, ON)}
    told = {
        str(row[0]).split()[0]: row[-1]
        for part in found.values()
        for table in part.tables
        if table.columns[-1].key == "since"
        for row in table.rows
    }
    assert told["HEA-01"] == told["CRI-02"] == told["INV-01"] == then
    assert told["CRI-01"] is None
    assert "since" not in [column.key for table in found["improved"].tables for column in table.columns]
    (plan,) = (table for table in tables(after, MADE, before) if table.name == "sc_plan")
    id_, day = plan.columns.index("question_id"), plan.columns.index("since")
    assert {row[id_]: row[day] for row in plan.rows} == rows


def test_what_was_unanswered_then_and_falls_short_now_was_not_short_then(tmp_path: Path) -> None:
    before, after = two(tmp_path, {**THEN, "HEA-01": None, "LAT-01": None})
    told = since(before, after)
    assert "HEA-01" not in told
    assert told["LAT-01"] == before.state.on, "open then, and nobody knows now"


def test_it_goes_by_the_question_that_another_has_replaced(tmp_path: Path) -> None:
    old, new = built(section("s", control("OLD-1"))), built(section("s", control("NEW-1", replaces=["OLD-1"])))
    (tmp_path / "then").mkdir()
    before = shown(tmp_path / "then", {"OLD-1": "no"}, old, {})
    assert since(before, shown(tmp_path, {"NEW-1": "no"}, new, {})) == {"NEW-1": before.state.on}


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_sheets_have_the_column_with_an_earlier_assessment_alone(tmp_path: Path, spoken: str) -> None:
    before, after = two(tmp_path)
    with language.speaking(spoken):
        told, change = language._("Since"), language._("Change")
        write(after, tmp_path / "with.xlsx", made=MADE, choices=Choices(previous=before))
        write(after, tmp_path / "without.xlsx", made=MADE)
        plan, first = language._("Action plan"), language._("Summary")
    compared, alone = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("with", "without"))
    assert told in [cell.value for cell in compared[plan][1]]
    assert told not in [cell.value for cell in alone[plan][1]]
    assert change in said_on(compared, first)
    assert change not in said_on(alone, first)
    (place,) = (cell.column - 1 for cell in compared[plan][1] if cell.value == told)
    days = [row[place].value for row in compared[plan].iter_rows(min_row=2)]
    assert dt.datetime.combine(before.state.on, dt.time()) in days


def test_the_bars_show_the_change_of_each_score(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    was, now = dict(before.scorecard.domains), dict(after.scorecard.domains)
    table = bars_of_domains(after.scorecard, before.scorecard)
    told = {str(name): change for name, change in table.only(("name", "change")).rows}
    assert {name: change.value for name, change in told.items() if isinstance(change, Change)} == {
        wording.domain(name): score.lower - was[name].lower for name, score in now.items()
    }


def test_it_is_told_what_became_of_the_actions(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    nothing = next(part for part in changes(before, after, ON) if part.key == "actions")
    assert nothing.tables == ()
    late, done = Action(owner="A", due=ON - dt.timedelta(1)), Action(status="done", done_on=ON)
    before = replace(before, state=replace(before.state, actions={"CRI-01": late, "HEA-01": late}))
    after = replace(after, state=replace(after.state, actions={"CRI-01": late, "HEA-01": done, "INV-01": Action()}))
    (table,) = next(part for part in changes(before, after, ON) if part.key == "actions").tables
    assert {str(row[0]): row[1:] for row in table.rows} == {
        "Waived": (0, 0),
        "Done": (0, 1),
        "Under way": (0, 0),
        "To do": (2, 1),
        "Overdue on 30 Jun 2026": (None, 1),
    }


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_report_has_the_sheet_with_real_figures(tmp_path: Path, spoken: str) -> None:
    before, after = two(tmp_path)
    with language.speaking(spoken):
        titles = [language._("Changes"), language._("Scores")]
        write(after, tmp_path / "gap.xlsx", made=MADE, choices=Choices(only=titles, previous=before))
        workbook = openpyxl.load_workbook(tmp_path / "gap.xlsx")
        assert workbook.sheetnames == titles[::-1]
        said = said_on(workbook, titles[0])
        assert language._("What the change is owed to") in said
    assert after.scorecard.overall.lower is not None
    assert before.scorecard.overall.lower is not None
    change = after.scorecard.overall.lower - before.scorecard.overall.lower
    figures = [cell.value for row in workbook[titles[0]].iter_rows() for cell in row if "+" in cell.number_format]
    assert any(abs(Fraction(one) - change) < Fraction(1, 1000) for one in figures if isinstance(one, float))


def test_without_an_earlier_assessment_there_is_no_such_sheet(tmp_path: Path) -> None:
    write(shown(tmp_path, MIXED), tmp_path / "gap.xlsx", made=MADE)
    assert "Changes" not in openpyxl.load_workbook(tmp_path / "gap.xlsx").sheetnames
    with pytest.raises(UsageError):
        write(shown(tmp_path, MIXED), tmp_path / "b.xlsx", made=MADE, choices=Choices(only=["Changes"]))


def test_the_older_one_comes_first(tmp_path: Path) -> None:
    before, after = two(tmp_path)
    check_order(before, after)
    with pytest.raises(UsageError, match="30 Jun 2026, the other of 30 Jun 2025"):
        check_order(after, before)
    with pytest.raises(UsageError, match="the same assessment"):
        check_order(after, after)
    same_day = replace(before, state=replace(before.state, on=ON))
    check_order(same_day, after)
    with pytest.raises(UsageError, match="the older one comes first"):
        check_order(after, same_day)
