"""The assessment file: one SQLite database, append-only, readable in thirty years.

Every event is its own transaction, on disk before `record` returns. The file carries the whole checklist. A file is
hostile until it has been checked: nothing in its schema is run, and every size is bounded before it is read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from stockcheck import files
from stockcheck.assessment.checks import (
    APPLICATION_ID,
    FORMAT,
    JOURNAL,
    SCHEMA,
    SUFFIX,
    called,
    cannot_make,
    check_beside,
    check_header,
    check_inside,
    check_left_behind,
    companion,
    unreadable,
)
from stockcheck.assessment.events import Event, Kind, first_broken, following
from stockcheck.assessment.lock import Lock
from stockcheck.assessment.state import State, fold
from stockcheck.checklist.answers import Answer, fitting
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.errors import AssessmentFileError, HeldByAnotherError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import clean, named, one_line, reason

#: Most bytes of stored checklists together, most characters of an event, and most events. What would pass these is
#: refused before it is written, so that no file is made that cannot be opened again.
MAX_CHECKLISTS, MAX_EVENT, MAX_EVENTS = 16 << 20, 256 << 10, 500_000

__all__ = ["SUFFIX", "AssessmentFile", "Clock", "create", "open_file"]

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class AssessmentFile:
    """An open assessment. `state` is always what is on disk; `read_only` says why nothing can be written, if so."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        lock: Lock | None,
        read_only: str,
        by: str,
        clock: Clock,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.by = one_line(by, limit=200)
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._checklists: dict[str, Checklist] = {}
        self.events = _events(connection)
        if not self.events or self.events[0].kind != "start":
            raise AssessmentFileError(_("{file} holds no assessment.").format(file=called(path)))
        first = self._checklist(str(_data(self.events[0]).get("checklist")))
        self.state: State = fold(self.events, first, self._checklist)

    def __enter__(self) -> AssessmentFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Nothing is pending: every event is on disk already."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def checklist(self) -> Checklist:
        """The checklist the assessment is made against now."""
        return self.state.checklist

    def answer(self, asked: Asked, answer: Answer | None) -> None:
        """Keep `answer` to a question or profile field; None takes the answer back.

        Raises `AnswerError` when it does not fit, `KeyError` for an id that the checklist lacks, and
        `AssessmentFileError` when it cannot be written; the file is then as it was.
        """
        kind: Kind = "profile" if isinstance(asked, ProfileField) else "answer"
        known: Asked = self.checklist.field[asked.id] if kind == "profile" else self.checklist.question[asked.id]
        data = None if answer is None else fitting(known, answer, self.state.on).to_json()
        self._record(kind, asked.id, data)

    def note(self, question: str, text: str) -> None:
        """Keep a note with a question; an empty one takes it back.

        Raises `KeyError` for an id that the checklist lacks, and `AssessmentFileError`.
        """
        self.checklist.question[question]
        self._record("note", question, {"text": clean(text).strip()})

    def flag(self, question: str, flagged: bool) -> None:
        """Mark a question for a second look, or unmark it. Raises as `note` does."""
        self.checklist.question[question]
        self._record("flag", question, {"set": flagged})

    def change_checklist(self, new: Checklist, moved: dict[str, str], review: list[str]) -> None:
        """Go on with another version of the checklist; `moved` maps old question ids to new ones.

        Raises `AssessmentFileError`.
        """
        with self._writing():
            _store(self._connection, new)
            self._append("checklist", "", {"checklist": new.digest, "moved": moved, "review": review})

    def history(self, subject: str) -> list[Event]:
        """Every event about one question or profile field, the oldest first."""
        return [event for event in self.events if event.subject == subject]

    def first_broken(self) -> Event | None:
        """The first event that was changed after it was recorded, or None."""
        return first_broken(self.events)

    @property
    def head(self) -> str:
        """The hash of the last event. Written down elsewhere, it proves that nothing was cut off the end."""
        return self.events[-1].hash

    def _record(self, kind: Kind, subject: str, data: object) -> None:
        with self._writing():
            self._append(kind, subject, data)

    def _append(self, kind: Kind, subject: str, data: object) -> None:
        event = following(self.events[-1], self._clock(), self.by, kind, subject, data)
        if event.seq > MAX_EVENTS or _length(event) > MAX_EVENT:
            raise _too_much()
        _insert(self._connection, event)
        after = self.state.copy()
        after.apply(event, self._checklist)  # first, for an event that cannot be read back may never reach the disk
        self._connection.execute("COMMIT")
        self.events.append(event)
        self.state = after

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise AssessmentFileError(self.read_only)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            last = self._connection.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
            if last != (self.head,):  # somebody went round the lock: through a second name of the file, for one
                raise AssessmentFileError(
                    _("Not saved: another program has changed {file} meanwhile.").format(file=called(self.path)),
                    _("Open it again, look at what is there, and answer again."),
                )
            yield
        except (sqlite3.Error, OSError) as error:
            hint = _("What was saved before is safe. Make room or mend the disk, then answer again.")
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                hint = _("Another program is using it. Try again in a moment.")
            raise AssessmentFileError(
                _("Not saved: {file}: {why}.").format(file=called(self.path), why=reason(error)), hint
            ) from error
        finally:
            if self._connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")

    def _checklist(self, digest: str) -> Checklist:
        if digest not in self._checklists:
            self._checklists[digest] = _stored_checklist(self._connection, digest, called(self.path))
        return self._checklists[digest]


