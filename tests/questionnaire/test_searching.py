"""What a search finds, and what of it comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.plaintext import sought
from stockcheck.questionnaire.searching import Searched, found
from stockcheck.questionnaire.session import Session
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    create(path, compose(checklist_file(tmp_path))[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def hits(file: AssessmentFile, words: str) -> list[str]:
    return [item.id for item in Session(file, "en").search(words)]


def places(words: str, *texts: str) -> list[int]:
    return found(words, [(Searched("Q", text), "") for text in texts])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("inspeccion", "La inspección"),
        ("INSPECCIÓN", "inspeccion"),
        ("inspeccio\u0301n", "inspección"),
        ("senal", "señal"),
        ("SEÑAL", "senal"),
        ("pinguino", "pingüino"),
        ("oficina", "o\ufb01cina"),
        ("fire-arms", "fire\u2011arms"),
        ("peri\u00admetro", "perímetro"),
        ('"alto"', "«alto»"),
        ("１２", "12"),
        ("strasse", "Straße"),
    ],
)
def test_what_reads_alike_is_found(words: str, text: str) -> None:
    assert places(words, "other", text) == [1]
    assert sought(sought(words)) == sought(words)


def test_what_is_written_as_it_was_typed_comes_first() -> None:
    texts = ("un ano", "un año", "el anónimo", "otro")
    assert places("año", *texts) == [1, 0, 2]
    assert places("ano", *texts) == [0, 1, 2]
    assert places("an\u0303o", *texts) == [1, 0, 2], "however the letter is put together"
    assert places("AÑO", *texts) == [1, 0, 2]


def test_nothing_is_found_by_nothing() -> None:
    assert places("", "a") == places("  ", "a") == places("\u00ad", "a") == []


@pytest.mark.parametrize("words", ["A-4", "a-4", "a4", "A4", "a 4", "A–4"])
def test_an_id_typed_in_a_hurry_comes_first(file: AssessmentFile, words: str) -> None:
    question = file.checklist.question
    file.note("A-1", "as in A-4, A4, a 4")
    assert hits(file, words)[0] == "A-4"
    assert Session(file, "en").find(words) is question["A-4"]


def test_ids_that_would_be_one_in_a_hurry_are_none(file: AssessmentFile) -> None:
    """An answer is never kept for another question than the one that was meant."""
    session = Session(file, "en")
    session._called = dict.fromkeys(("A-11", "A1-1", "b-1", "B-1"), session.items[0])
    assert session.find("A11") is None
    assert session.find("B1") is None
    assert session.find("a-11") is session.items[0]
    session._in_any_case.clear()
    assert session.find("b-1") is session.items[0]


def test_notes_answers_options_and_titles_are_searched(file: AssessmentFile) -> None:
    questions = file.checklist.question
    session = Session(file, "en")
    assert hits(file, "rust") == ["A-3"], "an option"
    session.answer_typed(questions["A-6"], "Faroles rotos en la verja sur")
    session.answer_typed(questions["A-5"], "2026-02-03")
    session.note(questions["B-1"], "Pregúntele al guardián")
    assert hits(file, "farol verja") == ["A-6"]
    assert hits(file, "2026-02-03") == ["A-5"]
    assert hits(file, "guardian") == ["B-1"]
    assert hits(file, "section two") == ["B-1", "B-2"]
    assert hits(file, "section plan practised") == ["B-2"]
    file.note("A-1", "See section two")
    assert hits(file, "section two") == ["A-1", "B-1", "B-2"], "what says so itself, before what stands under it"
