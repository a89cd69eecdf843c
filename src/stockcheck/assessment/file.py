"""The assessment file: one SQLite database, append-only, readable in thirty years.

Every event is its own transaction, on disk before `record` returns. The file carries the whole checklist. A file is
hostile until it has been checked: nothing in its schema is run, and every size is bounded before it is read.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from stockcheck import files
from stockcheck.answers.answer import Answer
from stockcheck.answers.days import last_day
from stockcheck.answers.fitting import fitting
from stockcheck.answers.keeping import MAX_NAME, kept
from stockcheck.answers.stored import to_json
from stockcheck.assessment import actions, unlocking
from stockcheck.assessment.attaching import Evidence
from stockcheck.assessment.attachments import remove_attachment
from stockcheck.assessment.beginning import Clock, about_texts, create, kept_name, local_day, now_utc
from stockcheck.assessment.checks import (
    SUFFIX,
    check_beside,
    check_header,
    check_inside,
    unreadable,
)
from stockcheck.assessment.connection import connect
from stockcheck.assessment.countersigning import reason_why
from stockcheck.assessment.events import SOURCE, EventKind, following
from stockcheck.assessment.evidence import digests
from stockcheck.assessment.history import History
from stockcheck.assessment.lock import lock_or_why
from stockcheck.assessment.record import Finding, broken, findings
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
    Database,
    insert,
    protection_in,
    replace_texts,
    store,
)
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, named

__all__ = ["SUFFIX", "AssessmentFile", "Clock", "create", "open_file"]


class AssessmentFile(History):
    """An open assessment: what may be said of its questions, and of itself."""

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
        self.catch_up()
        self.state.check_review(question, self.by)
        self._record("review", question, {"accept": True} if accept else {"accept": False, "why": reason_why(why)})

    def act(self, changes: Mapping[str, actions.Change], source: str = "") -> int:
        """Keep what is new about actions, by question id: all of it, in one transaction, or nothing; how many changed.

        `source` is the SHA-256 of the workbook that it was read from. Raises as `note` does.
        """
        self.catch_up()
        new: list[tuple[EventKind, str, object]] = []
        for question, change in changes.items():
            before = self.state.actions.get(self.checklist.question[question].id, actions.NOTHING)
            if data := actions.as_data(before, change):
                new.append(("action", question, {**data, SOURCE: source} if source else data))
        self.record_all(new)
        return len(new)

    @property
    def evidence(self) -> Evidence:
        """What is attached to questions, to be added to, taken back, read and checked."""
        return Evidence(self, self._connection)

    def describe(self, new: Mapping[str, str]) -> bool:
        """Keep what is `new` about the assessment: its `depot`, its `code`, its `marking`, or its date, `on`; whether
        anything is. Raises `UsageError` for a text that is too long or a depot without a name, and as `note` does.
        """
        self.catch_up()
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
        self.catch_up()
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
            events = [changed if one is event else one for one in [*self.events, redaction]]
            for digest in digests([event]) - digests(events):
                remove_attachment(self._connection, digest)
            return self._fold(events)

        redaction = following(self.events[-1], self._clock(), self.by, "redact", event.subject, body(event, part))
        self._write([redaction], replace)
        self.events[self.events.index(event)] = changed
        self._writer.wipe()
        return Redaction.of(redaction)

    def findings(self) -> list[Finding]:
        """What is odd about the record by this computer's clock."""
        return [*findings(self.events, self._stray, self._clock()), *self.evidence.findings()]


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
                files.sweep(Path(os.path.realpath(path)).parent)  # a killed `unprotect` leaves all of it in the clear
            connection = undo.enter_context(contextlib.closing(connect(path, write=lock is not None)))
            connection.execute("BEGIN")  # nobody writes between one look and the next
            check_inside(connection, path)
            _unlock(connection, path)
            opened = AssessmentFile(path, connection, lock, read_only, by, clock)
            connection.execute("COMMIT")
            undo.pop_all()
            return opened
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no file {file}.").format(file=named(path))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _unlock(connection: Database, path: Path) -> None:
    """Get at the key of a protected file. Nobody has to wait while a person types: the transaction is left for that."""
    if (protection := protection_in(connection)) is not None:
        connection.execute("COMMIT")
        connection.vault = unlocking.vault_of(path, protection)
        connection.execute("BEGIN")
        check_inside(connection, path)
