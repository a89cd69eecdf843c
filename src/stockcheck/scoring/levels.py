"""Risk reduction process levels: achieved, reachable, and what blocks the next. Source: docs/scoring.md, "Levels"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.model import Level
from stockcheck.checklist.words import exact
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scores import Score, score


@dataclass(frozen=True)
class LevelResult:
    """How one level stands. `score` is that of every question at this level or below.

    `criticals` are the critical questions among them that lack full credit as answered.
    """

    level: Level
    score: Score
    criticals: tuple[Line, ...]
    holds: bool
    reachable: bool

    @property
    def points_missing(self) -> Fraction:
        """How much of the share (0 to 1) is missing to the threshold."""
        lower = self.score.lower
        return Fraction(0) if lower is None else max(Fraction(0), exact(self.level.threshold) - lower)


def level_results(levels: Iterable[Level], lines: Sequence[Line]) -> tuple[LevelResult, ...]:
    """Each level on its own; `highest` then reads the achieved one off."""
    results = []
    for level in levels:
        counted = [line for line in lines if line.counts and line.question.level <= level.level]
        total = score(counted)
        threshold = exact(level.threshold)
        critical = [line for line in counted if line.question.critical]
        results.append(
            LevelResult(
                level=level,
                score=total,
                criticals=tuple(line for line in critical if line.credit < 1),
                holds=_meets(total.lower, threshold) and all(line.credit == 1 for line in critical),
                reachable=_meets(total.upper, threshold) and all(line.upper == 1 for line in critical),
            )
        )
    return tuple(results)


def _meets(share: Fraction | None, threshold: Fraction) -> bool:
    """An empty set of questions does not stop a level."""
    return share is None or share >= threshold


def highest(held: Iterable[bool]) -> int:
    """The highest level L such that levels 1 … L are all held; 0 is "below level 1"."""
    achieved = 0
    for one in held:
        if not one:
            break
        achieved += 1
    return achieved
