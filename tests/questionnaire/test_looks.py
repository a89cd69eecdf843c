"""Pictures of the screen's states, in every language: whoever changes one has to look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from stockcheck import language
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.checklist.shipped import shipped
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.session import Session
from tests.questionnaire.test_screen import ON

#: The key that brings a state about, and the window in which it is looked at.
STATES = {
    "commands": ("ctrl+p", (80, 24)),
    "commands-large": ("ctrl+p", (200, 50)),
    "help": ("f1", (80, 24)),
    "answered-in-the-smallest-window": ("y", (40, 14)),
    "too-small": ("x", (20, 6)),
}


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_the_screen_looks_as_it_did(snap_compare: Any, tmp_path: Path, code: str, state: str) -> None:
    language.use(code)
    key, size = STATES[state]
    path = tmp_path / "r.stockcheck"
    create(path, compose(shipped() / "rapid.yaml")[0], depot="Norte", marking="SECRET", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        session = Session(opened, code)
        session.go_to(session.checklist.question["PER-01"])

        async def press(pilot: Pilot[None]) -> None:
            await pilot.press(key)
            for field in pilot.app.screen.query(Input):
                field.cursor_blink = False
            await pilot.pause()

        assert snap_compare(QuestionnaireApp(session), terminal_size=size, run_before=press)
