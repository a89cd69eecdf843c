"""LibreOffice, the other program that opens what this one writes: it saves a workbook anew, or prints it.

Starting it takes about a second of the processor, however many files it is given. Twice as many sheets in one book take
more than twice as long to print. So give it many files at once, and no sheet that the test does not look at
(`Choices(only=...)`).
"""

from __future__ import annotations

import atexit
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

LIBREOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
#: What turns a printed page into words, and into a picture.
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None, reason="Poppler is not installed"
)


@cache
def _profile() -> Path:
    """A profile of this process's own: two LibreOffices cannot share one, and a new one costs time."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def converted(paths: Iterable[Path], to: str, folder: Path) -> list[Path]:
    """Workbooks as LibreOffice writes them into `folder`, as `xlsx` with every formula reckoned or as `pdf`."""
    sources = list(paths)
    call = ["soffice", f"-env:UserInstallation=file://{_profile()}", "--headless", "--convert-to", to]
    subprocess.run([*call, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=600)
    return [folder / path.with_suffix(f".{to}").name for path in sources]


def printed(path: Path) -> Path:
    """A workbook on paper: the PDF that LibreOffice makes of it, beside it."""
    return converted([path], "pdf", path.parent)[0]


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


Page = tuple[float, float, list[Word]]


def pages(pdf: Path) -> list[Page]:
    """Width, height and words of every page."""
    run = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    found = []
    for page in re.findall(r"<page .*?</page>", run.stdout, re.DOTALL):
        width, height = map(float, re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', page)[0])
        boxes = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        words = [Word(html.unescape(text), *map(float, box)) for *box, text in boxes]
        found.append((width, height, words))
    return found


def misplaced(page: Page) -> list[str]:
    """The words that are printed over another or off the page."""
    width, height, words = page
    found = [
        f"{one.text} off the page"
        for one in words
        if one.left < 0 or one.top < 0 or one.right > width or one.bottom > height
    ]
    words = sorted(words, key=lambda word: word.top)
    for place, word in enumerate(words):
        for other in words[place + 1 :]:
            if other.top >= word.bottom:
                break
            if word.over(other):
                found.append(f"{word.text} over {other.text}")
    return found


def blank(pdf: Path, folder: Path, *, darkest: int = 180) -> list[int]:
    """The pages, from 0, that have no ink between header and footer, drawn in `folder`."""
    subprocess.run(["pdftoppm", "-r", "30", "-gray", pdf, folder / "page"], check=True, timeout=60)
    found = []
    for number, picture in enumerate(sorted(folder.glob("page*.pgm"))):
        _kind, width, _height, _depth, pixels = picture.read_bytes().split(maxsplit=4)
        margin = 30 * int(width)
        if min(pixels[margin:-margin]) >= darkest:
            found.append(number)
    return found
