"""The evidence of an open assessment: attached whole or not at all, taken back, read again, and checked."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from stockcheck.answers.keeping import kept, kept_line
from stockcheck.assessment import attachments
from stockcheck.assessment.checks import display_name
from stockcheck.assessment.events import Event, EventKind
from stockcheck.assessment.evidence import (
    MAX_CONTENTS,
    MAX_ITEMS,
    Item,
    as_data,
    body_of,
    digests,
    file_as_data,
    item_of,
    size_in_words,
)
from stockcheck.assessment.from_disk import Attachment, too_many, too_much
from stockcheck.assessment.record import Finding
from stockcheck.assessment.state import State
from stockcheck.errors import AnswerError, AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT

#: Longest number of a record, or word of where it lies, in characters.
MAX_RECORD = 500
#: Bytes that are left free on the disk beside twice what is attached.
_SPARE = 1 << 20


class Holder(Protocol):
    """What the evidence of an open assessment asks of it."""

    path: Path
    state: State
    events: list[Event]

    def catch_up(self) -> None:
        """Refuse where nothing can be written."""

    def record_all(
        self, changes: Sequence[tuple[EventKind, str, object]], *, before: Callable[[], None] | None = None
    ) -> None:
        """Record several things in one transaction."""


class Evidence:
    """The evidence of an open assessment: to be attached, taken back, read and checked."""

    def __init__(self, file: Holder, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection

    def attach(self, question: str, files: Sequence[Attachment], remark: str = "") -> list[Item]:
        """Attach `files` to a question, in one transaction: all of them, or none.

        Raises `UsageError` for what is too much, or attached already, `AnswerError` for a remark too long, `KeyError`
        for an id that the checklist lacks, `AssessmentFileError` when the disk has no room or takes no writing.
        """
        self._file.catch_up()
        id_ = self._file.state.checklist.question[question].id
        self._check(id_, files)
        said = _said(remark)
        bodies = [
            file_as_data(one.name, one.type, len(one.content), one.sha256, stripped=one.stripped) | said
            for one in files
        ]

        def keep() -> None:
            for one in files:
                attachments.attach(self._connection, one.sha256, one.content)

        return self._recorded(id_, bodies, keep)

    def record(self, question: str, text: str, remark: str = "") -> Item:
        """Note the number of a record that lies elsewhere, or where it lies. Raises as `attach`."""
        self._file.catch_up()
        id_ = self._file.state.checklist.question[question].id
        text = kept_line(text, most=MAX_RECORD)
        if not text:
            raise AnswerError(_("Say the record's number, or where it lies."))
        if len(self._file.state.evidence.get(id_, ())) >= MAX_ITEMS:
            raise too_many()
        return self._recorded(id_, [{"record": text} | _said(remark)])[0]

    def withdraw(self, entry: int) -> tuple[str, Item]:
        """Take an item back; the question it was attached to, and what it was. What it was stays in the history.

        Raises `UsageError` when there is none, and `AssessmentFileError`.
        """
        self._file.catch_up()
        id_, item = self.find(entry)
        self._file.record_all([("evidence", id_, {"withdrawn": item.entry})])
        return id_, item

    def put_to(self, old: str, question: str) -> None:
        """Attach to `question` what is attached to another one, and take it back there; what was removed stays there.

        Raises `AssessmentFileError`.
        """
        there = {item.sha256 or item.record for item in self._file.state.evidence.get(question, ())}
        events: list[tuple[EventKind, str, object]] = []
        for item in self._file.state.evidence.get(old, ()):
            if item.is_removed:
                continue
            if (item.sha256 or item.record) not in there:
                events.append(("evidence", question, as_data(item)))
            events.append(("evidence", old, {"withdrawn": item.entry}))
        self._file.record_all(events)

    def find(self, entry: int) -> tuple[str, Item]:
        """The item with the number `entry`, and the question it is attached to. Raises `UsageError`."""
        for id_, items in self._file.state.evidence.items():
            for item in items:
                if item.entry == entry:
                    return id_, item
        raise UsageError(
            _("No evidence has the number {entry}.").format(entry=entry),
            _("stockcheck evidence list tells the number of each."),
        )

    def content(self, item: Item) -> bytes:
        """What was attached. Raises `UsageError` for what is no file, `AssessmentFileError` where it is not there."""
        if not item.is_file:
            raise UsageError(_("#{entry} is a record without a file.").format(entry=item.entry))
        if item.is_removed:
            raise AssessmentFileError(_("The content of #{entry} was removed.").format(entry=item.entry))
        content = attachments.attachment(self._connection, item.sha256)
        if content is None:
            raise AssessmentFileError(
                _("The content of #{entry} is missing: it was taken out by another program.").format(entry=item.entry),
                _("Use a copy of the assessment."),
            )
        if (hashlib.sha256(content).hexdigest(), len(content)) != (item.sha256, item.size):
            raise AssessmentFileError(
                _("The content of #{entry} is not what was attached: it was changed by another program.").format(
                    entry=item.entry
                ),
                _("Use a copy of the assessment."),
            )
        return content

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """SHA-256 and content of every file that is attached now, each once. Raises as `content`."""
        seen: set[str] = set()
        for items in self._file.state.evidence.values():
            for item in items:
                if item.sha256 and item.sha256 not in seen:
                    seen.add(item.sha256)
                    yield item.sha256, self.content(item)

    def findings(self) -> Iterator[Finding]:
        """What does not fit: a content that no entry names, one that was changed or has another size than an entry
        says, one that is missing.
        """
        named_in: dict[str, Event] = {}
        sizes: dict[str, dict[object, Event]] = {}
        for event in self._file.events:
            for digest in digests([event]):
                named_in.setdefault(digest, event)
                sizes.setdefault(digest, {}).setdefault((body_of(event) or {}).get("size"), event)
        there = set()
        for digest, comes_to, size in attachments.attachments(self._connection):
            there.add(digest)
            if digest not in named_in:
                yield Finding("unnamed", digest=digest)
            elif comes_to != digest:
                yield Finding("altered", named_in[digest], digest)
            else:
                yield from (Finding("altered", event, digest) for said, event in sizes[digest].items() if said != size)
        for digest, event in named_in.items():
            if digest not in there:
                yield Finding("missing", event, digest)

    def _recorded(self, id_: str, bodies: Sequence[object], before: Callable[[], None] | None = None) -> list[Item]:
        self._file.record_all([("evidence", id_, body) for body in bodies], before=before)
        return [item_of(event) for event in self._file.events[-len(bodies) :]]

    def _check(self, id_: str, files: Sequence[Attachment]) -> None:
        """Whether the files may be attached, and there is room for them."""
        there = self._file.state.evidence.get(id_, ())
        if len(there) + len(files) > MAX_ITEMS:
            raise too_many()
        seen = {item.sha256: f"#{item.entry}" for item in there if item.sha256}
        for one in files:
            if one.sha256 in seen:
                raise UsageError(
                    _("{file} is attached to {id} already: {before}.").format(
                        file=one.name, id=id_, before=seen[one.sha256]
                    ),
                    _("Nothing was attached."),
                )
            seen[one.sha256] = one.name
        size = sum(len(one.content) for one in files)
        if attachments.attached_size(self._connection) + size > MAX_CONTENTS:
            raise too_much()
        try:
            free = shutil.disk_usage(self._file.path.absolute().parent).free
        except OSError:
            return  # a system that does not say: then the disk says it while it is written, and nothing is lost
        if free < 2 * size + _SPARE:
            raise AssessmentFileError(
                _("There is not room enough on the disk of {file}: {need} are needed, {free} are free.").format(
                    file=display_name(self._file.path), need=size_in_words(2 * size + _SPARE), free=size_in_words(free)
                ),
                _("Nothing was attached. Make room, or note where the file lies: stockcheck evidence record"),
            )


def _said(remark: str) -> dict[str, str]:
    text = kept(remark, most=MAX_TEXT)
    return {"remark": text} if text else {}
