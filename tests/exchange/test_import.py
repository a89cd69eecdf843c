"""A form against an assessment that has gone on since: nothing is overwritten unasked, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook.defined_name import DefinedName

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.upgrade import upgrade
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.errors import StockcheckError
from stockcheck.exchange.importing import Read, against, write
from stockcheck.exchange.merging import Side
from stockcheck.exchange.opening import open_form
from tests.assessment.crafting import checklist, clock, new
from tests.depot import SECTION_ONE, checklist_file
from tests.exchange.filling import Filling, assessment, blank, of_file


def newer(folder: Path, *changes: tuple[str, str]) -> Checklist:
    """The small checklist as version 2.0, its first section changed."""
    path = checklist_file(folder)
    section = folder / "sections" / "one.yaml"
    text = SECTION_ONE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    section.write_text(text, encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"'), encoding="utf-8")
    return compose(path)[0]


def opened(path: Path) -> AssessmentFile:
    return open_file(path, write=True, by="importer", clock=clock)


def bring(file: AssessmentFile, form: Filling, side: Side | None = None) -> Read:
    """Import a form, whatever is in it."""
    found = open_form(form.saved())
    read = against(file, found)
    write(file, read.merge.settled(side), read.merge.review, found.sha256)
    return read


def answer(path: Path, name: str, value: str) -> None:
    with open_file(path, write=True, by="Second officer", clock=clock) as file:
        file.answer(file.checklist.question[name], Answer(value))


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    return new(tmp_path / "a.stockcheck")


def test_what_was_answered_differently_since_is_a_conflict(depot: Path, tmp_path: Path) -> None:
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-1", "No").write("question:B-1", "Yes")
    answer(depot, "A-1", "yes")
    with opened(depot) as file:
        read = bring(file, form)
        (conflict,) = read.merge.conflicts
        assert conflict.entry is not None
        assert (conflict.entry.answer, conflict.entry.by) == (Answer("yes"), "Second officer")
        assert (conflict.change.answer, conflict.change.place) == (Answer("no"), read.filled.given[0].place)
        assert file.state.answers == {"A-1": Answer("yes"), "B-1": Answer("yes")}
        bring(file, form, "ours")
        assert file.state.answers["A-1"] == Answer("yes")
        bring(file, form, "theirs")
        assert file.state.answers["A-1"] == Answer("no")


def test_the_same_answer_twice_is_no_conflict(depot: Path, tmp_path: Path) -> None:
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-1", "No", note="A hole")
    with opened(depot) as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        file.note("A-1", "A  hole")
        before = file.head
        read = bring(file, form)
        assert (read.merge.same, read.merge.changes, read.merge.conflicts, file.head) == (2, [], [], before)


def test_what_was_left_as_it_stood_in_the_form_does_not_undo_a_later_answer(depot: Path, tmp_path: Path) -> None:
    with opened(depot) as file:
        file.answer(file.checklist.question["A-1"], Answer(status="unknown"))
        file.note("A-1", "Nobody was there")
    form = Filling(of_file(depot, tmp_path / "form.xlsx"))
    assert (form.cell("question:A-1").value, form.cell("question:A-1", "note").value) == ("Unknown", "Nobody was there")
    with opened(depot) as file:
        file.answer(file.checklist.question["A-1"], Answer("yes"))
        file.note("A-1", "Walked on Monday")
        read = bring(file, form)
        assert (read.merge.changes, read.merge.conflicts) == ([], [])
        assert (file.state.answers["A-1"], file.state.notes["A-1"]) == (Answer("yes"), "Walked on Monday")


def test_a_note_that_both_have_changed_is_a_conflict(depot: Path, tmp_path: Path) -> None:
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-1", note="Seen by one")
    with opened(depot) as file:
        file.note("A-1", "Seen by the other")
        (conflict,) = bring(file, form).merge.conflicts
        assert (conflict.text, conflict.change.note) == ("Seen by the other", "Seen by one")
        bring(file, form, "theirs")
        assert file.state.notes["A-1"] == "Seen by one"


def test_an_answer_that_was_taken_back_since_is_a_conflict(depot: Path, tmp_path: Path) -> None:
    with opened(depot) as file:
        file.answer(file.checklist.question["A-1"], Answer(status="unknown"))
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-1", "No")
    with opened(depot) as file:
        file.answer(file.checklist.question["A-1"], None)
        (conflict,) = bring(file, form).merge.conflicts
        assert conflict.entry is None


def test_a_form_of_the_checklist_never_overwrites_unasked(depot: Path, tmp_path: Path) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx")).write("question:A-1", "No").write("fact:size", 4)
    answer(depot, "A-1", "yes")
    with opened(depot) as file:
        read = bring(file, form)
        assert len(read.merge.conflicts) == 1
        assert len(file.state.facts) == 1


def test_a_note_too_long_for_its_cell_is_not_in_the_form_and_stays(depot: Path, tmp_path: Path) -> None:
    with opened(depot) as file:
        file.note("A-1", "A very long note. " * 200)
    form = Filling(of_file(depot, tmp_path / "form.xlsx"))
    assert form.cell("question:A-1", "note").value is None
    assert "it is too long for its cell" in form.cell("question:A-1", "answer").offset(column=-3).value
    with opened(depot) as file:
        bring(file, form.write("question:A-1", "No"))
        assert file.state.notes["A-1"].startswith("A very long note.")


@pytest.mark.parametrize("kind", ["depot", "checklist", "no form", "gone"])
def test_what_does_not_belong_is_refused_whole(kind: str, depot: Path, tmp_path: Path) -> None:
    other = assessment(tmp_path / "b.stockcheck", checklist(), depot="South")
    path = tmp_path / "form.xlsx"
    form = Filling(of_file(other, path) if kind == "depot" else blank(checklist(), path))
    form.write("question:A-1", "No")
    hidden = form.workbook["stockcheck-form"]
    said = {
        "depot": "was made of another assessment",
        "checklist": "The form is of the checklist rapid; the assessment is of depot",
        "no form": "is not a form of this program",
        "gone": "a sheet or a column of it is gone",
    }[kind]
    if kind == "checklist":
        hidden["B1"] = "rapid"
    if kind == "no form":
        del form.workbook.defined_names["stockcheck_form_offered"]
    if kind == "gone":
        del form.workbook.defined_names["stockcheck_form_2_answer"]
    with opened(depot) as file:
        before = file.head
        with pytest.raises(StockcheckError, match=said):
            bring(file, form)
        assert file.head == before


def test_a_copied_sheet_is_not_passed_over(depot: Path, tmp_path: Path) -> None:
    """Excel gives the copy names of its own, so its rows are under no name of the workbook's."""
    form = Filling(blank(checklist(), tmp_path / "form.xlsx")).write("question:A-1", "No")
    sheet = form.places["question:A-1"][0]
    copy = form.workbook.copy_worksheet(sheet)
    for column in ("key", "answer", "reason", "note"):
        name = f"stockcheck_form_2_{column}"
        area = form.workbook.defined_names[name].attr_text.replace(sheet.title, copy.title)
        copy.defined_names[name] = DefinedName(name, attr_text=area)
    with opened(depot) as file, pytest.raises(StockcheckError, match="“2 Section one” was copied"):
        bring(file, form)


