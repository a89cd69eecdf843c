"""The assessment file: one SQLite database, append-only, readable in thirty years.

Every event is its own transaction, on disk before `record` returns. The file carries the whole checklist. A file is
hostile until it has been checked: nothing in its schema is run, and every size is bounded before it is read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from stockcheck.assessment.events import Event, Kind, first_broken, following
from stockcheck.assessment.lock import Lock
from stockcheck.assessment.state import State, fold
from stockcheck.checklist.answers import Answer, fitting
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.errors import AssessmentFileError, HeldByAnotherError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import clean, one_line

SUFFIX = ".stockcheck"

#: "stck", so that `file` and this program know the file by its header.
APPLICATION_ID = 0x7374636B
#: The format of the file; raised when an older program could no longer read it.
FORMAT = 1
#: Largest file, stored checklist and event read, in bytes; and the most events.
MAX_FILE, MAX_CHECKLIST, MAX_EVENT, MAX_EVENTS = 256 << 20, 16 << 20, 256 << 10, 500_000

_SCHEMA = (
    "CREATE TABLE checklist (digest TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT",
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, "
    "subject TEXT NOT NULL, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT",
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER checklist_stays BEFORE UPDATE ON checklist "
    "BEGIN SELECT raise(ABORT, 'checklists are never changed'); END",
    "CREATE TRIGGER checklist_remains BEFORE DELETE ON checklist "
    "BEGIN SELECT raise(ABORT, 'checklists are never deleted'); END",
)

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
            raise AssessmentFileError(_("{file} holds no assessment.").format(file=path.name))
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

        Raises `AnswerError` when it does not fit and `AssessmentFileError` when it cannot be written; the file is
        then as it was.
        """
        kind: Kind = "profile" if isinstance(asked, ProfileField) else "answer"
        data = None if answer is None else fitting(asked, answer, self.state.on).to_json()
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
        _insert(self._connection, event)
        self._connection.execute("COMMIT")
        self.events.append(event)
        self.state.apply(event, self._checklist)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise AssessmentFileError(self.read_only)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
        except (sqlite3.Error, OSError) as error:
            raise AssessmentFileError(
                _("Not saved: {file}: {why}.").format(file=self.path.name, why=one_line(str(error))),
                _("What was saved before is safe. Make room or mend the disk, then answer again."),
            ) from error
        finally:
            if self._connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")

    def _checklist(self, digest: str) -> Checklist:
        if digest not in self._checklists:
            self._checklists[digest] = _stored_checklist(self._connection, digest, self.path.name)
        return self._checklists[digest]


