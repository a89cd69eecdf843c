"""What an assessment's own record shows, and what it cannot.

A chain of hashes shows an accident and a careless edit. It does not show a forger: whoever can write the file can also
reckon the chain anew. Only a code noted elsewhere, compared by `place_of`, shows that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from stockcheck.assessment import sealing
from stockcheck.assessment.events import NO_PREVIOUS, Event, entries_of
from stockcheck.assessment.redaction import Redaction, marked, redactions
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import one_line

#: How many characters of a hash make the short code: enough that no other entry's begins alike by chance.
CODE_LENGTH = 12
#: How far a time may lie before an earlier one, or ahead of this computer's clock: clocks are corrected.
TOLERANCE = dt.timedelta(minutes=2)

_CODE = re.compile(f"[0-9a-f]{{{CODE_LENGTH},64}}")
_SEPARATORS = re.compile(r"[\s\u00ad\u2010-\u2015\u2212-]+")


@dataclass(frozen=True)
class Record:
    """The record in short. `entries` counts its events, `head` is the hash of the last one, `first` that of the first,
    by which an assessment is known, whatever is added to it or removed from it. `seals` are all there ever were.
    """

    entries: int
    head: str
    chain_holds: bool
    redactions: tuple[Redaction, ...]
    first: str
    seals: tuple[sealing.Found, ...] = ()

    @property
    def code(self) -> str:
        """The short code: how `head` begins."""
        return self.head[:CODE_LENGTH]


@dataclass(frozen=True)
class Finding:
    """One thing in the record that an honest sitting does not leave behind.

    `event` is the entry in question; for ``stray`` there is none, but a stored checklist's `digest`, and for
    ``unnamed`` that of an attached file. ``altered`` and ``missing`` are of the file that `event` has attached.
    `before` is for ``backwards`` the latest moment recorded before it.
    """

    kind: Literal["broken", "stray", "backwards", "future", "unnamed", "altered", "missing"]
    event: Event | None = None
    digest: str = ""
    before: dt.datetime | None = None


def record_of(events: Sequence[Event]) -> Record:
    """The record of `events`, of which there is at least one."""
    odd, removed = broken(events), tuple(redactions(events))
    seals = sealing.found(events, removed, odd)
    return Record(len(events), events[-1].hash, not odd, removed, events[0].hash, seals)


def broken(events: Iterable[Event]) -> list[Event]:
    """Every event that does not fit the chain, the oldest first: it was changed, or what stood before it is missing.

    Of an event that was redacted, what remains has to be what the redaction says, and the marks where it says so.
    """
    events = list(events)
    removals: dict[int, list[Redaction]] = defaultdict(list)
    for redaction in redactions(events):
        removals[redaction.entry].append(redaction)
    empty: set[int] = set()
    found: list[Event] = []
    seq, previous = 0, NO_PREVIOUS
    for event in events:
        chained = event.seq == seq + 1 and event.previous == previous
        whole = _is_whole(event, removals.get(event.seq, []), empty)
        vain = event.kind == "redact" and (event.seq in empty or not redactions([event]))
        if not (chained and whole) or vain:
            found.append(event)
        seq, previous = event.seq, event.hash
    return found


def _is_whole(event: Event, removals: list[Redaction], empty: set[int]) -> bool:
    """Whether `event` is what its hash says, or its redactions. Those that removed nothing are added to `empty`."""
    marks = marked(event)
    if event.hash == event.reckoned:
        empty.update(redaction.seq for redaction in removals)
        return not marks
    removed = [redaction.removed for redaction in removals]
    return bool(removals) and event.reckoned == removals[-1].left and sorted(removed) == sorted(marks)


def findings(events: Sequence[Event], stray: Iterable[str], now: dt.datetime) -> list[Finding]:
    """Everything that is odd about the record, in the order of its entries.

    `stray` are the digests of stored checklists that no event names, `now` is this computer's time.
    """
    odd = {id(event) for event in broken(events)}
    found: list[Finding] = []
    latest: dt.datetime | None = None
    brought = _Brought()
    for event in events:
        moment = event.moment
        if id(event) in odd:
            found.append(Finding("broken", event))
        if latest is not None and latest - moment > TOLERANCE:
            found.append(Finding("backwards", event, before=latest))
            latest = moment  # or every entry after one in 2040 would be told
        if moment - now > TOLERANCE:
            found.append(Finding("future", event))
        latest = brought.after(event, moment if latest is None else max(latest, moment))
    return found + [Finding("stray", digest=digest) for digest in stray]


class _Brought:
    """What a merge has brought over begins earlier than what it follows, and what comes after it is compared with all
    that stood before. In itself it is as it was in the copy that it comes from.
    """

    def __init__(self) -> None:
        self._open: list[tuple[int, dt.datetime]] = []

    def after(self, event: Event, latest: dt.datetime) -> dt.datetime | None:
        """What the entry after `event` is compared with, where `latest` would be next; None for nothing."""
        while self._open and self._open[-1][0] <= event.seq:
            latest = max(latest, self._open.pop()[1])
        if event.kind == "merge" and (count := entries_of(event)):
            self._open.append((event.seq + count, latest))
            return None
        return latest


def as_code(typed: str) -> str:
    """A code as a person copies it from a report: case, spaces and dashes do not count.

    Raises `UsageError` for what is neither a whole hash nor how one begins.
    """
    code = _SEPARATORS.sub("", typed).lower()
    if not _CODE.fullmatch(code):
        raise UsageError(
            _("“{text}” is no code.").format(text=one_line(typed, limit=80)),
            _("A code has {least} to 64 signs, each of them 0 to 9 or a to f.").format(least=CODE_LENGTH),
        )
    return code


def loosened(redactions: Iterable[Redaction], place: Event) -> int:
    """The last entry that the code of `place` no longer binds, 0 when it binds all up to itself.

    The hash of a redacted entry cannot be reckoned any more, so it binds neither that entry nor what stands before;
    the redaction does, but its own hash is in no code that was noted before it.
    """
    return max((one.entry for one in redactions if one.entry <= place.seq < one.seq), default=0)


def place_of(code: str, events: Sequence[Event]) -> Event | None:
    """The latest event whose hash is `code`, or begins with it; None when there is none.

    It means something only where the chain holds.
    """
    return next((event for event in reversed(events) if event.hash.startswith(code)), None)
