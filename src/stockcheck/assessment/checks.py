"""What a file must be before it is taken for an assessment. It is hostile until it has been checked: nothing that it
holds is run, every size is bounded, and so is what may lie beside it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections import Counter
from pathlib import Path

from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason

SUFFIX = ".stockcheck"

#: "stck", so that `file` and this program know the file by its header.
APPLICATION_ID = 0x7374636B
#: The formats of the file that this program reads, and what each brought; it writes the last. Raised when an older
#: program could no longer read the file.
FORMATS = {
    1: "events of the kinds start, profile, answer, note, flag, checklist",
    2: "events of the kinds redact, review, action, import, and the mark in the place of what a redaction has removed",
    3: "events of the kind set; `code` of the depot; dates up to 31 days after that of the assessment; `replaces` of "
    "options in stored checklists, and `options` of a change of checklist",
    4: "events of the kinds carry, evidence, seal, reopen, merge; `from` of the start; the tables attachment and "
    "protection",
}
FORMAT = max(FORMATS)
#: Largest file, in bytes.
MAX_FILE = 256 << 20

#: What SQLite puts behind the name of a file that belongs to another one.
JOURNAL, WAL = "-journal", "-wal"
#: How a rollback journal begins, and how it ends when it names a second one.
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
#: How long the part of its header is, in bytes, that is zero until the journal is on disk: magic and number of pages.
_JOURNAL_UNSURE = 12

EVENT_STAYS = (
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END"
)
ATTACHMENT_REMAINS = (
    "CREATE TRIGGER attachment_remains BEFORE DELETE ON attachment "
    "BEGIN SELECT raise(ABORT, 'attachments are never deleted'); END"
)
_FIRST_SCHEMA = (
    "CREATE TABLE checklist (digest TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT",
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, "
    "subject TEXT NOT NULL, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT",
    EVENT_STAYS,
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER checklist_stays BEFORE UPDATE ON checklist "
    "BEGIN SELECT raise(ABORT, 'checklists are never changed'); END",
    "CREATE TRIGGER checklist_remains BEFORE DELETE ON checklist "
    "BEGIN SELECT raise(ABORT, 'checklists are never deleted'); END",
)
#: What format 4 adds to the schema, in a file of an earlier one with the first thing that is written.
ADDED_SCHEMA = (
    "CREATE TABLE attachment (digest TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT",
    "CREATE TABLE protection (slot INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
    "CREATE TRIGGER attachment_stays BEFORE UPDATE ON attachment "
    "BEGIN SELECT raise(ABORT, 'attachments are never changed'); END",
    ATTACHMENT_REMAINS,
)
#: Every line of the schema by format; what else is in a file's schema was put there by somebody else.
SCHEMAS = {number: _FIRST_SCHEMA + (ADDED_SCHEMA if number >= 4 else ()) for number in FORMATS}
SCHEMA = SCHEMAS[FORMAT]


def check_header(path: Path) -> None:
    """Refuse by the first 100 bytes what is no assessment file. Source: sqlite.org, "Database File Format", 1.3."""
    foreign = AssessmentFileError(
        _("{file} is not a stockcheck assessment.").format(file=display_name(path)),
        _("Make one with: stockcheck new {file} --checklist ammunition").format(file="depot" + SUFFIX),
    )
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise foreign  # to open a pipe or a device may take for ever, or do something
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or header[:16] != b"SQLite format 3\0":
        raise foreign
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise foreign
    if (version := int.from_bytes(header[60:64])) not in FORMATS:
        raise AssessmentFileError(
            _("{file} has format {found}; this program reads the formats {known}.").format(
                file=display_name(path), found=version, known=", ".join(map(str, FORMATS))
            ),
            _("It was made by another version of stockcheck. Use that one, or a newer one."),
        )
    if found.st_size > MAX_FILE:
        raise _too_large(path)
    if header[18:20] != b"\1\1":  # another journal mode, which this program never sets
        raise _damaged(path)


def is_assessment(path: Path) -> bool:
    """Whether the file says of itself that it is an assessment, sound or not. Raises `OSError`."""
    with path.open("rb") as file:
        header = file.read(72)
    return header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:72]) == APPLICATION_ID


def check_beside(path: Path) -> None:
    """Refuse what SQLite would take for a part of the file, and this program never leaves there.

    What it does leave, when it is killed, is a rollback journal that undoes what is half written.
    """
    wal, journal = sidecar(path, WAL), sidecar(path, JOURNAL)
    foreign: Path | None = wal if os.path.lexists(wal) else None
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(journal.lstat().st_mode) or not _is_journal(journal) or _is_hostile(journal):
            foreign = journal
    if foreign is not None:
        raise AssessmentFileError(
            _("{file} lies beside the assessment and was not made by this program.").format(file=display_name(foreign)),
            _("Take it away to read the assessment without it."),
        )


def _is_journal(journal: Path) -> bool:
    """Whether the file can be a rollback journal. SQLite deletes or overwrites one that it has no use for, so that
    nothing else may be taken for one, another assessment least of all.

    One is empty, or begins with SQLite's mark; or with zeros, while it is not yet on disk, or when it is finished.
    Source: sqlite.org, "Database File Format", 3, and `writeJournalHdr` and `zeroJournalHdr` in its pager.c.
    """
    with journal.open("rb") as file:
        begins = file.read(_JOURNAL_UNSURE)
    return not begins.strip(b"\0") or begins[:8] == _JOURNAL_MAGIC[: len(begins)]


def _is_hostile(journal: Path) -> bool:
    """Whether undoing it would delete the file it names, whatever that is, or make the assessment huge.

    A journal of this program names no second journal. Source: sqlite.org, "Database File Format", 3.
    """
    with journal.open("rb") as file:
        header = file.read(28)
        file.seek(max(file.seek(0, os.SEEK_END) - len(_JOURNAL_MAGIC), 0))
        names_another = file.read() == _JOURNAL_MAGIC
    pages, page_size = int.from_bytes(header[16:20]), int.from_bytes(header[24:28])
    return names_another or (header.startswith(_JOURNAL_MAGIC) and pages * (page_size or 65536) > MAX_FILE)


def check_inside(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not whole, or whose schema is not this program's own to the letter.

    Nor may it grow larger than a file that can be opened again. To be called in a transaction.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    lines = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 50")
    if Counter(sql for (sql,) in lines) != Counter(SCHEMAS.get(version, ())):
        raise _damaged(path)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    if pages * page_size > MAX_FILE:  # the header may have been another before a journal was undone
        raise _too_large(path)
    if path.stat().st_size < pages * page_size:
        raise _cut_off(path)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _damaged(path)
    connection.execute(f"PRAGMA max_page_count = {MAX_FILE // page_size}")


def unreadable(path: Path, error: Exception) -> AssessmentFileError:
    """What to say when the system or SQLite cannot read the file. Nothing in this process may have it open any more."""
    code = getattr(error, "sqlite_errorname", "")
    if code == "SQLITE_CORRUPT" and _is_short(path):
        return _cut_off(path)
    hint = ""
    if code.startswith("SQLITE_BUSY"):
        hint = _("Another program is using it. Try again in a moment.")
    elif code.startswith("SQLITE_READONLY"):
        hint = _("The program or the machine stopped while it was written. Open it once where it can be written.")
    return AssessmentFileError(
        _("{file} cannot be read: {why}.").format(file=display_name(path), why=reason(error)), hint
    )


def _is_short(path: Path) -> bool:
    """Whether the file ends before its header says it does."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        page = int.from_bytes(header[16:18])
        return path.stat().st_size < (65536 if page == 1 else page) * int.from_bytes(header[28:32])
    except OSError:
        return False


