"""The report of a whole checklist on paper: LibreOffice prints it; nothing is cut off, printed over or left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.report.data.tables import KINDS
from stockcheck.report.excel import write
from tests.conftest import make_demos_quick
from tests.libreoffice import blank, misplaced, needs_libreoffice, needs_poppler, pages, printed
from tests.volume import long, parameters

pytestmark = [needs_libreoffice, needs_poppler]


@pytest.fixture(scope="module", params=parameters(["whole", "quick"], sample=["quick"]))
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Spanish report of the demo depot as PDF: of the two languages the one with the longer texts."""
    folder = tmp_path_factory.mktemp("printed")
    with language.speaking("es"), pytest.MonkeyPatch.context() as patch:
        if request.param == "quick":
            make_demos_quick(patch)
        demo = make(folder)
        with open_file(demo.assessment, write=True, by="demo") as file:
            file.note("PER-01", "Un hueco de dos metros junto al río, tapado con ramas. " * 60)
            write(score_opened(file, "es"), demo.report, made=demo.moment)
    return printed(demo.report)


@long
def test_no_word_is_printed_over_another_or_off_the_page(pdf: Path) -> None:
    found = [(number, one) for number, page in enumerate(pages(pdf), start=1) for one in misplaced(page)]
    assert found == []


def test_the_whole_of_a_long_note_is_printed(pdf: Path) -> None:
    words = [word.text for _width, _height, page in pages(pdf) for word in page]
    assert words.count("ramas.") >= 20 + 2, "twenty times among the findings by section, and its beginning elsewhere"
    assert words.count("→") >= 2


def test_every_page_bears_the_marking_alone_above_and_depot_code_and_page_below(pdf: Path) -> None:
    found = pages(pdf)
    marking, depot = "EJERCICIO", "Depósito"
    for number, (_width, height, words) in enumerate(found, start=1):
        above = [word.text for word in words if word.bottom < 40]
        below = [word.text for word in words if word.top > height - 40]
        assert marking in above, number
        assert depot not in above, number
        assert depot in below, number
        assert f"{number}" in below, number


def test_the_summary_is_one_page(pdf: Path) -> None:
    first, second, *_more = (" ".join(word.text for word in words) for _width, _height, words in pages(pdf))
    assert "Jefe del depósito: nombre, fecha, firma" in first
    assert "SHA-256 de la lista" in first
    assert "Datos del depósito" in second


def test_every_page_has_ink_in_its_middle(pdf: Path, tmp_path: Path) -> None:
    found = pages(pdf)
    assert len(found) > 10
    # A data sheet is for programs; of it nothing but the names of its columns is printed.
    of_data = {
        number
        for number, (_width, _height, words) in enumerate(found)
        if "assessment_id" in (word.text for word in words)
    }
    assert len(of_data) == len(KINDS)
    assert set(blank(pdf, tmp_path)) <= of_data
