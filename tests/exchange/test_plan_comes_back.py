"""The action plan comes back as a workbook: what was filled in is brought in whole, or refused by sheet and cell."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessed import score_file
from stockcheck.assessment.actions import FIELDS, Action
from stockcheck.assessment.file import create, open_file
from stockcheck.report.choices import Choices
from stockcheck.report.excel import write
from tests.assessment.crafting import ON, checklist, clock, read
from tests.cli.running import run
from tests.libreoffice import converted, needs_libreoffice
from tests.volume import long

DUE = dt.date(2026, 6, 30)
PLAN = "Action plan"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an assessment that has gaps, and the plan of its report."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "d.stockcheck"
    create(path, checklist(), depot="North", marking="SECRET", on=ON, by="tester", clock=clock)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        for name, answer in (("A-1", Answer("no")), ("B-1", Answer("no")), ("A-3", Answer(()))):
            file.answer(file.checklist.question[name], answer)
        file.act({"A-1": {"owner": "Storekeeper"}})
    return exported(folder).parent


@pytest.fixture
def depot(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    for path in made.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def exported(folder: Path, code: str = "en", *, whole: bool = False) -> Path:
    """Write the report, or of it the sheets of the action plan alone: all the others are read for nothing."""
    with language.speaking(code):
        choices = Choices() if whole else Choices(only=[language._(PLAN)])
        write(score_file(folder / "d.stockcheck", code), folder / "r.xlsx", made=clock(), force=True, choices=choices)
    return folder / "r.xlsx"


def columns(sheet: Worksheet) -> dict[str, int]:
    """The number of each column of the plan, by what its defined name ends in."""
    names = sheet.parent.defined_names
    return {
        name.removeprefix("plan_"): sheet[next(iter(names[name].destinations))[1].split(":")[0].replace("$", "")].column
        for name in names
        if name.startswith("plan_") and name != "plan_exported"
    }


def row_of(sheet: Worksheet, question: str) -> int:
    column = columns(sheet)["id"]
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, column).value == question)


def filled(depot: Path, values: dict[str, dict[str, Any]], *, source: str = "r.xlsx", name: str = "f.xlsx") -> Path:
    """The report with `values` written into the plan by question and column, saved by another program."""
    workbook = load_workbook(depot / source)
    sheet = next(one for one in workbook.worksheets if one.title in (PLAN, "Plan de acción"))
    for question, row in values.items():
        for column, value in row.items():
            sheet.cell(row_of(sheet, question), columns(sheet)[column]).value = value
    workbook.save(depot / name)
    return depot / name


def changed(depot: Path, change: Callable[[Any], object], name: str = "f.xlsx") -> Path:
    workbook = load_workbook(depot / "r.xlsx")
    change(workbook)
    workbook.save(depot / name)
    return depot / name


def brought_in(depot: Path, *more: str, name: str = "f.xlsx") -> str:
    return run(depot, "plan", "import", name, "--into", "d.stockcheck", "--by", "Clerk", *more).stdout


def refused(depot: Path, *more: str, name: str = "f.xlsx") -> str:
    """What is said of a plan that is refused; nothing may have been written."""
    before = (depot / "d.stockcheck").read_bytes()
    done = run(depot, "plan", "import", name, "--into", "d.stockcheck", *more, status=1)
    assert (depot / "d.stockcheck").read_bytes() == before
    return done.stdout + done.stderr


def actions(depot: Path) -> dict[str, Action]:
    return read(depot / "d.stockcheck").state.actions


EVERYTHING = {
    "owner": "Storekeeper",
    "due": DUE,
    "status": "Waived",
    "verified_by": "Inspector",
    "evidence": "Seen.",
    "remarks": "Two\nlines, ñ",
    "until": DUE,
    "measure": "Guards doubled",
}


def test_what_was_filled_in_is_kept_with_who_brought_it_and_from_which_file(depot: Path) -> None:
    path = filled(depot, {"B-2": {**EVERYTHING, "owner": "Guard"}})
    assert "changed: 1; refused: 0" in brought_in(depot)
    event = read(depot / "d.stockcheck").events[-1]
    assert (event.kind, event.subject, event.by) == ("action", "B-2", "Clerk")
    assert event.data["from"] == hashlib.sha256(path.read_bytes()).hexdigest()
    action = actions(depot)["B-2"]
    assert {name: getattr(action, name) for name in EVERYTHING} == {**EVERYTHING, "owner": "Guard", "status": "waived"}


def test_the_next_report_carries_all_of_it_and_brings_nothing_new(depot: Path) -> None:
    filled(depot, {"B-2": {**EVERYTHING, "remarks": "x" * 19_000 + "\nend"}})
    brought_in(depot)
    exported(depot)
    assert "changed: 0; refused: 0" in brought_in(depot, name="r.xlsx")
    sheet = load_workbook(depot / "r.xlsx")[PLAN]
    assert str(sheet.cell(row_of(sheet, "B-2"), columns(sheet)["remarks"]).value).endswith("\nend"), "never cut"


def test_an_untouched_report_changes_nothing(depot: Path) -> None:
    exported(depot, whole=True)
    before = (depot / "d.stockcheck").read_bytes()
    assert "changed: 0; refused: 0; in conflict: 0" in brought_in(depot, name="r.xlsx")
    assert (depot / "d.stockcheck").read_bytes() == before


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(depot: Path) -> None:
    filled(depot, {"B-2": {"owner": "Guard"}})
    before = (depot / "d.stockcheck").read_bytes()
    assert "B-2  Owner: Guard" in brought_in(depot, "--dry-run")
    assert (depot / "d.stockcheck").read_bytes() == before


def _sorted(workbook: Any) -> None:
    """The rows of the plan in the opposite order, as sorting leaves them."""
    sheet = workbook[PLAN]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


def _headers_renamed(workbook: Any) -> None:
    for cell in workbook[PLAN][1]:
        cell.value = f"Our {cell.value}"


def _rows_deleted(workbook: Any) -> None:
    sheet = workbook[PLAN]
    for row in [row_of(sheet, name) for name in ("A-1", "A-3")]:
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = None


@pytest.mark.parametrize("change", [_sorted, _headers_renamed, _rows_deleted])
def test_what_people_do_to_a_sheet_does_no_harm(depot: Path, change: Callable[[Any], object]) -> None:
    def both(workbook: Any) -> None:
        sheet = workbook[PLAN]
        sheet.cell(row_of(sheet, "B-2"), columns(sheet)["owner"]).value = "Guard"
        change(workbook)

    changed(depot, both)
    assert "changed: 1; refused: 0" in brought_in(depot)
    assert (actions(depot)["B-2"].owner, actions(depot)["A-1"].owner) == ("Guard", "Storekeeper")


@long
@needs_libreoffice
def test_a_plan_saved_by_libreoffice_is_read_alike(depot: Path) -> None:
    exported(depot, whole=True)
    path = filled(depot, {"B-2": EVERYTHING, "A-1": {"status": "Done", "done_on": DUE}})
    (saved,) = converted([path], "xlsx", depot / "saved")
    saved.replace(depot / "saved.xlsx")
    first = brought_in(depot, "--dry-run")
    assert brought_in(depot, name="saved.xlsx") == first.replace("Nothing was written.\n", "") + (
        "1 action is done, and its answer still says that something is missing. Check it again: A-1.\n"
    )
    assert actions(depot)["B-2"].due == DUE


@pytest.mark.parametrize(("code", "word"), [("en", "En curso"), ("es", "Under way"), ("es", "en  CURSO")])
def test_a_status_is_understood_in_every_language(depot: Path, code: str, word: str) -> None:
    exported(depot, code=code)
    filled(depot, {"B-2": {"status": word}})
    brought_in(depot)
    assert actions(depot)["B-2"].status == "under_way"


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("due", "end of March", "“end of March” is not a date"),
        ("due", "2026-03-31", "“2026-03-31” is not a date"),
        ("due", 12, "1900-01-12 lies before"),
        ("due", dt.date(1901, 1, 1), "1901-01-01 lies before"),
        ("done_on", "=TODAY()", "A formula stands here"),
        ("owner", "=A1", "A formula stands here"),
        ("status", "=1+1", "A formula stands here"),
        ("status", "Almost", "“Almost” is none of the words"),
        ("owner", "x" * 201, "at most 200"),
        ("evidence", True, "No text and no date"),
        ("status", "Waived", "A waiver needs a date"),
        ("done_on", DUE, "its status is not done"),
        ("id", "Z-9", "There is no question with the id “Z-9”"),
        ("id", "A-1", "The id A-1 stands here a second time; first: sheet “Action plan”, cell "),
        ("id", None, "and no id"),
        ("id", "=A1", "There is no question with the id"),
        ("id", "\x1b[2J".replace("\x1b", "_x001B_"), "There is no question with the id"),
    ],
)
def test_what_does_not_fit_is_refused_by_sheet_and_cell(depot: Path, column: str, value: object, why: str) -> None:
    filled(depot, {"A-1": {"remarks": "This is fine."}, "B-2": {"owner": "Guard", column: value}})
    said = refused(depot)
    assert why in said
    sheet = load_workbook(depot / "r.xlsx")[PLAN]
    cell = r"sheet “Action plan”, cell [A-Z]+" + str(row_of(sheet, "B-2"))
    assert re.search(cell, said)
    assert "Nothing was written" in said
    assert "\x1b" not in said


def test_every_refusal_is_told_at_once_and_in_spanish(depot: Path) -> None:
    exported(depot, code="es")
    filled(depot, {"A-1": {"due": "marzo"}, "B-2": {"status": "casi"}})
    done = run(depot, "--lang", "es", "plan", "import", "f.xlsx", "--into", "d.stockcheck", status=1)
    assert "rechazadas: 2" in done.stdout
    assert "hoja «Plan de acción», celda" in done.stderr
    assert "«marzo» no es una fecha" in done.stderr
    assert "«casi» no es ninguna" in done.stderr


def _removed(title: str) -> Callable[[Any], object]:
    return lambda workbook: workbook.remove(workbook[title])


def _without_name(name: str) -> Callable[[Any], object]:
    return lambda workbook: workbook.defined_names.pop(name)


def _pointing_nowhere(workbook: Any) -> None:
    workbook.defined_names["plan_due"].attr_text = "#REF!"


def _same_column(workbook: Any) -> None:
    workbook.defined_names["plan_due"].attr_text = workbook.defined_names["plan_owner"].attr_text


def _base_emptied(workbook: Any) -> None:
    workbook["plan_as_exported"].delete_cols(1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_removed(PLAN), "the column “Id” of the action plan is gone"),
        (_removed("plan_as_exported"), "plan_as_exported"),
        (_without_name("plan_id"), "has no action plan that can be read back"),
        (_without_name("plan_owner"), "the column “Owner” of the action plan is gone"),
        (_pointing_nowhere, "the column “Due” of the action plan is gone"),
        (_same_column, "are not where they belong"),
        (_base_emptied, "plan_as_exported"),
    ],
)
def test_a_plan_of_which_something_is_missing_is_refused(
    depot: Path, change: Callable[[Any], object], why: str
) -> None:
    changed(depot, change)
    assert why in refused(depot)


def test_the_plan_of_another_assessment_is_refused(depot: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    later = clock() + dt.timedelta(seconds=1)
    create(other / "d.stockcheck", checklist(), depot="North", marking="", on=ON, by="tester", clock=lambda: later)
    with open_file(other / "d.stockcheck", write=True, by="tester") as file:
        file.answer(file.checklist.question["B-1"], Answer("no"))
    exported(other)
    filled(other, {"B-2": {"owner": "Guard"}}).replace(depot / "f.xlsx")
    assert "is the plan of another assessment" in refused(depot)


def test_a_copy_of_the_assessment_is_the_same_assessment(depot: Path) -> None:
    filled(depot, {"B-2": {"owner": "Guard"}})
    (depot / "copy.stockcheck").write_bytes((depot / "d.stockcheck").read_bytes())
    run(depot, "plan", "import", "f.xlsx", "--into", "copy.stockcheck")
    assert read(depot / "copy.stockcheck").state.actions["B-2"].owner == "Guard"


def test_a_conflict_is_listed_and_nothing_written_until_somebody_says_whose_word_counts(depot: Path) -> None:
    filled(depot, {"A-1": {"owner": "Guard"}, "B-2": {"owner": "Clerk"}})
    run(depot, "plan", "set", "d.stockcheck", "A-1", "--owner", "Commander")
    said = refused(depot)
    assert "exported “Storekeeper”, in the workbook “Guard”, in the assessment “Commander”" in said
    assert "--ours" in said
    run(depot, "plan", "import", "f.xlsx", "--into", "d.stockcheck", "--ours", "--theirs", status=2)
    copy = (depot / "d.stockcheck").read_bytes()
    brought_in(depot, "--ours")
    assert (actions(depot)["A-1"].owner, actions(depot)["B-2"].owner) == ("Commander", "Clerk")
    (depot / "d.stockcheck").write_bytes(copy)
    brought_in(depot, "--theirs")
    assert (actions(depot)["A-1"].owner, actions(depot)["B-2"].owner) == ("Guard", "Clerk")


def test_what_the_assessment_has_learnt_since_stays_where_the_workbook_says_nothing_new(depot: Path) -> None:
    filled(depot, {"A-1": {"remarks": "Ordered."}})
    run(depot, "plan", "set", "d.stockcheck", "a-1", "--owner", "Commander", "--status", "under-way")
    brought_in(depot)
    action = actions(depot)["A-1"]
    assert (action.owner, action.status, action.remarks) == ("Commander", "under_way", "Ordered.")


def test_done_while_the_answer_is_still_no_is_told(depot: Path) -> None:
    filled(depot, {"A-1": {"status": "Done"}})
    assert "Check it again: A-1." in brought_in(depot)
    assert read(depot / "d.stockcheck").state.answers["A-1"] == Answer("no"), "an action changes no answer"
    assert "check it again" in run(depot, "plan", "list", "d.stockcheck").stdout
    with open_file(depot / "d.stockcheck", write=True, by="tester") as file:
        file.answer(file.checklist.question["A-1"], Answer("yes"))
    assert "check it again" not in run(depot, "plan", "list", "d.stockcheck").stdout
    exported(depot)
    sheet = load_workbook(depot / "r.xlsx")[PLAN]
    assert sheet.cell(row_of(sheet, "A-1"), columns(sheet)["status"]).value == "Done", "the report goes on telling it"


def test_every_field_is_a_column_that_a_name_finds(depot: Path) -> None:
    assert set(columns(load_workbook(depot / "r.xlsx")[PLAN])) == {"id", *FIELDS}
