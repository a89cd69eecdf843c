"""Writing to an open assessment: one transaction an event; after an error, what stands on the disk counts."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from stockcheck.assessment.checks import FORMAT, SCHEMAS, display_name
from stockcheck.assessment.events import Event
from stockcheck.assessment.tables import last_event, wipe
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _
from stockcheck.plaintext import reason

T = TypeVar("T")


class Writer:
    """Writes events to the file at `path` through `connection`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        (self._format,) = connection.execute("PRAGMA user_version").fetchone()
        self._unsure: Event | None = None  # of which nobody can say yet whether it is on the disk
        self._told = False
        #: What has to be told beside that an event is saved; it comes up once for each opening.
        self.notice = ""

    def write(self, event: Event, head: str, work: Callable[[], T]) -> T:
        """Do `work`, which inserts `event` behind the one with the hash `head`, in one transaction.

        What counts is what stands on the disk: SQLite reports an error also when all is written, and only the folder's
        own entry could not be synced. Raises `AssessmentFileError` when the event was not saved, or when nobody can
        say; the file is as it was in the first case.
        """
        done: list[T] = []
        try:
            with self._transaction(head):
                done.append(work())
                self._unsure = event
                self._connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            if self._unsure is None or not self._stands(event, error):
                raise self._not_saved(error) from error
            if not self._told:
                self._told = True
                self.notice = _(
                    "It is on the disk, which did not confirm it ({why}): until it does, a power cut could undo it."
                ).format(why=reason(error))
        self._unsure = None
        self._format = FORMAT
        return done[0]

    def settle(self) -> bool:
        """Whether an event of which nobody could say so is on the disk after all. To be called before `write`.

        Raises `AssessmentFileError` while nobody can say.
        """
        return self._unsure is not None and self._stands(self._unsure, sqlite3.OperationalError())

    def wipe(self) -> None:
        """Write the file anew, without what was removed from it. Raises `AssessmentFileError`."""
        try:
            wipe(self._connection)
        except (sqlite3.Error, OSError) as error:
            raise AssessmentFileError(
                _("It is removed, but traces may be left in {file}: {why}.").format(
                    file=display_name(self._path), why=reason(error)
                ),
                _("Make room or mend the disk, and give the same command again: it wipes them."),
            ) from error

    def check_head(self, head: str) -> None:
        """Refuse where the last event on the disk is not the one with the hash `head`. Raises `AssessmentFileError`."""
        last = last_event(self._connection)
        if last is None or last.hash != head:  # somebody went round the lock: through a second name of the file
            raise AssessmentFileError(
                _("Not saved: another program has changed {file} meanwhile.").format(file=display_name(self._path)),
                _("Open it again, look at what is there, and answer again."),
            )

    @contextlib.contextmanager
    def _transaction(self, head: str) -> Iterator[None]:
        """One transaction, undone unless it is committed inside."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self.check_head(head)
            if self._format != FORMAT:
                for line in SCHEMAS[FORMAT][len(SCHEMAS[self._format]) :]:
                    self._connection.execute(line)
                self._connection.execute(f"PRAGMA user_version = {FORMAT}")
            yield
        finally:
            if self._connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")

    def _stands(self, event: Event, error: Exception) -> bool:
        """Whether `event` is the last one on the disk, after `error` was reported."""
        try:
            last = last_event(self._connection)
        except (sqlite3.Error, OSError) as unreadable:
            raise AssessmentFileError(
                _("Perhaps not saved: {file}: {why}.").format(file=display_name(self._path), why=reason(unreadable)),
                _("The disk does not say what is on it. Mend it, open the file again and look."),
            ) from error
        self._unsure = None
        return last == event

    def _not_saved(self, error: Exception) -> AssessmentFileError:
        hint = _("What was saved before is safe. Make room or mend the disk, then answer again.")
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            hint = _("Another program is using it. Try again in a moment.")
        return AssessmentFileError(
            _("Not saved: {file}: {why}.").format(file=display_name(self._path), why=reason(error)), hint
        )
