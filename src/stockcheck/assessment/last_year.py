"""What the assessment that this one began from said of a question, and what of it somebody can confirm.

It counts for nothing: to scoring, a question is open until an answer is recorded in this assessment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import from_json, to_json
from stockcheck.assessment import actions, evidence
from stockcheck.assessment.countersigning import Review
from stockcheck.assessment.events import FACT, MAX_EVENT, Event, asked_of, utc_moment
from stockcheck.assessment.redaction import MARK, is_hash, shown_name, text_of
from stockcheck.assessment.state import Earlier, Entry, State
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.values import iso_date
from stockcheck.errors import AnswerError
from stockcheck.plaintext import clean, one_line

#: What an event of the kind carry may hold; of a fact, only its answer.
_OF_ANSWERS = frozenset({"answer", "by", "at", "removed"})
_OF_QUESTIONS = _OF_ANSWERS | {"accepted", "note", "flag", "action", "since", "evidence"}
#: The most events of that kind that a note comes in: the longest comes in half as many.
_MOST_PIECES = 16


@dataclass(frozen=True)
class LastYear:
    """What was answered to `asked`, the question or fact of the earlier assessment, whose date was `on`.

    `answer` is the same as an answer to today's question; None where it no longer fits, or its text was removed.
    `changed` is whether today's question means something else, as far as its id, revision, type and options tell.
    """

    asked: Asked
    entry: Entry
    on: dt.date
    accepted: Review | None
    answer: Answer | None
    changed: bool


def key(item: Asked) -> str:
    """What an event calls a question or a fact."""
    return f"{FACT}{item.id}" if isinstance(item, ProfileField) else item.id


def subject_of(earlier: Earlier, item: Asked) -> str | None:
    """What the events of the kind carry call what `item` continues; None where it continues nothing."""
    if isinstance(item, ProfileField):
        return key(item) if item.id in earlier.state.checklist.field else None
    return earlier.place.get(item.id)


def last_year(state: State, item: Asked) -> LastYear | None:
    """What the earlier assessment answered to `item`; None where there is none, or it had no answer."""
    earlier = state.earlier
    if earlier is None or (subject := subject_of(earlier, item)) is None:
        return None
    old = earlier.state
    name = subject.removeprefix(FACT)
    entry = (old.profile if isinstance(item, ProfileField) else old.entries).get(name)
    was = asked_of(old.checklist, subject)
    if entry is None or was is None:
        return None
    now = _now(earlier, item, entry.answer)
    changed = (item.id, item.type) != (was.id, was.type) or now not in (None, entry.answer)
    if isinstance(item, Question) and isinstance(was, Question):
        changed = changed or item.revision != was.revision
    answer = None if subject in earlier.lost else now
    accepted = None if isinstance(item, ProfileField) else old.accepted.get(name)
    return LastYear(was, entry, old.on, accepted, answer, changed)


def _now(earlier: Earlier, item: Asked, answer: Answer) -> Answer | None:
    """The answer as one to `item`, its options by their names of today; None where it does not fit."""
    if item.type in ("choice", "several"):
        answer = answer.renamed(earlier.options.get(key(item), {}))
    try:
        return from_json(item, to_json(answer))
    except AnswerError:
        return None


def to_confirm(state: State, item: Asked) -> Answer | None:
    """The answer of the earlier assessment to `item` that waits for somebody to confirm it; None where none does."""
    if item.id in (state.profile if isinstance(item, ProfileField) else state.entries):
        return None
    found = last_year(state, item)
    return None if found is None else found.answer


# How events add up to it


def begin(start: Event, now: Checklist, checklist_by_digest: Callable[[str], Checklist]) -> Earlier:
    """The earlier assessment that the event `start` names, before anything is carried; `now` is today's checklist.

    Raises `ValueError`, `KeyError` and `TypeError` where it says something else, `AssessmentFileError` where the
    earlier checklist cannot be read.
    """
    said = start.data["from"]
    if not (is_hash(said["first"]) and is_hash(said["head"])) or type(said["entries"]) is not int:
        raise ValueError("it does not say which assessment it began from")
    old = checklist_by_digest(said["checklist"])
    moved, joined, options = (dict(said[name]) for name in ("moved", "joined", "options"))
    goes = joined | moved
    if not (goes.keys() <= old.question.keys() and set(goes.values()) <= now.question.keys()):
        raise ValueError("it moves questions that there are not")
    place = {name: name for name in now.question if name in old.question and name not in goes}
    place |= {to: name for name, to in moved.items()}
    state = State(
        old,
        depot=one_line(text_of(str(said.get("depot", MARK)))),
        code=one_line(text_of(str(said.get("code", "")))),
        on=iso_date(said["on"]),
    )
    renamed = {name: dict(words) for name, words in options.items()}
    if not all(isinstance(word, str) for words in renamed.values() for word in words.values()):
        raise TypeError("options are mapped by question")
    return Earlier(said["first"], said["head"], said["entries"], state, place, goes, renamed)


def take(state: State, event: Event) -> None:
    """Bring `state` forward by an event of the kind carry. Raises as `begin`, and `AnswerError`."""
    earlier, subject, data = state.earlier, event.subject, event.data
    if earlier is None or (asked := asked_of(earlier.state.checklist, subject)) is None:
        raise ValueError("it carries what no earlier assessment had")
    old, name, fact = earlier.state, asked.id, subject.startswith(FACT)
    if not data or not data.keys() <= (_OF_ANSWERS if fact else _OF_QUESTIONS):
        raise ValueError("it carries nothing that there is")
    if "answer" in data:
        entries = old.profile if fact else old.entries
        if name in entries:
            raise ValueError(f"{subject} is carried twice")
        entries[name] = _entry(asked, data)
        if data.get("removed") is True or MARK in data["answer"].values():
            earlier.lost.add(subject)
    if "accepted" in data:
        if old.entries[name].answer.status != "na":
            raise ValueError(f"{name} was not set aside")
        old.accepted[name] = Review(shown_name(data["accepted"].get("by")), utc_moment(data["accepted"]["at"]))
    if "since" in data:
        since = iso_date(data["since"])
        if since > old.on:
            raise ValueError(f"{name} fell short after the day of the earlier assessment")
        earlier.since[name] = since
    if not fact:
        _stands_at_once(state, earlier, name, data)
        if "evidence" in data:
            _attach(state, earlier, name, event)


def _entry(asked: Asked, data: Mapping[str, Any]) -> Entry:
    by = data.get("by")
    answer = {word: text_of(value) if isinstance(value, str) else value for word, value in data["answer"].items()}
    return Entry(from_json(asked, answer), shown_name(by), utc_moment(data["at"]), by in (None, MARK))


def _stands_at_once(state: State, earlier: Earlier, name: str, data: Mapping[str, Any]) -> None:
    """Note, flag and action of a question go where it went; where several meet, notes are joined, and the action of
    the one that came first stands.
    """
    old = earlier.state
    to = earlier.goes.get(name, name)
    there = to in state.checklist.question
    if "note" in data:
        note = text_of(str(data["note"]))
        goes_on = name in old.notes
        earlier.pieces[name] = earlier.pieces.get(name, 0) + 1
        if earlier.pieces[name] > _MOST_PIECES or len(old.notes.get(name, "")) + len(note) > MAX_EVENT:
            raise ValueError("a note is longer, or in more pieces, than one is")
        old.notes[name] = old.notes.get(name, "") + note
        if there:
            before = state.notes.get(to, "")
            state.notes[to] = clean(before + ("" if goes_on or not before else "\n") + note, limit=MAX_EVENT)
    if data.get("flag") is True:
        old.flags.add(name)
        if there:
            state.flags.add(to)
    if "action" in data:
        said = {word: text_of(value) if isinstance(value, str) else value for word, value in data["action"].items()}
        by, at = said.pop("by", None), said.pop("at", None)
        who = shown_name(data["action"].get("by")) if by is not None else ""
        action = actions.after(actions.NOTHING, said, by=who, at=None if at is None else utc_moment(at))
        old.actions[name] = action
        if there:
            state.actions.setdefault(to, action)


def _attach(state: State, earlier: Earlier, name: str, event: Event) -> None:
    """What was attached to a question stays attached where that went, under the number of its entry here."""
    if not isinstance(event.data["evidence"], dict):
        raise TypeError("it does not say what was attached")
    said = dict(event.data["evidence"])
    by, at = shown_name(said.pop("by", None)), utc_moment(said.pop("at"))
    item = evidence.item_from(said, event.seq, by, at)
    attached = earlier.state.evidence
    attached[name] = evidence.with_item(attached.get(name, ()), item)
    if (to := earlier.goes.get(name, name)) in state.checklist.question:
        state.evidence[to] = evidence.with_item(state.evidence.get(to, ()), item)


def moved_on(
    earlier: Earlier, moved: Mapping[str, str], options: Mapping[str, Mapping[str, str]], new: Checklist
) -> Earlier:
    """`earlier` after a change of checklist to `new`: what waits to be confirmed goes where its question went."""
    place = {now: was for now, was in earlier.place.items() if now not in moved and now in new.question}
    for now, was in earlier.place.items():
        if (to := moved.get(now, "")) in new.question:
            place.setdefault(to, was)
    came_from = {was: now for now, was in earlier.place.items()}
    names = {now: came_from[was] for now, was in place.items()} | {
        f"{FACT}{name}": f"{FACT}{name}" for name in new.field
    }
    renamed: dict[str, dict[str, str]] = {}
    for now, before in names.items():
        step, known = options.get(now, {}), earlier.options.get(before, {})
        if both := {**step, **{word: step.get(to, to) for word, to in known.items()}}:
            renamed[now] = both
    return replace(earlier, place=place, options=renamed)
