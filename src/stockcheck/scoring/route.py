"""The least effort that makes the next level hold. Source: docs/scoring.md, "Route to the next level"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from stockcheck.checklist.model import Level
from stockcheck.checklist.words import exact
from stockcheck.scoring.scope import Line

#: Stands for "no such set": worse than every real value, and still so after every sum made here.
_IMPOSSIBLE = -(1 << 800)


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
    chosen = mandatory + (_least_effort(optional, need) if need > 0 else [])
    return Route(level, tuple(sorted(chosen, key=lambda line: line.position)))


def _least_effort(lines: Sequence[Line], need: Fraction) -> list[Line]:
    """The set of least effort whose gains sum to `need` or more: a 0/1 knapsack by dynamic programming over effort.

    Of sets of equal effort: the greater gain, then fewer lines, then the lexicographically smallest positions.
    Gains are made whole numbers, and one more line costs one unit of a finer scale, so that one number holds both
    gain and count. Going from the last line to the first, and taking a line on a tie, leaves the smallest positions.
    """
    scale = lcm(*(line.shortfall.denominator for line in lines), need.denominator)
    finer = len(lines) + 1
    values = [int(line.shortfall * scale) * finer - 1 for line in lines]
    efforts = [line.question.effort for line in lines]
    wanted = int(need * scale)
    limit = _effort_of_greedy(values, efforts, wanted, finer)
    # best[e]: the value of the best set of the lines from here on whose efforts sum to exactly e.
    best = [0] + [_IMPOSSIBLE] * limit
    rows = [best]
    for value, effort in zip(reversed(values), reversed(efforts), strict=True):
        taken = [_IMPOSSIBLE] * effort + [after + value for after in best[: limit + 1 - effort]]
        best = list(map(max, best, taken[: limit + 1]))
        rows.append(best)
    rows.reverse()
    left = next(effort for effort, value in enumerate(best) if -(-value // finer) >= wanted)
    chosen = []
    for number, line in enumerate(lines):
        after = rows[number + 1]
        effort = efforts[number]
        if effort <= left and after[left - effort] + values[number] == rows[number][left]:
            chosen.append(line)
            left -= effort
    return chosen


def _effort_of_greedy(values: Sequence[int], efforts: Sequence[int], wanted: int, finer: int) -> int:
    """An effort that surely suffices: taking the most value for effort first. It bounds the exact search."""
    total = effort = 0
    for number in sorted(range(len(values)), key=lambda n: Fraction(values[n], efforts[n]), reverse=True):
        if total >= wanted:
            break
        total += (values[number] + 1) // finer
        effort += efforts[number]
    return effort
