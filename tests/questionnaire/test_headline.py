"""The line that tells how an assessment stands, on the screen and between plain lines: what was found comes first."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.session import Session
from tests.scoring.building import built, card, control

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
    saved = said.index("Saved “How many buildings?”: 3")
    assert said[saved + 1] == "Nothing answered yet."
    assert said[-2:] == ["2 losses or dangers not checked: LOS-01, DAN-01.", "Nothing answered yet."]
    shown = score_line(file)
    assert shown.startswith("Nothing answered yet  3 open")
    assert "gap" not in shown
    assert "level" not in shown


def test_what_was_found_is_said_before_the_score(file: AssessmentFile) -> None:
    said = say(file, "LOS-01=2", "A-1=na: there is none")
    saved = said.index("Saved A-1: Set aside: waits for a countersignature. Reason: there is none")
    assert said[saved + 1 : saved + 3] == ["FOUND: LOS-01 (loss).", "Score 0.0 % to 85.7 %."]
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


HALF = control("HAL-01", critical="0.5")
FOUND = control("DAN-01", type="number", finding="danger", bands=[{"at_most": 0, "credit": 1}])


@pytest.mark.parametrize(
    ("given", "score", "level"),
    [
        ({"HAL-01": "yes", "A-1": "yes", "A-2": "yes"}, "100.0 %", "level 2"),
        ({"HAL-01": "yes", "A-1": "yes", "A-2": "no"}, "66.7 %", "level 1"),
        ({"HAL-01": "yes", "A-1": "yes"}, "66.7 % to 100.0 %", "level 1 (up to 2)"),
        ({"HAL-01": "no", "A-1": "yes"}, "33.3 % to 66.7 %", "no level yet"),
        (
            {"HAL-01": "partial", "A-1": "yes", "A-2": "unknown"},
            "50.0 % to 83.3 %",
            "level 1 (up to 2) · 1 critical control is only partly met",
        ),
    ],
)
def test_the_score_and_the_level_as_they_stand_and_as_they_could(given: dict[str, Any], score: str, level: str) -> None:
    made = card(built(HALF, control("A-1"), control("A-2", level=2), thresholds=("0.7", "0.7")), given)
    assert (headline.score(made), headline.level(made)) == (score, level)


def test_of_a_checklist_without_levels_and_findings_nothing_is_said_of_either() -> None:
    made = card(built(control("A-1"), thresholds=()), {"A-1": "yes"})
    assert (headline.level(made), headline.found(made), headline.not_checked(made)) == ("", "", "")
    assert headline.partly_met(made) == headline.rules(made) == headline.nothing_answered(made) == ""
    assert headline.counts(made) == []


def test_what_was_found_is_named_up_to_four_and_the_rest_counted() -> None:
    names = [f"DAN-0{n}" for n in range(1, 7)]
    made = built(*(FOUND | {"id": name} for name in names))
    four = ", ".join(f"{name} (danger)" for name in names[:4])
    assert headline.found(card(made, dict.fromkeys(names[:4], Decimal(1)))) == f"FOUND: {four}"
    assert headline.found(card(made, dict.fromkeys(names, Decimal(1)))) == f"FOUND: {four} and 2 more"
    assert headline.not_checked(card(made, {"DAN-01": Decimal(0)})) == "5 losses or dangers not checked"


@pytest.mark.parametrize(
    ("given", "accepted", "words"),
    [
        ({"TXT": "Keys"}, (), "No scored question answered yet"),
        ({"A-1": "na"}, (), "No scored question answered yet"),
        ({"A-1": "na"}, ("A-1",), "No scored question answered yet"),
        ({}, (), "Nothing answered yet"),
        ({"A-1": "unknown"}, (), ""),
    ],
)
def test_it_says_whether_anything_was_answered(given: dict[str, Any], accepted: tuple[str, ...], words: str) -> None:
    text = {"id": "TXT", "type": "text", "text": "What is missing?"}
    assert (
        headline.nothing_answered(card(built(control("A-1"), control("A-2"), text), given, accepted=accepted)) == words
    )


def test_each_count_is_said_and_what_the_figures_rest_on() -> None:
    made = built(*(control(f"A-{n}", weight=2) for n in range(1, 9)))
    given = {"A-1": "na", "A-2": "na", "A-3": "na", "A-4": "no", "A-5": "unknown", "A-6": "yes"}
    assert headline.counts(card(made, given, accepted=("A-1", "A-2"))) == [
        "4 open",
        "1 set aside",
        "2 not applicable (the figures rest on 75.0 % of the weight)",
        "2 gaps",
    ]
    nothing = headline.counts(card(built(control("A-1")), {"A-1": "na"}, accepted=("A-1",)))
    assert nothing == ["1 not applicable, and nothing is left that applies"]
