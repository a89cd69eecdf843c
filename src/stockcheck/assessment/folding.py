"""How events add up to a state: each is brought to bear on what stood before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from stockcheck.answers.days import last_day_recorded
from stockcheck.answers.stored import from_json, to_json
from stockcheck.assessment import actions, evidence, last_year, sealing
from stockcheck.assessment.countersigning import Review, asks_the_same
from stockcheck.assessment.events import EVENT_KINDS, IMPORTED, MAX_EVENT, SOURCE, Event
from stockcheck.assessment.names import alike, same_person
from stockcheck.assessment.redaction import MARK, Redaction, is_hash, name_of, readable
from stockcheck.assessment.state import Entry, Left, State
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.checklist.values import iso_date
from stockcheck.errors import AnswerError, AssessmentFileError
from stockcheck.language import _
from stockcheck.plaintext import clean, one_line, whole

#: What an event of the kind set may speak of.
ABOUT = frozenset({"depot", "code", "marking", "on"})
#: How often the checklist of an assessment may change: far more than in thirty years, and each time all answers are
#: looked at. More is refused when it is written as when it is read.
MAX_UPGRADES = 200


def apply(state: State, event: Event, checklist_by_digest: Callable[[str], Checklist]) -> None:
    """Bring the state forward by one event. Raises `AssessmentFileError` for one that means nothing."""
    try:
        moment = event.moment
        _apply(state, event, moment, checklist_by_digest)
        state.changed = max(moment, state.changed or moment)  # what a merge brings over is older than what it follows
    except (AnswerError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AssessmentFileError(
            _("Event {seq} in the file cannot be understood ({why}).").format(
                seq=event.seq, why=one_line(str(error), limit=200)
            )
        ) from error


def _apply(state: State, event: Event, moment: dt.datetime, checklist_by_digest: Callable[[str], Checklist]) -> None:
    data, subject = readable(event.data), event.subject
    if state.seals and not sealing.takes(event.kind):
        state.seals = ()  # another program wrote on: the file opens, and the seal stands no more (see `sealing.found`)
    match event.kind:
        case "start":
            if state.started is not None:
                raise ValueError("an assessment starts once")
            state.checklist = checklist_by_digest(data["checklist"])
            _describe(state, {name: data[name] for name in ("depot", "marking", "on")} | {"code": data.get("code", "")})
            if "from" in data:
                state.earlier = last_year.begin(event, state.checklist, checklist_by_digest)
            state.demo = data.get("demo") is True
            state.started = moment
        case "set":
            if not data or not data.keys() <= ABOUT:
                raise ValueError("it sets nothing that there is")
            _describe(state, data)
        case "profile":
            state.left.pop((True, subject), None)
            _set(state, state.profile, state.checklist.field[subject], data, event, moment)
        case "answer":
            state.left.pop((False, subject), None)
            _set(state, state.entries, state.checklist.question[subject], data, event, moment)
            state.review.discard(subject)
            state.accepted.pop(subject, None)
            state.sent_back.pop(subject, None)
        case "review":
            _review(state, subject, data, event, moment)
        case "action":
            _act(state, subject, data, event)
        case "evidence":
            _attach(state, subject, event)
        case "note":
            _put(state, subject, whole(str(data["text"])))
        case "flag":
            state.checklist.question[subject]
            (state.flags.add if data["set"] is True else state.flags.discard)(subject)
        case "checklist":
            if state.upgrades >= MAX_UPGRADES:
                raise _too_many_upgrades()
            _change_checklist(state, checklist_by_digest(data["checklist"]), data)
            state.upgrades += 1
        case "import":
            if data["source"] not in IMPORTED or len(data["sha256"]) != 64 or type(data["entries"]) is not int:
                raise ValueError("it does not say what was imported")
        case "merge":
            check_merge(data)
        case "seal" | "reopen":
            _seal(state, event)
        case "carry":
            last_year.take(state, event)
        case "redact":
            Redaction.of(event)  # what it removed is gone already; whether it did is for `record` to say
        case _:
            raise ValueError(f"{one_line(event.kind, limit=40)} is not one of {', '.join(sorted(EVENT_KINDS))}")


def check_merge(data: dict[str, object]) -> None:
    """Raises `ValueError` for a merge that does not say what it brought over; `KeyError` where something is missing."""
    if not (is_hash(data["from"]) and is_hash(data["head"])):
        raise ValueError("it does not say which copy was brought in")
    counts = [data["entries"], data["left_out"]]
    if any(type(count) is not int or count < 0 for count in counts):
        raise ValueError("it does not say how much was brought over")


def _leave(state: State, answers: set[str], facts: dict[str, Entry], notes: set[str]) -> None:
    """What does not come along: all but the answers and the notes of these ids, and these facts.

    Evidence is left where a note would be.
    """
    was = state.checklist
    gone = (state.entries.keys() - answers) | ((state.notes.keys() | state.evidence.keys()) - notes)
    for name in sorted(gone, key=was.place.__getitem__):
        entry = state.entries.get(name) if name not in answers else None
        note, items = ("", ()) if name in notes else (state.notes.get(name, ""), state.evidence.get(name, ()))
        if entry is not None or note or items:
            state.left[False, name] = Left(was, name, False, entry, note, items)
    for name, entry in state.profile.items():
        if name not in facts:
            state.left[True, name] = Left(was, name, True, entry)


def _describe(state: State, data: dict[str, object]) -> None:
    """What the assessment is about; what `data` does not speak of stays."""
    state.depot, state.code, state.marking = (
        _line(data.get(name, was))
        for name, was in (("depot", state.depot), ("code", state.code), ("marking", state.marking))
    )
    if "on" in data:
        state.on = iso_date(str(data["on"]))


def _set(
    state: State, entries: dict[str, Entry], asked: Asked, data: object, event: Event, moment: dt.datetime
) -> None:
    """An answer; null takes the answer back."""
    if data is None:
        entries.pop(asked.id, None)
    else:
        entries[asked.id] = Entry(
            from_json(asked, data, last_day_recorded(state.on, moment.date())),
            name_of(event),
            moment,
            event.by == MARK,
        )


def _review(state: State, subject: str, data: dict[str, object], event: Event, moment: dt.datetime) -> None:
    """Somebody agreed that a question does not apply, or did not; by a removed name nobody can be told apart.

    Where one copy of an assessment was countersigned and another sent back, a merge brings the two one after the
    other: then it was not agreed.
    What somebody wrote whose name cannot be told from the other counts for nothing: no figure is lifted by it, and
    the file opens all the same.
    """
    question = state.checklist.question[subject]
    entry = state.entries[question.id]
    if entry.answer.status != "na" or (question.id in state.accepted and data.get("accept") is not False):
        raise ValueError(f"{question.id} is not set aside")
    if not entry.nameless and event.by != MARK and same_person(entry.by, name_of(event)):
        raise ValueError(f"{question.id} is countersigned by who set it aside")
    if not entry.nameless and event.by != MARK and alike(entry.by, name_of(event)):
        return
    match data:
        case {"accept": True}:
            state.accepted[question.id] = Review(name_of(event), moment)
            state.sent_back.pop(question.id, None)
        case {"accept": False, "why": str(why)}:
            state.accepted.pop(question.id, None)
            state.sent_back[question.id] = Review(name_of(event), moment, whole(why))
        case _:
            raise ValueError("a review accepts, or says why not")


def _seal(state: State, event: Event) -> None:
    """The assessment is closed, or taken up again."""
    state.sealings += event.kind == "seal"
    if state.sealings > sealing.MAX_SEALS:
        raise AssessmentFileError(
            _("An assessment can be sealed {most} times at most.").format(most=sealing.MAX_SEALS),
            _("Start a new one with: stockcheck new"),
        )
    state.seals = sealing.after(state.seals, event)


def _act(state: State, subject: str, data: dict[str, object], event: Event) -> None:
    """Something is new about what is done; who read it from which workbook changes nothing of it."""
    question = state.checklist.question[subject]
    said = {name: value for name, value in data.items() if name != SOURCE}
    if not is_hash(data.get(SOURCE, "0" * 64)):
        raise ValueError("a workbook is named by its SHA-256")
    before = state.actions.get(question.id, actions.NOTHING)
    state.actions[question.id] = actions.after(before, said, by=name_of(event), at=event.moment)


def _attach(state: State, subject: str, event: Event) -> None:
    """Something was attached to a question, or taken back."""
    id_ = state.checklist.question[subject].id
    if items := evidence.after(state.evidence.get(id_, ()), event):
        state.evidence[id_] = items
    else:
        state.evidence.pop(id_, None)


def _put(state: State, subject: str, text: str) -> None:
    state.checklist.question[subject]
    if text.strip():
        state.notes[subject] = text
    else:
        state.notes.pop(subject, None)


def _change_checklist(state: State, new: Checklist, data: dict[str, object]) -> None:
    """Answers move as the event says; what no longer fits, or has no place, is kept aside.

    Where several meet at one question, its own answer stands before one that moved there, and of those the one
    whose question stood first; notes are joined, and so is evidence.
    """
    old, place = state.checklist.question, state.checklist.place
    moved = {name: to for name, to in dict(data["moved"]).items() if name in old}  # type: ignore[call-overload]
    if not all(isinstance(to, str) for to in moved.values()):
        raise TypeError("an answer moves to a question by its id")
    review = set(data["review"])  # type: ignore[call-overload]
    reviewed = review | state.review
    last = sorted(moved, key=place.__getitem__)
    options = _options(data.get("options", {}))
    entries: dict[str, Entry] = {}
    kept: set[str] = set()
    for name in (*(name for name in state.entries if name not in moved), *last):
        if (entry := state.entries.get(name)) is not None:
            to = moved.get(name, name)
            question = new.question.get(to)
            if to in entries or question is None:
                continue
            if (carried := _carried(entry, old[name], question, options.get(to, {}))) is not None:
                entries[to] = carried
                kept.add(name)
    notes = {name: note for name, note in state.notes.items() if name not in moved and name in new.question}
    for name in last:
        if name in state.notes and (to := moved[name]) in new.question:
            note = state.notes[name]
            notes[to] = clean(f"{notes[to]}\n{note}", limit=MAX_EVENT) if to in notes else note
    facts = {
        name: carried
        for name, entry in state.profile.items()
        if (field := new.field.get(name)) is not None
        and (carried := _carried(entry, state.checklist.field[name], field, options.get(f"profile.{name}", {})))
    }
    noted = state.notes.keys() | state.evidence.keys()
    _leave(state, kept, facts, {name for name in noted if moved.get(name, name) in new.question})
    state.profile = facts
    state.accepted = {
        name: review
        for name, review in state.accepted.items()
        if name not in reviewed
        and entries.get(name) is state.entries[name]
        and asks_the_same(new.question[name], old[name])
    }
    state.sent_back = {
        to: sent for name, sent in state.sent_back.items() if (to := moved.get(name, name)) in entries and name in kept
    }
    acts = {name: act for name, act in state.actions.items() if name not in moved and name in new.question}
    for name in last:
        if name in state.actions and moved[name] in new.question:
            acts.setdefault(moved[name], state.actions[name])
    state.entries = entries
    state.notes = notes
    state.actions = acts
    state.evidence = evidence.moved(state.evidence, moved, new.question)
    state.flags = {to for name in state.flags if (to := moved.get(name, name)) in new.question}
    state.review = {name for name in review | {moved.get(name, name) for name in state.review} if name in entries}
    if state.earlier is not None:
        state.earlier = last_year.moved_on(state.earlier, moved, options, new)
    state.checklist = new


def _options(said: object) -> dict[str, dict[str, str]]:
    """Which option is called what from here on, by question or field."""
    if not isinstance(said, dict) or not all(
        isinstance(renamed, dict) and all(isinstance(name, str) for name in renamed.values())
        for renamed in said.values()
    ):
        raise TypeError("options are mapped by question")
    return said


def _line(stored: object) -> str:
    text = whole(str(stored))
    return one_line(text, limit=len(text) + 1)


def _carried(entry: Entry, before: Asked, asked: Asked, options: dict[str, str]) -> Entry | None:
    """What answers `asked` of the answer to `before`, its `options` by their new names; None where it does not fit."""
    answer = entry.answer.renamed(options) if asked.type in ("choice", "several") else entry.answer
    if answer is entry.answer and asked.takes_what(before):
        return entry
    try:
        fitting = from_json(asked, to_json(answer))
    except AnswerError:
        return None
    return entry if answer is entry.answer else replace(entry, answer=fitting)


def _too_many_upgrades() -> AssessmentFileError:
    return AssessmentFileError(
        _("The checklist of an assessment can be changed {most} times at most.").format(most=MAX_UPGRADES),
        _("Start a new one with: stockcheck new"),
    )


def fold(events: Iterable[Event], first: Checklist, checklist_by_digest: Callable[[str], Checklist]) -> State:
    """The state after all of `events`. Raises `AssessmentFileError`."""
    state = State(first)
    for event in events:
        apply(state, event, checklist_by_digest)
    return state
