"""The data sheets: typed as documented, the same in every language, whole, and joined in one line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessed import Assessed, score_opened, scorecard_of
from stockcheck.assessment.file import open_file
from stockcheck.report.as_json import scorecard_as_json
from stockcheck.report.choices import Choices
from stockcheck.report.content import actions
from stockcheck.report.data.assessment import COMMON
from stockcheck.report.data.columns import Table, Type
from stockcheck.report.data.reference import reference
from stockcheck.report.data.tables import KINDS, tables
from stockcheck.report.excel import write
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.spreadsheet.cells import pieces
from tests.report.showing import MIXED, checklist, printed, shown
from tests.report.test_excel import HOSTILE, MADE, found
from tests.scoring.depots import Depots
from tests.volume import number as number_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "report-data.md"
NAMES = [kind.name for kind in KINDS]
TYPES: dict[Type, type] = {
    "text": str,
    "fraction": str,
    "integer": int,
    "number": Decimal,
    "share": Fraction,
    "boolean": bool,
    "date": dt.date,
    "moment": dt.datetime,
}


def test_the_page_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "python docs/report_data.py"


def of_all_kinds(folder: Path) -> list[Assessed]:
    """Depots that between them have something in every column."""
    mixed = shown(folder, MIXED, accepted=("ASI-01",))
    state = replace(mixed.state, flags={"CRI-01"}, review={"CRI-01"})
    other = folder / "other"
    other.mkdir()
    return [replace(mixed, state=state), shown(folder, {}), found(other, {"A-4": Answer(Decimal(3))})]


def records(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_every_cell_is_of_its_columns_type_and_empty_only_where_that_is_said(tmp_path: Path) -> None:
    kinds = {kind.name: kind for kind in KINDS}
    for one in of_all_kinds(tmp_path):
        for table in tables(one, MADE):
            columns = (*COMMON, *kinds[table.name].columns)
            assert table.columns == tuple(column.name for column in columns)
            assert len(set(table.columns)) == len(columns)
            for row in table.rows:
                for column, cell in zip(columns, row, strict=True):
                    where = (table.name, column.name, cell)
                    if cell is None:
                        assert column.optional, where
                    else:
                        assert isinstance(cell, TYPES[column.type]), where
                        assert isinstance(cell, bool) == (column.type == "boolean"), where
                        assert isinstance(cell, dt.datetime) == (column.type == "moment"), where


def cells(workbook: Workbook, sheet: str) -> list[list[Any]]:
    return [list(row) for row in workbook[sheet].iter_rows(values_only=True)]


def test_they_are_the_same_in_every_language(tmp_path: Path) -> None:
    workbooks = {}
    with open_file(shown_file(tmp_path)) as file:
        for spoken in language.LANGUAGES:
            with language.speaking(spoken):
                one = Assessed(file.state, scorecard_of(file.state, spoken), file.record)
                write(one, tmp_path / f"{spoken}.xlsx", made=MADE)
                workbooks[spoken] = openpyxl.load_workbook(tmp_path / f"{spoken}.xlsx")
    english = workbooks["en"]
    assert english.sheetnames[-len(NAMES) :] == NAMES
    for name in NAMES:
        sheet = english[name]
        assert not sheet.merged_cells
        (table,) = sheet.tables.values()
        assert (table.displayName, table.ref) == (name, sheet.dimensions)
        assert sheet.sheet_properties.tabColor.rgb == "00A9B4BE"
        assert all(cells(workbook, name) == cells(english, name) for workbook in workbooks.values())


def shown_file(folder: Path) -> Path:
    shown(folder, MIXED)
    return folder / "depot.stockcheck"


def only_data(one: Assessed, path: Path) -> Path:
    write(one, path, made=MADE, force=True, choices=Choices(only=NAMES))
    return path


@number_of("reports", 40, 200)
def test_reports_of_two_languages_join_in_one_line(tmp_path: Path, reports: int) -> None:
    first, depots, figures = shown(tmp_path, {}), Depots(7), []
    for number in range(reports):
        case = depots.one()
        one = replace(
            first,
            state=replace(first.state, checklist=case.checklist),
            scorecard=case.card,
            record=replace(first.record, first=f"{number:064x}"),
        )
        figures.append(one.scorecard.overall.lower)
        with language.speaking(("en", "es")[number % 2]):
            write(one, tmp_path / f"{number:03}.xlsx", made=MADE, choices=Choices(only=["sc_scores"]))
    read = {"sheet_name": "sc_scores", "engine": "calamine"}
    joined = pandas.concat(pandas.read_excel(path, **read) for path in sorted(tmp_path.glob("*.xlsx")))
    whole = joined[joined.set == "overall"]
    assert whole.assessment_id.nunique() == reports
    assert [None if pandas.isna(one) else Fraction(one) for one in whole.score_exact] == figures
    for share, exact in zip(whole.score, figures, strict=True):
        assert pandas.isna(share) if exact is None else share == pytest.approx(float(exact), rel=1e-15)
    assert str(whole.assessed_on.dtype).startswith("datetime64")
    assert whole.questions.sum() == int(whole.questions.sum())


def test_an_assessment_is_known_by_its_first_entry_whatever_comes_after(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    with open_file(tmp_path / "depot.stockcheck", write=True, by="first") as file:
        file.note("CRI-01", "Later.")
        later = file.record
        assert later.first == file.events[0].hash == one.record.first
    assert later.head != one.record.head


def test_another_reader_sees_the_same(tmp_path: Path) -> None:
    path = only_data(shown(tmp_path, MIXED), tmp_path / "gap.xlsx")
    workbook, ours = CalamineWorkbook.from_path(path), openpyxl.load_workbook(path)
    for name in NAMES:
        header, *rows = workbook.get_sheet_by_name(name).to_python()
        expected = cells(ours, name)
        assert header == expected[0]
        for row, other in zip(rows, expected[1:], strict=True):
            assert [same(one) for one in row] == [same(one) for one in other]


def same(cell: Any) -> Any:
    """A cell as every reader has it: some know no empty cell but an empty text, and no whole number or bare date."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    return "" if cell is None else float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def test_text_is_whole_and_stays_text(tmp_path: Path) -> None:
    note = "\n".join(HOSTILE) + "\n" + "_x0041_ two words, " * 4000
    one = found(tmp_path, {"A-1": Answer("yes")})
    for text in (*HOSTILE, note):
        told = replace(one, state=replace(one.state, notes={"A-1": text}))
        path = only_data(told, tmp_path / "gap.xlsx")
        sheet = openpyxl.load_workbook(path)["sc_answers"]
        header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        row = next(dict(zip(header, row, strict=True)) for row in rows if "A-1" in row)
        notes = [str(row[name]) for name in header if name and name.split("_")[0] == "note"]
        (answers,) = (table for table in tables(told, MADE) if table.name == "sc_answers")
        (kept,) = (row["note"] for row in records(answers) if row["question_id"] == "A-1")
        assert "".join(notes).replace("_x005F_", "_") == kept
        assert all(len(one) <= 32_767 for one in notes)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        assert sheet.tables["sc_answers"].ref == sheet.dimensions
    assert len(kept) > 70_000


