"""What the events of an assessment add up to: the current answers, notes and flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from stockcheck.answers.answer import Answer
from stockcheck.answers.days import last_day_recorded
from stockcheck.answers.stored import from_json, to_json
from stockcheck.assessment import actions
from stockcheck.assessment.actions import Action
from stockcheck.assessment.countersigning import Review, asks_the_same, check_reviewer, check_rules
from stockcheck.assessment.events import EVENT_KINDS, IMPORTED, MAX_EVENT, SOURCE, Event
from stockcheck.assessment.names import alike, same_person
from stockcheck.assessment.redaction import MARK, Redaction, is_hash, name_of, readable
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.checklist.values import iso_date
from stockcheck.errors import AnswerError, AssessmentFileError
from stockcheck.language import _
from stockcheck.plaintext import clean, folded, one_line, whole

#: What an event of the kind set may speak of.
ABOUT = frozenset({"depot", "code", "marking", "on"})
#: How often the checklist of an assessment may change: far more than in thirty years, and each time all answers are
#: looked at. More is refused when it is written as when it is read.
MAX_UPGRADES = 200


@dataclass(frozen=True)
class Entry:
    """An answer, with who gave it and when (UTC). `nameless`: the name was removed, and `by` says so."""

    answer: Answer
    by: str
    at: dt.datetime
    nameless: bool = False


@dataclass(frozen=True)
class Left:
    """What is in the history only: the answer to, and the note with, what `checklist`, an earlier one, called `id`.

    It was a fact about the depot where `fact`. `entry` is None where there was a note alone.
    """

    checklist: Checklist
    id: str
    fact: bool
    entry: Entry | None
    note: str = ""


@dataclass
class State:
    """An assessment as it stands after some events.

    `review` holds the questions whose answer was carried over a change of meaning; `left` what a change of
    checklist has left in the history, by whether it was a fact, and its id. `accepted` holds the questions whose "not
    applicable" somebody else has countersigned, `sent_back` those that somebody else did not agree to, until they are
    answered anew. `actions` says what is done about questions, and changes no answer. `upgrades` counts how often the
    checklist was changed. `demo` is set in an assessment that the program made up itself.
    """

    checklist: Checklist
    depot: str = ""
    code: str = ""
    marking: str = ""
    on: dt.date = dt.date.min
    started: dt.datetime | None = None
    changed: dt.datetime | None = None
    profile: dict[str, Entry] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    review: set[str] = field(default_factory=set)
    accepted: dict[str, Review] = field(default_factory=dict)
    sent_back: dict[str, Review] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    left: dict[tuple[bool, str], Left] = field(default_factory=dict)
    demo: bool = False
    upgrades: int = 0

    @property
    def called(self) -> str:
        """What to call the depot: its name, and its code where it has one."""
        return f"{self.depot} ({self.code})" if self.code else self.depot

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers by question id."""
        return {name: entry.answer for name, entry in self.entries.items()}

    @property
    def facts(self) -> dict[str, Answer]:
        """Profile answers by field id."""
        return {name: entry.answer for name, entry in self.profile.items()}

    @property
    def respondents(self) -> list[str]:
        """Who gave the answers that stand, in alphabetical order."""
        names = {entry.by for entry in (*self.profile.values(), *self.entries.values())}
        return sorted(names, key=lambda name: (folded(name), name))

    @property
    def gone(self) -> dict[str, Entry]:
        """The answers to questions that are in the history only, by id."""
        return {name: left.entry for (fact, name), left in self.left.items() if left.entry is not None and not fact}

    def check_review(self, question: str, by: str) -> None:
        """Whether the person called `by` may accept, or send back, that `question` does not apply.

        Raises `AnswerError` in words, and `KeyError` for an id that the checklist lacks.
        """
        entry = self.entries.get(self.checklist.question[question].id)
        check_rules(self.checklist)
        if entry is None or entry.answer.status != "na":
            raise AnswerError(_("{id} is not set aside: there is nothing to review.").format(id=question))
        if (accepted := self.accepted.get(question)) is not None:
            raise AnswerError(
                _("{id} has been countersigned by {who} already.").format(id=question, who=accepted.by),
                _("Only a new answer takes that away."),
            )
        check_reviewer(question, by=by, set_aside_by=None if entry.nameless else entry.by)

    def copy(self) -> State:
        """The same state, to bring forward on its own."""
        return replace(
            self,
            profile=dict(self.profile),
            entries=dict(self.entries),
            notes=dict(self.notes),
            flags=set(self.flags),
            review=set(self.review),
            accepted=dict(self.accepted),
            sent_back=dict(self.sent_back),
            actions=dict(self.actions),
            left=dict(self.left),
        )

    def apply(self, event: Event, checklist_by_digest: Callable[[str], Checklist]) -> None:
        """Bring the state forward by one event. Raises `AssessmentFileError` for one that means nothing."""
        try:
            moment = event.moment
            self._apply(event, moment, checklist_by_digest)
            self.changed = moment
        except (AnswerError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise AssessmentFileError(
                _("Event {seq} in the file cannot be understood ({why}).").format(
                    seq=event.seq, why=one_line(str(error), limit=200)
                )
            ) from error

    def _apply(self, event: Event, moment: dt.datetime, checklist_by_digest: Callable[[str], Checklist]) -> None:
        data, subject = readable(event.data), event.subject
        match event.kind:
            case "start":
                if self.started is not None:
                    raise ValueError("an assessment starts once")
                self.checklist = checklist_by_digest(data["checklist"])
                self._describe(
                    {name: data[name] for name in ("depot", "marking", "on")} | {"code": data.get("code", "")}
                )
                self.demo = data.get("demo") is True
                self.started = moment
            case "set":
                if not data or not data.keys() <= ABOUT:
                    raise ValueError("it sets nothing that there is")
                self._describe(data)
            case "profile":
                self.left.pop((True, subject), None)
                self._set(self.profile, self.checklist.field[subject], data, event, moment)
            case "answer":
                self.left.pop((False, subject), None)
                self._set(self.entries, self.checklist.question[subject], data, event, moment)
                self.review.discard(subject)
                self.accepted.pop(subject, None)
                self.sent_back.pop(subject, None)
            case "review":
                self._review(subject, data, event, moment)
            case "action":
                self._act(subject, data, event)
            case "note":
                self._put(subject, whole(str(data["text"])))
            case "flag":
                self.checklist.question[subject]
                (self.flags.add if data["set"] is True else self.flags.discard)(subject)
            case "checklist":
                if self.upgrades >= MAX_UPGRADES:
                    raise _too_many_upgrades()
                self._change_checklist(checklist_by_digest(data["checklist"]), data)
                self.upgrades += 1
            case "import":
                if data["source"] not in IMPORTED or len(data["sha256"]) != 64 or type(data["entries"]) is not int:
                    raise ValueError("it does not say what was imported")
            case "redact":
                Redaction.of(event)  # what it removed is gone already; whether it did is for `record` to say
            case _:
                raise ValueError(f"{one_line(event.kind, limit=40)} is not one of {', '.join(sorted(EVENT_KINDS))}")

    def _leave(self, answers: set[str], facts: dict[str, Entry], notes: set[str]) -> None:
        """What does not come along: all but the answers and the notes of these ids, and these facts."""
        was = self.checklist
        gone = (self.entries.keys() - answers) | (self.notes.keys() - notes)
        for name in sorted(gone, key=was.place.__getitem__):
            entry = self.entries.get(name) if name not in answers else None
            note = self.notes.get(name, "") if name not in notes else ""
            if entry is not None or note:
                self.left[False, name] = Left(was, name, False, entry, note)
        for name, entry in self.profile.items():
            if name not in facts:
                self.left[True, name] = Left(was, name, True, entry)

    def _describe(self, data: dict[str, object]) -> None:
        """What the assessment is about; what `data` does not speak of stays."""
        self.depot, self.code, self.marking = (
            _line(data.get(name, was))
            for name, was in (("depot", self.depot), ("code", self.code), ("marking", self.marking))
        )
        if "on" in data:
            self.on = iso_date(str(data["on"]))

    def _set(self, entries: dict[str, Entry], asked: Asked, data: object, event: Event, moment: dt.datetime) -> None:
        """An answer; null takes the answer back."""
        if data is None:
            entries.pop(asked.id, None)
        else:
            entries[asked.id] = Entry(
                from_json(asked, data, last_day_recorded(self.on, moment.date())),
                name_of(event),
                moment,
                event.by == MARK,
            )

    def _review(self, subject: str, data: dict[str, object], event: Event, moment: dt.datetime) -> None:
        """Somebody agreed that a question does not apply, or did not; by a removed name nobody can be told apart.

        What somebody wrote whose name cannot be told from the other counts for nothing: no figure is lifted by it, and
        the file opens all the same.
        """
        question = self.checklist.question[subject]
        entry = self.entries[question.id]
        if entry.answer.status != "na" or question.id in self.accepted:
            raise ValueError(f"{question.id} is not set aside")
        if not entry.nameless and event.by != MARK and same_person(entry.by, name_of(event)):
            raise ValueError(f"{question.id} is countersigned by who set it aside")
        if not entry.nameless and event.by != MARK and alike(entry.by, name_of(event)):
            return
        match data:
            case {"accept": True}:
                self.accepted[question.id] = Review(name_of(event), moment)
                self.sent_back.pop(question.id, None)
            case {"accept": False, "why": str(why)}:
                self.sent_back[question.id] = Review(name_of(event), moment, whole(why))
            case _:
                raise ValueError("a review accepts, or says why not")

    def _act(self, subject: str, data: dict[str, object], event: Event) -> None:
        """Something is new about what is done; who read it from which workbook changes nothing of it."""
        question = self.checklist.question[subject]
        said = {name: value for name, value in data.items() if name != SOURCE}
        if not is_hash(data.get(SOURCE, "0" * 64)):
            raise ValueError("a workbook is named by its SHA-256")
        before = self.actions.get(question.id, actions.NOTHING)
        self.actions[question.id] = actions.after(before, said, by=name_of(event), at=event.moment)

    def _put(self, subject: str, text: str) -> None:
        self.checklist.question[subject]
        if text.strip():
            self.notes[subject] = text
        else:
            self.notes.pop(subject, None)

    def _change_checklist(self, new: Checklist, data: dict[str, object]) -> None:
        """Answers move as the event says; what no longer fits, or has no place, is kept aside.

        Where several meet at one question, its own answer stands before one that moved there, and of those the one
        whose question stood first; notes are joined.
        """
        old, place = self.checklist.question, self.checklist.place
        moved = {name: to for name, to in dict(data["moved"]).items() if name in old}  # type: ignore[call-overload]
        if not all(isinstance(to, str) for to in moved.values()):
            raise TypeError("an answer moves to a question by its id")
        review = set(data["review"])  # type: ignore[call-overload]
        reviewed = review | self.review
        last = sorted(moved, key=place.__getitem__)
        options = _options(data.get("options", {}))
        entries: dict[str, Entry] = {}
        kept: set[str] = set()
        for name in (*(name for name in self.entries if name not in moved), *last):
            if (entry := self.entries.get(name)) is not None:
                to = moved.get(name, name)
                question = new.question.get(to)
                if to in entries or question is None:
                    continue
                if (carried := _carried(entry, old[name], question, options.get(to, {}))) is not None:
                    entries[to] = carried
                    kept.add(name)
        notes = {name: note for name, note in self.notes.items() if name not in moved and name in new.question}
        for name in last:
            if name in self.notes and (to := moved[name]) in new.question:
                note = self.notes[name]
                notes[to] = clean(f"{notes[to]}\n{note}", limit=MAX_EVENT) if to in notes else note
        facts = {
            name: carried
            for name, entry in self.profile.items()
            if (field := new.field.get(name)) is not None
            and (carried := _carried(entry, self.checklist.field[name], field, options.get(f"profile.{name}", {})))
        }
        self._leave(kept, facts, {name for name in self.notes if moved.get(name, name) in new.question})
        self.profile = facts
        self.accepted = {
            name: review
            for name, review in self.accepted.items()
            if name not in reviewed
            and entries.get(name) is self.entries[name]
            and asks_the_same(new.question[name], old[name])
        }
        self.sent_back = {
            to: sent
            for name, sent in self.sent_back.items()
            if (to := moved.get(name, name)) in entries and name in kept
        }
        acts = {name: act for name, act in self.actions.items() if name not in moved and name in new.question}
        for name in last:
            if name in self.actions and moved[name] in new.question:
                acts.setdefault(moved[name], self.actions[name])
        self.entries = entries
        self.notes = notes
        self.actions = acts
        self.flags = {to for name in self.flags if (to := moved.get(name, name)) in new.question}
        self.review = {name for name in review | {moved.get(name, name) for name in self.review} if name in entries}
        self.checklist = new


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
        state.apply(event, checklist_by_digest)
    return state
