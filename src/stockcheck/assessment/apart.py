"""What two copies of an assessment have recorded about the same thing since they went apart, and differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from stockcheck.answers.answer import Answer
from stockcheck.assessment import actions
from stockcheck.assessment.events import Event, data_of
from stockcheck.assessment.parting import Parting
from stockcheck.assessment.redaction import marked, name_of
from stockcheck.assessment.state import State
from stockcheck.errors import AnswerError

#: What can be in conflict.
Kind = Literal["answer", "profile", "note", "flag", "action", "set"]
#: An answer, a note or a text of the assessment, a flag, or what is in conflict of an action; None: there is nothing.
Value = Answer | str | bool | Mapping[str, str | None] | None


@dataclass(frozen=True)
class Version:
    """What stands in one copy, who recorded it and when (UTC); both are unknown of what nobody has recorded."""

    value: Value
    by: str = ""
    at: dt.datetime | None = None
    removed: bool = False


@dataclass(frozen=True)
class Conflict:
    """Something that was recorded in both copies since they went apart, and is not the same in both.

    `key` is what people call it by: the id of the question or field, ``ID:note``, ``ID:flag``, ``ID:action``, or
    ``set:`` and what the assessment says of itself.
    """

    key: str
    kind: Kind
    subject: str
    before: Version
    ours: Version
    theirs: Version


#: A thing that can be recorded: its kind, what it is about, and of an action or the assessment which part.
_Thing = tuple[Kind, str, str]


def _things(event: Event) -> list[_Thing]:
    """What `event` says something about."""
    match event.kind:
        case "answer" | "profile" | "note" | "flag":
            return [(event.kind, event.subject, "")]
        case "action":
            return [("action", event.subject, name) for name in data_of(event) if name in actions.FIELDS]
        case "set":
            return [("set", "", name) for name in data_of(event)]
    return []


def _last(events: Iterable[Event]) -> dict[_Thing, Event]:
    """The last entry about each thing."""
    return {thing: event for event in events for thing in _things(event)}


def _value(state: State, thing: _Thing) -> Answer | str | bool | None:
    kind, subject, part = thing
    match kind:
        case "answer" | "profile":
            entry = (state.entries if kind == "answer" else state.profile).get(subject)
            return None if entry is None else entry.answer
        case "note":
            return state.notes.get(subject, "")
        case "flag":
            return subject in state.flags
        case "action":
            value = getattr(state.actions.get(subject, actions.NOTHING), part)
            return value.isoformat() if isinstance(value, dt.date) else value or None
        case _:
            value = getattr(state, part)
            return value.isoformat() if isinstance(value, dt.date) else str(value)


@dataclass(frozen=True)
class _Look:
    """One of the three that are compared: how it stands, and its last entry about each thing."""

    state: State
    last: Mapping[_Thing, Event]

    def version(self, kind: Kind, subject: str, parts: Sequence[str]) -> Version:
        things: list[_Thing] = [(kind, subject, part) for part in parts]
        events = [self.last[thing] for thing in things if thing in self.last]
        value: Value = _value(self.state, things[0])
        if kind == "action":
            value = {thing[2]: _in_text(_value(self.state, thing)) for thing in things}
        if not events:
            return Version(value)
        last = max(events, key=lambda event: event.seq)
        removed = any(marked(event) - {"name"} for event in events)
        return Version(value, name_of(last), last.moment, removed)


def _in_text(value: Answer | str | bool | None) -> str | None:
    return None if value is None else str(value)


def conflicts(parting: Parting, before: State, ours: State, theirs: State) -> list[Conflict]:
    """What both copies have recorded something about since, and differs: first what the assessment says of itself, then
    facts and questions in the order of the checklist. `before` is how it stood when they went apart.
    """
    was = _Look(before, _last(parting.theirs.events[: parting.seen]))
    mine, yours = _Look(ours, _last(parting.our_branch)), _Look(theirs, _last(parting.their_branch))
    apart = [thing for thing in mine.last if thing in yours.last and _value(ours, thing) != _value(theirs, thing)]
    found: list[tuple[str, Kind, str, Sequence[str]]] = []
    for kind, subject, part in apart:
        if kind == "set":
            found.append(("set:date" if part == "on" else f"set:{part}", kind, subject, [part]))
        elif kind != "action":
            found.append((subject if kind in ("answer", "profile") else f"{subject}:{kind}", kind, subject, [part]))
    differing = set(apart)
    acted = {about for kind, about, _part in mine.last if kind == "action"}
    for subject in acted & {about for kind, about, _part in yours.last if kind == "action"}:
        if parts := _parts_apart(subject, mine, yours, differing):
            found.append((f"{subject}:action", "action", subject, parts))
    places = {name: place for place, name in enumerate((*ours.checklist.field, *ours.checklist.question), 1)}
    found.sort(key=lambda one: (places.get(one[2], 0), one[0]))
    return [
        Conflict(key, kind, subject, *(look.version(kind, subject, parts) for look in (was, mine, yours)))
        for key, kind, subject, parts in found
    ]


def _parts_apart(subject: str, mine: _Look, yours: _Look, apart: Collection[_Thing]) -> list[str]:
    """What is in conflict of an action: all that differs, where what both recorded does not go together."""
    things: list[_Thing] = [("action", subject, name) for name in actions.FIELDS]
    new = {thing[2]: _value(yours.state, thing) for thing in things if thing in yours.last}
    try:
        both = actions.after(mine.state.actions.get(subject, actions.NOTHING), new)
        together = both.status == "done" or not both.done_on
    except (AnswerError, ValueError, TypeError):
        together = False
    return [
        thing[2]
        for thing in things
        if thing in apart or (not together and _value(mine.state, thing) != _value(yours.state, thing))
    ]
