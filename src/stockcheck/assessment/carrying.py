"""What a new assessment carries of the one before: the entries that it begins with. Source: docs/assessment-file.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stockcheck.answers.stored import to_json
from stockcheck.assessment import evidence
from stockcheck.assessment.actions import Action
from stockcheck.assessment.events import FACT, MAX_EVENT, as_body
from stockcheck.assessment.record import Record
from stockcheck.assessment.redaction import MARK, nameless, text_of
from stockcheck.assessment.state import Entry, State
from stockcheck.checklist import succession
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _

#: Most characters of a note in one event: however it is spelt as JSON, it fits.
_PIECE = MAX_EVENT // 8
#: What has an event of its own where all of it together is too long.
_APART = ("accepted", "action", "note")


@dataclass(frozen=True)
class Carried:
    """What an assessment begins with: `origin` names the earlier one, `checklist` is that one's, `entries` hold what
    was said of each question, or fact, by the subject of the event. The contents that are attached come by themselves.
    """

    origin: dict[str, object]
    checklist: Checklist
    entries: tuple[tuple[str, dict[str, object]], ...]


def carried(old: State, record: Record, now: Checklist, since: Mapping[str, dt.date]) -> Carried:
    """What an assessment by the checklist `now` carries of `old`, whose record is `record`.

    `since` holds, by id, the date since when each of its questions that fall short has done so. Raises
    `AssessmentFileError` where the record was changed: who said what could not be told.
    """
    if not record.chain_holds:
        raise AssessmentFileError(
            _("The history of this file was changed after it was recorded."),
            _("No assessment can begin from it. Use a copy that is whole; stockcheck verify tells which entries."),
        )
    continued = succession.predecessors(old.checklist, now, old.entries.keys())
    moved = {was: name for name, was in continued.items() if was != name}
    joined = {was: name for was, name in succession.replaced(old.checklist, now).items() if was not in moved}
    origin: dict[str, object] = {
        "first": record.first,
        "head": record.head,
        "entries": record.entries,
        "checklist": old.checklist.digest,
        "on": old.on.isoformat(),
        **{name: text for name, text in (("depot", old.depot), ("code", old.code)) if kept_of(text)},
        "moved": moved,
        "joined": joined,
        "options": succession.options_by_key(old.checklist, now, continued),
    }
    return Carried(origin, old.checklist, tuple(_entries(old, since, moved, joined)))


def kept_of(text: str) -> str:
    """A text that an earlier assessment says of itself; empty where it was removed from it."""
    return "" if _is_gone(text) else text


def _is_gone(text: str) -> bool:
    """Whether `text` is what stands in the place of one that was removed: the mark itself is never written anew."""
    return text == text_of(MARK)


def _entries(
    old: State, since: Mapping[str, dt.date], *elsewhere: Collection[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Facts, then questions: those that keep their id, then those of each group that go `elsewhere`, for where several
    meet the first one's word stands.
    """
    for field in old.checklist.profile:
        if (entry := old.profile.get(field.id)) is not None:
            yield f"{FACT}{field.id}", _answer(entry)
    group = {name: number for number, names in enumerate(elsewhere, start=1) for name in names}
    place = old.checklist.place
    for name in sorted(old.checklist.question, key=lambda name: (group.get(name, 0), place[name])):
        data: dict[str, object] = {}
        if (entry := old.entries.get(name)) is not None:
            data |= _answer(entry)
        if (review := old.accepted.get(name)) is not None:
            data["accepted"] = {**_by(review.by, nameless=nameless(review.by)), "at": review.at.isoformat()}
        if name in since:
            data["since"] = since[name].isoformat()
        if name in old.flags:
            data["flag"] = True
        if (action := old.actions.get(name)) is not None and action.says_something:
            data["action"] = _action(action)
        note = old.notes.get(name, "")
        yield from _in_pieces(name, data, "" if _is_gone(note) else note)
        for item in old.evidence.get(name, ()):
            if not item.is_removed:
                by = _by(item.by, nameless=nameless(item.by))
                yield name, {"evidence": {**evidence.as_data(item), **by, "at": item.at.isoformat()}}


def _answer(entry: Entry) -> dict[str, object]:
    answer = to_json(entry.answer)
    text = entry.answer.justification or entry.answer.value
    removed: dict[str, object] = {"removed": True} if isinstance(text, str) and _is_gone(text) else {}
    return {"answer": answer, **_by(entry.by, nameless=entry.nameless), "at": entry.at.isoformat(), **removed}


def _by(name: str, *, nameless: bool) -> dict[str, str]:
    return {} if nameless else {"by": name}


def _action(action: Action) -> dict[str, Any]:
    data: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in action.values.items()
        if value is not None
    }
    data |= _by(action.by, nameless=not action.by or nameless(action.by))
    return data | ({"at": action.at.isoformat()} if action.at is not None else {})


def _in_pieces(name: str, data: dict[str, object], note: str) -> Iterator[tuple[str, dict[str, object]]]:
    """One event where it fits, which is nearly always; else several: no event may be longer than is read back."""
    pieces = [note[place : place + _PIECE] for place in range(0, len(note), _PIECE)]
    if pieces:
        data = {**data, "note": pieces.pop(0)}
    if data and len(as_body(data)) <= MAX_EVENT // 2:
        yield name, data
    elif data:
        if rest := {word: value for word, value in data.items() if word not in _APART}:
            yield name, rest
        for word in _APART:
            if word in data:
                yield name, {word: data[word]}
    for piece in pieces:
        yield name, {"note": piece}
