"""The first page: a verdict built from the rules, bars that never show more than there is, and one sheet of A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.report.content import aside, by_section, way
from stockcheck.report.content.bars import bars_of_sections
from stockcheck.report.content.orders import in_a_sentence
from stockcheck.report.content.parts import Bar
from stockcheck.report.content.verdict import verdict
from stockcheck.report.excel import write
from stockcheck.report.to_do import actions, today
from tests.report.showing import MIXED, checklist, shown
from tests.scoring.building import Given, built, control, section

MADE = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def test_the_verdict_says_what_stops_the_level_and_the_worst_that_was_found(tmp_path: Path) -> None:
    said = " ".join(verdict(shown(tmp_path, {**MIXED, "CRI-01": UNKNOWN})))
    assert said.startswith("Does NOT reach level 1: 1 of 3 critical controls of level 1 is not met, 1 of them because")
    assert "; 1 was never checked; 1 critical control set aside waits for a countersignature" in said
    assert "Even if every open question turned out well, level 1 would not be reached." in said
    assert said.endswith("Worst: LOS-01 Is LOS-01 in place? 3; full credit: at most 0")


def test_of_what_nobody_has_answered_nothing_is_said(tmp_path: Path) -> None:
    (said,) = verdict(shown(tmp_path, {}))
    assert said == "Nothing answered yet: nothing can be said of this depot."


def test_what_reaches_the_top_is_said_to(tmp_path: Path) -> None:
    one = shown(tmp_path, {"A-1": "yes"}, built(control("A-1"), thresholds=("0.8",)), {})
    assert verdict(one)[0].startswith("Reaches level 1")
    assert verdict(one)[-1] == "The top level holds."


@pytest.mark.parametrize(
    ("met", "up_to", "line", "pieces"),
    [
        (Fraction(8, 10), Fraction(8, 10), Fraction(8, 10), (16, 0, 16)),
        (Fraction(799, 1000), Fraction(1), Fraction(8, 10), (15, 5, 16)),
        (Fraction(999, 1000), Fraction(999, 1000), None, (19, 0, 0)),
        (Fraction(72, 100), Fraction(72, 100), Fraction(73, 100), (14, 0, 15)),
    ],
)
def test_a_bar_is_full_only_where_all_is_met_and_reaches_a_line_only_where_the_share_does(
    met: Fraction, up_to: Fraction, line: Fraction | None, pieces: tuple[int, int, int]
) -> None:
    assert Bar(met, up_to, line).cut(20) == pieces


def test_the_worst_comes_first_and_what_does_not_apply_last(tmp_path: Path) -> None:
    made = built(
        section("good", control("A-1")),
        section("bad", control("B-1")),
        section("none", control("C-1", when={"question": "A-1", "is": ["no"]})),
    )
    table = bars_of_sections(shown(tmp_path, {"A-1": "yes", "B-1": "no"}, made, {}).scorecard)
    assert [row[0] for row in table.only(("name",)).rows] == ["bad", "good", "none"]
    assert [row[0].words for row in table.only(("bar",)).rows if isinstance(row[0], Bar)] == ["", "", "does not apply"]


def test_do_today_counts_immediate_gaps_and_criticals_that_nobody_checked(tmp_path: Path) -> None:
    load = today(shown(tmp_path, MIXED).scorecard)
    assert (load.gaps, load.unchecked) == (2, 1)


def test_the_plan_has_every_gap_what_is_to_check_the_way_and_what_waits(tmp_path: Path) -> None:
    card = shown(tmp_path, MIXED).scorecard
    ids = [one.line.question.id for one in actions(card)]
    assert len(set(ids)) == len(ids)
    listed = {line.question.id for one in actions(card) for line in (one.line, *one.parts)}
    assert card.on_route <= listed
    assert {line.question.id for line in card.set_aside} <= set(ids)
    assert [one.priority for one in actions(card)] == sorted(one.priority for one in actions(card))


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_priorities_sort_as_text_in_every_language(tmp_path: Path, spoken: str) -> None:
    with language.speaking(spoken):
        write(shown(tmp_path, MIXED), tmp_path / "gap.xlsx", made=MADE)
        title, priority = language._("Action plan"), language._("Priority")
    plan = openpyxl.load_workbook(tmp_path / "gap.xlsx")[title]
    (column,) = (cell.column_letter for cell in plan[1] if cell.value == priority)
    found = [str(cell.value) for cell in plan[column][1:]]
    assert found == sorted(found)
    assert len(set(found)) > 2


@pytest.mark.parametrize(
    ("question", "words"),
    [("Is it shut?", "is it shut?"), ("¿Está cerrado?", "¿está cerrado?"), ("EOD teams?", "EOD teams?"), ("", "")],
)
def test_a_question_goes_on_after_a_colon(question: str, words: str) -> None:
    assert in_a_sentence(question) == words


def test_the_way_gives_the_score_after_each_step_and_quick_wins_off_it(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    tables = {table.key: table for part in way.way(one) for table in part.tables}
    route = one.scorecard.route
    assert route is not None
    assert [row[0] for row in tables["route"].only(("id",)).rows] == [step.line.question.id for step in route.steps]
    wins = {str(row[0]) for row in tables["quick_wins"].only(("id",)).rows}
    assert not wins & one.scorecard.on_route


def test_a_section_without_findings_says_none(tmp_path: Path) -> None:
    found = {one.title: one for one in by_section.by_section(shown(tmp_path, {**MIXED, "INV-01": "yes"}))}
    assert (found["books"].found, found["books"].words) == ((), "None.")
    assert [one.id for one in found["store"].found][:2] == ["CRI-01", "CRI-02"]


def test_what_waits_has_its_reason_and_room_to_countersign(tmp_path: Path) -> None:
    tables = {table.key: table for part in aside.aside(shown(tmp_path, MIXED)) for table in part.tables}
    waiting = tables["waiting"].only(("id", "by", "countersigned")).rows
    assert waiting == (("CRI-03", "first", ""), ("ASI-01", "first", ""))
    assert tables["flagged"].rows == ()


ALL = [question.id for question in checklist().questions if question.scored]


@pytest.mark.parametrize(
    "given",
    [{}, dict.fromkeys(ALL, UNKNOWN), MIXED, {**dict.fromkeys(["CRI-01", "CRI-02", "CRI-03", "ASI-01"], "na")}],
    ids=["untouched", "all unknown", "mixed", "set aside"],
)
def test_the_first_page_is_one_sheet_of_paper_at_its_full_size(
    tmp_path: Path, given: Mapping[str, Given | Answer]
) -> None:
    one = shown(tmp_path, given)
    one.state.depot = "A depot with a very long name indeed " * 40
    write(one, tmp_path / "gap.xlsx", made=MADE)
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Summary"]
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth) == (1, 1)
    assert sum(row.height for row in sheet.row_dimensions.values()) <= 800
    assert round(sum(column.width for column in sheet.column_dimensions.values()), 6) <= 98


def test_ids_lead_to_the_finding_and_an_empty_table_says_none(tmp_path: Path) -> None:
    write(shown(tmp_path, MIXED), tmp_path / "gap.xlsx", made=MADE)
    workbook = openpyxl.load_workbook(tmp_path / "gap.xlsx")
    plan, found = workbook["Action plan"], workbook["Findings by section"]
    (cell,) = (row[2] for row in plan.iter_rows(min_row=2) if row[2].value == "CRI-01")
    sheet, _mark, place = cell.hyperlink.location.rpartition("!")
    assert sheet == "'Findings by section'"
    assert found[place].value == "CRI-01"
    well = shown(tmp_path, {"A-1": "yes"}, built(control("A-1"), thresholds=("0.8",)), {})
    write(well, tmp_path / "gap.xlsx", made=MADE, force=True)
    workbook = openpyxl.load_workbook(tmp_path / "gap.xlsx")
    assert [cell.value for cell in workbook["Action plan"][2] if cell.value] == ["None."]
    first = [str(cell.value) for row in workbook["Summary"].iter_rows() for cell in row if cell.value]
    assert first[first.index("The first orders") :].index("None.") < 6


def test_what_is_to_be_written_in_is_framed_and_a_date_is_refused_that_is_none(tmp_path: Path) -> None:
    write(shown(tmp_path, MIXED), tmp_path / "gap.xlsx", made=MADE)
    plan = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Action plan"]
    titles = {cell.value: cell.column_letter for cell in plan[1]}
    assert plan[f"{titles['Due']}2"].border.left.style == "medium"
    assert plan[f"{titles['Do']}2"].border.left.style == "thin"
    dates = [one for one in plan.data_validations.dataValidation if one.type == "date"]
    assert dates
    assert all(one.showErrorMessage for one in dates)
    assert str(plan.print_area).endswith(f"${titles['Verified by']}${plan.max_row}")
    with open_file(tmp_path / "depot.stockcheck", write=True, by="tester") as file:
        file.act({"CRI-01": {"remarks": "Ordered."}})
        write(score_opened(file, "en"), tmp_path / "gap.xlsx", made=MADE, force=True)
    plan = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Action plan"]
    assert str(plan.print_area).endswith(f"${titles['Remarks']}${plan.max_row}"), "what is filled in prints"
