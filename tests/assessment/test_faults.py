"""A disk that fails at every step of writing: what stands on it counts, and the next answer works."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.lock import _TRIES
from stockcheck.errors import AssessmentFileError
from stockcheck.questionnaire.session import Session
from tests.assessment.crafting import answered, checklist, new, printed, program, read


class Faulty:
    """A connection on which the next statement that begins like `fails` does, before or after it is carried out."""

    def __init__(self, connection: sqlite3.Connection, fails: str, *, done: bool, also: tuple[str, ...] = ()) -> None:
        self._connection = connection
        self._fails = [fails, *also]
        self._done = done

    def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        if self._fails and statement.startswith(self._fails[0]):
            self._fails.pop(0)
            if self._done:
                self._connection.execute(statement, *arguments)
                self._done = False
            raise sqlite3.OperationalError("disk I/O error")
        return self._connection.execute(statement, *arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def fail(file: AssessmentFile, *fails: str, done: bool) -> None:
    file._connection = file._writer._connection = Faulty(  # type: ignore[assignment]
        file._connection, fails[0], done=done, also=fails[1:]
    )


WRITE: dict[str, Callable[[AssessmentFile], object]] = {
    "an answer": lambda file: file.answer(checklist().question["A-1"], Answer("no")),
    "a note": lambda file: file.note("A-1", "Seen again"),
    "a flag": lambda file: file.flag("A-1", True),
    "a change of checklist": lambda file: file.change_checklist(checklist(), {}, ["A-1"]),
    "a redaction": lambda file: file.redact(5),
}


@pytest.mark.parametrize("what", WRITE)
@pytest.mark.parametrize(
    ("statement", "done"),
    [
        ("BEGIN", False),
        ("BEGIN", True),
        ("SELECT seq", False),
        ("INSERT INTO event", False),
        ("INSERT INTO event", True),
        ("COMMIT", False),
    ],
)
def test_what_failed_before_it_was_written_is_not_there_and_the_next_is(
    tmp_path: Path, what: str, statement: str, done: bool
) -> None:
    path = answered(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with open_file(path, write=True, by="tester") as file:
        kept = list(file.events), file.state.copy()
        fail(file, statement, done=done)
        with pytest.raises(AssessmentFileError, match=r"Not saved: d.stockcheck: disk I/O error"):
            WRITE[what](file)
        assert (file.events, file.state) == kept
        assert path.read_bytes() == before
        WRITE[what](file)
        assert len(file.events) == len(kept[0]) + 1
        assert (file.events, file.state) == read(path)[:2]
        assert file.take_notice() == ""
    assert read(path).broken is None


@pytest.mark.parametrize("what", WRITE)
def test_what_is_on_the_disk_is_saved_whatever_was_reported(tmp_path: Path, what: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        fail(file, "COMMIT", done=True)
        WRITE[what](file)
        assert (file.events, file.state) == read(path)[:2]
        assert "a power cut could undo it" in file.take_notice()
        assert file.take_notice() == ""
        file.flag("A-2", True)
        assert (file.events, file.state) == read(path)[:2]
    assert read(path).broken is None


def test_while_another_program_writes_it_says_so_and_the_next_answer_works(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        file._connection.execute("PRAGMA busy_timeout = 0")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(AssessmentFileError) as refused:
                file.note("A-1", "Seen again")
            other.execute("ROLLBACK")
        assert refused.value.message == "Not saved: d.stockcheck: database is locked."
        assert refused.value.hint == "Another program is using it. Try again in a moment."
        fail(file, "INSERT", done=False)
        with pytest.raises(AssessmentFileError) as refused:
            file.note("A-1", "Seen again")
        assert refused.value.hint.startswith("What was saved before is safe.")
        file.note("A-1", "Seen again")
    assert read(path).state.notes == {"A-1": "Seen again"}


def test_that_a_folder_cannot_be_synced_is_told_once(tmp_path: Path) -> None:
    with open_file(answered(tmp_path / "d.stockcheck"), write=True, by="tester") as file:
        session = Session(file, "en")
        said = []
        for answer in ("no", "partial", "yes"):
            fail(file, "COMMIT", done=True)
            session.answer(session.checklist.question["A-1"], Answer(answer))
            said.append("power cut" in session.consequence())
        assert said == [True, False, False]


def test_where_the_disk_does_not_say_what_is_on_it_nothing_is_claimed(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        fail(file, "COMMIT", "SELECT seq", "SELECT seq", done=True)
        with pytest.raises(AssessmentFileError, match="Perhaps not saved"):
            file.note("A-1", "Seen again")
        with pytest.raises(AssessmentFileError, match="Perhaps not saved"):
            file.note("A-1", "And again")
        file.note("A-1", "And yet again")
        assert (file.events, file.state) == read(path)[:2]
    found = read(path)
    assert found.broken is None
    assert [event.data["text"] for event in found.events[8:]] == ["Seen again", "And yet again"]


def test_an_answer_that_somebody_interrupts_is_not_lost_to_what_follows(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        connection = file._connection

        class Interrupted(Faulty):
            def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
                done = connection.execute(statement, *arguments)
                if statement == "COMMIT":
                    file._connection = file._writer._connection = connection
                    raise KeyboardInterrupt
                return done

        file._writer._connection = Interrupted(connection, "", done=False)  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            file.note("A-1", "Seen again")
        file.note("A-1", "And again")
        assert (file.events, file.state) == read(path)[:2]
    assert len(read(path).events) == 10


# The system's own errors, by a library that is put before it


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library before which a call of the system fails as FAIL in the environment says, such as ``fsync folder``."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no compiler here")
    source, library = Path(__file__).with_name("failing.c"), tmp_path_factory.mktemp("failing") / "failing.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("call", ["sync-folder", "sync-file", "write", "unlink"])
def test_every_call_of_the_system_that_fails_leaves_what_was_said(tmp_path: Path, failing: Path, call: str) -> None:
    before = ("env", f"LD_PRELOAD={failing}", f"FAIL_SWITCH={tmp_path / 'switch'}")
    saved, failed, told = map(int, printed(program("answer_on_a_failing_disk", tmp_path, call, before=before)).split())
    assert saved
    if call == "sync-folder":
        assert (failed, told) == (0, 1), "every answer is on the disk"
    else:
        assert failed


# A disk whose files have another number each time one looks


def test_a_lock_that_never_holds_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, tried = new(tmp_path / "d.stockcheck"), []

    def never(_path: Path, descriptor: int) -> bool:
        tried.append(descriptor)
        return False

    monkeypatch.setattr("stockcheck.assessment.lock._still_there", never)
    open_before = len(os.listdir("/dev/fd"))
    with open_file(path, write=True, by="tester") as file:
        assert "d.stockcheck cannot be locked on this disk: it can be read, not answered" in file.read_only
        with pytest.raises(AssessmentFileError, match="cannot be locked"):
            file.flag("A-1", True)
    assert len(tried) == _TRIES
    assert len(os.listdir("/dev/fd")) == open_before
