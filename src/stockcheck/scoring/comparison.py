"""Two assessments of one depot, and what each change of the score is owed to. Source: docs/scoring.md, S-9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from stockcheck.answers.stored import from_json, to_json
from stockcheck.checklist.model import Question
from stockcheck.checklist.succession import predecessors, renamed_options, replaced
from stockcheck.errors import AnswerError
from stockcheck.scoring.credit import NONE, credit
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard


class ChangeKind(Enum):
    """What became of a question: the first that applies, in this order."""

    NEW = "new in checklist"
    REMOVED = "removed from checklist"
    ENTERED_SCOPE = "now in scope"
    LEFT_SCOPE = "no longer in scope"
    NEWLY_ANSWERED = "newly answered"
    NO_LONGER_ANSWERED = "no longer answered"
    IMPROVED = "improved"
    WORSENED = "worsened"
    STILL_A_GAP = "still a gap"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One question in both assessments; `before` or `after` is None where its checklist lacks it."""

    kind: ChangeKind
    before: Line | None
    after: Line | None

    @property
    def question(self) -> Question:
        """The question, as the newer checklist has it where it can."""
        line = self.after or self.before
        assert line is not None  # noqa: S101  # one of the two is always given
        return line.question

    @property
    def still_short(self) -> bool:
        """Whether it fell short then and does now, for whatever it earned, be it by the question that it is part of."""
        return all(one is not None and (one.is_gap or one.parent is not None) for one in (self.before, self.after))

    @property
    def still_open(self) -> bool:
        """Whether it counted and was open, and is: not settled then, nor now."""
        return all(one is not None and one.counts and one.is_open for one in (self.before, self.after))


@dataclass(frozen=True)
class Comparison:
    """`by_answers` and `by_checklist` sum to the change of the score; all three are None when a score is."""

    before: Fraction | None
    after: Fraction | None
    by_answers: Fraction | None
    by_checklist: Fraction | None
    changes: tuple[Change, ...]


def compare(old: Scorecard, new: Scorecard) -> Comparison:
    """How `new` differs from `old`. Scores are the headline ones: open questions count 0.

    The part owed to answers holds the checklist still: both sets of answers are scored with the weights and credits
    of the newer checklist, over the questions in scope and scored in both.
    """
    pairs = tuple(_pairs(old, new))
    before, after = old.overall.lower, new.overall.lower
    shared = [(was, now) for was, now in pairs if was and now and was.counts and now.counts]
    weight = sum(now.question.weight for _was, now in shared)
    by_answers = by_checklist = None
    if before is not None and after is not None:
        gained = sum(
            (now.question.weight * (now.credit - _credit_now(was, now, old)) for was, now in shared), Fraction(0)
        )
        by_answers = gained / weight if weight else Fraction(0)
        by_checklist = after - before - by_answers
    changes = tuple(Change(_kind(was, now, old), was, now) for was, now in pairs if _scored(was) or _scored(now))
    return Comparison(before, after, by_answers, by_checklist, changes)


def _scored(line: Line | None) -> bool:
    return line is not None and line.question.scored


def _pairs(old: Scorecard, new: Scorecard) -> Iterator[tuple[Line | None, Line | None]]:
    """Matched by succession; in the order of the newer checklist, then what it no longer has."""
    answered = {name for name, line in old.line.items() if line.answer is not None}
    earlier = predecessors(old.checklist, new.checklist, answered)
    for now in new.lines:
        name = earlier.get(now.question.id)
        yield None if name is None else old.line[name], now
    still = replaced(old.checklist, new.checklist).keys() | new.line.keys()
    for was in old.lines:
        if was.question.id not in still:
            yield was, None


def _kind(was: Line | None, now: Line | None, old: Scorecard) -> ChangeKind:
    if was is None:
        return ChangeKind.NEW
    if now is None:
        return ChangeKind.REMOVED
    if now.counts and not was.counts:
        return ChangeKind.ENTERED_SCOPE
    if was.counts and not now.counts:
        return ChangeKind.LEFT_SCOPE
    if not now.counts:
        return ChangeKind.UNCHANGED
    if now.is_unanswered != was.is_unanswered:
        return ChangeKind.NO_LONGER_ANSWERED if now.is_unanswered else ChangeKind.NEWLY_ANSWERED
    before = _credit_now(was, now, old)
    if now.credit != before:
        return ChangeKind.IMPROVED if now.credit > before else ChangeKind.WORSENED
    return ChangeKind.STILL_A_GAP if was.is_gap and now.is_gap else ChangeKind.UNCHANGED


def _credit_now(was: Line, now: Line, old: Scorecard) -> Fraction:
    """What the old answer would earn by the newer checklist; 0 when it no longer fits the question."""
    if was.standing is not Standing.ANSWERED or was.answer is None:
        return NONE
    try:
        renamed = was.answer.renamed(renamed_options(was.question, now.question))
        answer = from_json(now.question, to_json(renamed))
    except AnswerError:
        return NONE
    return credit(now.question, answer.value, old.on) if answer.value is not None else NONE
