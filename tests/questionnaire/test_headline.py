"""The line that tells how an assessment stands, on the screen and between plain lines: what was found comes first."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.session import Session
from tests.scoring.building import built, control

ON = dt.date(2026, 3, 1)
FACT = {"id": "size", "type": "number", "text": "How many buildings?"}


def checklist(*, levels: bool = True, rules: int = 2) -> Checklist:
    losses = [
        control(name, type="number", finding=kind, bands=[{"at_most": 0, "credit": 1}])
        for name, kind in (("LOS-01", "loss"), ("DAN-01", "danger"))
    ]
    return built(control("A-1", weight=5), *losses, thresholds=("0.8",) if levels else (), profile=(FACT,), rules=rules)


@pytest.fixture(params=[{}])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    create(path, checklist(**request.param), depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def say(file: AssessmentFile, *lines: str) -> list[str]:
    said: list[str] = []
    PlainQuestionnaire(Session(file, "en"), said.append, patient=False).run(f"{line}\n".encode() for line in lines)
    return said


def score_line(file: AssessmentFile) -> str:
    found: list[str] = []

    async def run() -> None:
        app = QuestionnaireApp(Session(file, "en"))
        async with app.run_test(size=(120, 24)) as pilot:
            await pilot.pause()
            found.append(str(app.query_one("#score", Static).render()))

    asyncio.run(run())
    return found[0]


def test_before_the_first_answer_it_says_so_and_gives_no_figure(file: AssessmentFile) -> None:
    said = say(file, "size=3")
    assert "Saved “How many buildings?”. Nothing answered yet." in said
    assert said[-2:] == ["2 losses or dangers not checked: LOS-01, DAN-01.", "Nothing answered yet."]
    shown = score_line(file)
    assert shown.startswith("Nothing answered yet  3 open")
    assert "gap" not in shown
    assert "level" not in shown


def test_what_was_found_is_said_before_the_score(file: AssessmentFile) -> None:
    said = say(file, "LOS-01=2", "A-1=na: there is none")
    saved = said.index("Saved A-1. Score 0.0 % to 85.7 %.")
    assert said[saved - 1] == "FOUND: LOS-01 (loss)."
    assert said[-3:] == [
        "Found, a loss: LOS-01 Is LOS-01 in place?",
        "1 loss or danger not checked: DAN-01.",
        "Score 0.0 % to 85.7 %, no level yet (up to 1), 2 open, 1 set aside, 1 gap.",
    ]
    shown = score_line(file)
    assert shown.startswith("FOUND: LOS-01 (loss)  Score 0.0 % to 85.7 %")
    assert shown.endswith("no level yet (up to 1) · 2 open · 1 set aside · 1 gap")


@pytest.mark.parametrize("file", [{"levels": False}], indirect=True)
def test_without_levels_none_is_spoken_of(file: AssessmentFile) -> None:
    assert "level" not in " ".join(say(file, "A-1=no"))
    assert "level" not in score_line(file)


@pytest.mark.parametrize("file", [{"rules": 1}], indirect=True)
def test_an_old_checklist_says_which_rules_score_it(file: AssessmentFile) -> None:
    assert "Scored by the rules of version 1." in say(file)
    assert "Scored by the rules of version 1" in score_line(file)
    say(file, "A-1=no")
    assert "Scored by the rules of version 1" in score_line(file)
