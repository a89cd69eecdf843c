"""Redaction: the words are gone from every byte, the figures stay, the history says so, and no forger passes by it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.record import broken
from stockcheck.assessment.redaction import Part, Redaction, body, entry_of, in_words, without
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.scoring.scorecard import Scorecard
from tests.assessment.crafting import (
    ON,
    alter,
    chained,
    checklist,
    clock,
    first_event,
    read,
)
from tests.scoring.building import built, control

SECRET = "Colonel Zugzwang"
#: The entries of `told`, and the part of each that holds the secret.
PARTS: dict[int, Part | None] = {1: "depot", 2: None, 3: None, 4: None, 5: "name"}


def told(path: Path) -> Path:
    """An assessment with a name where none should be: in the depot's name, a note, a reason, a text, and as by whom."""
    create(path, checklist(), depot=f"{SECRET}'s", marking="SECRET", on=ON, by="tester", clock=clock)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.note("A-1", f"{SECRET} has the key. " + "x" * 9000)  # on pages of its own
        file.answer(file.checklist.question["A-2"], not_applicable(f"{SECRET} said so"))
        file.answer(file.checklist.question["A-6"], Answer(SECRET))
    with open_file(path, write=True, by=SECRET, clock=clock) as file:
        file.answer(file.checklist.question["A-1"], Answer("partial"))
    return path


def redacted(path: Path, entry: int, part: Part | None = None) -> AssessmentFile:
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        file.redact(entry, part)
    return file


def holding(folder: Path, text: str) -> list[str]:
    """The files in a folder that hold a text anywhere, in whatever way SQLite may have written it."""
    wanted = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")]
    return [path.name for path in folder.iterdir() if any(one in path.read_bytes() for one in wanted)]


