"""A redaction that is stopped half way: the old file or the new one, and nothing of the words once it is done again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import (
    printed,
    program,
    read,
)
from tests.assessment.test_redaction import PARTS, SECRET, holding, redacted, told


def test_a_program_killed_while_it_redacts_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    old, new = map(int, printed(program("kill_while_redacting", tmp_path, 40)).split())
    assert old + new == 40
    assert old
    assert new


def test_what_a_stop_left_in_the_file_goes_when_the_command_is_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    path = told(tmp_path / "d.stockcheck")
    for entry, part in list(PARTS.items())[1:]:
        redacted(path, entry, part)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE gone (x)")
        connection.execute("INSERT INTO gone VALUES (?)", (SECRET,))
        connection.execute("DROP TABLE gone")
    with monkeypatch.context() as patch:
        patch.setattr("stockcheck.assessment.writing.wipe", stop)
        with pytest.raises(AssessmentFileError, match="It is removed, but traces may be left"):
            redacted(path, 1, "depot")
    assert read(path).state.depot == "[removed]"
    assert holding(tmp_path, SECRET) == ["d.stockcheck"]
    with pytest.raises(UsageError, match="removed from entry 1 before"):
        redacted(path, 1, "depot")
    assert holding(tmp_path, SECRET) == []


def test_what_is_overwritten_is_gone_even_before_the_file_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop between the two leaves as little as can be, also where SQLite was built to leave what is deleted."""
    really = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = really(*arguments, **options)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    path = told(tmp_path / "d.stockcheck")
    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr("stockcheck.assessment.writing.wipe", lambda _connection: None)
    for entry, part in PARTS.items():
        redacted(path, entry, part)
    assert holding(tmp_path, SECRET) == []


def test_a_redaction_that_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = told(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with open_file(path, write=True, by="clerk") as file:
        file._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(AssessmentFileError, match="Not saved"):
            file.redact(2)
        assert (file.events, file.state) == read(path)[:2]
    assert path.read_bytes() == before
