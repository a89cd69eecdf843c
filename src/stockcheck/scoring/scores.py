"""The score of any set of questions, by one formula. Source: docs/scoring.md, S-4."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.scoring.scope import Line, Standing


@dataclass(frozen=True)
class Score:
    """What a set of questions comes to. Shares are 0 to 1, and None for a set in which nothing is in scope.

    `weight` and the counts are of what is in scope; `accepted` and `accepted_weight` are of what was set aside and
    countersigned, and so is not. `set_aside` and `set_aside_weight` are of what was set aside and nobody else has
    agreed to: it is open. `given` counts what has been answered, ``unknown`` included, or fails with what has.
    """

    lower: Fraction | None
    upper: Fraction | None
    answered: Fraction | None
    assessed: Fraction | None
    weight: int
    questions: int
    given: int
    open: int
    gaps: int
    set_aside: int
    set_aside_weight: int
    accepted: int
    accepted_weight: int

    @property
    def complete(self) -> bool:
        """Whether nothing is open, so that there is no interval."""
        return self.open == 0


def score(lines: Iterable[Line]) -> Score:
    """The score of those of `lines` that are in scope and scored."""
    tally = Tally()
    for line in lines:
        tally.count(line)
    return tally.score


class Tally:
    """A score in the making. A line may be counted, and uncounted again when it has become another."""

    def __init__(self) -> None:
        self._score: Score | None = None
        self._weight = self._questions = self._answered = self._open = self._gaps = self._set_aside = 0
        self._given = 0
        self._accepted = self._accepted_weight = self._set_aside_weight = 0
        self._lower, self._upper = Sum(), Sum()

    def count(self, line: Line, times: int = 1) -> None:
        """Count `line` if it is scored, and in scope or accepted out of it; -1 times takes it out again."""
        w = line.question.weight * times
        self._score = None
        if line.standing is Standing.NOT_APPLICABLE and line.question.scored:
            self._accepted += times
            self._accepted_weight += w
        if not line.counts:
            return
        self._weight += w
        self._questions += times
        self._lower.add(w, line.credit)
        self._upper.add(w, line.upper)
        if not line.is_unanswered:
            self._answered += w
        if line.is_answered or line.standing is Standing.PART:
            self._given += times
        if line.is_open:
            self._open += times
        if line.is_gap:
            self._gaps += times
        if line.standing is Standing.SET_ASIDE:
            self._set_aside += times
            self._set_aside_weight += w

    def copy(self) -> Tally:
        """The same tally, to be brought forward on its own."""
        new = copy(self)
        new._lower, new._upper = self._lower.copy(), self._upper.copy()
        return new

    @property
    def score(self) -> Score:
        """What has been counted comes to this."""
        if self._score is None:
            self._score = self._reckoned()
        return self._score

    def _reckoned(self) -> Score:
        weight = self._weight
        return Score(
            lower=self._lower.total / weight if weight else None,
            upper=self._upper.total / weight if weight else None,
            answered=Fraction(self._answered, weight) if weight else None,
            assessed=Fraction(weight, weight + self._accepted_weight) if weight else None,
            weight=weight,
            questions=self._questions,
            given=self._given,
            open=self._open,
            gaps=self._gaps,
            set_aside=self._set_aside,
            set_aside_weight=self._set_aside_weight,
            accepted=self._accepted,
            accepted_weight=self._accepted_weight,
        )


class Sum:
    """Σ w·c, exactly. Numerators are summed apart for each denominator, of which there are few: to bring every partial
    sum to lowest terms would take most of the time between a key press and the new score.
    """

    def __init__(self) -> None:
        self._numerators: dict[int, int] = {}

    def add(self, w: int, credit: Fraction) -> None:
        """Add `w` times `credit`, exactly; a negative `w` takes it out again."""
        numerator, denominator = credit.as_integer_ratio()
        self._numerators[denominator] = self._numerators.get(denominator, 0) + w * numerator

    def copy(self) -> Sum:
        """The same sum, to be added to on its own."""
        new = Sum()
        new._numerators = dict(self._numerators)
        return new

    @property
    def total(self) -> Fraction:
        """The sum, exactly: weight times credit, 0 and up."""
        return sum((Fraction(n, denominator) for denominator, n in self._numerators.items()), Fraction(0))
