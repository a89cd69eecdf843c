"""What somebody may send back in place of the report that was sent out: `import` and `plan import` refuse it alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessed import score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.report.excel import write
from tests.assessment.crafting import ON, checklist, clock
from tests.cli.running import run
from tests.exchange.filling import Filling
from tests.spreadsheet.changing import changed

COMMANDS = {
    "import": ["import", "d.stockcheck", "f.xlsx"],
    "plan import": ["plan", "import", "f.xlsx", "--into", "d.stockcheck"],
}
SHEETS = {"import": "Still to check", "plan import": "Action plan"}


def sent_out(folder: Path, depot: str) -> Path:
    """A report, of which there is something to fill in both as a form and as a plan."""
    path = folder / "d.stockcheck"
    create(path, checklist(), depot=depot, marking="", on=ON, by="tester", clock=clock)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        file.answer(file.checklist.question["B-1"], UNKNOWN)
    write(score_file(path, "en"), folder / "r.xlsx", made=clock())
    return folder / "r.xlsx"


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    sent_out(tmp_path, "North")
    return tmp_path


def refused(depot: Path, command: str) -> str:
    """What is said of f.xlsx; nothing may have been written."""
    before = (depot / "d.stockcheck").read_bytes()
    done = run(depot, *COMMANDS[command], status=1)
    assert (depot / "d.stockcheck").read_bytes() == before
    return done.stdout + done.stderr


def part_of(path: Path, title: str) -> str:
    """The part of the zip file that holds the sheet of that title."""
    return f"xl/worksheets/sheet{load_workbook(path, read_only=True).sheetnames.index(title) + 1}.xml"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "cell A1048576: that is farther"),
        ('<row r="3"><c r="XFD3"><v>1</v></c></row>', "cell XFD3: that is farther"),
        ("<row><c><v>1</v></c></row>" * 1_000_000, "far"),
    ],
    ids=["far below", "far to the right", "a million rows"],
)
def test_cells_that_are_too_far_or_too_many(depot: Path, command: str, rows: str, said: str) -> None:
    part = part_of(depot / "r.xlsx", SHEETS[command])
    with ZipFile(depot / "r.xlsx") as archive:
        text = archive.read(part).decode().replace("</sheetData>", f"{rows}</sheetData>")
    changed(depot / "r.xlsx", depot / "f.xlsx", {part: text.encode()})
    assert said in refused(depot, command)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/media/image1.png", bytes(30 << 20), "far larger when it is unpacked"),
        ("xl/vbaProject.bin", b"x", "has macros"),
        ("xl/externalLinks/externalLink1.xml", b"x", "is linked to other files"),
    ],
    ids=["a zip bomb", "macros", "links"],
)
def test_parts_that_no_report_has(depot: Path, command: str, part: str, content: bytes, said: str) -> None:
    changed(depot / "r.xlsx", depot / "f.xlsx", {part: content})
    assert said in refused(depot, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_of_another_depot(depot: Path, tmp_path: Path, command: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    sent_out(other, "South").replace(depot / "f.xlsx")
    assert "another assessment" in refused(depot, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sheet_that_is_gone(depot: Path, command: str) -> None:
    workbook = load_workbook(depot / "r.xlsx")
    del workbook[SHEETS[command]]
    workbook.save(depot / "f.xlsx")
    assert "gone" in refused(depot, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sheet_that_was_renamed_is_read_all_the_same(depot: Path, command: str) -> None:
    workbook = load_workbook(depot / "r.xlsx")
    old, new = SHEETS[command], "Depot's own"
    for name in workbook.defined_names.values():
        name.attr_text = name.attr_text.replace(f"'{old}'", "'Depot''s own'")
    workbook[old].title = new
    workbook.save(depot / "f.xlsx")
    run(depot, *COMMANDS[command])


def _doubled(form: Filling) -> None:
    sheet, row, columns = form.places["question:B-1"]
    sheet.cell(form.places["question:A-5"][1], columns["key"]).value = "question:B-1"
    sheet.cell(row, columns["answer"]).value = "No"


def _written(key: str, value: Any) -> Callable[[Filling], object]:
    return lambda form: form.write(key, value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_written("question:B-1", "=1+1"), "A formula is no answer"),
        (_written("question:B-1", "Almost"), "“Almost” is no answer to B-1"),
        (_written("question:A-5", "end of March"), "“end of March” is not a date"),
        (_doubled, "B-1"),
    ],
    ids=["a formula", "a word not offered", "a date as text", "a doubled id"],
)
def test_what_is_written_among_what_is_to_check(depot: Path, change: Callable[[Filling], object], said: str) -> None:
    form = Filling(depot / "r.xlsx")
    change(form)
    form.saved(depot / "f.xlsx")
    found = refused(depot, "import")
    assert said in found
    assert "sheet “Still to check”, cell " in found
