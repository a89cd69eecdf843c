"""The history of an open assessment: every event, and the state that they add up to, always as it is on the disk."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from stockcheck import files
from stockcheck.answers.days import last_day
from stockcheck.assessment import sealing
from stockcheck.assessment.beginning import Clock, local_day
from stockcheck.assessment.checks import display_name
from stockcheck.assessment.events import Event, EventKind, checklist_named, checklists_kept, checklists_named, following
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.lock import Lock
from stockcheck.assessment.protection import Protected
from stockcheck.assessment.record import Record, record_of
from stockcheck.assessment.state import State
from stockcheck.assessment.tables import (
    Database,
    events_in,
    insert,
    protection_in,
    stored_checklist,
    stray_checklists,
)
from stockcheck.assessment.writing import Writer
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _


class History:
    """What is recorded in an open file. `state` is always what is on disk; `unwritable` says why nothing can be
    written, if so.
    """

    def __init__(
        self,
        path: Path,
        connection: Database,
        lock: Lock | None,
        read_only: str,
        by: str,
        clock: Clock,
    ) -> None:
        self.path = path
        self.unwritable = read_only
        self.by = by
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._checklists: dict[str, Checklist] = {}
        self._writer = Writer(path, connection)
        self._read()
        self._stray = stray_checklists(connection, checklists_kept(self.events))

    def _read(self) -> None:
        self.events: list[Event] = events_in(self._connection)
        if not self.events or self.events[0].kind != "start":
            raise AssessmentFileError(_("{file} holds no assessment.").format(file=display_name(self.path)))
        self.state: State = self._fold(self.events)

    def _fold(self, events: list[Event]) -> State:
        return fold(events, self._checklist(checklist_named(events[0])), self._checklist)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Nothing is pending: every event is on disk already."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def connection(self) -> sqlite3.Connection:
        """The tables of the file, for what copies them as they are."""
        return self._connection

    @property
    def read_only(self) -> str:
        """Why nothing can be recorded: because nothing can be written, or because it is sealed. Empty where it can."""
        return self.unwritable or sealing.why_closed(self.state.seals)

    @property
    def checklist(self) -> Checklist:
        """The checklist the assessment is made against now."""
        return self.state.checklist

    def record_all(
        self,
        changes: Sequence[tuple[EventKind, str, object]],
        *,
        before: Callable[[], None] | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        """Record several things, each by its kind, subject and body, in one transaction: all of them, or none.

        What does not fit is refused as a file that held it would be. Raises `AssessmentFileError`.
        """
        self.catch_up(closing=True)
        sealing.check_takes((kind for kind, _subject, _data in changes), self.state.seals)
        at, events = now or self._clock(), self.events[-1:]
        for kind, subject, data in changes:
            events.append(following(events[-1], at, self.by, kind, subject, data))
        del events[0]

        def append() -> State:
            if before is not None:
                before()
            after = self.state.copy()
            for event in events:
                insert(self._connection, event)
                apply(after, event, self._checklist)  # here, for what cannot be read back may never reach the disk
            return after

        if events:
            self._write(events, append)

    def as_of(self, head: str) -> State | None:
        """The assessment as it stood when `head` was the hash of its last event; None where it never was."""
        place = next((place for place, event in enumerate(self.events, start=1) if event.hash == head), None)
        return None if place is None else self._fold(self.events[:place])

    def checklist_by_digest(self, digest: str) -> Checklist | None:
        """The checklist with that digest, if the assessment was ever made against it."""
        return self._checklist(digest) if digest in checklists_named(self.events) else None

    def checklist_named(self, digest: str) -> Checklist:
        """The checklist that an entry names. Raises `AssessmentFileError` where it cannot be read."""
        return self._checklist(digest)

    @property
    def protection(self) -> Protected | None:
        """How the file is protected; None for a plain one."""
        found, vault = protection_in(self._connection), self._connection.vault
        return None if found is None or vault is None else Protected(found, vault)

    def replace_by(self, copy: Callable[[sqlite3.Connection, Path], None]) -> None:
        """Have `copy` write what is in the file into another one, which takes its place, whole or not at all.

        Nothing can be done with the assessment afterwards but to close it. Raises `AssessmentFileError`, and `OSError`
        or `sqlite3.Error` where the new file cannot be written; the old one then stays.
        """
        self.catch_up(closing=True)
        target = Path(os.path.realpath(self.path))
        with files.draft(target) as new:
            self._connection.execute("BEGIN IMMEDIATE")
            self._writer.check_head(self.head)
            copy(self._connection, new)
            self._connection.close()  # Windows replaces no open file
            files.place(new, target, lambda _path: None)

    def history(self, subject: str) -> list[Event]:
        """Every event about one question or profile field, the oldest first."""
        return [event for event in self.events if event.subject == subject]

    @property
    def now(self) -> dt.datetime:
        """The moment by this computer's clock."""
        return self._clock()

    @property
    def today(self) -> dt.date:
        """The day by this computer's clock, where it stands."""
        return local_day(self._clock())

    @property
    def last_day(self) -> dt.date:
        """The latest date that an answer given now may be."""
        return last_day(self.state.on, self.today)

    def take_notice(self) -> str:
        """What there is to tell beside that the last thing is saved, once; empty nearly always."""
        notice, self._writer.notice = self._writer.notice, ""
        return notice

    @property
    def record(self) -> Record:
        """What the file's own record shows; see `record`."""
        return record_of(self.events)

    @property
    def head(self) -> str:
        """The hash of the last event."""
        return self.events[-1].hash

    def _record(self, kind: EventKind, subject: str, data: object) -> None:
        self.record_all([(kind, subject, data)])

    def _write(self, events: list[Event], work: Callable[[], State]) -> None:
        after = self._writer.write(events[-1], self.head, work)
        self.events.extend(events)
        self.state = after

    def catch_up(self, *, closing: bool = False) -> None:
        """Before anything is written: refuse where nothing can be, and see what was left unsure. What is sealed takes
        only what is `closing`: a seal, or a reopening. Raises `AssessmentFileError`.
        """
        if self.unwritable:
            raise AssessmentFileError(self.unwritable)
        if self._writer.settle():
            self._read()
        if not closing:
            sealing.check_takes(["note"], self.state.seals)

    def _checklist(self, digest: str) -> Checklist:
        if digest not in self._checklists:
            self._checklists[digest] = stored_checklist(self._connection, digest, display_name(self.path))
        return self._checklists[digest]
