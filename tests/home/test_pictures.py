"""The home screen as it looks, in every state, at two sizes and in both languages: whoever changes it looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.home import shelf, tasks
from stockcheck.home.dialogs import FileDialog
from tests.home.conftest import MOMENT, ON
from tests.home.driving import home, press, settled

NARROW, BROAD = (80, 24), (200, 50)
#: The keys that lead to each state, where the list holds an assessment.
STATES: dict[str, Sequence[str]] = {
    "list": (),
    "menu": ("enter",),
    "checklists": ("n",),
    "new": ("n", "down", "enter", *"South"),
    "report": ("r",),
    "refused": ("r", "down", "down", "right", "up", "up", *"\b" * 5, *".odt", "f10"),
    "score": ("s",),
    "file": ("o",),
    "import": ("i", "enter"),
    "forget": ("x",),
    "help": ("question_mark",),
    "trouble": ("home", "s"),
}
IN_BOTH = ("list", "menu", "new", "score")


@pytest.fixture(autouse=True)
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the day, the machine and the program's version shows."""
    monkeypatch.setattr(tasks, "_today", lambda: "2026-03-01")
    monkeypatch.setattr(shelf, "folder_shown", lambda: "~/depots")


@pytest.fixture
def shelved(folder: Path, small: Checklist) -> Path:
    """One assessment under way, one untouched, one that is none, and a workbook."""
    (folder / "letter.stockcheck").write_text("a letter")
    (folder / "plan.xlsx").write_text("a plan")
    for name, on in (("north-2025", dt.date(2025, 3, 1)), ("north-2026", ON)):
        path = folder / f"{name}.stockcheck"
        create(path, small, depot="North", marking="SECRET", on=on, by="ana", clock=lambda: MOMENT)
        if on == ON:
            with open_file(path, write=True, by="ana", clock=lambda: MOMENT) as file:
                file.answer(file.checklist.question["A-1"], Answer("partial"))
                file.answer(file.checklist.question["A-2"], Answer("shut"))
    return folder


def pictured(snap_compare: Any, spoken: str, size: tuple[int, int], keys: Sequence[str]) -> bool:
    language.use(spoken)

    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *("down",) if keys and keys[0] != "home" else ())
        await press(pilot, *("backspace" if key == "\b" else "full_stop" if key == "." else key for key in keys))
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False  # it would be there or not, by the moment
        if isinstance(pilot.app.screen, FileDialog):
            pilot.app.screen.query_one(Input).value = "/depots/"
            await pilot.pause()

    app = home()
    app.animation_level = "none"
    same: bool = snap_compare(app, terminal_size=size, run_before=before)
    app.stop_looking()
    return same


@pytest.mark.parametrize("spoken", ["en", "es"])
@pytest.mark.parametrize("state", STATES)
def test_each_state_looks_as_it_did(shelved: Path, snap_compare: Any, state: str, spoken: str) -> None:
    assert pictured(snap_compare, spoken, NARROW, STATES[state])


@pytest.mark.parametrize("spoken", ["en", "es"])
@pytest.mark.parametrize("state", IN_BOTH)
def test_each_state_looks_as_it_did_on_a_large_screen(
    shelved: Path, snap_compare: Any, state: str, spoken: str
) -> None:
    assert pictured(snap_compare, spoken, BROAD, STATES[state])


@pytest.mark.parametrize("spoken", ["en", "es"])
@pytest.mark.parametrize("size", [NARROW, (20, 6)], ids=["nothing yet", "too small"])
def test_with_nothing_to_show_and_without_room(
    folder: Path, snap_compare: Any, size: tuple[int, int], spoken: str
) -> None:
    assert pictured(snap_compare, spoken, size, ())
