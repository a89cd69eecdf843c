"""What a countersignature is worth under another version of the checklist."""

# ruff: noqa: F811 - a fixture that is imported is an argument as well
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.countersigning import asks_the_same
from stockcheck.assessment.file import create, open_file
from tests.assessment.crafting import ON, read
from tests.assessment.test_countersigning import NA, ask, path  # noqa: F401  # a fixture
from tests.scoring.building import built, control, options

# Another version of the checklist


def upgraded(path: Path, *questions: dict[str, Any], moved: dict[str, str] | None = None, review: list[str]) -> Any:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        file.change_checklist(built(*questions), moved or {}, review)
    return read(path).state


def test_a_countersignature_carries_where_the_question_is_the_same(path: Path) -> None:
    state = upgraded(path, control("A-1", weight=2), control("A-2", na=False), review=[])
    assert set(state.accepted) == {"A-1"}


@pytest.mark.parametrize(
    ("question", "moved", "review"),
    [
        (control("A-1", revision=2), {}, ["A-1"]),
        (control("A-1", revision=2), {}, []),
        (control("A-1", text="Is the other fence whole?"), {}, []),
        (control("A-1", na=False), {}, []),
        (control("A-1"), {}, ["A-1"]),
        (control("N-1", replaces=["A-1"]), {"A-1": "N-1"}, ["N-1"]),
        (control("Z-1"), {}, []),
    ],
)
def test_it_does_not_where_anything_is_not(
    path: Path, question: dict[str, Any], moved: dict[str, str], review: list[str]
) -> None:
    assert upgraded(path, question, moved=moved, review=review).accepted == {}


SAME = {"type": "choice", "options": options(good="1", bad="0")}


@pytest.mark.parametrize(
    ("part", "differs"),
    [
        ("nothing", {}),
        ("weight", {"weight": 5}),
        ("type", {"type": "several"}),
        ("options", {"options": options(good="1", fair="0")}),
        ("what an option is worth", {"options": options(good="1", bad="0.5")}),
        ("help", {"help": "Walk it."}),
        ("condition", {"when": {"question": "A-0", "is": "yes"}}),
        ("revision", {"revision": 2}),
        ("text", {"text": "Is another fence whole?"}),
    ],
)
def test_what_was_agreed_holds_for_the_same_question_alone(part: str, differs: dict[str, Any]) -> None:
    before, after = (built(control("A-0"), control("A-1", **{**SAME, **keys})) for keys in ({}, differs))
    same = asks_the_same(ask("A-1", after), ask("A-1", before))
    assert same is (part in ("nothing", "weight"))


def test_not_applicable_does_not_slip_into_a_question_that_refuses_it(path: Path) -> None:
    state = upgraded(path, control("A-1", na=False), control("A-2"), review=[])
    assert "A-1" not in state.answers
    assert state.gone["A-1"].answer == NA


def test_none_of_these_does_not_slip_into_a_field_that_refuses_it(tmp_path: Path) -> None:
    field = {"id": "kinds", "type": "several", "text": "What?", "options": {"arms": "Arms", "rounds": "Rounds"}}
    old, new = built(control("A-1"), profile=(field,)), built(control("A-1"), profile=({**field, "least": 1},))
    create(tmp_path / "o.stockcheck", old, depot="D", marking="", on=ON, by="Ana")
    with open_file(tmp_path / "o.stockcheck", write=True, by="Ana") as file:
        file.answer(old.field["kinds"], Answer(()))
        file.change_checklist(new, {}, [])
    assert read(tmp_path / "o.stockcheck").state.facts == {}


def test_what_was_sent_back_moves_with_its_answer(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", False, "Not seen")
        file.change_checklist(built(control("N-1", replaces=["A-1"])), {"A-1": "N-1"}, ["N-1"])
    assert read(path).state.sent_back["N-1"].why == "Not seen"
