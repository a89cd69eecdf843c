"""Taking back: what stood before is recorded anew, step by step, and said."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.errors import AnswerError
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.changes import ChangesDialog
from stockcheck.questionnaire.session import Session
from tests.questionnaire.test_screen import drive, file, given, shown
from tests.questionnaire.test_set_aside import ARMS, DEPOT, NA, NO, YES, answered_by_ana, ask, path, sitting

__all__ = ["file", "path"]  # the fixtures


def what_counts(session: Session) -> tuple[Any, ...]:
    state, card = session.state, session.scorecard
    return state.answers, state.facts, dict(state.notes), set(state.flags), card.lines, card.overall, card.achieved


def anything(session: Session, chance: random.Random) -> None:
    question = chance.choice(DEPOT.questions)
    match chance.randrange(6):
        case 0:
            session.note(question, chance.choice(["", "seen", "not seen"]))
        case 1:
            session.toggle_flag(question)
        case 2:
            session.answer(DEPOT.profile[0], chance.choice([ARMS, Answer(("rounds",)), UNKNOWN, None]))
        case _:
            among = [YES, Answer("partial"), NO, UNKNOWN, None] + ([NA] if question.na else [])
            session.answer(question, chance.choice(among))


@pytest.mark.parametrize("seed", range(4))
def test_undoing_everything_and_doing_it_again_passes_by_every_state_there_was(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    answered_by_ana(path, F_1=YES, G_1=NO)
    with sitting(path) as file:
        session = Session(file, "en")
        stages = [what_counts(session)]
        for _time in range(25):
            before = session.recorded
            anything(session, chance)
            if session.recorded > before:
                stages.append(what_counts(session))
        entries = len(file.events)
        for stage in reversed(stages[:-1]):
            session.undo()
            assert what_counts(session) == stage
        with pytest.raises(AnswerError, match="Nothing that was recorded in this sitting is left"):
            session.undo()
        for stage in stages[1:]:
            session.redo()
            assert what_counts(session) == stage
        assert len(file.events) == entries + 2 * (len(stages) - 1), "nothing is erased: each is an entry of its own"
        assert file.record.chain_holds
    with sitting(path) as file:
        assert what_counts(Session(file, "en")) == stages[-1]


def test_only_what_was_recorded_in_this_sitting_is_undone(path: Path) -> None:
    answered_by_ana(path, F_1=YES)
    with sitting(path) as file, pytest.raises(AnswerError, match="in this sitting"):
        Session(file, "en").undo()


def test_it_is_said_what_was_undone_and_one_stands_there(path: Path) -> None:
    with sitting(path) as file:
        session = Session(file, "en")
        session.answer(ask("F-1"), YES)
        session.answer(ask("F-1"), NO)
        session.go_to(ask("G-1"))
        assert session.undo() == "Undone: F-1: No → Yes"
        assert session.current.id == "F-1"
        assert session.redo() == "Done again: F-1: Yes → No"
        session.undo()
        assert session.undo() == "Undone: F-1: Yes → no answer"
        session.note(ask("F-1"), "seen")
        assert session.undo() == "Undone: the note with F-1 is as it was before"
        session.toggle_flag(ask("F-1"))
        assert session.undo() == "Undone: F-1 is no longer flagged"
        session.answer(ask("G-1"), YES)
        with pytest.raises(AnswerError, match="could be done again"):
            session.redo()


def test_a_change_in_the_middle_is_undone_unless_something_newer_stands_on_it(path: Path) -> None:
    with sitting(path) as file:
        session = Session(file, "en")
        session.answer(ask("F-1"), YES)
        session.answer(ask("G-1"), YES)
        session.answer(ask("G-1"), NO)
        (newest, _), (older, _), (first, _) = session.changes()
        with pytest.raises(AnswerError, match="Something newer stands on this change"):
            session.undo(older)
        session.undo(first)
        assert session.answer_to(ask("F-1")) is None
        assert session.answer_to(ask("G-1")) == NO
        assert [stands for _change, stands in session.changes()] == [True, True, False]
        with pytest.raises(AnswerError, match="taken back already"):
            session.undo(first)
        session.redo(first)
        assert session.answer_to(ask("F-1")) == YES
        session.undo(newest)
        session.undo(older)
        assert session.answer_to(ask("G-1")) is None


def test_a_countersignature_does_not_come_back_and_that_is_said(path: Path) -> None:
    answered_by_ana(path, F_1=NA)
    with open_file(path, write=True, by="Bea") as file:
        file.review("F-1", True)
    with sitting(path) as file:
        session = Session(file, "en")
        session.answer(ask("F-1"), YES)
        assert "its countersignature is gone" in session.told()
        said = session.undo()
        assert "its countersignature is gone: somebody else has to agree again" in said
        assert session.state.accepted == {}
        session.answer(ask("G-1"), YES)
        assert "its countersignature is gone" not in session.told()


def test_the_last_twenty_are_listed_the_newest_first(path: Path) -> None:
    with sitting(path) as file:
        session = Session(file, "en")
        for number in range(25):
            session.note(ask("F-1"), f"seen {number}")
        assert [change.after for change, _stands in session.changes()] == [f"seen {n}" for n in range(24, 4, -1)]


def test_a_key_takes_back_and_does_again_on_the_screen(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y", "right", "z")
        assert given(file, "A-1") is None
        assert app.session.current.id == "A-1"
        assert "Undone: A-1: Yes → no answer" in shown(app, "#message")
        await pilot.press("x")
        assert given(file, "A-1") == "yes"
        await pilot.press("z", "z")
        assert shown(app, "#message").startswith("! Nothing that was recorded in this sitting")

    drive(file, script, at="A-1")


def test_the_list_of_changes_goes_there_and_undoes_the_one_that_is_picked(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y", "2", "l")
        assert isinstance(app.screen, ChangesDialog)
        rows = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert ["A-2" in rows[0], "A-1" in rows[1]] == [True, True]
        await pilot.press("down", "enter")
        assert app.session.current.id == "A-1"
        await pilot.press("l", "down", "z")
        assert (given(file, "A-1"), given(file, "A-2")) == (None, "shut")
        await pilot.press("l", "down", "z")
        assert isinstance(app.screen, ChangesDialog), "it says why not, and stays"
        await pilot.press("x")
        assert given(file, "A-1") == "yes"

    drive(file, script, at="A-1")


def test_lines_take_back_too(path: Path) -> None:
    said: list[str] = []
    with sitting(path) as file:
        lines = [b"kinds=arms\n", b"F-1=no\n", b":undo\n", b":redo\n", b":undo\n"]
        PlainQuestionnaire(Session(file, "en"), said.append, patient=False).run(lines)
        assert "Undone: F-1: No → no answer." in said
        assert "Done again: F-1: no answer → No." in said
        assert "F-1" not in file.state.entries
