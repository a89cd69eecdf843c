"""Makes the README's two pictures: python docs/pictures.py

Needs LibreOffice, pdftoppm, rsvg-convert and ImageMagick.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import tempfile
from pathlib import Path

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.session import Session
from stockcheck.report.excel import write

HERE = Path(__file__).parent
QUESTION = "PER-02"
PAGES = ("1", "4")  # the summary, and the way to the next level


async def screen(assessment: Path, folder: Path) -> None:
    """The questionnaire at a question of the demo depot."""
    with open_file(assessment, write=True, by="demonstration") as file:
        session = Session(file, "en")
        session.go_to(session.checklist.question[QUESTION])
        app = QuestionnaireApp(session)
        async with app.run_test(size=(120, 32)) as pilot:
            await pilot.pause()
            app.save_screenshot(str(folder / "screen.svg"))
    command = ["rsvg-convert", "-w", "1100", str(folder / "screen.svg"), "-o", str(HERE / "screen.png")]
    subprocess.run(command, check=True)  # noqa: S603


def report(assessment: Path, folder: Path) -> None:
    """The summary and the way to the next level of the demo depot's report."""
    with open_file(assessment) as file:
        found = score_opened(file, "en")
    write(found, folder / "gap.xlsx", made=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC))
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "gap.xlsx")]
    subprocess.run(convert, check=True, capture_output=True)  # noqa: S603
    for page in PAGES:
        command = ["pdftoppm", "-r", "70", "-png", "-f", page, "-l", page, "-singlefile", str(folder / "gap.pdf")]
        subprocess.run([*command, str(folder / page)], check=True)  # noqa: S603
    pictures = [str(folder / f"{page}.png") for page in PAGES]
    together = ["convert", *pictures, "-gravity", "north", "-background", "white", "+append", "-colors", "64"]
    subprocess.run([*together, str(HERE / "report.png")], check=True)  # noqa: S603


if __name__ == "__main__":
    language.use("en")
    with tempfile.TemporaryDirectory() as name:
        made = make(Path(name))
        asyncio.run(screen(made.assessment, Path(name)))
        report(made.assessment, Path(name))
