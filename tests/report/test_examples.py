"""The example reports under reports/ are what the program writes today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.language import LANGUAGES

REPORTS = Path(__file__).parents[2] / "reports"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    subprocess.run([sys.executable, REPORTS / "make.py", folder], check=True, timeout=600)
    return folder


def unpacked(path: Path) -> dict[str, bytes]:
    """Every part of the file, whoever has packed it."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(path: Path) -> dict[str, list[list[object]]]:
    """Every value by sheet: another release of the library may write the same otherwise."""
    workbook = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in workbook}


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.glob("*.xlsx")))
def test_the_examples_are_up_to_date(made: Path, name: str) -> None:
    ours, theirs = made / name, REPORTS / name
    assert unpacked(ours) == unpacked(theirs) or cells(ours) == cells(theirs), "make them anew: python reports/make.py"


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.glob("*.html")))
def test_the_example_pages_are_up_to_date(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (REPORTS / name).read_bytes(), "make them anew with: python reports/make.py"


@pytest.mark.parametrize("kind", ["*.xlsx", "*.html"])
def test_there_is_one_for_every_language(made: Path, kind: str) -> None:
    assert {path.name for path in made.glob(kind)} == {path.name for path in REPORTS.glob(kind)}
    assert len(list(REPORTS.glob(kind))) == len(LANGUAGES)


def test_the_demo_shows_a_loss_and_something_set_aside_that_may_be(tmp_path: Path) -> None:
    with open_file(make(tmp_path).assessment) as file:
        card = score_opened(file, "en").scorecard
        answers = file.state.answers
    assert card.findings.found
    assert card.findings.not_checked
    assert card.set_aside
    refusing = [line.question.id for line in card.lines if not line.question.na]
    assert [name for name in refusing if name in answers and answers[name].status == "na"] == []