def create(
    path: Path, checklist: Checklist, *, depot: str, marking: str, on: dt.date, by: str, clock: Clock = _now
) -> None:
    """Start an assessment in a new file at `path`, dated `on`, readable by its owner alone.

    The file appears whole or not at all. Raises `UsageError` when `path` exists, `AssessmentFileError` when the file
    cannot be written, and `StockcheckError` when it is there and the disk does not confirm it.
    """
    check_free(path)
    try:
        with files.draft(path) as new:
            start(new, checklist, depot=depot, marking=marking, on=on, by=by, clock=clock)
            files.publish(new, path)
    except FileExistsError as error:
        raise UsageError(_("{file} exists already.").format(file=named(path))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_make(path, error) from error


def start(
    new: Path,
    checklist: Checklist,
    *,
    depot: str,
    marking: str,
    on: dt.date,
    by: str,
    clock: Clock = _now,
    demo: bool = False,
) -> None:
    """Start an assessment in `new`, an empty file. A `demo` is marked as one that the program has made up.

    Raises `AssessmentFileError`, `sqlite3.Error` and `OSError`.
    """
    files.keep_out_of_core_dumps()
    data = {"checklist": checklist.digest, "depot": one_line(depot), "marking": one_line(marking), "on": on.isoformat()}
    body = {**data, "demo": True} if demo else data
    event = following(None, clock(), one_line(by, limit=200), "start", "", body)
    with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
        _prepare(connection, write=True)
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in SCHEMA:
            connection.execute(statement)
        _store(connection, checklist)
        _insert(connection, event)
        connection.execute("COMMIT")


def check_free(path: Path) -> None:
    """Refuse a name that is taken, be it by a link to nowhere. Raises `UsageError`, `AssessmentFileError`."""
    if os.path.lexists(path):
        raise UsageError(
            _("{file} exists already.").format(file=named(path)), _("Choose another name, or go on with it.")
        )
    check_left_behind(path)


def open_file(path: Path, *, write: bool = False, by: str = "", clock: Clock = _now) -> AssessmentFile:
    """The assessment in `path`, checked before anything in it is trusted.

    With `write`, and when another program holds the file or the folder takes no writing, the result is read-only and
    says why in `read_only`. Raises `AssessmentFileError` for anything that is not a sound assessment file, and
    `UsageError` when there is no file.
    """
    files.keep_out_of_core_dumps()
    lock, read_only = None, "" if write else _("The file was opened for reading.")
    try:
        with contextlib.ExitStack() as undo:
            check_header(path)
            check_beside(path)
            if write:
                lock, read_only = _lock(path)
            if lock is not None:
                undo.callback(lock.release)
            connection = undo.enter_context(contextlib.closing(_connect(path, write=lock is not None)))
            connection.execute("BEGIN")  # nobody writes between one look and the next
            check_inside(connection, path)
            opened = AssessmentFile(path, connection, lock, read_only, by, clock)
            connection.execute("COMMIT")
            undo.pop_all()
            return opened
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no file {file}.").format(file=named(path))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _lock(path: Path) -> tuple[Lock | None, str]:
    """The lock on `path`, or why there is none and the file can only be read."""
    if not os.access(path, os.W_OK):
        return None, _("{file} is write-protected: it can be read, not answered.").format(file=called(path))
    try:
        return Lock.take(Path(os.path.realpath(path))), ""
    except HeldByAnotherError as error:
        return None, error.message
    except FileExistsError as error:
        beside = Path(str(error.filename))
        return None, _("{file} was not made by this program. Take it away to answer.").format(file=called(beside))
    except OSError as error:
        return None, _("The folder of {file} takes no writing ({why}): it can be read, not answered.").format(
            file=called(path), why=reason(error)
        )


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    # To read as well, for SQLite first undoes what a program that was killed has left half written.
    mode = "rw" if write or companion(path, JOURNAL).exists() else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5, check_same_thread=False)
    try:
        _prepare(connection, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, *, write: bool) -> None:
    """Durable writes or none, and nothing run that a file's schema may hold.

    Python 3.11 cannot set the defensive mode, which keeps SQL from writing to the schema, to internal tables and past
    the journal. What holds there instead: no SQL runs but this program's, which does none of that, and the triggers of
    `SCHEMA`, for `check_inside` has compared every line of the schema before anything else is read.
    """
    if hasattr(connection, "setconfig"):  # Python 3.12 and later
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined,unused-ignore]
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)  # type: ignore[attr-defined,unused-ignore]
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA temp_store = MEMORY")  # no answer in the system's temporary folder
    connection.execute("PRAGMA locking_mode = NORMAL")
    if write:
        connection.execute("PRAGMA synchronous = EXTRA")  # also after a power cut, the last answer is there
    else:
        connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CHECKLISTS + MAX_EVENT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _events(connection: sqlite3.Connection) -> list[Event]:
    """Every event, oldest first. Raises `AssessmentFileError` past the bounds."""
    if _stored_length(connection) > MAX_CHECKLISTS:
        raise _too_much()
    events: list[Event] = []
    same: dict[str, str] = {}  # what stands in many events is kept once
    for row in connection.execute(
        "SELECT seq, at, by, kind, subject, body, previous, hash FROM event ORDER BY seq LIMIT ?", (MAX_EVENTS + 1,)
    ):
        seq, at, by, kind, subject, body, previous, digest = row
        if events and previous == events[-1].hash:
            previous = events[-1].hash
        by, kind, subject, body = (same.setdefault(text, text) for text in (by, kind, subject, body))
        events.append(Event(seq, at, by, kind, subject, body, previous, digest))
        if len(events) > MAX_EVENTS or _length(events[-1]) > MAX_EVENT:
            raise _too_much()
    return events