def create(
    path: Path, checklist: Checklist, *, depot: str, marking: str, on: dt.date, by: str, clock: Clock = _now
) -> None:
    """Start an assessment in a new file at `path`, dated `on`, readable by its owner alone.

    The file appears whole or not at all. Raises `UsageError` when `path` exists, `AssessmentFileError` when the file
    cannot be written.
    """
    if path.exists():
        raise UsageError(_("{file} exists already.").format(file=path), _("Choose another name, or go on with it."))
    data = {"checklist": checklist.digest, "depot": one_line(depot), "marking": one_line(marking), "on": on.isoformat()}
    event = following(None, clock(), one_line(by, limit=200), "start", "", data)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)  # mode 0600
    except OSError as error:
        raise AssessmentFileError(_cannot_make(path, error)) from error
    os.close(descriptor)
    draft = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            _prepare(connection)
            connection.execute("BEGIN")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for statement in _SCHEMA:
                connection.execute(statement)
            _store(connection, checklist)
            _insert(connection, event)
            connection.execute("COMMIT")
        _publish(draft, path)
    except FileExistsError as error:
        raise UsageError(_("{file} exists already.").format(file=path)) from error
    except (sqlite3.Error, OSError) as error:
        raise AssessmentFileError(_cannot_make(path, error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _cannot_make(path: Path, error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _("{file} cannot be made: {why}.").format(file=path, why=one_line(why))


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, never over another file."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as most memory sticks
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)


def open_file(path: Path, *, write: bool = False, by: str = "", clock: Clock = _now) -> AssessmentFile:
    """The assessment in `path`, checked before anything in it is trusted.

    With `write`, and when another program holds the file or the folder takes no writing, the result is read-only and
    says why in `read_only`. Raises `AssessmentFileError` for anything that is not a sound assessment file, and
    `UsageError` when there is no file.
    """
    if not path.exists():
        raise UsageError(_("There is no file {file}.").format(file=path))
    lock: Lock | None = None
    read_only = "" if write else _("The file was opened for reading.")
    if write:
        lock, read_only = _lock(path)
    try:
        _check_header(path)
        connection = _connect(path, write=lock is not None)
        try:
            _check_inside(connection, path)
            return AssessmentFile(path, connection, lock, read_only, by, clock)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        if lock is not None:
            lock.release()
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AssessmentFileError(
            _("{file} cannot be read: {why}.").format(file=path.name, why=one_line(why, limit=200))
        ) from error
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _lock(path: Path) -> tuple[Lock | None, str]:
    """The lock on `path`, or why there is none and the file can only be read."""
    if not os.access(path, os.W_OK):
        return None, _("{file} is write-protected: it can be read, not answered.").format(file=path.name)
    try:
        return Lock.take(path), ""
    except HeldByAnotherError as error:
        return None, error.message
    except OSError as error:
        why = one_line(error.strerror or str(error))
        return None, _("The folder of {file} takes no writing ({why}): it can be read, not answered.").format(
            file=path.name, why=why
        )


def _check_header(path: Path) -> None:
    """Refuse by the first 100 bytes what is no assessment file. Source: sqlite.org, "Database File Format", 1.3."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(100)
    foreign = AssessmentFileError(
        _("{file} is not a stockcheck assessment.").format(file=path.name),
        _("Make one with: stockcheck new {file} --checklist ammunition").format(file="depot" + SUFFIX),
    )
    if len(header) < 100 or header[:16] != b"SQLite format 3\0":
        raise foreign
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise foreign
    if (found := int.from_bytes(header[60:64])) != FORMAT:
        raise AssessmentFileError(
            _("{file} has format {found}; this program reads format {known}.").format(
                file=path.name, found=found, known=FORMAT
            ),
            _("It was made by another version of stockcheck. Use that one, or a newer one."),
        )
    if size > MAX_FILE:
        raise AssessmentFileError(_("{file} is too large to be an assessment.").format(file=path.name))
    page = int.from_bytes(header[16:18])
    if size < (65536 if page == 1 else page) * int.from_bytes(header[28:32]):
        raise AssessmentFileError(
            _("{file} is cut off: some of it is missing.").format(file=path.name), _("Copy it again, or use a copy.")
        )
    if header[18:20] != b"\1\1":  # another journal mode, which this program never sets
        raise foreign


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=2, check_same_thread=False)
    _prepare(connection)
    if not write:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Durable writes, and nothing run that a file's schema may hold."""
    if hasattr(connection, "setconfig"):  # Python 3.12 and later
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined,unused-ignore]
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)  # type: ignore[attr-defined,unused-ignore]
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA synchronous = EXTRA")  # also after a power cut, the last answer is there
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CHECKLIST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _check_inside(connection: sqlite3.Connection, path: Path) -> None:
    damaged = AssessmentFileError(
        _("{file} is damaged or was changed by another program.").format(file=path.name), _("Use a copy of it.")
    )
    found = sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 50"))
    if found != sorted(_SCHEMA):
        raise damaged
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise damaged


def _events(connection: sqlite3.Connection) -> list[Event]:
    """Every event, oldest first. Raises `AssessmentFileError` past the bounds."""
    count, longest = connection.execute(
        "SELECT count(*), coalesce(max(length(body) + length(by) + length(subject)), 0) FROM event"
    ).fetchone()
    if count > MAX_EVENTS or longest > MAX_EVENT:
        raise AssessmentFileError(_("The file holds more than an assessment can."))
    rows = connection.execute("SELECT seq, at, by, kind, subject, body, previous, hash FROM event ORDER BY seq")
    return [Event(*row) for row in rows]


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
    if len(checklist.content) > MAX_CHECKLIST:
        raise AssessmentFileError(_("The checklist is too large to be kept in an assessment."))
    connection.execute(
        "INSERT INTO checklist (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (checklist.digest, checklist.content),
    )


def _stored_checklist(connection: sqlite3.Connection, digest: str, file: str) -> Checklist:
    row = connection.execute("SELECT content FROM checklist WHERE digest = ?", (digest,)).fetchone()
    try:
        if row is None:
            raise ValueError(digest)
        checklist = Checklist.model_validate_json(row[0])
        if checklist.digest != digest or not is_sound(checklist):
            raise ValueError(digest)
    except (ValueError, ValidationError, RecursionError) as error:
        raise AssessmentFileError(
            _("{file} is damaged: the checklist in it cannot be read.").format(file=file), _("Use a copy of it.")
        ) from error
    return checklist