@pytest.mark.parametrize("text", ["", "a" * 32_767, "a" * 32_768, "\N{GRINNING FACE}" * 20_000, "_x0041" * 9_000])
def test_pieces_fit_a_cell_and_make_the_whole(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(len(one.encode("utf-16-le")) <= 2 * 32_767 for one in found)
    assert len(found) == 1 or len(text) > 16_000


def test_without_gaps_there_is_a_table_without_rows(tmp_path: Path) -> None:
    path = only_data(shown(tmp_path, {}, checklist(levels=False)), tmp_path / "gap.xlsx")
    assert pandas.read_excel(path, sheet_name="sc_gaps", engine="openpyxl").empty is False, "what is to check is listed"
    one = found(tmp_path, {})
    card = Scorecard(one.checklist, one.state.answers, {}, one.state.on)
    card.__dict__["pressing"] = ()
    path = only_data(replace(one, scorecard=card), tmp_path / "gap.xlsx")
    assert pandas.read_excel(path, sheet_name="sc_gaps", engine="openpyxl").empty
    assert openpyxl.load_workbook(path)["sc_gaps"].tables["sc_gaps"].ref.endswith("2"), "Excel wants a row"


@number_of("cases", 15, 40)
def test_the_json_the_data_and_the_terminal_agree_figure_by_figure(tmp_path: Path, cases: int) -> None:
    depots = Depots(11)
    for _number in range(cases):
        case = depots.one()
        one = shown(tmp_path, case.given, case.checklist, case.profile, case.accepted)
        whole = scorecard_as_json(one)
        data = {table.name: records(table) for table in tables(one, MADE)}
        (about,) = data["sc_assessment"]
        assert about["assessment_id"] == one.record.first
        for key in ("achieved", "reachable", "nothing_answered", "rules"):
            assert about[key] == whole[key]
        assert about["record_head"] == whole["history"]["head"]
        sets = {(row["set"], row["key"]): row for row in data["sc_scores"] if row["set"] != "level_domain"}
        figures = {("overall", one.checklist.id): whole["score"]}
        for kind in ("domain", "section", "standard"):
            figures |= {(kind, name): score for name, score in whole[f"{kind}s"].items()}
        figures |= {("level", str(level["level"])): level["score"] for level in whole["levels"]}
        assert sets.keys() == figures.keys()
        for place, score in figures.items():
            row = sets[place]
            for ours, theirs in (("score", "lower"), ("up_to", "upper"), ("answered",) * 2, ("rests_on", "assessed")):
                exact = score[theirs] and score[theirs]["exact"]
                assert row[f"{ours}_exact"] == exact
                assert row[ours] == (None if exact is None else Fraction(exact))
            for name in ("weight", "questions", "open", "gaps", "set_aside", "accepted", "accepted_weight"):
                assert row[name] == score[name]
        for row, level in zip((row for row in sets.values() if row["set"] == "level"), whole["levels"], strict=True):
            assert (row["holds"], row["reachable"]) == (level["holds"], level["reachable"])
            assert row["missing_exact"] == level["rule_a"]["missing"]["exact"]
            for ours, rule, theirs in (
                ("criticals_short", "rule_c", "short"),
                ("criticals_unseen", "rule_c", "unseen"),
                ("criticals_waiting", "rule_c", "waiting"),
                ("absent", "rule_d", "absent"),
            ):
                assert (row[ours] or "").split("; ") == "; ".join(level[rule][theirs]).split("; ")
        asked = [row for row in data["sc_answers"] if row["kind"] == "question"]
        for row, line in zip(asked, whole["questions"], strict=True):
            assert (row["question_id"], row["section_id"]) == (line["id"], line["section"])
            for ours, theirs in (
                ("credit_exact", "credit"),
                ("upper_exact", "upper"),
                ("floor_exact", "floor"),
                *((name, name) for name in ("standing", "weight", "level", "met", "finding", "fails_with", "flagged")),
            ):
                assert row[ours] == line[theirs], (ours, row["question_id"])
        assert [(row["kind"], row["question_id"]) for row in data["sc_gaps"]] == [
            ("to_check" if gap.to_check else "gap", gap.line.question.id) for gap in one.scorecard.pressing
        ]
        listed = {gap["id"]: gap for gap in (*whole["gaps"], *whole["to_check"])}
        for row in data["sc_gaps"]:
            gap = listed[row["question_id"]]
            for ours, theirs in (("credit_exact", "credit"), ("shortfall_exact", "shortfall")):
                assert row[ours] == gap[theirs]
            for name in ("priority", "rule", "weight", "effort", "critical"):
                assert row[name] == gap[name]
        text = printed(one)
        for place, row in sets.items():
            shown_so = figures[place]["lower"]
            if place[0] == "section" and shown_so and one.scorecard.overall.given and row["open"] < row["questions"]:
                lines = [line for line in text.splitlines() if line.startswith(row["title"])]
                assert any(f"{shown_so['percent']} %" in line for line in lines), (row["title"], shown_so)


def test_the_plan_has_every_step_of_the_route(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    route = one.scorecard.route
    assert route is not None
    (plan,) = (records(table) for table in tables(one, MADE) if table.name == "sc_plan")
    assert {row["question_id"]: row["route_step"] for row in plan if row["on_route"]} == {
        step.line.question.id: number for number, step in enumerate(route.steps, 1)
    }
    assert len({row["question_id"] for row in plan}) == len(plan)
    assert [row["number"] for row in plan] == list(range(1, len(plan) + 1))


def plan_of(one: Assessed, made: dt.datetime) -> list[dict[str, Any]]:
    return next(records(table) for table in tables(one, made) if table.name == "sc_plan")


def test_the_plan_lists_what_the_action_plan_does_with_what_was_filled_in(tmp_path: Path) -> None:
    shown(tmp_path, {name: answer for name, answer in MIXED.items() if name != "HEA-01"})
    said: dict[str, dict[str, str | dt.date | None]] = {
        "CRI-01": {"owner": "Storekeeper", "due": dt.date(2026, 6, 30), "status": "under_way", "remarks": "Ordered."},
        "CRI-03": {"status": "waived", "until": dt.date(2026, 5, 1), "measure": "A second guard."},
        "INV-02": {"status": "done", "done_on": dt.date(2026, 3, 1), "verified_by": "Auditor", "evidence": "Photo 3"},
    }
    with open_file(tmp_path / "depot.stockcheck", write=True, by="Q. Master") as file:
        file.act(said)
        one = score_opened(file, "en")
    plan = plan_of(one, made=dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    written = actions.plan(one)
    places = [column.key for column in written.columns]
    assert [(row["number"], row["question_id"]) for row in plan] == [
        (row[places.index("number")], row[places.index("id")]) for row in written.rows
    ]
    ranks = written.only(("priority",)).rows
    assert [row["priority"] for row in plan] == [rank.name.lower() for (rank,) in ranks if isinstance(rank, Priority)]
    rows = {row["question_id"]: row for row in plan}
    kinds = {"CRI-01": "gap", "CRI-02": "to_check", "CRI-03": "set_aside", "HEA-01": "route", "INV-02": "settled"}
    assert {name: rows[name]["kind"] for name in kinds} == kinds
    for name, filled in said.items():
        for key, value in filled.items():
            column = {"until": "waived_until", "measure": "compensating_measure"}.get(key, key)
            assert rows[name][column] == value, (name, key)
        assert (rows[name]["recorded_by"], rows[name]["overdue"]) == ("Q. Master", name != "INV-02")
    empty = rows["LOS-01"]
    assert (empty["status"], empty["owner"], empty["recorded_by"], empty["overdue"]) == ("open", None, None, False)


def test_what_format_1_had_stands_where_it_stood() -> None:
    (plan,) = (kind for kind in KINDS if kind.name == "sc_plan")
    first = (
        "number kind priority question_id remedy effort within_days due_proposed on_route route_step score_after "
        "score_after_exact"
    )
    assert " ".join(column.name for column in plan.columns).startswith(first + " ")


def test_options_are_ticked_as_answered(tmp_path: Path) -> None:
    one = found(tmp_path, {"A-1": Answer("yes"), "A-3": Answer(("locks", "rust"))})
    (options,) = (records(table) for table in tables(one, MADE) if table.name == "sc_options")
    ticked = {(row["question_id"], row["option_id"]): row["ticked"] for row in options}
    assert [ticked["A-3", name] for name in ("locks", "bars", "rust")] == [True, False, True]
    assert ticked["A-2", "open"] is None
    assert ticked["kinds", "rounds"] is True
