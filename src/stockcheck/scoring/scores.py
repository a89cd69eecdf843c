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
    weight = questions = answered = still_open = gaps = 0
    lower, upper = _Sum(), _Sum()
    for line in lines:
        if not line.counts:
            continue
        w = line.question.weight
        weight += w
        questions += 1
        lower.add(w, line.credit)
        upper.add(w, line.upper)
        answered += w if line.is_answered else 0
        still_open += line.is_open
        gaps += line.is_gap
    return Score(
        lower=lower.total / weight if weight else None,
        upper=upper.total / weight if weight else None,
        answered=Fraction(answered, weight) if weight else None,
        weight=weight,
        questions=questions,
        open=still_open,
        gaps=gaps,
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
