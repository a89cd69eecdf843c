"""The contents that are attached to an assessment, in their table, each once under its SHA-256.

In a protected file each is encrypted, and called by a name that only the key can reckon.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from stockcheck.assessment.checks import ATTACHMENT_REMAINS
from stockcheck.assessment.evidence import MAX_CONTENT
from stockcheck.assessment.tables import decrypt_bytes, encrypt_bytes, name_of, vault_of
from stockcheck.assessment.vault import BLOCKS
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _

#: By how much an encrypted content is longer at most, in bytes: it is filled up, and has its digest, a nonce and a tag.
_LONGER = 2 * BLOCKS["attachment"]
#: Longest name of a content that is read, in bytes; this program's own have 64.
_MAX_NAME = 256


def attach(connection: sqlite3.Connection, digest: str, content: bytes) -> None:
    """Keep a content under its SHA-256, once however often it is attached.

    Raises `AssessmentFileError` where something else stands under that name.
    """
    inserted = connection.execute(
        "INSERT INTO attachment (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        encrypt_bytes(connection, "attachment", digest, content),
    )
    if not inserted.rowcount and attachment(connection, digest) != content:
        raise AssessmentFileError(
            _("An attached file in the assessment was changed by another program."), _("Use a copy of it.")
        )


def attachment(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """The content that stands under `digest`, be it the right one or not; None where there is none, or a longer one
    than was ever written. Raises `AssessmentFileError` for an encrypted one that cannot be decrypted.
    """
    if not _takes_attachments(connection):
        return None
    name = name_of(connection, digest)
    row = connection.execute(
        "SELECT content FROM attachment WHERE digest = ? AND length(content) <= ?", (name, _longest(connection))
    ).fetchone()
    return decrypt_bytes(connection, "attachment", name, bytes(row[0]))[1] if row else None


def holds(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether something stands under `digest`."""
    name = name_of(connection, digest)
    return _takes_attachments(connection) and bool(
        connection.execute("SELECT 1 FROM attachment WHERE digest = ?", (name,)).fetchone()
    )


def contents(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Each digest and its content, by name. Raises `AssessmentFileError` for one that cannot be decrypted."""
    if not _takes_attachments(connection):
        return
    for name, kept in connection.execute("SELECT digest, content FROM attachment ORDER BY digest"):
        yield decrypt_bytes(connection, "attachment", name, kept)


def attachments(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    """Each digest, and the SHA-256 and size in bytes that its content comes to; "?" and 0 for what is longer than was
    ever written, or encrypted and cannot be decrypted.
    """
    if not _takes_attachments(connection):
        return
    rows = connection.execute(
        "SELECT CASE WHEN length(CAST(digest AS BLOB)) <= ? THEN digest END, "
        "CASE WHEN length(content) <= ? THEN content END FROM attachment",
        (_MAX_NAME, _longest(connection)),
    )
    for name, kept in rows:
        if name is None or kept is None:
            yield name or "?", "?", 0
            continue
        try:
            digest, content = decrypt_bytes(connection, "attachment", name, bytes(kept))
        except AssessmentFileError:
            yield "?", "?", 0
            continue
        yield digest, hashlib.sha256(content).hexdigest(), len(content)


def _longest(connection: sqlite3.Connection) -> int:
    """The longest content that this program writes there, in bytes as it is kept."""
    return MAX_CONTENT + (0 if vault_of(connection) is None else _LONGER)


def attached_size(connection: sqlite3.Connection) -> int:
    """The bytes of every content together, as they are kept; none of it is read."""
    if not _takes_attachments(connection):
        return 0
    (size,) = connection.execute("SELECT coalesce(sum(length(content)), 0) FROM attachment").fetchone()
    return int(size)


def remove_attachment(connection: sqlite3.Connection, digest: str) -> None:
    """Delete a content for good: for a redaction, in whose transaction alone the trigger that forbids it is away."""
    connection.execute("DROP TRIGGER attachment_remains")
    connection.execute("DELETE FROM attachment WHERE digest = ?", (name_of(connection, digest),))
    connection.execute(ATTACHMENT_REMAINS)


def _takes_attachments(connection: sqlite3.Connection) -> bool:
    """Whether the file has the table; one of an earlier format gets it with its next entry."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'attachment'").fetchone() is not None
