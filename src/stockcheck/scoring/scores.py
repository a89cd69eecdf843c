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
    counted = [line for line in lines if line.counts]
    weight = sum(line.question.weight for line in counted)

    def share(parts: Iterable[Fraction | int]) -> Fraction | None:
        return Fraction(sum(parts)) / weight if weight else None

    return Score(
        lower=share(line.question.weight * line.credit for line in counted),
        upper=share(line.question.weight * line.upper for line in counted),
        answered=share(line.question.weight for line in counted if line.is_answered),
        weight=weight,
        questions=len(counted),
        open=sum(line.is_open for line in counted),
        gaps=sum(line.is_gap for line in counted),
    )
