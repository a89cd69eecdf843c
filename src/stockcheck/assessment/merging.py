"""Two copies of one assessment brought together: what is in conflict, what comes over, and how the history goes on.

Pure: what comes of it is written by `merged_file`. The first copy's entries stay as they are. Then come one entry that
says so, those of the second copy, and what whoever brings both together has decided.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import to_json
from stockcheck.assessment.apart import Conflict, Version, conflicts
from stockcheck.assessment.countersigning import Review
from stockcheck.assessment.events import Event, EventKind, as_body, data_of, entries_of, following
from stockcheck.assessment.evidence import withdrawn
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.parting import Parting
from stockcheck.assessment.redaction import Redaction, marked, without
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _

#: Whose version counts; both of them, one after the other, only of a note.
Side = Literal["ours", "theirs", "both"]
#: Why an entry of the second copy does not come over.
Why = Literal["changed", "countersigned", "sent_back", "removed", "gone", "sealed", "unfit"]


@dataclass(frozen=True)
class LeftOut:
    """An entry of the second copy that does not come over, for it would mean something else, or nothing, here."""

    event: Event
    why: Why


@dataclass(frozen=True)
class Fallen:
    """A countersignature, by somebody in either copy, that counts no longer: the question is open until there is
    another.
    """

    question: str
    review: Review


@dataclass
class Merge:
    """What two copies come to. `kept` are the entries of the second that come over; `before` is how it stood when they
    went apart, `ours` and `theirs` how each stands.
    """

    parting: Parting
    before: State
    ours: State
    theirs: State
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Merged:
    """The history of both: all `events`, of which the last `decided` are decisions, and how the assessment stands."""

    events: list[Event]
    decided: int
    state: State
    fallen: list[Fallen]


def merge(parting: Parting, checklist_by_digest: Callable[[str], Checklist]) -> Merge:
    """What is in conflict, and what of the second copy comes over.

    Raises `AssessmentFileError` for a copy that is sealed, two whose checklists changed apart, or an entry that fits
    nowhere.
    """
    for one, branch in ((parting.ours, parting.our_branch), (parting.theirs, parting.their_branch)):
        _refuse_sealed(one.name, one.events)
        if any(event.kind == "checklist" for event in branch):
            raise AssessmentFileError(
                _("{file} went on with another version of the checklist after the two went apart.").format(
                    file=one.name
                ),
                _(
                    "Such copies cannot be brought together: bring them together first, then upgrade. Here answer in "
                    "one what the other has; stockcheck show --history lists it."
                ),
            )
    first = checklist_by_digest(str(data_of(parting.ours.events[0])["checklist"]))

    def after(events: Iterable[Event]) -> State:
        return fold(events, first, checklist_by_digest)

    theirs = parting.theirs.events
    before = after(theirs[: parting.seen])
    found = Merge(parting, before, after(parting.ours.events), after(theirs))
    found.conflicts = conflicts(parting, found.before, found.ours, found.theirs)
    _choose(found, checklist_by_digest)
    return found


def _refuse_sealed(name: str, events: Sequence[Event]) -> None:
    last = next((event.kind for event in reversed(events) if event.kind in ("seal", "reopen")), "")
    if last == "seal":
        raise AssessmentFileError(
            _("{file} is sealed: nothing is brought together with it.").format(file=name),
            _("Reopen it first, or go on with it alone."),
        )


# What comes over


def _choose(found: Merge, checklist_by_digest: Callable[[str], Checklist]) -> None:
    """Go through the second copy's entries, one after the other, on top of what the first one has."""
    here, there = found.ours.copy(), found.before.copy()
    numbers = dict(found.parting.known)
    for event in found.parting.their_branch:
        why = _why_not(event, here, there, found, numbers)
        if why is None:
            try:
                apply(here, event, checklist_by_digest)
            except AssessmentFileError as error:
                if event.kind not in ("evidence", "action"):
                    raise AssessmentFileError(
                        _("Entry #{seq} of {file} does not fit what {other} has since ({kind} {id}).").format(
                            seq=event.seq,
                            file=found.parting.theirs.name,
                            other=found.parting.ours.name,
                            kind=event.kind,
                            id=event.subject,
                        ),
                        _("Nothing was written. Take back in one copy what is in the way, and try again."),
                    ) from error
                why = "unfit"
        apply(there, event, checklist_by_digest)
        if why is None:
            numbers[event.seq] = 0
            found.kept.append(event)
        else:
            found.left_out.append(LeftOut(event, why))


def _why_not(event: Event, here: State, there: State, found: Merge, numbers: Mapping[int, int]) -> Why | None:
    """Why `event` does not come over; None where it does."""
    if event.kind in ("seal", "reopen"):
        return "sealed"
    if event.kind == "redact":
        redaction = Redaction.of(event)
        if redaction.entry not in numbers:
            return "gone"
        number = numbers[redaction.entry]
        if number and redaction.removed in marked(found.parting.ours.events[number - 1]):
            return "removed"
        return None
    if (item := withdrawn(event)) is not None and item not in numbers:
        return "gone"
    if event.kind != "review":
        return None
    question = event.subject
    if here.entries.get(question) != there.entries.get(question):
        return "changed"
    if data_of(event).get("accept") is not True:
        return None
    if question in here.accepted:
        return "countersigned"
    return "sent_back" if here.sent_back.get(question) != there.sent_back.get(question) else None


