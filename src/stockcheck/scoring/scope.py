"""Which questions apply to this depot, and which of them are open. Source: docs/scoring.md, S-2 and S-3."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import cast

from stockcheck.answers.answer import Answer
from stockcheck.answers.meets import meets
from stockcheck.checklist.conditions import Leaf, ProfileIs, QuestionIs, Truth, evaluate
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question, Section
from stockcheck.scoring.credit import FULL, NONE, credit
from stockcheck.scoring.rules import Rules, rules_of

Answers = Mapping[str, Answer]


class Standing(Enum):
    """How a question stands in an assessment."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"  # in scope, open, and a gap
    UNANSWERED = "unanswered"  # in scope and open
    PENDING = "pending"  # as unanswered, whatever was answered before: its condition is not determined yet
    SET_ASIDE = "set aside"  # in scope and open: "not applicable" on one person's word
    PART = "part"  # in scope with credit 0, not asked: it fails with the question it is part of
    NOT_APPLICABLE = "na"  # out of scope: "not applicable", and somebody else has agreed
    DORMANT = "dormant"  # out of scope by a condition; an answer is kept but counts nowhere


_OUT_OF_SCOPE = frozenset({Standing.NOT_APPLICABLE, Standing.DORMANT})
_OPEN = frozenset({Standing.UNKNOWN, Standing.UNANSWERED, Standing.PENDING, Standing.SET_ASIDE})
_UNANSWERED = frozenset({Standing.UNANSWERED, Standing.PENDING})
_GIVEN = frozenset({Standing.ANSWERED, Standing.UNKNOWN})


@dataclass(frozen=True)
class Line:
    """One question as it stands. `position` counts from 0 in checklist order; `answer` is what was stored, if any.

    `credit` counts an open question 0, `upper` counts it 1; both mean nothing when the question is out of scope
    or free text. `parent` is the position of the question that it fails with (S-3), if it does.
    """

    question: Question
    section: Section
    position: int
    standing: Standing
    answer: Answer | None
    credit: Fraction = NONE
    upper: Fraction = FULL
    parent: int | None = None

    @property
    def in_scope(self) -> bool:
        """Whether the question applies to this depot, as far as is known."""
        return self.standing not in _OUT_OF_SCOPE

    @property
    def counts(self) -> bool:
        """Whether it stands in any sum: in scope, and of a scored type."""
        return self.in_scope and self.question.scored

    @property
    def is_open(self) -> bool:
        """In scope, and unanswered, answered ``unknown``, or set aside and not countersigned."""
        return self.standing in _OPEN

    @property
    def is_unanswered(self) -> bool:
        """In scope, and nobody has answered it, or whether it applies hangs on an answer that is missing."""
        return self.standing in _UNANSWERED

    @property
    def is_answered(self) -> bool:
        """In scope with an answer that counts; ``unknown`` is an answer."""
        return self.standing in _GIVEN

    @property
    def is_gap(self) -> bool:
        """In scope, answered, not set aside, and short of full credit; ``unknown`` is a gap too."""
        return self.question.scored and self.is_answered and self.credit < 1

    @property
    def is_met(self) -> bool:
        """Whether a critical question reaches its floor; an open one does not."""
        return self.credit >= (self.question.floor or NONE)

    @property
    def is_critical_unmet(self) -> bool:
        """Whether it counts, is critical, and does not reach its floor."""
        return self.counts and self.question.floor is not None and not self.is_met

    @property
    def is_critical_partly_met(self) -> bool:
        """Whether it counts, is critical, and reaches its floor but not full credit."""
        return self.counts and self.question.floor is not None and self.is_met and self.credit < 1

    @property
    def shortfall(self) -> Fraction:
        """Weight times the credit that is missing."""
        return self.question.weight * (1 - self.credit)


def lines(
    checklist: Checklist, answers: Answers, profile: Answers, on: dt.date, accepted: Collection[str] = ()
) -> tuple[Line, ...]:
    """Every question of `checklist` as it stands, in checklist order.

    `accepted` names the questions whose "not applicable" somebody else has countersigned.
    """
    done: dict[str, Line] = {}
    scope = _Scope(checklist, answers, profile, on, accepted, done)
    for question in checklist.questions:
        done[question.id] = scope.line(question)
    return tuple(done.values())


