"""A score and its upper bound as cells: where nothing has been answered, neither is a figure that says anything."""

from __future__ import annotations

from fractions import Fraction

from stockcheck.scoring.scores import Score
from stockcheck.spreadsheet.cells import NO_FIGURE, Value, percentage


def nothing_answered(score: Score) -> bool:
    """Whether nothing of what is in scope has been answered; what is set aside on one person's word is no answer."""
    return score.lower is not None and score.given == 0


def interval(score: Score, *beside: Fraction) -> list[Value]:
    """The score and what it could be, each so that it is not taken for the shares `beside` it."""
    if nothing_answered(score):
        return [NO_FIGURE, NO_FIGURE]
    return [percentage(score.lower, *beside), percentage(score.upper, *beside)]
