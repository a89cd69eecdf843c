"""The history of one question: everything that was recorded of it, in words, and nothing of another."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.events import Event
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.questionnaire.recorded import history
from stockcheck.questionnaire.session import Session
from tests.assessment.crafting import chained, clock
from tests.scoring.building import built, control

ON = dt.date(2026, 3, 1)
#: A fact and a question of one id: nobody may read of the one in the history of the other.
DEPOT = built(
    control("A-1"),
    control("A-2", type="date", bands=[{"at_most": 31, "credit": 1}]),
    profile=({"id": "A-1", "type": "text", "text": "What is held?"},),
)
QUESTION, FACT, DATE = DEPOT.question["A-1"], DEPOT.field["A-1"], DEPOT.question["A-2"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.stockcheck"
    create(path, DEPOT, depot="North", marking="", on=ON, by="Ana", clock=clock)
    return path


def told(path: Path, item: str = "question") -> list[str]:
    """The history as a person reads it, who recorded what."""
    known: dict[str, ProfileField | Question] = {"question": QUESTION, "fact": FACT, "date": DATE}
    with open_file(path) as file:
        return [f"{event.by}: {words}" for event, words in Session(file, "en").history(known[item])]


def test_each_kind_of_entry_is_told_and_what_is_taken_back_too(path: Path) -> None:
    with open_file(path, write=True, by="Ana", clock=clock) as file:
        file.answer(FACT, Answer("Rounds"))
        file.note("A-1", "rusty")
        file.note("A-1", "")
        file.flag("A-1", True)
        file.flag("A-1", False)
        file.answer(QUESTION, not_applicable("There is none"))
    for accept, why in ((False, "There is one"), (True, "")):
        with open_file(path, write=True, by="Ben", clock=clock) as file:
            file.review("A-1", accept, why)
        with open_file(path, write=True, by="Ana", clock=clock) as file:
            file.answer(QUESTION, not_applicable("Looked again") if not accept else UNKNOWN)
    assert told(path) == [
        "Ana: #3 Note: rusty",
        "Ana: #4 Note taken back",
        "Ana: #5 Flagged",
        "Ana: #6 Flag taken away",
        "Ana: #7 Not applicable: There is none",
        "Ben: #8 Sent back: There is one",
        "Ana: #9 Not applicable: Looked again",
        "Ben: #10 Countersigned: not applicable",
        "Ana: #11 Unknown",
    ]
    assert told(path, "fact") == ["Ana: #2 Rounds"]


def test_what_was_removed_is_told_where_it_stood_and_by_whom(path: Path) -> None:
    with open_file(path, write=True, by="Ana", clock=clock) as file:
        file.note("A-1", "the sergeant's key")
        file.note("A-2", "another's")
        file.redact(2)
        file.redact(3)
    with open_file(path, write=True, by="Ben", clock=clock) as file:
        file.redact(4, "name")  # the name of the clerk who removed the text
    assert told(path) == [
        "Ana: #2 Note: [removed]",
        "[name removed]: #4 The text was removed from entry #2.",
        "Ben: #6 The name was removed from entry #4.",
    ]
    assert told(path, "date") == ["Ana: #3 Note: [removed]", "Ana: #5 The text was removed from entry #3."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"unknown": True}, "Unknown"),
        ({"unknown": False, "value": ["7"]}, "7"),
        ({"value": ["a", "b"]}, "a; b"),
        ({"na": "There is none"}, "Not applicable: There is none"),
        ({}, ""),
    ],
)
def test_an_answer_to_an_earlier_version_of_the_question_is_told_as_it_was_given(
    path: Path, data: object, words: str
) -> None:
    text = DEPOT.question["A-1"].model_copy(update={"type": "text", "options": {}})  # takes neither of the two now
    with open_file(path) as file:
        start = file.events[-1]
    assert tell(text, chained(start, "answer", "A-1", json.dumps(data))) == f"#2 {words}"


def tell(item: Question, event: Event) -> str:
    ((_event, words),) = history(item, [event])
    return words


def test_a_date_is_told_by_the_day_of_the_assessment(path: Path) -> None:
    with open_file(path, write=True, by="Ana", clock=clock) as file:
        file.answer(DATE, Answer(dt.date(2026, 2, 1)))
    assert told(path, "date") == ["Ana: #2 2026-02-01"]
