"""The score of any set of questions, by one formula. Source: docs/scoring.md, "Scores"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.scoring.scope import Line


@dataclass(frozen=True)
class Score:
    """What a set of questions comes to. Shares are 0 to 1, and None for a set in which nothing is in scope."""

    lower: Fraction | None
    upper: Fraction | None
    answered: Fraction | None
    weight: int
    questions: int
    open: int
    gaps: int

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
        self._weight = self._questions = self._answered = self._open = self._gaps = 0
        self._lower, self._upper = _Sum(), _Sum()

    def count(self, line: Line, times: int = 1) -> None:
        """Count `line` if it is in scope and scored; -1 times takes it out again."""
        if not line.counts:
            return
        w = line.question.weight * times
        self._weight += w
        self._questions += times
        self._lower.add(w, line.credit)
        self._upper.add(w, line.upper)
        if line.is_answered:
            self._answered += w
        if line.is_open:
            self._open += times
        if line.is_gap:
            self._gaps += times

    @property
    def score(self) -> Score:
        """What has been counted comes to this."""
        weight = self._weight
        return Score(
            lower=self._lower.total / weight if weight else None,
            upper=self._upper.total / weight if weight else None,
            answered=Fraction(self._answered, weight) if weight else None,
            weight=weight,
            questions=self._questions,
            open=self._open,
            gaps=self._gaps,
        )


class _Sum:
    """Σ w·c, exactly. Numerators are summed apart for each denominator, of which there are few: to bring every partial
    sum to lowest terms would take most of the time between a key press and the new score.
    """

    def __init__(self) -> None:
        self._numerators: dict[int, int] = {}

    def add(self, w: int, credit: Fraction) -> None:
        numerator, denominator = credit.as_integer_ratio()
        self._numerators[denominator] = self._numerators.get(denominator, 0) + w * numerator

    @property
    def total(self) -> Fraction:
        return sum((Fraction(n, denominator) for denominator, n in self._numerators.items()), Fraction(0))
