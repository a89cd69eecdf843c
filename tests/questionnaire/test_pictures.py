"""One picture of each state of the screen: whoever changes one has to look at it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.session import Session
from tests.depot import checklist_file
from tests.questionnaire.test_screen import ON

NOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)

#: What is pressed at the question A-1 to come to each state.
STATES = {
    "answered": ["n"],
    "overview": ["n", "v"],
    "overview-gaps": ["n", "v", "right", "right"],
    "overview-none": ["v", "left"],
    "changes": ["y", "2", "z", "l"],
    "undone": ["y", "z"],
}


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
@pytest.mark.parametrize("state", STATES)
def test_it_looks_as_it_did(snap_compare: Any, tmp_path: Path, state: str, size: tuple[int, int], code: str) -> None:
    with language.speaking(code):
        assert snap_compare(app_at_the_fence(tmp_path), terminal_size=size, press=STATES[state])


def test_it_looks_as_it_did_in_the_light(snap_compare: Any, tmp_path: Path) -> None:
    assert snap_compare(app_at_the_fence(tmp_path), terminal_size=(200, 50), press=["ctrl+t", "n"])


def app_at_the_fence(folder: Path) -> QuestionnaireApp:
    path = folder / "d.stockcheck"
    checklist = compose(checklist_file(folder))[0]
    create(path, checklist, depot="North", marking="SECRET", on=ON, by="Ana", clock=lambda: NOW)
    opened = open_file(path, write=True, by="Ana", clock=lambda: NOW)
    opened.answer(opened.checklist.field["kinds"], Answer(("rounds",)))
    opened.answer(opened.checklist.question["A-3"], not_applicable("There is none here."))
    opened.answer(opened.checklist.question["B-1"], Answer("partial"))
    session = Session(opened, language.current())
    session.go_to(session.checklist.question["A-1"])
    return QuestionnaireApp(session)
