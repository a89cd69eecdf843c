"""The least effort that makes the next level hold. Source: docs/scoring.md, "Route to the next level"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.model import Level
from stockcheck.checklist.words import exact
from stockcheck.scoring.knapsack import least_effort
from stockcheck.scoring.scope import Line


@dataclass(frozen=True)
class Route:
    """The controls which, each raised to full credit, make `level` hold at the least total `effort`.

    Reckoned with the scope held as it is: a changed answer may open new questions.
    """

    level: Level
    lines: tuple[Line, ...]

    @property
    def effort(self) -> int:
        """The sum of the efforts (1 to 3 each)."""
        return sum(line.question.effort for line in self.lines)

    @property
    def gain(self) -> Fraction:
        """The weighted credit it adds."""
        return sum((line.shortfall for line in self.lines), Fraction(0))


def route(levels: Sequence[Level], achieved: int, lines: Sequence[Line]) -> Route | None:
    """The route to the level after `achieved`; None when the top level holds."""
    if achieved == len(levels):
        return None
    level = levels[achieved]
    counted = [line for line in lines if line.counts and line.question.level <= level.level]
    short = [line for line in counted if line.credit < 1]
    mandatory = [line for line in short if line.question.critical]
    optional = [line for line in short if not line.question.critical]
    weight = sum(line.question.weight for line in counted)
    earned = sum((line.question.weight * line.credit for line in counted), Fraction(0))
    need = exact(level.threshold) * weight - earned - sum((line.shortfall for line in mandatory), Fraction(0))
    places = least_effort([line.shortfall for line in optional], [line.question.effort for line in optional], need)
    chosen = mandatory + [optional[place] for place in places]
    return Route(level, tuple(sorted(chosen, key=lambda line: line.position)))
