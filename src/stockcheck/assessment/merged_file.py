"""Two files brought together in a third: both are only read, and the new one appears whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stockcheck import files
from stockcheck.answers.keeping import MAX_NAME
from stockcheck.assessment.attachments import attach, attachment, holds
from stockcheck.assessment.beginning import Clock, check_free, filling, kept_name, now_utc
from stockcheck.assessment.checks import cannot_make
from stockcheck.assessment.events import Event, checklists_kept
from stockcheck.assessment.evidence import body_of, digests
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.merging import Merge, Merged, Side, history, merge
from stockcheck.assessment.parting import Copy, parted
from stockcheck.assessment.protection import Protected
from stockcheck.assessment.tables import insert, last_event, store
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named


@dataclass(frozen=True)
class Pair:
    """Two copies, open for reading, and what they come to. `merge` is None where one holds all that is in the other."""

    ours: AssessmentFile
    theirs: AssessmentFile
    merge: Merge | None
    nothing_of_ours: bool
    nothing_of_theirs: bool

    @property
    def protection(self) -> Protected | None:
        """How what they come to is protected: as the first one is, or as the other where that alone is protected."""
        return self.ours.protection or self.theirs.protection


@contextlib.contextmanager
def open_pair(ours: Path, theirs: Path) -> Iterator[Pair]:
    """Two copies of one assessment, compared. Raises as `open_file`, `parting.parted` and `merging.merge`."""
    with open_file(ours) as one, open_file(theirs) as other:
        parting = parted(_copy(one), _copy(other))
        nothing = parting.nothing_of_ours or parting.nothing_of_theirs
        found = None if nothing else merge(parting, one.checklist_named)
        yield Pair(one, other, found, parting.nothing_of_ours, parting.nothing_of_theirs)


def _copy(opened: AssessmentFile) -> Copy:
    return Copy(named(opened.path), opened.state.called, opened.events)


def write(
    pair: Pair, found: Merge, output: Path, sides: Mapping[str, Side], *, by: str, clock: Clock = now_utc
) -> Merged:
    """Write what was `found` as a new file at `output`, each conflict decided as `sides` says by its key.

    Raises `UsageError` when `output` exists or a conflict is not decided, `AssessmentFileError` when the file cannot be
    made, and `StockcheckError` when it is there and the disk does not confirm it.
    """
    check_free(output)
    by = kept_name(by, _("Who brings them together"), most=MAX_NAME)
    merged = history(found, sides, pair.ours.checklist_named, by=by, now=clock())
    try:
        with files.draft(output) as new:
            with filling(new, pair.protection) as connection:
                _fill(connection, pair, found.parting.known, merged.events)
            with open_file(new) as opened:  # what could not be opened again is never put there
                if opened.events != merged.events or not opened.record.chain_holds:
                    raise AssessmentFileError(_("The two cannot be brought together: the history would not hold."))
            files.publish(new, output)
    except FileExistsError as error:
        raise UsageError(_("{file} exists already.").format(file=named(output))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_make(output, error) from error
    return merged


def _fill(connection: sqlite3.Connection, pair: Pair, known: Mapping[int, int], events: list[Event]) -> None:
    for digest in dict.fromkeys(checklists_kept(events)):
        store(connection, pair.ours.checklist_named(digest))
    for event in events:
        insert(connection, event)
    with _steady(pair.ours) as ours, _steady(pair.theirs) as theirs:
        mine, yours = (
            {digest for digest in digests(opened.events) if holds(source, digest)}
            for opened, source in ((pair.ours, ours), (pair.theirs, theirs))
        )
        removed = _removed(pair, known, mine ^ yours)
        for source, found in ((ours, mine), (theirs, yours - mine)):
            for digest in sorted(found - removed):
                attach(connection, digest, attachment(source, digest) or b"")


@contextlib.contextmanager
def _steady(opened: AssessmentFile) -> Iterator[sqlite3.Connection]:
    """The tables of a file, as they are while nobody writes. Raises `AssessmentFileError` where somebody has."""
    connection = opened.connection
    connection.execute("BEGIN")
    try:
        if last_event(connection) != opened.events[-1]:
            raise AssessmentFileError(
                _("Another program has changed {file} meanwhile.").format(file=named(opened.path)),
                _("Nothing was written. Try again."),
            )
        yield connection
    finally:
        connection.execute("ROLLBACK")


def _removed(pair: Pair, known: Mapping[int, int], in_one: set[str]) -> set[str]:
    """Which of the attachments that only one copy has are named by an entry that both have, and by no later one."""
    both: set[str] = set()
    later: set[str] = set()
    for events, numbers in ((pair.ours.events, set(known.values())), (pair.theirs.events, set(known))):
        for event in events:
            if body_of(event) is not None:
                (both if event.seq in numbers else later).update(digest for digest in in_one if digest in event.body)
    return both - later
