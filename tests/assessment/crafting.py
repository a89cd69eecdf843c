"""Assessment files for tests: sound ones, and ones that no honest program would write."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stockcheck.answers.answer import Answer
from stockcheck.assessment.checks import APPLICATION_ID, FORMAT, SCHEMA
from stockcheck.assessment.events import NO_PREVIOUS, Event, digest
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.record import broken
from stockcheck.assessment.state import State
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from tests.depot import checklist_file

ROOT = Path(__file__).parents[2]
ON = dt.date(2026, 3, 1)
AT = "2026-03-01T10:00:00.000+00:00"


@cache
def checklist() -> Checklist:
    """The small checklist with one of everything."""
    with tempfile.TemporaryDirectory() as folder:
        return compose(checklist_file(Path(folder)))[0]


def clock() -> dt.datetime:
    return dt.datetime.fromisoformat(AT)


def new(path: Path) -> Path:
    """An assessment that nobody has answered."""
    create(path, checklist(), depot="North", marking="SECRET", on=ON, by="tester", clock=clock)
    return path


def answered(path: Path, *, notes: int = 3) -> Path:
    """An assessment with events of every kind but a change of checklist."""
    with open_file(new(path), write=True, by="tester", clock=clock) as file:
        file.answer(file.checklist.field["kinds"], Answer(("arms", "rounds")))
        file.answer(file.checklist.question["A-1"], Answer("partial"))
        file.answer(file.checklist.question["A-2"], Answer("shut"))
        for number in range(notes):
            file.note("A-1", f"Seen {number} times")
        file.flag("A-3", True)
    return path


def first_broken(events: Iterable[Event]) -> Event | None:
    """The first event that does not fit the chain."""
    return next(iter(broken(events)), None)


class Found(NamedTuple):
    """What an assessment holds, and the first of its events that is not as it was recorded."""

    events: list[Event]
    state: State
    broken: Event | None


def read(path: Path, *, write: bool = False) -> Found:
    with open_file(path, write=write, by="reader") as file:
        return Found(file.events, file.state, first_broken(file.events))


def chained(last: Event | None, kind: str, subject: str, body: str, *, at: str = AT, by: str = "tester") -> Event:
    """An event that follows `last` with a right hash, whatever nonsense it holds."""
    seq, previous = (last.seq + 1, last.hash) if last else (1, NO_PREVIOUS)
    return Event(seq, at, by, kind, subject, body, previous, digest(seq, at, by, kind, subject, body, previous))


def start(stored: str, **other: object) -> str:
    """The body of a first event."""
    return json.dumps({"checklist": stored, "depot": "North", "marking": "", "on": "2026-03-01", **other})


def crafted(path: Path, events: Iterable[Event] = (), *, content: str | None = None, stored: str | None = None) -> Path:
    """A file with the right header and schema, and in it whatever is wanted.

    `content` is the checklist's JSON and `stored` its digest, if it is not to be the right one; without `events` there
    is a first event that names it.
    """
    content = checklist().content if content is None else content
    stored = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest() if stored is None else stored
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in SCHEMA:
            connection.execute(statement)
        connection.execute("INSERT INTO checklist VALUES (?, ?)", (stored, content))
        insert(connection, events or [chained(None, "start", "", start(stored))])
        connection.execute("COMMIT")
    return path


def insert(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    connection.executemany(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(e.seq, e.at, e.by, e.kind, e.subject, e.body, e.previous, e.hash) for e in events],
    )


def first_event() -> Event:
    return chained(None, "start", "", start(checklist().digest))


def alter(path: Path, *statements: str) -> None:
    """Run SQL on the file with its triggers out of the way, as somebody who covers their tracks would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in triggers:
            connection.execute(sql)


def half_written(path: Path, beside: Path) -> None:
    """At `beside`, the file and journal that a program leaves which is killed while it writes to a copy of `path`.

    The pages written so far hold a hundred notes that nobody was told were saved.
    """
    beside.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # spill to disk before the end
        connection.execute("BEGIN IMMEDIATE")
        last = Event(*connection.execute("SELECT * FROM event ORDER BY seq DESC LIMIT 1").fetchone())
        for number in range(100):
            last = chained(last, "note", "A-1", json.dumps({"text": f"{number} " + "x" * 1000}))
            insert(connection, [last])
        spilled, journal = beside.read_bytes(), journal_of(beside).read_bytes()
        connection.execute("ROLLBACK")
    beside.write_bytes(spilled)
    journal_of(beside).write_bytes(journal)


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def program(name: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run one of `programs` or `programs_killed` in a process of its own, through the command `before`."""
    code = "import sys; from tests.assessment import programs, programs_killed as killed; "
    code += f"getattr(killed, {name!r}, getattr(programs, {name!r}, None))(*sys.argv[1:])"
    return subprocess.run(
        [*before, sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def printed(done: subprocess.CompletedProcess[str]) -> str:
    """What a program that ended well has printed."""
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def patched(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            connection.execute(statement)


def outcome(path: Path, whole: Found, *, write: bool = False) -> str:
    """How a file that may be damaged is taken. Whatever is not said here is an error of the program."""
    try:
        found = read(path, write=write)
    except AssessmentFileError as error:
        return "refused" if len(str(error)) < 800 and str(error).replace("\n", "").isprintable() else str(error)
    if found.broken is not None:
        return "shown"
    if found == whole:
        return "whole"
    assert found.events == whole.events[: len(found.events)], "a change that nobody sees"
    return "cut"