def changed_lines(
    before: Mapping[str, Line],
    asked: Asked,
    checklist: Checklist,
    answers: Answers,
    profile: Answers,
    on: dt.date,
    accepted: Collection[str] = (),
) -> list[Line]:
    """Those of `lines`, in checklist order, that are not as they were `before` the answer to `asked` changed.

    Only what reads that answer, be it by way of other questions, is looked at. No other answer may have changed.
    """
    changed: dict[str, Line] = {}
    scope = _Scope(checklist, answers, profile, on, accepted, ChainMap(changed, cast(dict[str, Line], before)))
    waiting = list(_read_by(asked, checklist))
    if isinstance(asked, Question):
        waiting.append(checklist.place[asked.id])
    heapify(waiting)  # what is read stands earlier, so it is settled first
    last = -1
    while waiting:
        if (place := heappop(waiting)) == last:
            continue
        last = place
        question = checklist.questions[place]
        line, was = scope.line(question), before[question.id]
        if line != was:
            changed[question.id] = line
            for reader in _read_by(question, checklist):
                heappush(waiting, reader)
    return list(changed.values())


def _read_by(asked: Asked, checklist: Checklist) -> Iterator[int]:
    """The places of the questions whose condition, or whose section's, reads `asked`, or that are part of it."""
    found = checklist.readers.get((isinstance(asked, ProfileField), asked.id))
    if found is not None:
        yield from found.questions
        for section in found.sections:
            yield from (checklist.place[question.id] for question in section.questions)


class _Scope:
    """How questions stand, given how those before them do (`done`)."""

    def __init__(
        self,
        checklist: Checklist,
        answers: Answers,
        profile: Answers,
        on: dt.date,
        accepted: Collection[str],
        done: Mapping[str, Line],
    ) -> None:
        self._checklist = checklist
        self._rules = rules_of(checklist)
        self._answers = answers
        self._profile = profile
        self._on = on
        self._accepted = accepted
        self._done = done
        self._sections: dict[str, Truth] = {}

    def line(self, question: Question) -> Line:
        """How `question` stands. What it reads has to be done."""
        section = self._checklist.section_of[question.id]
        parent = self._done.get(question.part_of) if question.part_of else None
        answer = self._answers.get(question.id)
        accepted = question.id in self._accepted
        standing = _standing(question, answer, self._applies(question, section), parent, accepted, self._rules)
        earned, upper = _credit(question, answer, standing, self._on)
        fails_with = parent.position if parent and standing is Standing.PART else None
        place = self._checklist.place[question.id]
        return Line(question, section, place, standing, answer, earned, upper, fails_with)

    def _applies(self, question: Question, section: Section) -> Truth:
        if section.id not in self._sections:
            self._sections[section.id] = True if section.when is None else evaluate(section.when, self._read)
        applies = self._sections[section.id]
        if applies is not False and question.when is not None:
            own = evaluate(question.when, self._read)
            applies = own if applies or own is False else None
        return applies

    def _read(self, leaf: Leaf) -> Truth:
        if isinstance(leaf, ProfileIs):
            return meets(leaf, self._profile.get(leaf.profile))
        return seen(leaf, self._done[leaf.question])


def _standing(
    question: Question, answer: Answer | None, applies: Truth, parent: Line | None, accepted: bool, rules: Rules
) -> Standing:
    if applies is False:
        falls_short = parent is not None and (parent.is_gap or parent.standing is Standing.PART)
        return Standing.PART if falls_short and question.scored else Standing.DORMANT
    set_aside = answer is not None and answer.status == "na"
    if set_aside and not rules.countersigned:
        return Standing.NOT_APPLICABLE
    if applies is None:
        return Standing.PENDING
    if answer is None:
        return Standing.UNANSWERED
    if set_aside:
        return Standing.NOT_APPLICABLE if accepted else Standing.SET_ASIDE
    return Standing.UNKNOWN if answer.value is None else Standing.ANSWERED


def _credit(question: Question, answer: Answer | None, standing: Standing, on: dt.date) -> tuple[Fraction, Fraction]:
    """The credit of a question, with open ones counting 0, and counting 1."""
    if standing is Standing.PART:
        return NONE, NONE
    if standing is not Standing.ANSWERED or answer is None or answer.value is None or not question.scored:
        return NONE, FULL
    earned = credit(question, answer.value, on)
    return earned, earned


def seen(leaf: QuestionIs, line: Line) -> Truth:
    """What a condition makes of a question: false where that is out of scope, undetermined while it is open."""
    if not line.in_scope or line.standing is Standing.PART:
        return False
    return None if line.is_open else meets(leaf, line.answer)