def test_what_is_written_below_or_between_the_rows_is_refused(depot: Path, tmp_path: Path) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx"))
    sheet, row, columns = form.places["question:A-6"]
    sheet.cell(row + 3, columns["note"]).value = "And the gate?"
    with opened(depot) as file:
        (refusal,) = bring(file, form).merge.refusals
        assert refusal.place == f"sheet “2 Section one”, cell G{row + 3}"


@pytest.mark.parametrize(
    ("key", "value", "number_format", "why"),
    [
        ("question:A-4", 0.5, "0%", "write the number itself, such as 50 for 50 %"),
        ("question:A-4", "=2+2", "General", "A formula is no answer"),
        ("question:A-4", 46000, "yyyy-mm-dd", "is no answer to A-4"),
        ("question:A-1", "#N/A", "General", "“#” is no answer to A-1"),
        ("question:A-5", "=TODAY()", "yyyy-mm-dd", "A formula is no answer"),
    ],
)
def test_what_a_spreadsheet_program_makes_of_it_is_refused(
    key: str, value: object, number_format: str, why: str, depot: Path, tmp_path: Path
) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx")).write(key, value)
    form.cell(key).number_format = number_format
    with opened(depot) as file:
        (refusal,) = bring(file, form).merge.refusals
        assert why in refusal.why


