"""What the room agrees on: proposed where all say the same, and taken only when somebody says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.state import State
from stockcheck.errors import AnswerError
from stockcheck.questionnaire.session import Session
from stockcheck.workshop.settling import Settling
from tests.workshop.small import ON, checklist
from tests.workshop.test_figures import room

SAID = {
    "p1": ["A-1=yes", "A-2=open", "A-4=3", "B-1=na: none"],
    "p2": ["A-1=yes", "A-2=shut", "A-4=3", "B-1=na: none"],
}


def settle(folder: Path, *lines: str, patient: bool = True) -> tuple[State, list[str]]:
    path = folder / "room.stockcheck"
    create(path, checklist(folder), depot="Nowhere", marking="", on=ON, by="trainer")
    heard: list[str] = []
    with open_file(path, write=True, by="trainer") as file:
        settling = Settling(Session(file, "en"), room(folder, SAID, with_key=False), heard.append, patient=patient)
        settling.run([line.encode() + b"\n" for line in lines])
        return file.state, heard


def test_nothing_is_taken_silently(tmp_path: Path) -> None:
    state, heard = settle(tmp_path)
    assert (state.answers, state.facts) == ({}, {})
    assert "Proposed, for all say so: Arms; Rounds" in heard


def test_what_is_proposed_is_taken_by_a_word_and_the_rest_typed(tmp_path: Path) -> None:
    state, heard = settle(tmp_path, "take", "skip", "take", "shut", "A-4=take", "quit")
    assert {name: answer.value for name, answer in state.facts.items()} == {"kinds": ("arms", "rounds")}
    assert {name: str(answer.value) for name, answer in state.answers.items()} == {
        "A-1": "yes",
        "A-2": "shut",
        "A-4": "3",
    }
    assert "  1 × Open" in heard
    assert "  1 × Shut" in heard


def test_where_they_differ_nothing_can_be_taken(tmp_path: Path) -> None:
    state, heard = settle(tmp_path, "A-1=yes", "A-2=take", "B-1=take")
    assert list(state.answers) == ["A-1"]
    refused = [line for line in heard if line.startswith("Nothing is proposed")]
    assert len(refused) == 2  # that all set it aside is no answer that counts


def test_from_a_pipe_the_first_wrong_line_ends_it(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="Line 2"):
        settle(tmp_path, "A-1=yes", "A-2=take", "A-4=3", patient=False)
