"""Makes the pictures of the README and of the guide: python docs/pictures.py

Needs LibreOffice, pdftoppm, rsvg-convert and ImageMagick.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import subprocess
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.cli.home import CliCommands, after_answering
from stockcheck.demo import make
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Kept
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.faults import SteadyApp
from stockcheck.questionnaire.session import Session
from stockcheck.report.excel import write

HERE = Path(__file__).parent
QUESTION = "PER-02"
PAGES = ("1", "4")  # the summary, and the way to the next level


#: The way from `stockcheck` to a report: the keys that lead from one picture to the next.
WAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("1-home", ()),
    ("2-checklist", ("n",)),
    ("3-depot", (*["down"] * 4, "enter", "DEPOT", "down", "MARKING", "up")),
    ("4-question", ("f10",)),
    ("5-back", ("1", "2", "right", "1", "s", "n", "q")),
    ("6-menu", ("enter",)),
    ("7-report", ("r",)),
    ("8-written", ("f10",)),
)


#: What is typed there, in each language.
TYPED = {
    "en": {"DEPOT": "Depot 7", "MARKING": "EXERCISE"},
    "es": {"DEPOT": "Depósito 7", "MARKING": "EJERCICIO"},
}


async def _settled(app: SteadyApp, pilot: Pilot[None]) -> None:
    """Wait for what goes on beside the screen, and until it is painted."""
    for _turn in range(3):
        await pilot.pause(0.05)
        for thread in app.threads if isinstance(app, HomeApp) else ():
            await asyncio.to_thread(thread.join)
        await app.workers.wait_for_complete()


async def way(folder: Path, spoken: str) -> None:
    """Every screen from nothing to a report, as an official sees them on a small terminal."""
    language.use(spoken)
    kept = Kept(by="Ana Prueba")
    app: SteadyApp = HomeApp(CliCommands(), kept)
    said = TYPED[spoken]
    waiting = [(name, tuple(one for key in keys for one in said.get(key, [key]))) for name, keys in WAY]
    with contextlib.ExitStack() as held:
        while waiting:
            async with app.run_test(size=(80, 24)) as pilot:
                while waiting:
                    name, keys = waiting[0]
                    if app._exit:
                        break
                    while keys and not app._exit:
                        await pilot.press({" ": "space"}.get(keys[0], keys[0]))
                        keys = keys[1:]
                        await _settled(app, pilot)
                        waiting[0] = (name, keys)
                    if not app._exit:
                        await _settled(app, pilot)
                        app.save_screenshot(str(folder / "way.svg"))
                        picture = HERE / f"home-{spoken}-{name}.png"
                        command = ["rsvg-convert", "-w", "760", str(folder / "way.svg"), "-o", str(picture)]
                        subprocess.run(command, check=True)  # noqa: S603
                        shrink = ["convert", str(picture), "-colors", "32", "-strip", str(picture)]
                        subprocess.run(shrink, check=True)  # noqa: S603
                        del waiting[0]
            if isinstance(app, HomeApp) and app.wish is not None:
                app.stop_looking()
                kept.chosen = app.wish.file
                file = held.enter_context(open_file(app.wish.file, write=True, by=kept.by))
                app = QuestionnaireApp(Session(file, spoken))
            else:
                held.close()
                kept.message = after_answering()
                app = HomeApp(CliCommands(), kept)


def ways(folder: Path) -> None:
    """The way in both languages, each in a folder of its own, with nothing remembered."""
    before = Path.cwd()
    for spoken in ("en", "es"):
        (folder / spoken).mkdir()
        os.environ["XDG_STATE_HOME"] = str(folder / spoken / "state")
        os.environ["HOME"] = str(folder / spoken)
        os.chdir(folder / spoken)
        asyncio.run(way(folder, spoken))
    os.chdir(before)
    language.use("en")


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
    with tempfile.TemporaryDirectory() as name:
        ways(Path(name))