# The history of both


def history(
    found: Merge,
    sides: Mapping[str, Side],
    checklist_by_digest: Callable[[str], Checklist],
    *,
    by: str,
    now: dt.datetime,
) -> Merged:
    """The entries of both, where `sides` decides each conflict by its key.

    Raises `UsageError` for a conflict that is not decided, or for a text that was removed; `AssessmentFileError`.
    """
    parting = found.parting
    events = _redacted(found)
    head, seen = parting.theirs.events[-1].hash, parting.theirs.events[parting.seen - 1].hash
    said = {"from": seen, "head": head, "entries": len(found.kept), "left_out": len(found.left_out)}
    events.append(following(events[-1], now, by, "merge", "", said))
    _append(events, found)
    before = len(events)
    for conflict in found.conflicts:
        if (entry := _decision(conflict, sides.get(conflict.key))) is not None:
            events.append(following(events[-1], now, by, *entry))
    first = checklist_by_digest(str(data_of(events[0])["checklist"]))
    try:
        state = fold(events, first, checklist_by_digest)
    except AssessmentFileError as error:
        raise AssessmentFileError(
            _("What was decided does not go together: {why}").format(why=error.message),
            _("Nothing was written. Decide otherwise, or put it right in one copy first."),
        ) from error
    return Merged(events, len(events) - before, state, _fallen(found, state))


def _redacted(found: Merge) -> list[Event]:
    """The first copy's entries, without what was removed from them in the second."""
    events = list(found.parting.ours.events)
    for event in found.kept:
        if event.kind == "redact" and (number := found.parting.known.get((redaction := Redaction.of(event)).entry)):
            try:
                events[number - 1] = without(events[number - 1], redaction.removed)
            except KeyError as error:
                raise AssessmentFileError(
                    _("Entry #{seq} of {file} removes what was never there.").format(
                        seq=event.seq, file=found.parting.theirs.name
                    )
                ) from error
    return events


def _append(events: list[Event], found: Merge) -> None:
    """Chain the entries that come over behind `events`. What counts entries, or names one, does so by what they are
    here. One from which something was removed keeps its hash, as it did there: nobody can reckon it any more.
    """
    numbers = dict(found.parting.known)
    kept = [event.seq for event in found.kept]
    for event in found.kept:
        last, body = events[-1], event.body
        if event.kind in ("import", "merge"):
            body = as_body(_counted(event, kept))
        elif event.kind == "redact":
            number = numbers[Redaction.of(event).entry]
            body = as_body({**event.data, "entry": number, "left": events[number - 1].reckoned})
        elif (item := withdrawn(event)) is not None:
            body = as_body({**event.data, "withdrawn": numbers[item]})
        new = replace(event, seq=last.seq + 1, previous=last.hash, body=body)
        events.append(new if marked(new) else replace(new, hash=new.reckoned))
        numbers[event.seq] = new.seq


def _counted(event: Event, kept: Sequence[int]) -> dict[str, object]:
    """The body of `event`, an import or an earlier merge, which counts those of its entries that are `kept`."""
    said = entries_of(event)
    count = bisect_right(kept, event.seq + said) - bisect_right(kept, event.seq)
    body = {**event.data, "entries": count}
    return body | {"left_out": body["left_out"] + said - count} if event.kind == "merge" else body


def _decision(conflict: Conflict, side: Side | None) -> tuple[EventKind, str, object] | None:
    """The entry by which a conflict is decided; None where the second copy's stands and can be repeated by nobody."""
    if side is None or (side == "both" and conflict.kind != "note"):
        raise UsageError(_("{id} is not decided.").format(id=conflict.key))
    if side == "both":
        if conflict.ours.removed or conflict.theirs.removed:
            raise _text_gone(conflict)
        return "note", conflict.subject, {"text": joined(conflict)}
    version = conflict.ours if side == "ours" else conflict.theirs
    if version.removed:
        if side == "ours":
            raise _text_gone(conflict)
        return None
    return conflict.kind, conflict.subject, _data(conflict, version)


def _data(conflict: Conflict, version: Version) -> object:
    """What an entry keeps that records `version`."""
    match conflict.kind:
        case "answer" | "profile":
            return to_json(version.value) if isinstance(version.value, Answer) else None
        case "note":
            return {"text": version.value}
        case "flag":
            return {"set": version.value}
        case "action":
            return version.value
    return {"on" if conflict.key == "set:date" else conflict.key.removeprefix("set:"): version.value}


def joined(conflict: Conflict) -> str:
    """Both notes, the first copy's first."""
    return "\n".join(str(text) for text in (conflict.ours.value, conflict.theirs.value) if text)


def _text_gone(conflict: Conflict) -> UsageError:
    return UsageError(
        _("{id}: the text was removed from the history, so nobody can record it again.").format(id=conflict.key),
        _("Decide for the other copy's, or answer it anew first."),
    )


def _fallen(found: Merge, state: State) -> list[Fallen]:
    """The countersignatures, given since the copies went apart, that do not count in `state`."""
    return [
        Fallen(question, review)
        for side in (found.ours, found.theirs)
        for question, review in side.accepted.items()
        if review != found.before.accepted.get(question) and question not in state.accepted
    ]
