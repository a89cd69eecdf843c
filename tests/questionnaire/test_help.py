"""What the help of a question says: in a classroom first what one can do there, and the terms of art that it uses."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import HelpDialog
from stockcheck.questionnaire.session import Session
from tests.checklist.test_glossary import TERMS
from tests.cli.running import run
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)
IN_CLASS = "In the classroom: Say it from memory."
AT_DEPOT = "At the depot: Walk it."


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    path = checklist_file(tmp_path)
    one = tmp_path / "sections" / "one.yaml"
    text = one.read_text(encoding="utf-8").replace(
        "help: Walk it.", "help: Walk it.\n    classroom: Say it from memory."
    )
    one.write_text(text, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(TERMS, encoding="utf-8")
    create(tmp_path / "d.stockcheck", compose(path)[0], depot="North", marking="", on=ON, by="tester")
    with open_file(tmp_path / "d.stockcheck", write=True, by="tester") as opened:
        yield opened


def plain_help(file: AssessmentFile, name: str, *, classroom: bool) -> list[str]:
    said: list[str] = []
    session = Session(file, "en", classroom=classroom)
    PlainQuestionnaire(session, said.append, patient=False).run([f":go {name}\n".encode(), b":help\n"])
    return said


async def _screen_help(file: AssessmentFile, name: str, *, classroom: bool) -> tuple[str, str]:
    session = Session(file, "en", classroom=classroom)
    item = session.find(name)
    assert item is not None
    session.go_to(item)
    app = QuestionnaireApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        beside = str(app.screen.query_one("#help", Static).render())
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpDialog)
        return beside, app.screen.body()


def screen_help(file: AssessmentFile, name: str, *, classroom: bool) -> tuple[str, str]:
    """What stands beside the question, and what the key ``?`` shows."""
    return asyncio.run(_screen_help(file, name, classroom=classroom))


def test_in_a_classroom_its_help_comes_before_that_of_the_depot(file: AssessmentFile) -> None:
    said = plain_help(file, "A-1", classroom=True)
    assert said.index(IN_CLASS) + 1 == said.index(AT_DEPOT)
    beside, _dialog = screen_help(file, "A-1", classroom=True)
    assert beside.index(IN_CLASS) < beside.index(AT_DEPOT)


def test_at_a_depot_nobody_is_told_to_answer_from_memory(file: AssessmentFile) -> None:
    said = " ".join(plain_help(file, "A-1", classroom=False))
    beside, dialog = screen_help(file, "A-1", classroom=False)
    assert "Walk it." in said
    assert beside.startswith("Walk it.")
    assert "memory" not in said + beside + dialog


def test_a_question_without_help_for_the_classroom_keeps_its_own(file: AssessmentFile) -> None:
    for classroom in (True, False):
        beside, _dialog = screen_help(file, "B-1", classroom=classroom)
        assert "classroom" not in beside


def test_the_help_of_the_screen_and_of_plain_lines_has_the_terms_of_the_question(file: AssessmentFile) -> None:
    _beside, dialog = screen_help(file, "A-1", classroom=False)
    assert dialog.startswith("Words in this question\nFence: What keeps people out.\n\n")
    assert "Round:" not in dialog
    assert "Fence: What keeps people out." in plain_help(file, "A-1", classroom=False)
    _beside, dialog = screen_help(file, "B-1", classroom=False)
    assert "Words in this question" not in dialog


def test_the_command_has_an_option_for_the_classroom(file: AssessmentFile, tmp_path: Path) -> None:
    file.close()
    done = run(tmp_path, "answer", "d.stockcheck", "--plain", "--classroom", text=":go A-1\n:help\n")
    assert IN_CLASS in done.stdout
