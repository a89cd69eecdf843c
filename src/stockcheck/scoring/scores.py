"""The score of any set of questions, by one formula. Source: docs/scoring.md, S-4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.scoring.scope import Line, Standing


@dataclass(frozen=True)
class Score:
    """What a set of questions comes to. Shares are 0 to 1, and None for a set in which nothing is in scope.

    `weight` and the counts are of what is in scope; `accepted` and `accepted_weight` are of what was set aside and
    countersigned, and so is not. `set_aside` counts what was set aside and nobody else has agreed to: it is open.
    """

    lower: Fraction | None
    upper: Fraction | None
    answered: Fraction | None
    assessed: Fraction | None
    weight: int
    questions: int
    open: int
    gaps: int
    set_aside: int
    accepted: int
    accepted_weight: int

    @property
    def complete(self) -> bool:
        """Whether nothing is open, so that there is no interval."""
        return self.open == 0


def score(lines: Iterable[Line]) -> Score:
    """The score of those of `lines` that are in scope and scored."""
    weight = questions = answered = still_open = gaps = set_aside = accepted = accepted_weight = 0
    lower, upper = Sum(), Sum()
    for line in lines:
        w = line.question.weight
        if line.standing is Standing.NOT_APPLICABLE and line.question.scored:
            accepted += 1
            accepted_weight += w
        if not line.counts:
            continue
        weight += w
        questions += 1
        lower.add(w, line.credit)
        upper.add(w, line.upper)
        answered += 0 if line.is_unanswered else w
        still_open += line.is_open
        set_aside += line.standing is Standing.SET_ASIDE
        gaps += line.is_gap
    return Score(
        lower=lower.total / weight if weight else None,
        upper=upper.total / weight if weight else None,
        answered=Fraction(answered, weight) if weight else None,
        assessed=Fraction(weight, weight + accepted_weight) if weight else None,
        weight=weight,
        questions=questions,
        open=still_open,
        gaps=gaps,
        set_aside=set_aside,
        accepted=accepted,
        accepted_weight=accepted_weight,
    )


class Sum:
    """Σ w·c, exactly. Numerators are summed apart for each denominator, of which there are few: to bring every partial
    sum to lowest terms would take most of the time between a key press and the new score.
    """

    def __init__(self) -> None:
        self._numerators: dict[int, int] = {}

    def add(self, w: int, credit: Fraction) -> None:
        """Add `w` times `credit`."""
        numerator, denominator = credit.as_integer_ratio()
        self._numerators[denominator] = self._numerators.get(denominator, 0) + w * numerator

    @property
    def total(self) -> Fraction:
        """What has been added."""
        return sum((Fraction(n, denominator) for denominator, n in self._numerators.items()), Fraction(0))