def _length(event: Event) -> int:
    return sum(map(len, (event.at, event.by, event.kind, event.subject, event.body, event.previous, event.hash)))


def _too_much() -> AssessmentFileError:
    return AssessmentFileError(_("The file holds more than an assessment can."))


def _data(event: Event) -> dict[str, object]:
    try:
        data = event.data
    except (ValueError, RecursionError):
        data = None
    return data if isinstance(data, dict) else {}


def _insert(connection: sqlite3.Connection, event: Event) -> None:
    connection.execute(
        "INSERT INTO event (seq, at, by, kind, subject, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.seq, event.at, event.by, event.kind, event.subject, event.body, event.previous, event.hash),
    )


def _store(connection: sqlite3.Connection, checklist: Checklist) -> None:
    fits = len(checklist.content.encode()) <= MAX_CHECKLISTS
    if fits:
        connection.execute(
            "INSERT INTO checklist (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (checklist.digest, checklist.content),
        )
    if not fits or _stored_length(connection) > MAX_CHECKLISTS:
        raise AssessmentFileError(_("The checklist is too large to be kept in an assessment."))


def _stored_length(connection: sqlite3.Connection) -> int:
    """The bytes of every checklist together. As a text's length SQLite would count up to the first NUL only."""
    (length,) = connection.execute("SELECT coalesce(sum(length(CAST(content AS BLOB))), 0) FROM checklist").fetchone()
    return int(length)


def _stored_checklist(connection: sqlite3.Connection, digest: str, file: str) -> Checklist:
    try:
        row = connection.execute("SELECT content FROM checklist WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise ValueError(digest)
        checklist = Checklist.model_validate_json(row[0])
        if checklist.digest != digest or not is_sound(checklist):
            raise ValueError(digest)
    except (ValueError, OverflowError, RecursionError) as error:  # `digest` is the file's word, and may be anything
        raise AssessmentFileError(
            _("{file} is damaged: the checklist in it cannot be read.").format(file=file), _("Use a copy of it.")
        ) from error
    return checklist
