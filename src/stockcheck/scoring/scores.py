"""The score of any set of questions, by one formula. Source: docs/scoring.md, "Scores"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.scoring.credit import FULL
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
    counted = [line for line in lines if line.counts]
    weight = sum(line.question.weight for line in counted)
    return Score(
        lower=_share(((line.question.weight, line.credit) for line in counted), weight),
        upper=_share(((line.question.weight, line.upper) for line in counted), weight),
        answered=_share(((line.question.weight, FULL) for line in counted if line.is_answered), weight),
        weight=weight,
        questions=len(counted),
        open=sum(line.is_open for line in counted),
        gaps=sum(line.is_gap for line in counted),
    )


def _share(weighted: Iterable[tuple[int, Fraction]], weight: int) -> Fraction | None:
    """Σ w·c over `weighted`, divided by `weight`; None when that is 0.

    Numerators are summed apart for each denominator, of which there are few: adding fractions one by one, each sum
    brought to lowest terms, would take most of the time between a key press and the new score.
    """
    numerators: dict[int, int] = {}
    for w, credit in weighted:
        numerators[credit.denominator] = numerators.get(credit.denominator, 0) + w * credit.numerator
    earned = sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))
    return earned / weight if weight else None
