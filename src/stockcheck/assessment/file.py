"""The assessment file: one SQLite database, append-only, readable in thirty years.

Every event is its own transaction, on disk before `record` returns. The file carries the whole checklist. A file is
hostile until it has been checked: nothing in its schema is run, and every size is bounded before it is read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from stockcheck import files
from stockcheck.answers.answer import Answer
from stockcheck.answers.days import last_day
from stockcheck.answers.fitting import fitting
from stockcheck.answers.keeping import MAX_NAME, kept
from stockcheck.answers.stored import to_json
from stockcheck.assessment import actions
from stockcheck.assessment.beginning import Clock, about_texts, create, kept_name, local_day, now_utc
from stockcheck.assessment.checks import (
    SUFFIX,
    check_beside,
    check_header,
    check_inside,
    display_name,
    unreadable,
)
from stockcheck.assessment.connection import connect
from stockcheck.assessment.countersigning import reason_why
from stockcheck.assessment.events import (
    SOURCE,
    Event,
    EventKind,
    checklist_named,
    checklists_kept,
    checklists_named,
    following,
)
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.lock import Lock, lock_or_why
from stockcheck.assessment.record import Finding, Record, broken, findings, record_of
from stockcheck.assessment.redaction import (
    Part,
    Redaction,
    body,
    entry_of,
    marked,
    part_to_remove,
    takes_free_text,
    without,
)
from stockcheck.assessment.state import State
from stockcheck.assessment.tables import (
    events_in,
    insert,
    replace_texts,
    store,
    stored_checklist,
    stray_checklists,
)
from stockcheck.assessment.writing import Writer
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, named

__all__ = ["SUFFIX", "AssessmentFile", "Clock", "create", "open_file"]


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
        kind: EventKind = "profile" if isinstance(asked, ProfileField) else "answer"
        known: Asked = self.checklist.field[asked.id] if kind == "profile" else self.checklist.question[asked.id]
        now = self._clock()
        data = None if answer is None else to_json(fitting(known, answer, last_day(self.state.on, local_day(now))))
        self.record_all([(kind, asked.id, data)], now=now)

    def note(self, question: str, text: str, *, most: int = MAX_TEXT) -> None:
        """Keep a note of `most` characters with a question; an empty one takes it back.

        Raises `AnswerError` for one too long, `KeyError` for an id that the checklist lacks, `AssessmentFileError`.
        """
        self.checklist.question[question]
        self._record("note", question, {"text": kept(text, most=most)})

    def flag(self, question: str, flagged: bool) -> None:
        """Mark a question for a second look, or unmark it. Raises as `note` does."""
        self.checklist.question[question]
        self._record("flag", question, {"set": flagged})

    def review(self, question: str, accept: bool, why: str = "") -> None:
        """Countersign that a question does not apply, or send it back and say `why`; see `State.check_review`.

        Raises `AnswerError` for what cannot be reviewed or lacks a reason, and as `note` does.
        """
        self._catch_up()
        self.state.check_review(question, self.by)
        self._record("review", question, {"accept": True} if accept else {"accept": False, "why": reason_why(why)})

    def act(self, changes: Mapping[str, actions.Change], source: str = "") -> int:
        """Keep what is new about actions, by question id: all of it, in one transaction, or nothing; how many changed.

        `source` is the SHA-256 of the workbook that it was read from. Raises as `note` does.
        """
        self._catch_up()
        new: list[tuple[EventKind, str, object]] = []
        for question, change in changes.items():
            before = self.state.actions.get(self.checklist.question[question].id, actions.NOTHING)
            if data := actions.as_data(before, change):
                new.append(("action", question, {**data, SOURCE: source} if source else data))
        self.record_all(new)
        return len(new)

    def describe(self, new: Mapping[str, str]) -> bool:
        """Keep what is `new` about the assessment: its `depot`, its `code`, its `marking`, or its date, `on`; whether
        anything is. Raises `UsageError` for a text that is too long or a depot without a name, and as `note` does.
        """
        self._catch_up()
        state = self.state
        stands = {"depot": state.depot, "code": state.code, "marking": state.marking, "on": state.on.isoformat()}
        texts = about_texts({name: text for name, text in new.items() if name != "on"})
        changed = {
            name: text for name, text in (texts | {"on": new.get("on", stands["on"])}).items() if text != stands[name]
        }
        if changed:
            self._record("set", "", changed)
        return bool(changed)

    def change_checklist(
        self,
        new: Checklist,
        moved: dict[str, str],
        review: list[str],
        options: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        """Go on with another version of the checklist; `moved` maps old question ids to new ones, `options` old ids of
        options to new ones, by the new question (see `events.MEANINGS`). Raises `AssessmentFileError`.
        """
        data: dict[str, object] = {"checklist": new.digest, "moved": moved, "review": review}
        if options:
            data["options"] = options
        self.record_all([("checklist", "", data)], before=lambda: store(self._connection, new))

    def redact(self, entry: int, part: Part | None = None) -> Redaction:
        """Remove `part` of an entry for good, or its one text; a new entry says so.

        Raises `UsageError` when there is nothing to remove, and `AssessmentFileError`. See `redaction`.
        """
        self._catch_up()
        event = entry_of(self.events, entry)
        if event in broken(self.events):  # it would no longer show
            raise AssessmentFileError(
                _("Entry {entry} does not fit the chain: nothing is removed from it.").format(entry=entry),
                _("stockcheck verify tells what is wrong."),
            )
        try:
            free_text = takes_free_text(event, self.events, self._checklist)
            part = part_to_remove(event, free_text=free_text, wanted=part)
        except UsageError:
            if marked(event):  # and perhaps the program was stopped before it had wiped the rest
                self._writer.wipe()
            raise
        changed = without(event, part)

        def replace() -> State:
            replace_texts(self._connection, changed)
            insert(self._connection, redaction)
            return self._fold([changed if one is event else one for one in [*self.events, redaction]])

        redaction = following(self.events[-1], self._clock(), self.by, "redact", event.subject, body(event, part))
        self._write([redaction], replace)
        self.events[self.events.index(event)] = changed
        self._writer.wipe()
        return Redaction.of(redaction)

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
        self._catch_up()
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

    def history(self, subject: str) -> list[Event]:
        """Every event about one question or profile field, the oldest first."""
        return [event for event in self.events if event.subject == subject]

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

    def findings(self) -> list[Finding]:
        """What is odd about the record by this computer's clock."""
        return findings(self.events, self._stray, self._clock())

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

    def _catch_up(self) -> None:
        """Before anything is written: refuse where nothing can be, and see what was left unsure."""
        if self.read_only:
            raise AssessmentFileError(self.read_only)
        if self._writer.settle():
            self._read()

    def _checklist(self, digest: str) -> Checklist:
        if digest not in self._checklists:
            self._checklists[digest] = stored_checklist(self._connection, digest, display_name(self.path))
        return self._checklists[digest]


def open_file(path: Path, *, write: bool = False, by: str = "", clock: Clock = now_utc) -> AssessmentFile:
    """The assessment in `path`, checked before anything in it is trusted.

    With `write`, and when another program holds the file or the folder takes no writing, the result is read-only and
    says why in `read_only`. Raises `AssessmentFileError` for anything that is not a sound assessment file, and
    `UsageError` when there is no file.
    """
    files.keep_out_of_core_dumps()
    by = kept_name(by, _("Who answers"), most=MAX_NAME)
    lock, read_only = None, "" if write else _("The file was opened for reading.")
    try:
        with contextlib.ExitStack() as undo:
            check_header(path)
            check_beside(path)
            if write:
                lock, read_only = lock_or_why(path)
            if lock is not None:
                undo.callback(lock.release)
            connection = undo.enter_context(contextlib.closing(connect(path, write=lock is not None)))
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
