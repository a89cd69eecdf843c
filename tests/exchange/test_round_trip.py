"""A form filled in comes back as the answers that were meant, whatever a spreadsheet program has done to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import open_file
from stockcheck.checklist.library import load
from stockcheck.exchange.contract import keyed
from stockcheck.exchange.importing import against, write
from stockcheck.exchange.opening import open_form
from tests.assessment.crafting import new
from tests.exchange.filling import MADE, Filling, assessment, blank, fill, of_file, random_depot
from tests.libreoffice import converted, needs_libreoffice
from tests.volume import some

SHIPPED = ("rapid", "tracing", "transfers", "gender", "firearms", "ammunition")


def imported(file: Path, form: Path) -> dict[str, Answer]:
    """The answers in `file`, by key, after `form` was imported without a refusal or conflict."""
    with open_file(file, write=True, by="importer", clock=lambda: MADE) as opened:
        found = open_form(form)
        read = against(opened, found)
        assert read.merge.refusals == []
        assert read.merge.conflicts == []
        write(opened, read.merge.changes, read.merge.review, found.sha256)
        return keyed(opened.state.facts, opened.state.answers)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_filled_in_is_what_is_kept(name: str, spoken: str, tmp_path: Path) -> None:
    checklist = load(name)
    depot = random_depot(checklist, seed=len(name))
    form = fill(blank(checklist, tmp_path / "form.xlsx", spoken), checklist, depot, spoken)
    assert imported(assessment(tmp_path / "a.stockcheck", checklist), form) == depot


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@some("seed", range(8), sample=2)
def test_a_form_of_what_is_open_completes_a_half_answered_depot(seed: int, spoken: str, tmp_path: Path) -> None:
    checklist = load("rapid")
    file = assessment(tmp_path / "a.stockcheck", checklist)
    first, second = random_depot(checklist, seed), random_depot(checklist, seed + 100)
    form = fill(blank(checklist, tmp_path / "form.xlsx", spoken), checklist, first, spoken)
    assert imported(file, form) == first
    rest = of_file(file, tmp_path / "rest.xlsx", spoken)
    asked = Filling(rest).places
    settled = {key for key, answer in first.items() if answer.status == "given"}
    assert not {key for key in settled if key in asked and key.startswith("fact:")}
    more = {key: answer for key, answer in second.items() if key in asked and key not in settled}
    fill(rest, checklist, more, spoken)
    assert imported(file, rest) == {**first, **more}


def test_an_untouched_form_changes_nothing(tmp_path: Path) -> None:
    file = assessment(tmp_path / "a.stockcheck", load("rapid"))
    form = fill(blank(load("rapid"), tmp_path / "form.xlsx"), load("rapid"), random_depot(load("rapid"), 3), "en")
    before = imported(file, form)
    with open_file(file) as opened:
        head = opened.head
    assert imported(file, of_file(file, tmp_path / "rest.xlsx")) == before
    with open_file(file) as opened:
        assert opened.head == head


def test_sheets_may_be_renamed_and_rows_sorted(tmp_path: Path) -> None:
    """Names follow a sheet that is renamed; a row is known by its key wherever it is put."""
    checklist = load("rapid")
    depot = random_depot(checklist, 5)
    form = Filling(fill(blank(checklist, tmp_path / "form.xlsx"), checklist, depot, "en"))
    for number, sheet in enumerate(form.workbook.worksheets):
        before, sheet.title = sheet.title, f"Hoja {number}"
        for name in form.workbook.defined_names.values():
            name.attr_text = name.attr_text.replace(f"'{before}'!", f"'{sheet.title}'!")
    for sheet in {place[0].title: place[0] for place in form.places.values()}.values():
        rows = sorted(row for one, row, _columns in form.places.values() if one.title == sheet.title)
        values = [[(cell.value, cell.number_format) for cell in sheet[row]] for row in rows]
        for row, cells in zip(rows, reversed(values), strict=True):
            for column, value in enumerate(cells, 1):
                sheet.cell(row, column).value, sheet.cell(row, column).number_format = value
    assert imported(assessment(tmp_path / "a.stockcheck", checklist), form.saved()) == depot


@needs_libreoffice
def test_libreoffice_saves_a_form_that_can_still_be_read(tmp_path: Path) -> None:
    checklist = load("rapid")
    depot = random_depot(checklist, 7)
    form = fill(blank(checklist, tmp_path / "form.xlsx", "es"), checklist, depot, "es")
    (saved,) = converted([form], "xlsx", tmp_path / "saved")
    assert imported(assessment(tmp_path / "a.stockcheck", checklist), saved) == depot


def test_who_imported_what_is_on_record(tmp_path: Path) -> None:
    file = new(tmp_path / "a.stockcheck")
    with open_file(file) as opened:
        form = Filling(blank(opened.checklist, tmp_path / "form.xlsx")).write(
            "question:A-1", "Partial", note="By the river"
        )
    imported(file, form.saved())
    with open_file(file) as opened:
        assert opened.record.chain_holds
        entry, *others = opened.events[1:]
        assert (entry.kind, entry.by, [one.kind for one in others]) == ("import", "importer", ["answer", "note"])
        assert entry.data == {"source": "form", "sha256": open_form(form.path).sha256, "entries": 2}
        assert opened.state.entries["A-1"].by == "importer"
