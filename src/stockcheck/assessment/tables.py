"""The tables of an assessment file: events, the checklists and the contents that they name, read and written within
bounds.

Those of a protected file are encrypted; with a `Database` that has its key, what is read and written here is plain.
"""

from __future__ import annotations

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from stockcheck.assessment.checks import EVENT_STAYS
from stockcheck.assessment.events import MAX_EVENT, NO_PREVIOUS, Event
from stockcheck.assessment.protection import MAX_SLOT, MAX_SLOTS, Protection
from stockcheck.assessment.vault import ENCRYPTED, Vault, What
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _

#: Most bytes of stored checklists together, and most events. What would pass these, or `MAX_EVENT`, is refused before
#: it is written, so that no file is made that cannot be opened again.
MAX_CHECKLISTS, MAX_EVENTS = 16 << 20, 500_000

#: The longest row that holds an encrypted event, in characters: JSON in JSON, UTF-8, base64.
MAX_ENCRYPTED = 8 * MAX_EVENT + 4096

_COLUMNS = "seq, at, by, kind, subject, body, previous, hash"
_FIELDS = attrgetter(*_COLUMNS.split(", "))
#: Longest digest of a stored checklist that is read, in bytes; this program's own have 64.
_MAX_DIGEST = 256


class Database(sqlite3.Connection):
    """A connection to an assessment; where it is protected, `vault` is what its key encrypts and decrypts."""

    vault: Vault | None = None


def vault_of(connection: sqlite3.Connection) -> Vault | None:
    """What the key of a protected file encrypts and decrypts; None for a plain one."""
    return connection.vault if isinstance(connection, Database) else None


def events_in(connection: sqlite3.Connection) -> list[Event]:
    """Every event, oldest first. Raises `AssessmentFileError` past the bounds, and where a row cannot be decrypted."""
    if _stored_length(connection) > MAX_CHECKLISTS:
        raise _too_much()
    vault = vault_of(connection)
    events: list[Event] = []
    once = dict[str, str]().setdefault  # what stands in many events is kept once
    last = ""
    rows = _rows(connection) if vault is None else map(_FIELDS, _decrypted(connection, vault))
    for seq, at, by, kind, subject, body, previous, digest in rows:
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


def _rows(connection: sqlite3.Connection) -> sqlite3.Cursor:
    return connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY seq LIMIT ?", (MAX_EVENTS + 1,))  # noqa: S608


def _decrypted(connection: sqlite3.Connection, vault: Vault) -> Iterator[Event]:
    before = NO_PREVIOUS
    for row in _encrypted_rows(connection):
        yield vault.decrypt_event(row, before)
        before = row.hash


def _encrypted_rows(connection: sqlite3.Connection) -> Iterator[Event]:
    """The rows of a protected file as they stand there. Raises `AssessmentFileError` for one too long."""
    for fields in _rows(connection):
        row = Event(*fields)
        if _length(row) > MAX_ENCRYPTED:
            raise _too_much()
        yield row


def last_event(connection: sqlite3.Connection) -> Event | None:
    """The event that stands last on the disk."""
    row, vault = _last_row(connection), vault_of(connection)
    return row if row is None or vault is None else vault.decrypt_event(row, row.previous)


def _last_row(connection: sqlite3.Connection) -> Event | None:
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
    if (vault := vault_of(connection)) is not None:
        last = _last_row(connection)
        event = vault.encrypt_event(event, NO_PREVIOUS if last is None else last.hash)
    connection.execute(
        f"INSERT INTO event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        _FIELDS(event),
    )


def replace_texts(connection: sqlite3.Connection, event: Event) -> None:
    """Put the body and the name of `event` in the place of those that were there: the one change there ever is.

    In a protected file every row from there on is encrypted anew, for each is bound to the one before. The trigger that
    forbids it is away for no longer than the transaction, to be called in, is open.
    """
    connection.execute("DROP TRIGGER event_stays")
    vault = vault_of(connection)
    if vault is None:
        connection.execute("UPDATE event SET by = ?, body = ? WHERE seq = ?", (event.by, event.body, event.seq))
    else:
        _encrypt_anew(connection, vault, event)
    connection.execute(EVENT_STAYS)


def _encrypt_anew(connection: sqlite3.Connection, vault: Vault, changed: Event) -> None:
    before = after = NO_PREVIOUS
    for row in list(_encrypted_rows(connection)):
        plain = vault.decrypt_event(row, before)
        before = row.hash
        if row.seq >= changed.seq:
            row = vault.encrypt_event(changed if row.seq == changed.seq else plain, after)
            connection.execute(
                "UPDATE event SET body = ?, previous = ?, hash = ? WHERE seq = ?",
                (row.body, row.previous, row.hash, row.seq),
            )
        after = row.hash


