"""The report of a whole checklist on paper: LibreOffice prints it; nothing is cut off, printed over or left blank."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.report.data.tables import KINDS
from stockcheck.report.excel import write

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@dataclass(frozen=True)
class Word:
    """A word on a page, and its box in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Word) -> bool:
        """Whether a good part of one is printed over the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min((one.right - one.left) * (one.bottom - one.top) for one in (self, other))
        return wide > 0 and high > 0 and wide * high > 0.3 * smaller


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Spanish report of the demo depot as PDF: of the two languages the one with the longer texts."""
    folder = tmp_path_factory.mktemp("printed")
    with language.speaking("es"):
        demo = make(folder)
        with open_file(demo.assessment, write=True, by="demo") as file:
            file.note("PER-01", "Un hueco de dos metros junto al río, tapado con ramas. " * 60)
            write(score_opened(file, "es"), demo.report, made=demo.moment)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(demo.report)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return demo.report.with_suffix(".pdf")


def pages(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of every page."""
    run = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    found = []
    for page in re.findall(r"<page .*?</page>", run.stdout, re.DOTALL):
        width, height = map(float, re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', page)[0])
        boxes = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        words = [Word(html.unescape(text), *map(float, box)) for *box, text in boxes]
        found.append((width, height, words))
    return found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_no_word_is_printed_over_another_or_off_the_page(printed: Path) -> None:
    over, off = [], []
    for number, (width, height, words) in enumerate(pages(printed), start=1):
        words.sort(key=lambda word: word.top)
        for place, word in enumerate(words):
            if word.left < 0 or word.top < 0 or word.right > width or word.bottom > height:
                off.append((number, word.text))
            for other in words[place + 1 :]:
                if other.top >= word.bottom:
                    break
                if word.over(other):
                    over.append((number, word.text, other.text))
    assert (over, off) == ([], [])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_whole_of_a_long_note_is_printed(printed: Path) -> None:
    words = [word.text for _width, _height, page in pages(printed) for word in page]
    assert words.count("ramas.") >= 20 + 2, "twenty times among the findings by section, and its beginning elsewhere"
    assert words.count("→") >= 2


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_page_bears_the_marking_alone_above_and_depot_code_and_page_below(printed: Path) -> None:
    found = pages(printed)
    marking, depot = "EJERCICIO", "Depósito"
    for number, (_width, height, words) in enumerate(found, start=1):
        above = [word.text for word in words if word.bottom < 40]
        below = [word.text for word in words if word.top > height - 40]
        assert marking in above, number
        assert depot not in above, number
        assert depot in below, number
        assert f"{number}" in below, number


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_summary_is_one_page(printed: Path) -> None:
    first, second, *_more = (" ".join(word.text for word in words) for _width, _height, words in pages(printed))
    assert "Jefe del depósito: nombre, fecha, firma" in first
    assert "SHA-256 de la lista" in first
    assert "Datos del depósito" in second


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")
def test_every_page_has_ink_in_its_middle(printed: Path, tmp_path: Path) -> None:
    subprocess.run(["pdftoppm", "-r", "30", "-gray", printed, tmp_path / "page"], check=True, timeout=60)
    pictures = sorted(tmp_path.glob("page*.pgm"))
    assert len(pictures) > 10
    # A data sheet is for programs; of it nothing but the names of its columns is printed.
    of_data = {
        number
        for number, (_width, _height, words) in enumerate(pages(printed))
        if "assessment_id" in (word.text for word in words)
    }
    assert len(of_data) == len(KINDS)
    for number, picture in enumerate(pictures):
        _kind, width, _height, _depth, pixels = picture.read_bytes().split(maxsplit=4)
        margin = 30 * int(width)  # header and footer are on every page
        assert number in of_data or min(pixels[margin:-margin]) < 180, f"{picture.name} is blank"
