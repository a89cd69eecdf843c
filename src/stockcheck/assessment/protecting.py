"""A file protected, or made plain again: a new one is written whole and takes the place of the old one in one step.

Every way goes through `_rewrite`: a journal of SQLite would hold the pages as they were before. What is recorded stays
as it is, to the letter: codes that were noted, forms and signatures stay good.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from stockcheck import ciphers
from stockcheck.assessment import unlocking
from stockcheck.assessment.attachments import attach, contents
from stockcheck.assessment.beginning import filling
from stockcheck.assessment.checks import (
    MAX_FILE,
    check_beside,
    check_header,
    check_inside,
    display_name,
    unreadable,
)
from stockcheck.assessment.connection import connect
from stockcheck.assessment.events import Event
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.protection import STANDARD, Cost, Protected, Protection, by_passphrase, check
from stockcheck.assessment.tables import (
    Database,
    checklists_in,
    encrypted_head,
    events_in,
    insert,
    insert_checklist,
    protection_in,
)
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason


def protect(path: Path, passphrase: str, *, cost: Cost = STANDARD) -> None:
    """Protect the plain assessment at `path`.

    Raises as `open_file`, `UsageError` for one that is protected already or a passphrase that will not do, and
    `AssessmentFileError` where it cannot be written; the file is then as it was.
    """
    check(passphrase)
    ciphers.check_is_there()
    with _alone(path) as opened:
        if opened.protection is not None:
            raise _protected_already(path)
        _rewrite(opened, by_passphrase(passphrase, cost))


def check_can_change(path: Path, *, protected: bool) -> None:
    """Refuse a file that is not as it has to be, `protected` or plain, before anybody is asked for a new passphrase.

    Raises as `open_file`, and `UsageError`.
    """
    ciphers.check_is_there()
    found = protection_of(path)
    if protected and found is None:
        raise _plain(path)
    if found is not None and not protected:
        raise _protected_already(path)


def change_passphrase(path: Path, passphrase: str, *, cost: Cost = STANDARD) -> None:
    """Give the protected assessment at `path` another passphrase and another key; recipients stay. Raises as `protect`.

    Another key, for whoever has an older copy and its passphrase has the key that was there before.
    """
    check(passphrase)
    with _alone(path) as opened:
        stands = _protection(opened)
        _rewrite(opened, by_passphrase(passphrase, cost).with_recipients(stands.protection.recipients))


def add_recipient(path: Path, public: bytes) -> None:
    """Have the holder of the private key of `public` (X25519, 32 bytes) open the protected assessment at `path`.

    Raises as `protect`, and `UsageError` for a key that is none, or for one recipient too many.
    """
    with _alone(path) as opened:
        _rewrite(opened, _protection(opened).with_recipients([public]))


def unprotect(path: Path) -> None:
    """Make the protected assessment at `path` a plain file again. Raises as `protect`."""
    with _alone(path) as opened:
        _protection(opened)
        _rewrite(opened, None)


@contextlib.contextmanager
def look_at(path: Path) -> Iterator[Database]:
    """The tables of a file as they stand there, checked; of a protected one encrypted. Raises as `open_file`."""
    try:
        check_header(path)
        check_beside(path)
        with contextlib.closing(connect(path, write=False)) as connection:
            connection.execute("BEGIN")
            check_inside(connection, path)
            yield connection
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no file {file}.").format(file=named(path))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise unreadable(path, error) from error


def protection_of(path: Path) -> Protection | None:
    """How the assessment at `path` is protected; None for a plain one. Nobody is asked. Raises as `open_file`."""
    with look_at(path) as connection:
        return protection_in(connection)


def head_of(path: Path) -> tuple[int, str]:
    """How many rows the protected assessment at `path` has, and the hash of the last, checked without its key.

    Raises as `open_file`, `AssessmentFileError` where the rows do not hang together, and `UsageError` for a plain file.
    """
    with look_at(path) as connection:
        if protection_in(connection) is None:
            raise _plain(path)
        return encrypted_head(connection)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[AssessmentFile]:
    """The assessment at `path`, to be written anew."""
    try:
        with open_file(path, write=True) as opened:
            if opened.unwritable:  # one that is sealed can be written anew: what is recorded in it stays to the letter
                raise AssessmentFileError(opened.unwritable)
            if path.stat().st_nlink > 1:
                raise UsageError(
                    _("{file} has a second name on this disk, under which it would stay as it is.").format(
                        file=display_name(path)
                    ),
                    _("Take the other name away first."),
                )
            yield opened
    except (sqlite3.Error, OSError, ValueError) as error:
        raise AssessmentFileError(
            _("{file} stays as it was: {why}.").format(file=display_name(path), why=reason(error)),
            _("Make room or mend the disk, and give the same command again."),
        ) from error


def _protection(opened: AssessmentFile) -> Protected:
    protected = opened.protection
    if protected is None:
        raise _plain(opened.path)
    return protected


def _protected_already(path: Path) -> UsageError:
    return UsageError(
        _("{file} is protected already.").format(file=display_name(path)),
        _("Give it another passphrase with: stockcheck protect --change"),
    )


def _plain(path: Path) -> UsageError:
    return UsageError(_("{file} is not protected.").format(file=display_name(path)))


def _rewrite(opened: AssessmentFile, protected: Protected | None) -> None:
    events = list(opened.events)
    opened.replace_by(lambda old, new: _copy(old, new, events, protected))
    if protected is not None:
        unlocking.remember(protected.vault)


def _copy(old: sqlite3.Connection, new: Path, events: list[Event], protected: Protected | None) -> None:
    """Write all that the file holds into `new`, protected so, and see that it reads back as it is."""
    with filling(new, protected) as connection:
        for digest, content in checklists_in(old):
            insert_checklist(connection, digest, content)
        for event in events:
            insert(connection, event)
        for digest, found in contents(old):
            attach(connection, digest, found)
    with contextlib.closing(connect(new, write=False)) as connection:
        connection.vault = None if protected is None else protected.vault
        if _all_of(connection) != _all_of(old) or new.stat().st_size > MAX_FILE:
            raise AssessmentFileError(_("The file holds more than an assessment can."))


def _all_of(connection: sqlite3.Connection) -> object:
    """What a file holds, to be compared, attachments by their hashes."""
    attached = {digest: hashlib.sha256(content).digest() for digest, content in contents(connection)}
    return events_in(connection), dict(checklists_in(connection)), attached