def schema(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_what_was_removed_is_in_no_byte_of_the_file_and_of_nothing_beside_it(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    before = schema(path)
    assert holding(tmp_path, SECRET) == ["d.stockcheck"]
    for entry, part in PARTS.items():
        redacted(path, entry, part)
    assert holding(tmp_path, SECRET) == []
    assert holding(tmp_path, "Zugzwang") == []
    assert os.listdir(tmp_path) == ["d.stockcheck"]
    assert schema(path) == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert read(path).broken is None


def test_traces_that_an_older_program_left_in_free_pages_go_too(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE gone (x)")
        connection.execute("INSERT INTO gone VALUES (?)", (f"{SECRET} " * 2000,))
        connection.execute("DROP TABLE gone")
    for entry, part in PARTS.items():
        redacted(path, entry, part)
    assert holding(tmp_path, SECRET) == []


def test_the_figures_stay_and_the_chain_holds(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    before = read(path)
    for entry, part in PARTS.items():
        redacted(path, entry, part)
    after = read(path)
    assert after.broken is None
    assert [event.hash for event in after.events[:5]] == [event.hash for event in before.events]
    state = after.state
    assert (state.depot, state.marking, state.notes) == ("[removed]", "SECRET", {"A-1": "[removed]"})
    assert state.answers["A-2"] == Answer(status="na", justification="[removed]")
    assert state.answers["A-6"] == Answer("[removed]")
    assert state.entries["A-1"].by == "[name removed]"
    figures = [
        [(line.standing, line.credit) for line in Scorecard(checklist(), one.answers, one.facts, ON).lines]
        for one in (before.state, state)
    ]
    assert figures[0] == figures[1]


def test_what_is_open_is_what_is_read_again(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        for entry, part in PARTS.items():
            file.redact(entry, part)
            assert (file.events, file.state) == read(path)[:2]
        file.note("A-1", "Somebody has the key")
    assert read(path).state.notes == {"A-1": "Somebody has the key"}
    assert read(path).broken is None


def test_the_reader_is_told_in_their_language(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    redacted(path, 2)
    with language.speaking("es"):
        assert read(path).state.notes == {"A-1": "[suprimido]"}


def test_the_record_says_who_removed_what_and_when(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    redacted(path, 2)
    redacted(path, 2, "name")
    redacted(path, 6, "name")  # that the clerk did it was to stay unsaid
    with open_file(path) as file:
        found = [(one.entry, one.removed, one.by, one.at, one.seq) for one in file.record.redactions]
    at = clock()
    assert found == [(2, "text", "[name removed]", at, 6), (2, "name", "clerk", at, 7), (6, "name", "clerk", at, 8)]
    assert read(path).broken is None


@pytest.mark.parametrize(
    ("entry", "part", "said"),
    [
        (0, None, "There is no entry 0"),
        (6, None, "There is no entry 6"),
        (1, None, "Say which to remove"),
        (5, None, "There is no such text in entry 5"),
        (2, "depot", "There is no such text in entry 2"),
        (5, "text", "There is no such text in entry 5"),
    ],
)
def test_where_there_is_nothing_to_remove_nothing_changes(
    tmp_path: Path, entry: int, part: Part | None, said: str
) -> None:
    path = told(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with pytest.raises(UsageError, match=said):
        redacted(path, entry, part)
    assert path.read_bytes() == before


def test_it_is_told_what_there_is_to_remove(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    with pytest.raises(UsageError) as refused:
        redacted(path, 1)
    assert refused.value.hint == "Say which to remove: --part depot, --part marking."
    for entries, said in ((5, "The file has 5 entries."), (1, "The file has 1 entry.")):
        with pytest.raises(UsageError) as refused:
            entry_of(read(path).events[:entries], 9)
        assert refused.value.hint == f"{said} A question's history shows the number of each."


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("text", "The text was removed from entry #7."),
        ("name", "The name was removed from entry #7."),
        ("depot", "The depot's name was removed from entry #7."),
        ("marking", "The marking was removed from entry #7."),
        ("owner", "Who was to act was removed from entry #7."),
        ("verified_by", "Who verified it was removed from entry #7."),
        ("evidence", "The evidence was removed from entry #7."),
        ("remarks", "The remarks were removed from entry #7."),
        ("measure", "The compensating measure was removed from entry #7."),
    ],
)
def test_it_is_said_in_words_what_was_removed(part: Part, said: str) -> None:
    assert in_words(Redaction(9, 7, part, "ab" * 32, "cd" * 32, "clerk", clock())) == said


def test_what_was_there_is_known_by_its_hash_be_it_a_text_or_a_name(tmp_path: Path) -> None:
    """So that who has a copy of it can show that it is what was removed."""
    path = told(tmp_path / "d.stockcheck")
    note, name = read(path).events[1], read(path).events[4]
    redacted(path, note.seq)
    redacted(path, name.seq, "name")
    with open_file(path) as file:
        hashes = [one.sha256 for one in file.record.redactions]
    assert hashes == [hashlib.sha256(one.encode()).hexdigest() for one in (note.body, SECRET)]


def test_half_a_character_that_another_program_wrote_can_be_removed() -> None:
    odd = chained(first_event(), "note", "A-1", '{"text":"\ud800"}', by="\ud800")
    for part in ("text", "name"):
        assert (
            broken([first_event(), without(odd, part), chained(odd, "redact", "A-1", json.dumps(body(odd, part)))])
            == []
        )


def test_a_fact_that_is_free_text_can_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "d.stockcheck"
    depot = built(control("A-1"), profile=({"id": "keeper", "type": "text", "text": "Who keeps it?"},))
    create(path, depot, depot="North", marking="", on=ON, by="tester", clock=clock)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.answer(depot.field["keeper"], Answer(SECRET))
    redacted(path, 2)
    assert read(path).state.facts == {"keeper": Answer("[removed]")}
    assert read(path).broken is None
    assert holding(tmp_path, SECRET) == []


def test_every_answer_that_is_no_text_stays(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.answer(file.checklist.field["kinds"], Answer(("arms",)))
        file.answer(file.checklist.question["A-3"], Answer(("locks",)))
        file.answer(file.checklist.question["A-5"], Answer(ON))
        file.answer(file.checklist.question["A-5"], None)
        file.flag("A-3", True)
        file.note("A-1", "")
        file.change_checklist(checklist(), {}, [])
        for entry in range(6, 13):
            with pytest.raises(UsageError, match="There is no such text"):
                file.redact(entry)
        assert len(file.events) == 12


def test_a_text_that_was_free_under_the_checklist_of_its_time_can_be_removed(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    content = json.loads(checklist().content)
    content["sections"][0]["questions"][5] |= {"type": "choice", "options": {"x": {"text": "X", "credit": "1"}}}
    later = Checklist.model_validate_json(json.dumps(content))
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.change_checklist(later, {}, [])
        file.redact(4)
    assert holding(tmp_path, f'"{SECRET}"') == []
    assert read(path).broken is None


def test_the_same_thing_is_removed_once(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    redacted(path, 2)
    for part in (None, "text"):
        with pytest.raises(UsageError, match="That was removed from entry 2 before"):
            redacted(path, 2, part)
    assert len(read(path).events) == 6
    redacted(path, 1, "depot")
    redacted(path, 1, "marking")
    assert (read(path).state.depot, read(path).state.marking) == ("[removed]", "[removed]")
    assert read(path).broken is None


def test_nothing_is_removed_from_an_entry_that_is_broken(tmp_path: Path) -> None:
    """It would be whole afterwards."""
    path = told(tmp_path / "d.stockcheck")
    alter(path, "UPDATE event SET at = '2026-03-01T10:00:01.000+00:00' WHERE seq = 2")
    with pytest.raises(AssessmentFileError, match="Entry 2 does not fit the chain"):
        redacted(path, 2)
    assert read(path).broken == read(path).events[1]


def test_a_file_that_is_held_by_another_stays_as_it_is(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="first"), pytest.raises(AssessmentFileError, match="open in another program"):
        redacted(path, 2)
    assert len(read(path).events) == 5
