"""What the events of an assessment add up to: the current answers, notes and flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from stockcheck.answers.answer import Answer
from stockcheck.assessment.actions import Action
from stockcheck.assessment.countersigning import Review, check_reviewer, check_rules
from stockcheck.assessment.evidence import Item
from stockcheck.assessment.sealing import Seal
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import folded


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

    It was a fact about the depot where `fact`. `entry` is None where there was a note, or evidence, alone.
    """

    checklist: Checklist
    id: str
    fact: bool
    entry: Entry | None
    note: str = ""
    evidence: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """The assessment that this one began from. Nothing of it counts here until somebody has answered it here.

    `first` and `head` are the hashes of its first and its last entry, `entries` how many it had. `state` is what has
    been carried of it, by its own checklist and its own ids; `since` the date since when each of its questions that
    fell short had done so. `place` holds its question that each question here continues, `options` what the options
    are called here, by the question, or `profile.` and the field, here. `goes` says where notes, flags and actions
    went, where that is another id. `lost` are those, by subject, whose answer had a text that has been removed.
    `pieces` counts the events in which a note came.
    """

    first: str
    head: str
    entries: int
    state: State
    place: dict[str, str]
    goes: dict[str, str]
    options: dict[str, dict[str, str]]
    since: dict[str, dt.date] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    pieces: dict[str, int] = field(default_factory=dict)


@dataclass
class State:
    """An assessment as it stands after some events.

    `review` holds the questions whose answer was carried over a change of meaning; `left` what a change of
    checklist has left in the history, by whether it was a fact, and its id. `accepted` holds the questions whose "not
    applicable" somebody else has countersigned, `sent_back` those that somebody else did not agree to, until they are
    answered anew. `actions` says what is done about questions, and `evidence` what shows that their answers are right;
    neither changes an answer. `upgrades` counts how often the checklist was changed; `earlier` is the assessment that
    it began from. `demo` is set in an assessment that the program made up itself. `seals` are those that stand, the
    oldest first: where there is one, nothing else is recorded; `sealings` counts all that there ever were.
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
    evidence: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    left: dict[tuple[bool, str], Left] = field(default_factory=dict)
    earlier: Earlier | None = None
    demo: bool = False
    upgrades: int = 0
    seals: tuple[Seal, ...] = ()
    sealings: int = 0

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

    @property
    def asked_before(self) -> Collection[str]:
        """The questions that continue one of the assessment that this one began from."""
        return self.earlier.place if self.earlier is not None else ()

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
            evidence=dict(self.evidence),
            left=dict(self.left),
        )
