"""Which questions apply to this depot, and which of them are open. Source: docs/scoring.md, "Scope"."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import cast

from stockcheck.checklist.answers import Answer
from stockcheck.checklist.conditions import Leaf, ProfileIs, Truth, evaluate
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question, Section
from stockcheck.scoring.credit import FULL, NONE, credit

Answers = Mapping[str, Answer]


class Standing(Enum):
    """How a question stands in an assessment."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"  # in scope, open, and a gap
    UNANSWERED = "unanswered"  # in scope and open
    PENDING = "pending"  # as unanswered, whatever was answered before: its condition is not determined yet
    NOT_APPLICABLE = "na"  # out of scope by a justified answer
    DORMANT = "dormant"  # out of scope by a condition; an answer is kept but counts nowhere


@dataclass(frozen=True)
class Line:
    """One question as it stands. `position` counts from 0 in checklist order; `answer` is what was stored, if any.

    `credit` counts an open question 0, `upper` counts it 1; both mean nothing when the question is out of scope
    or free text.
    """

    question: Question
    section: Section
    position: int
    standing: Standing
    answer: Answer | None
    credit: Fraction = NONE
    upper: Fraction = FULL

    @property
    def in_scope(self) -> bool:
        """Whether the question applies to this depot, as far as is known."""
        return self.standing not in (Standing.NOT_APPLICABLE, Standing.DORMANT)

    @property
    def counts(self) -> bool:
        """Whether it stands in any sum: in scope, and of a scored type."""
        return self.in_scope and self.question.scored

    @property
    def is_open(self) -> bool:
        """In scope, and either unanswered or answered ``unknown``."""
        return self.standing in (Standing.UNKNOWN, Standing.UNANSWERED, Standing.PENDING)

    @property
    def is_answered(self) -> bool:
        """In scope with an answer that counts; ``unknown`` is an answer."""
        return self.standing in (Standing.ANSWERED, Standing.UNKNOWN)

    @property
    def is_gap(self) -> bool:
        """In scope, answered, and short of full credit; ``unknown`` is a gap too."""
        return self.question.scored and self.is_answered and self.credit < 1

    @property
    def shortfall(self) -> Fraction:
        """Weight times the credit that is missing."""
        return self.question.weight * (1 - self.credit)


def lines(checklist: Checklist, answers: Answers, profile: Answers, on: dt.date) -> tuple[Line, ...]:
    """Every question of `checklist` as it stands, in checklist order."""
    done: dict[str, Line] = {}
    scope = _Scope(checklist, answers, profile, on, done)
    for question in checklist.questions:
        done[question.id] = scope.line(question)
    return tuple(done.values())


def changed_lines(
    before: Mapping[str, Line], asked: Asked, checklist: Checklist, answers: Answers, profile: Answers, on: dt.date
) -> list[Line]:
    """Those of `lines`, in checklist order, that are not as they were `before` the answer to `asked` changed.

    Only what reads that answer, be it by way of other questions, is looked at. No other answer may have changed.
    """
    changed: dict[str, Line] = {}
    scope = _Scope(checklist, answers, profile, on, ChainMap(changed, cast(dict[str, Line], before)))
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
    """The places of the questions whose condition, or whose section's, reads `asked`."""
    found = checklist.readers.get((isinstance(asked, ProfileField), asked.id))
    if found is not None:
        yield from found.questions
        for section in found.sections:
            yield from (checklist.place[question.id] for question in section.questions)


class _Scope:
    """How questions stand, given how those before them do (`done`)."""

    def __init__(
        self, checklist: Checklist, answers: Answers, profile: Answers, on: dt.date, done: Mapping[str, Line]
    ) -> None:
        self._checklist = checklist
        self._answers = answers
        self._profile = profile
        self._on = on
        self._done = done
        self._sections: dict[str, Truth] = {}

    def line(self, question: Question) -> Line:
        """How `question` stands. What it reads has to be done."""
        section = self._checklist.section_of[question.id]
        if section.id not in self._sections:
            self._sections[section.id] = True if section.when is None else evaluate(section.when, self._read)
        applies = self._sections[section.id]
        if applies is not False and question.when is not None:
            own = evaluate(question.when, self._read)
            applies = own if applies or own is False else None
        place = self._checklist.place[question.id]
        return _line(question, section, place, self._answers.get(question.id), applies, self._on)

    def _read(self, leaf: Leaf) -> Truth:
        if isinstance(leaf, ProfileIs):
            return holds(leaf, self._profile.get(leaf.profile))
        line = self._done[leaf.question]
        if not line.in_scope:
            return False
        return None if line.is_open else holds(leaf, line.answer)


def _line(
    question: Question, section: Section, position: int, answer: Answer | None, applies: Truth, on: dt.date
) -> Line:
    if applies is False:
        return Line(question, section, position, Standing.DORMANT, answer)
    if answer is not None and answer.standing == "na":
        return Line(question, section, position, Standing.NOT_APPLICABLE, answer)
    if applies is None:
        return Line(question, section, position, Standing.PENDING, answer)
    if answer is None:
        return Line(question, section, position, Standing.UNANSWERED, answer)
    if answer.value is None:
        return Line(question, section, position, Standing.UNKNOWN, answer)
    earned = credit(question, answer.value, on) if question.scored else NONE
    return Line(question, section, position, Standing.ANSWERED, answer, earned, earned)


def holds(leaf: Leaf, answer: Answer | None) -> Truth:
    """Whether `answer` is what `leaf` asks for; undetermined while it is missing or unknown.

    For several words, ``is`` and ``has`` both ask whether any of the listed ones is ticked.
    """
    if answer is None or answer.value is None:
        return None
    value = answer.value
    if isinstance(value, tuple):
        return not answer.ticked.isdisjoint(leaf.listed)
    if isinstance(value, Decimal):
        if leaf.is_ is not None:
            return any(value == Decimal(word) for word in leaf.is_)
        at_least = leaf.at_least is None or value >= leaf.at_least
        return at_least and (leaf.at_most is None or value <= leaf.at_most)
    return (value.isoformat() if isinstance(value, dt.date) else value) in leaf.listed
