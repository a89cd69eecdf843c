"""The tables of an assessment file: events, the checklists and the contents that they name, read and written within
bounds.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from stockcheck.assessment.checks import ATTACHMENT_REMAINS, EVENT_STAYS
from stockcheck.assessment.events import MAX_EVENT, Event
from stockcheck.assessment.evidence import MAX_CONTENT
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _

#: Most bytes of stored checklists together, and most events. What would pass these, or `MAX_EVENT`, is refused before
#: it is written, so that no file is made that cannot be opened again.
MAX_CHECKLISTS, MAX_EVENTS = 16 << 20, 500_000

_COLUMNS = "seq, at, by, kind, subject, body, previous, hash"
#: Longest digest of a stored checklist that is read, in bytes; this program's own have 64.
_MAX_DIGEST = 256


def events_in(connection: sqlite3.Connection) -> list[Event]:
    """Every event, oldest first. Raises `AssessmentFileError` past the bounds."""
    if _stored_length(connection) > MAX_CHECKLISTS:
        raise _too_much()
    events: list[Event] = []
    once = dict[str, str]().setdefault  # what stands in many events is kept once
    last = ""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY seq LIMIT ?", (MAX_EVENTS + 1,)):  # noqa: S608
        seq, at, by, kind, subject, body, previous, digest = row
        if previous == last:
            previous = last
        event = Event(
            seq, at, once(by, by), once(kind, kind), once(subject, subject), once(body, body), previous, digest
        )
        events.append(event)
        last = digest
        if len(events) > MAX_EVENTS or _length(event) > MAX_EVENT:
            raise _too_much()
    return events


def last_event(connection: sqlite3.Connection) -> Event | None:
    """The event that stands last on the disk."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608
    return Event(*row) if row else None


def _length(event: Event) -> int:
    texts = len(event.at) + len(event.by) + len(event.kind) + len(event.subject) + len(event.body)
    return texts + len(event.previous) + len(event.hash)


def _too_much() -> AssessmentFileError:
    return AssessmentFileError(_("The file holds more than an assessment can."))


def insert(connection: sqlite3.Connection, event: Event) -> None:
    """Add an event. Raises `AssessmentFileError` for one too many or too long."""
    if event.seq > MAX_EVENTS or _length(event) > MAX_EVENT:
        raise _too_much()
    connection.execute(
        f"INSERT INTO event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (event.seq, event.at, event.by, event.kind, event.subject, event.body, event.previous, event.hash),
    )


def replace_texts(connection: sqlite3.Connection, event: Event) -> None:
    """Put the body and the name of `event` in the place of those that were there: the one change there ever is.

    The trigger that forbids it is away for no longer than the transaction, to be called in, is open.
    """
    connection.execute("DROP TRIGGER event_stays")
    connection.execute("UPDATE event SET by = ?, body = ? WHERE seq = ?", (event.by, event.body, event.seq))
    connection.execute(EVENT_STAYS)


def wipe(connection: sqlite3.Connection) -> None:
    """Write the file anew without anything that was in it before, such as in pages that are free now."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # the copy that is made on the way, in memory
    try:
        connection.execute("VACUUM")
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def store(connection: sqlite3.Connection, checklist: Checklist) -> None:
    """Keep a checklist. Raises `AssessmentFileError` when there is too much of them."""
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


def stray_checklists(connection: sqlite3.Connection, named: Iterable[str]) -> list[str]:
    """The digests of the stored checklists that are not among `named`; one too long to be a digest comes as "?"."""
    known = set(named)
    rows = connection.execute(
        "SELECT CASE WHEN length(CAST(digest AS BLOB)) <= ? THEN digest END FROM checklist", (_MAX_DIGEST,)
    )
    return ["?" if digest is None else digest for (digest,) in rows if digest is None or digest not in known]


def stored_checklist(connection: sqlite3.Connection, digest: str, file: str) -> Checklist:
    """The checklist with that digest. Raises `AssessmentFileError`, calling it `file`."""
    try:
        row = connection.execute("SELECT content FROM checklist WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise ValueError(digest)
        checklist = _parsed(row[0])
        if checklist.digest != digest:
            raise ValueError(digest)
    except (ValueError, OverflowError, RecursionError) as error:  # `digest` is the file's word, and may be anything
        raise AssessmentFileError(
            _("{file} is damaged: the checklist in it cannot be read.").format(file=file), _("Use a copy of it.")
        ) from error
    return checklist


@lru_cache(maxsize=8)
def _parsed(content: str) -> Checklist:
    """The checklist that `content` spells, one object for all files that hold it: a ministry's hundred depots have few
    checklists among them, and reading one takes longer than all else about a file. Raises `ValueError`.
    """
    checklist = Checklist.model_validate_json(content)
    if not is_sound(checklist):
        raise ValueError("not sound")
    return checklist


def attach(connection: sqlite3.Connection, digest: str, content: bytes) -> None:
    """Keep a content under its SHA-256, once however often it is attached.

    Raises `AssessmentFileError` where something else stands under that name.
    """
    connection.execute(
        "INSERT INTO attachment (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, content)
    )
    if attachment(connection, digest) != content:
        raise AssessmentFileError(
            _("An attached file in the assessment was changed by another program."), _("Use a copy of it.")
        )


def attachment(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """The content that stands under `digest`, be it the right one or not; None where there is none, or a longer one
    than was ever written.
    """
    if not _takes_attachments(connection):
        return None
    row = connection.execute(
        "SELECT content FROM attachment WHERE digest = ? AND length(content) <= ?", (digest, MAX_CONTENT)
    ).fetchone()
    return bytes(row[0]) if row else None


def attachments(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Each digest, and the SHA-256 that its content comes to; "?" for what is longer than was ever written."""
    if not _takes_attachments(connection):
        return
    rows = connection.execute(
        "SELECT CASE WHEN length(CAST(digest AS BLOB)) <= ? THEN digest END, "
        "CASE WHEN length(content) <= ? THEN content END FROM attachment",
        (_MAX_DIGEST, MAX_CONTENT),
    )
    for digest, content in rows:
        comes_to = "?" if content is None else hashlib.sha256(content).hexdigest()
        yield "?" if digest is None else digest, comes_to


def attached_size(connection: sqlite3.Connection) -> int:
    """The bytes of every content together; none of it is read."""
    if not _takes_attachments(connection):
        return 0
    (size,) = connection.execute("SELECT coalesce(sum(length(content)), 0) FROM attachment").fetchone()
    return int(size)


def remove_attachment(connection: sqlite3.Connection, digest: str) -> None:
    """Delete a content for good: for a redaction, in whose transaction alone the trigger that forbids it is away."""
    connection.execute("DROP TRIGGER attachment_remains")
    connection.execute("DELETE FROM attachment WHERE digest = ?", (digest,))
    connection.execute(ATTACHMENT_REMAINS)


def _takes_attachments(connection: sqlite3.Connection) -> bool:
    """Whether the file has the table; one of an earlier format gets it with its next entry."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'attachment'").fetchone() is not None
