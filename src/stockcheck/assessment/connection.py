"""How SQLite is let at an assessment file: durable writes or none, and nothing run that the file may hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from stockcheck.assessment.checks import JOURNAL, sidecar
from stockcheck.assessment.events import MAX_EVENT
from stockcheck.assessment.evidence import MAX_CONTENT
from stockcheck.assessment.tables import MAX_CHECKLISTS, Database


def connect(path: Path, *, write: bool) -> Database:
    """The database in `path`, of which nothing has been read yet. Raises `sqlite3.Error`."""
    # To read as well, for SQLite first undoes what a program that was killed has left half written.
    mode = "rw" if write or sidecar(path, JOURNAL).exists() else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=5, check_same_thread=False, factory=Database
    )
    try:
        prepare(connection, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, *, write: bool) -> None:
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
    connection.execute("PRAGMA temp_store = MEMORY")  # no answer, nor what is copied, in the system's folder
    connection.execute("PRAGMA locking_mode = NORMAL")
    if write:
        connection.execute("PRAGMA synchronous = EXTRA")  # also after a power cut, the last answer is there
        connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
    else:
        connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(MAX_CHECKLISTS, MAX_CONTENT) + MAX_EVENT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