def wipe(connection: sqlite3.Connection) -> None:
    """Write the file anew without anything that was in it before, such as in pages that are free now."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # the copy that is made on the way, in memory
    try:
        connection.execute("VACUUM")
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def name_of(connection: sqlite3.Connection, digest: str) -> str:
    """What the checklist or attachment with that digest is called in the file."""
    vault = vault_of(connection)
    return digest if vault is None else vault.name(digest)


def store(connection: sqlite3.Connection, checklist: Checklist) -> None:
    """Keep a checklist. Raises `AssessmentFileError` when there is too much of them."""
    fits = len(checklist.content.encode()) <= MAX_CHECKLISTS
    if fits:
        insert_checklist(connection, checklist.digest, checklist.content)
    if not fits or _stored_length(connection) > MAX_CHECKLISTS:
        raise AssessmentFileError(_("The checklist is too large to be kept in an assessment."))


def insert_checklist(connection: sqlite3.Connection, digest: str, content: str) -> None:
    """Keep the checklist with that digest, unless it is there."""
    if (vault := vault_of(connection)) is not None:
        found = vault.encrypt_bytes("checklist", digest, content.encode())
        digest, content = vault.name(digest), b64encode(found).decode("ascii")
    connection.execute(
        "INSERT INTO checklist (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, content)
    )


def checklists_in(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Digest and content of each stored checklist. Raises `AssessmentFileError`."""
    vault = vault_of(connection)
    for name, content in connection.execute("SELECT digest, content FROM checklist ORDER BY rowid"):
        yield (name, content) if vault is None else _opened_checklist(vault, name, content)


def _opened_checklist(vault: Vault, name: str, content: str) -> tuple[str, str]:
    try:
        digest, plain = vault.decrypt_bytes("checklist", name, b64decode(content, validate=True))
        return digest, plain.decode()
    except ValueError as error:
        raise _damaged_within() from error


def _damaged_within() -> AssessmentFileError:
    return AssessmentFileError(
        _("The file is damaged or was changed by another program: something encrypted in it cannot be opened."),
        _("The passphrase is right. Use a copy of the file."),
    )


def encrypt_bytes(connection: sqlite3.Connection, what: What, digest: str, content: bytes) -> tuple[str, bytes]:
    """What `content` with that digest is called in the file, and how it is kept there; in a plain file, as it is."""
    vault = vault_of(connection)
    return (digest, content) if vault is None else (vault.name(digest), vault.encrypt_bytes(what, digest, content))


def decrypt_bytes(connection: sqlite3.Connection, what: What, name: str, content: bytes) -> tuple[str, bytes]:
    """Digest and content of what `encrypt_bytes` made. Raises `AssessmentFileError` where it cannot be decrypted."""
    vault = vault_of(connection)
    try:
        return (name, content) if vault is None else vault.decrypt_bytes(what, name, content)
    except ValueError as error:
        raise _damaged_within() from error


def protection_in(connection: sqlite3.Connection) -> Protection | None:
    """How the file is protected; None for a plain one. Raises `AssessmentFileError` for one that is damaged."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'protection'").fetchone():
        return None  # a file of an earlier format
    rows = connection.execute(
        "SELECT slot, CASE WHEN length(CAST(content AS BLOB)) <= ? THEN content END FROM protection ORDER BY slot "
        "LIMIT ?",
        (MAX_SLOT, MAX_SLOTS + 2),
    ).fetchall()
    return Protection.read(rows) if rows else None


def put_protection(connection: sqlite3.Connection, protection: Protection) -> None:
    """Write how the file is protected, in the place of what is there. To be called in a transaction."""
    connection.execute("DELETE FROM protection")
    connection.executemany("INSERT INTO protection (slot, content) VALUES (?, ?)", protection.rows())


def encrypted_head(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many rows a protected file has, and the hash of the last: what can be seen without its key.

    Raises `AssessmentFileError` where the rows do not hang together.
    """
    count, head = 0, NO_PREVIOUS
    for row in _encrypted_rows(connection):
        if row.previous != head or row.hash != row.reckoned or row.kind != ENCRYPTED:
            raise AssessmentFileError(
                _("The file is damaged or was changed by another program: entry {entry} does not fit.").format(
                    entry=row.seq
                ),
                _("Use a copy of it."),
            )
        count, head = count + 1, row.hash
    return count, head


def _stored_length(connection: sqlite3.Connection) -> int:
    """The bytes of every checklist together. As a text's length SQLite would count up to the first NUL only."""
    (length,) = connection.execute("SELECT coalesce(sum(length(CAST(content AS BLOB))), 0) FROM checklist").fetchone()
    return int(length)


def stray_checklists(connection: sqlite3.Connection, named: Iterable[str]) -> list[str]:
    """The digests of the stored checklists that are not among `named`; one too long to be a digest comes as "?"."""
    known = {name_of(connection, digest) for digest in named}
    rows = connection.execute(
        "SELECT CASE WHEN length(CAST(digest AS BLOB)) <= ? THEN digest END FROM checklist", (_MAX_DIGEST,)
    )
    return ["?" if digest is None else digest for (digest,) in rows if digest is None or digest not in known]


def stored_checklist(connection: sqlite3.Connection, digest: str, file: str) -> Checklist:
    """The checklist with that digest. Raises `AssessmentFileError`, calling it `file`."""
    try:
        vault, name = vault_of(connection), name_of(connection, digest)
        row = connection.execute("SELECT content FROM checklist WHERE digest = ?", (name,)).fetchone()
        if row is None:
            raise ValueError(digest)
        checklist = _parsed(row[0] if vault is None else _opened_checklist(vault, name, row[0])[1])
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