def test_a_form_of_an_older_version_goes_the_way_of_an_upgrade(depot: Path, tmp_path: Path) -> None:
    """One that nobody has any more: the form itself tells what its words mean."""
    form = Filling(blank(checklist(), tmp_path / "form.xlsx"))
    form.write("question:A-1", "No").write("question:A-2", "Shut", note="At night").write("question:A-6", "Lamps")
    form.write("question:A-4", 3)
    changed = newer(
        tmp_path / "newer",
        ("id: A-1\n", "id: A-1\n    revision: 2\n"),
        ("id: A-2\n", "id: A-22\n    replaces: [A-2]\n"),
        ("  - id: A-6\n    type: text\n    text: What is missing?\n", ""),
        ("text: How many rounds a night?", "text: How many rounds a night?\n    maximum: 2"),
    )
    fresh = tmp_path / "fresh.stockcheck"
    with opened(assessment(fresh, changed)) as file:
        read = bring(file, form)
        assert file.state.answers == {"A-1": Answer("no"), "A-22": Answer("shut")}
        assert file.state.notes == {"A-22": "At night"}
        assert [one.key for one in read.merge.left_out] == ["question:A-6"]
        assert ["3 is more than 2" in one.why for one in read.merge.refusals] == [True]
        assert (read.merge.review, file.state.flags) == (["A-1", "A-22"], {"A-1", "A-22"})


def test_a_form_made_before_an_upgrade_is_compared_with_what_was_then(depot: Path, tmp_path: Path) -> None:
    with opened(depot) as file:
        file.answer(file.checklist.question["A-2"], Answer(status="unknown"))
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-1", "Yes")
    with opened(depot) as file:
        upgrade(file, newer(tmp_path / "newer", ("id: A-2\n", "id: A-22\n    replaces: [A-2]\n")))
        read = bring(file, form)
        assert (read.merge.conflicts, read.merge.same) == ([], 1)
        assert file.state.answers == {"A-1": Answer("yes"), "A-22": Answer(status="unknown")}


def test_a_form_of_a_newer_version_asks_for_an_upgrade_first(depot: Path, tmp_path: Path) -> None:
    changed = newer(tmp_path / "newer", ("id: A-1\n", "id: A-1\n    revision: 2\n"))
    form = Filling(blank(changed, tmp_path / "form.xlsx")).write("question:A-1", "Yes")
    with opened(depot) as file, pytest.raises(StockcheckError, match="which is newer than the assessment"):
        bring(file, form)


def test_an_import_that_cannot_be_written_leaves_nothing_behind(depot: Path, tmp_path: Path) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx")).write("question:A-1", "Yes").write("question:B-1", "No")
    found = open_form(form.saved())
    with opened(depot) as file:
        read = against(file, found)
        before, head = depot.read_bytes(), file.head
        broken = [*read.merge.changes, read.merge.changes[0].__class__(checklist().question["A-2"], "", Answer("yes"))]
        with pytest.raises(StockcheckError, match="cannot be understood"):
            write(file, broken, [], found.sha256)
        assert (depot.read_bytes(), file.head, file.state.answers) == (before, head, {})
        write(file, read.merge.changes, [], found.sha256)
        assert len(file.state.answers) == 2


def test_a_word_that_the_form_only_pretends_to_offer_means_what_the_checklist_says(depot: Path, tmp_path: Path) -> None:
    """What is in the hidden sheet is nobody's answer: the checklist that the file carries goes before it."""
    form = Filling(blank(checklist(), tmp_path / "form.xlsx")).write("question:A-2", "Locked")
    for row in form.workbook["stockcheck-form"].iter_rows():
        if row[3].value in ("locked", "open"):
            row[3].value = "open" if row[3].value == "locked" else "locked"
    with opened(depot) as file:
        bring(file, form)
        assert file.state.answers == {"A-2": Answer("locked")}


def test_a_form_with_an_option_that_was_renamed_since_means_the_new_one(depot: Path, tmp_path: Path) -> None:
    changed = newer(
        tmp_path / "newer",
        ("shut: {text: Shut, credit: 0.5}", "closed: {text: Closed, credit: 0.5, replaces: [shut]}"),
        ("rust: {text: Rust seen, credit: -0.5}", "worn: {text: Worn, credit: -0.5, replaces: [rust]}"),
    )
    answer(depot, "A-1", "yes")
    form = Filling(of_file(depot, tmp_path / "form.xlsx")).write("question:A-2", "Shut")
    with opened(depot) as file:
        upgrade(file, changed)
        read = bring(file, form)
        assert (read.merge.refusals, read.merge.conflicts) == ([], [])
        assert file.state.answers["A-2"] == Answer("closed")
