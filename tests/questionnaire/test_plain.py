"""The questionnaire line by line: what is kept, what is refused and where, and what is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.errors import AnswerError, AssessmentFileError, StockcheckError
from stockcheck.questionnaire.lines import MAX_LINE
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.session import Session
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)
ALL = ["kinds=arms", "size=1", "A-1=no", "A-3=-", "A-4=4", "A-5=2026-02-01"]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    create(path, compose(checklist_file(tmp_path))[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def say(file: AssessmentFile, *lines: str | bytes, patient: bool = False) -> list[str]:
    """What is said to `lines`."""
    said: list[str] = []
    raw = [line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines]
    PlainQuestionnaire(Session(file, "en"), said.append, patient=patient).run(raw)
    return said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A-6=señal".encode("latin-1"), "not UTF-8 text"),
        ("A-6=se".encode("utf-16"), "looks like UTF-16"),
        ("A-6=se".encode("utf-16-le"), "looks like UTF-16"),
        ("A-6=se".encode("utf-32"), "looks like UTF-32"),
        (b"A-6=" + b"x" * MAX_LINE, "longer than"),
    ],
)
def test_what_is_not_text_is_refused_by_its_line_and_nothing_of_it_kept(
    file: AssessmentFile, line: bytes, why: str
) -> None:
    with pytest.raises(AnswerError, match=f"Line 2: .*{why}"):
        say(file, "kinds=arms", line)
    assert "A-6" not in file.state.entries
    assert "kinds" in file.state.profile
    assert any(why in one for one in say(file, line, "A-1=yes", patient=True)), "at a terminal it is asked again"
    assert file.state.entries.keys() == {"A-1"}


def test_the_mark_that_editors_put_before_utf_8_is_skipped(file: AssessmentFile) -> None:
    say(file, b"\xef\xbb\xbfkinds=arms\r\n", b"\xef\xbb\xbfA-6=\xc3\xb1\r\n")
    assert file.state.entries["A-6"].answer.value == "ñ"


@pytest.mark.parametrize("command", ["no", ":clear"])
def test_a_line_to_no_question_is_refused_and_overwrites_nothing(file: AssessmentFile, command: str) -> None:
    with pytest.raises(AnswerError, match="Line 8: No question is being asked"):
        say(file, *ALL, "A-6=none", command)
    with pytest.raises(AnswerError, match="Line 1: No question is being asked"):
        say(file, command)
    assert file.state.entries["A-6"].answer.value == "none"
    say(file, "A-1=yes")
    assert file.state.entries["A-1"].answer.value == "yes"


def test_an_answer_by_id_to_what_is_asked_moves_on(file: AssessmentFile) -> None:
    say(file, "kinds=arms", "size=1", "A-1=yes", "locked")
    assert file.state.entries["A-1"].answer.value == "yes"
    assert file.state.entries["A-2"].answer.value == "locked"


@pytest.mark.parametrize("command", [":go A-3", ":back", ":again", ":skip"])
def test_one_can_look_back_when_all_is_answered(file: AssessmentFile, command: str) -> None:
    say(file, *ALL, "A-6=none")
    said = say(file, ":go A-4", command, patient=True)
    name = {":go A-3": "A-3", ":back": "A-3", ":again": "A-4", ":skip": "A-5"}[command]
    at = max(place for place, line in enumerate(said) if line.startswith(f"{name}: "))
    assert any(line.startswith("Now: ") for line in said[at:])
    say(file, ":go A-3", "rust")
    assert file.state.entries["A-3"].answer.value == ("rust",)


def test_a_refusal_names_the_line_whatever_refuses(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> Answer:
        raise AssessmentFileError("Disk full.", "Make room.")

    monkeypatch.setattr(Session, "note", full)
    with pytest.raises(StockcheckError) as caught:
        say(file, "A-1=yes", ":go A-1", ":note " + "x" * 30_000)
    assert str(caught.value).splitlines() == [
        "Line 3: Disk full.",
        "Make room.",
        "Nothing from this line on was read; 1 entry before it is saved.",
    ]


def test_what_a_file_holds_does_not_steer_the_terminal(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "\x1b[2Jone\n2026 nobody: two\u202e"
    monkeypatch.setattr(Session, "history", lambda *_: [(file.events[0], raw)])
    said = say(file, ":history")
    assert not any("\x1b" in line or "\u202e" in line or "\n" in line for line in said)
    assert "  2026 nobody: two\ufffd" in said


def test_one_is_one_and_a_fact_is_named_in_quotes(file: AssessmentFile) -> None:
    """Said in both languages without agreeing with a word that the text may not have."""
    assert any(line.startswith("0 entries saved. ") for line in say(file))
    assert any(line.startswith("1 entry saved. ") for line in say(file, "A-1=yes"))
    fact, text = file.checklist.profile[0], file.checklist.profile[0].text
    word = fact.words[0]
    assert any(line.startswith(f"Saved “{text}”. Score ") for line in say(file, f"profile.{fact.id}={word}"))
    with language.speaking("es"):
        said = say(file, f"profile.{fact.id}={word}", "A-1=yes")
    assert any(line.startswith(f"Guardado: «{text}» – puntaje ") for line in said)
    assert any(line.startswith("Guardado: A-1 – puntaje ") for line in said)
    assert any(line.startswith("2 asientos guardados. ") for line in said)