def _cut_off(path: Path) -> AssessmentFileError:
    return AssessmentFileError(
        _("{file} is cut off: some of it is missing.").format(file=display_name(path)),
        _("Copy it again, or use a copy."),
    )


def _damaged(path: Path) -> AssessmentFileError:
    return AssessmentFileError(
        _("{file} is damaged or was changed by another program.").format(file=display_name(path)),
        _("Use a copy of it."),
    )


def _too_large(path: Path) -> AssessmentFileError:
    return AssessmentFileError(_("{file} is too large to be an assessment.").format(file=display_name(path)))


def check_left_behind(path: Path) -> None:
    """Refuse a name where something lies that SQLite would take for a part of a new file at `path`.

    Raises `UsageError`, and `AssessmentFileError` for a name that is too long for it.
    """
    for suffix in (JOURNAL, WAL):
        try:
            beside = sidecar(path, suffix)
            beside.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            raise cannot_make(path, error) from error
        raise UsageError(
            _("{file} was left behind by a file of that name.").format(file=named(beside)),
            _("Choose another name, or take it away."),
        )


def cannot_make(path: Path, error: Exception) -> AssessmentFileError:
    """What to say when the system or SQLite does not let a new file be made."""
    return AssessmentFileError(_("{file} cannot be made: {why}.").format(file=named(path), why=reason(error)))


def display_name(path: Path) -> str:
    """What to call the file in a message: its name is data like any other."""
    return named(path.name or path)


def sidecar(path: Path, suffix: str) -> Path:
    """The file that SQLite would keep beside the one in `path`. It looks where a symbolic link leads."""
    return Path(os.path.realpath(path) + suffix)
