"""A new assessment from the home screen: from the checklist to the first question, with nothing replaced or lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import open_file
from stockcheck.home import remembered
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Wish
from stockcheck.home.dialogs import ChoiceDialog
from tests.home.driving import answer, drive, press, said, told, typed


def test_new_asks_for_checklist_and_depot_and_goes_on_to_the_questions(folder: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "enter")
        assert isinstance(app.screen, ChoiceDialog)
        words = [str(app.screen.query_one(OptionList).get_option_at_index(place).prompt) for place in range(7)]
        assert "Ammunition depot self-assessment\n315 questions  ·  with levels" in words
        assert "Rapid self-assessment of a depot\n30 questions  ·  without levels" in words
        await press(pilot, *["down"] * 4, "enter")
        await typed(pilot, "Depósito Norte / 2")
        assert app.screen.query(Input).last(Input).value.startswith("deposito-norte-2-2")
        await press(pilot, "down")
        await typed(pilot, "SECRET")
        await press(pilot, "down")
        await typed(pilot, "N-7")
        await press(pilot, "f10")

    app = drive(script)
    (made,) = folder.glob("*.stockcheck")
    assert app.wish == Wish(made)
    assert remembered.recent() == [made]
    with open_file(made) as file:
        assert (file.state.depot, file.state.marking, file.state.code) == ("Depósito Norte / 2", "SECRET", "N-7")
        assert file.checklist.id == "rapid"
        assert file.events[0].by == "ana"


def test_a_name_that_is_taken_is_never_replaced_and_what_was_typed_stays(depot: Path) -> None:
    before = depot.read_bytes()

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "down", "enter")
        await typed(pilot, "South")
        app.screen.query(Input).last(Input).focus()
        await typed(pilot, "north")
        await press(pilot, "f10")
        assert told(app) == "north.stockcheck exists already.\nChoose another name, or go on with it."
        assert app.screen.query(Input).first(Input).value == "South"
        await press(pilot, "escape", "n", "down", "enter")
        assert [part.value for part in app.screen.query(Input)][::5] == ["South", "north"]

    assert drive(script).wish is None
    assert depot.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "text", "refusal"),
    [
        (3, "31 February", "31 February"),
        (0, "x" * 20_001, "The depot's name"),
        (4, "y" * 300, "Who answers"),
        (5, "", "The file needs a name."),
        (5, "..", "The file needs a name."),
        (5, "nowhere/at/all", "cannot be"),
        (5, "a.lock", ".stockcheck"),
    ],
)
def test_what_the_command_refuses_is_said_in_its_words(folder: Path, line: int, text: str, refusal: str) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter")
        field = list(app.screen.query(Input))[line]
        field.focus()
        await pilot.pause()
        field.value = text
        await pilot.pause()
        await press(pilot, "f10")
        if text == "a.lock":
            assert app.wish is not None
            assert app.wish.file.name == "a.lock.stockcheck"
        else:
            assert refusal in told(app)
            assert field.value == text

    drive(script)


def test_a_folder_that_takes_no_file_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter")
        await typed(pilot, "South")
        with monkeypatch.context() as patch:
            patch.setattr("stockcheck.assessment.beginning.start", lambda *_a, **_k: full(0))
            await press(pilot, "f10")
        assert "No space left on device" in told(app)
        await press(pilot, "f10")
        assert app.wish is not None, "what was typed was still there"

    drive(script)


def test_new_may_begin_from_an_earlier_assessment_and_brings_its_depot(depot: Path) -> None:
    answer(depot, A_1="no")
    before = depot.read_bytes()

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter", "enter")
        assert [part.value for part in app.screen.query(Input)][:3] == ["[bold]North[/]", "SECRET", ""]
        await press(pilot, "f10")

    app = drive(script)
    assert app.wish is not None
    with open_file(app.wish.file) as file:
        earlier = file.state.earlier
        assert earlier is not None
        assert earlier.state.answers == {"A-1": Answer("no")}
        assert (file.state.entries, file.state.marking, file.events[0].by) == ({}, "SECRET", "ana")
    assert depot.read_bytes() == before


def test_an_earlier_assessment_that_cannot_be_read_is_told_of(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n")
        depot.write_bytes(b"x" * 1000)
        await press(pilot, "enter", "enter")
        assert "north.stockcheck is not a stockcheck assessment" in said(app)

    assert drive(script).wish is None


def test_where_there_is_no_assessment_none_is_offered_to_begin_from(folder: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n")
        rows = app.screen.query_one(OptionList)
        assert "earlier" not in str(rows.get_option_at_index(0).prompt)

    drive(script)
