"""Where a room agreed, where it did not, and how far from the key it was. Source: docs/scoring.md, S-11."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from stockcheck.answers.answer import Answer
from stockcheck.checklist.model import Checklist, Question, Section
from stockcheck.scoring.agreement import AgainstKey, Spread, against_key, alpha, share_right, spread
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.workshop.collecting import Participant
from stockcheck.workshop.scenario import Key

#: How a question stands where its stored answer is the participant's word on it.
_SAID = frozenset({Standing.ANSWERED, Standing.UNKNOWN, Standing.SET_ASIDE, Standing.NOT_APPLICABLE})


@dataclass(frozen=True)
class QuestionFigures:
    """One question in the room. `given` holds each participant's line on it, in the room's order; None: said nothing.

    `key` is the key's line, where there is a key and the question is asked by it.
    """

    question: Question
    section: Section
    given: tuple[Line | None, ...]
    key: Line | None

    @cached_property
    def spread(self) -> Spread[Answer]:
        """How it was answered; "not applicable" is one answer, whatever the reason."""
        return spread(counted(line) for line in self.given if line is not None)

    @cached_property
    def credits(self) -> tuple[Fraction, ...]:
        """The credits that it was given; "unknown" and "not applicable" have none."""
        return tuple(line.credit for line in self.given if line is not None and line.standing is Standing.ANSWERED)

    @cached_property
    def against(self) -> AgainstKey | None:
        """How many were right, too lenient and too strict; None without a key, or where the key has no credit."""
        if self.key is None or self.key.standing is not Standing.ANSWERED:
            return None
        return against_key(self.credits, self.key.credit)

    @property
    def worth(self) -> Fraction:
        """How much there is to talk about: the weight, times the pairs that disagree or, with a key, the share that is
        not right, whichever is more. 0 below two answers and where all agree and are right.
        """
        apart = Fraction(0) if self.spread.pairwise is None else 1 - self.spread.pairwise
        if self.against is not None and self.credits:
            apart = max(apart, 1 - Fraction(self.against.right, len(self.credits)))
        return self.question.weight * apart


@dataclass(frozen=True)
class RoomFigures:
    """The figures of a room: questions in checklist order, participants in the room's."""

    checklist: Checklist
    participants: tuple[Participant, ...]
    questions: tuple[QuestionFigures, ...]

    @cached_property
    def alpha(self) -> Fraction | None:
        """Krippendorff's alpha over all questions; None where nothing varies."""
        return alpha(one.credits for one in self.questions)

    @cached_property
    def sections(self) -> tuple[tuple[Section, Fraction | None], ...]:
        """Alpha of each section, in checklist order."""
        return tuple(
            (section, alpha(one.credits for one in self.questions if one.section.id == section.id))
            for section in self.checklist.sections
        )

    def paired(self, section: Section) -> int:
        """How many questions of `section` have two credits or more. Of one alone alpha is 0, however many agree."""
        return sum(len(one.credits) > 1 for one in self.questions if one.section.id == section.id)

    @cached_property
    def disputed(self) -> tuple[QuestionFigures, ...]:
        """The questions worth talking about, the most first; ties in checklist order."""
        return tuple(sorted((one for one in self.questions if one.worth), key=lambda one: -one.worth))

    @cached_property
    def scores(self) -> tuple[Fraction | None, ...]:
        """The score (lower bound, 0 to 1) of each participant; None where nothing applies."""
        return tuple(one.scorecard.overall.lower for one in self.participants)

    def fact(self, name: str) -> Spread[Answer]:
        """How the participants answered one fact about the depot."""
        return spread(one.facts[name] for one in self.participants if name in one.facts)

    def share_right(self, place: int) -> Fraction | None:
        """The share of weight, 0 to 1, that the participant at `place` has right by the key; None without one."""
        return share_right(
            (one.question.weight, line.credit, one.key.credit)
            for one in self.questions
            if (line := one.given[place]) is not None
            and line.standing is Standing.ANSWERED
            and one.key is not None
            and one.key.standing is Standing.ANSWERED
        )


def figures(checklist: Checklist, participants: Sequence[Participant], key: Key | None = None) -> RoomFigures:
    """The figures of `participants`, whose answers are to `checklist`; with a scenario's `key`, if any."""
    cards: list[Scorecard] = [one.scorecard for one in participants]
    keyed = key.scorecard.line if key is not None else {}
    questions = tuple(
        QuestionFigures(
            question,
            section,
            tuple(_said(card.line[question.id]) for card in cards),
            line if (line := keyed.get(question.id)) is not None and line.standing in _SAID else None,
        )
        for section in checklist.sections
        for question in section.questions
        if question.scored
    )
    return RoomFigures(checklist, tuple(participants), questions)


def unanimous(found: Spread[Answer]) -> Answer | None:
    """The answer that all gave, at least two of them, where it is one that counts; else None."""
    if found.answers < 2 or len(found.counts) != 1:
        return None
    (answer,) = found.counts
    return answer if answer.status == "given" else None


def _said(line: Line) -> Line | None:
    """`line`, where the participant was asked the question and said something."""
    return line if line.standing in _SAID else None


def counted(line: Line) -> Answer:
    """What a participant said, as it is counted: "not applicable" is one answer, whatever the reason."""
    assert line.answer is not None  # noqa: S101  # `_SAID` have one
    return Answer(status="na") if line.answer.status == "na" else line.answer
