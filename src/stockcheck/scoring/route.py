"""The least effort that makes the next level hold. Source: docs/scoring.md, S-8; the reckoning is in `knapsack`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.words import as_fraction
from stockcheck.scoring.gaps import parts_of
from stockcheck.scoring.knapsack import Bundle, least_effort
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.rules import Rules
from stockcheck.scoring.scope import Line, Standing


@dataclass(frozen=True)
class Step:
    """One thing to do, with the questions that are put right with it, and the score of the level after it."""

    line: Line
    parts: tuple[Line, ...]
    effort: int
    gain: Fraction
    score_after: Fraction | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The question and what is part of it, in checklist order."""
        return (self.line, *self.parts)

    @property
    def to_countersign(self) -> bool:
        """Whether a countersignature would do as well as putting it right."""
        return self.line.standing is Standing.SET_ASIDE


@dataclass(frozen=True)
class Route:
    """What makes a level hold at the least total effort, step by step.

    Reckoned with the scope held as it is: a changed answer may open new questions.
    """

    result: LevelResult
    steps: tuple[Step, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every question on it, in checklist order."""
        return tuple(sorted((line for step in self.steps for line in step.lines), key=lambda line: line.position))

    @property
    def effort(self) -> int:
        """The sum of the efforts (1 to 3 a question)."""
        return sum(step.effort for step in self.steps)

    @property
    def gain(self) -> Fraction:
        """The weighted credit it adds to the questions of the level."""
        return sum((step.gain for step in self.steps), Fraction(0))


def route(results: Sequence[LevelResult], achieved: int, lines: Sequence[Line], rules: Rules) -> Route | None:
    """The route to the lowest level above `achieved` that has a question in scope; None when there is none."""
    above = [one for one in results if one.level.level > achieved and not (rules.own_questions and one.empty)]
    if not above:
        return None
    result = above[0]
    bundles = _bundles(result, lines)
    mandatory: list[Bundle] = []
    optional: list[Bundle] = []
    for bundle in bundles:
        (mandatory if any(_is_mandatory(line, rules) for line in bundle.own) else optional).append(bundle)
    done = sum((bundle.gain for bundle in mandatory), Fraction(0))
    need = as_fraction(result.level.threshold) * result.score.weight - _earned(result.lines) - done
    needs: dict[str, Fraction] = {}
    for domain in result.domains:
        earned = sum((bundle.gains.get(domain.domain, Fraction(0)) for bundle in mandatory), Fraction(0))
        own = [line for line in result.lines if line.section.domain == domain.domain]
        needs[domain.domain] = domain.least * domain.score.weight - _earned(own) - earned
    chosen = [*mandatory, *least_effort(optional, need, needs)]
    return Route(result, _steps(result, chosen))


def _is_mandatory(line: Line, rules: Rules) -> bool:
    """Whether no level holds without it (rules c and d)."""
    return line.is_critical_unmet or (line.question.weight == rules.heaviest and line.credit == 0)


def _earned(lines: Sequence[Line]) -> Fraction:
    return sum((line.question.weight * line.credit for line in lines), Fraction(0))


def _bundles(result: LevelResult, lines: Sequence[Line]) -> list[Bundle]:
    """What can be put right at this level. A question is put right with what is part of it: raised alone, it would let
    its particulars go on failing. Where only particulars belong to the level, what they are part of comes along.
    """
    own = {line.position for line in result.lines}
    parts = parts_of(lines)
    found = []
    for line in lines:
        members = [line] if line.position in own and (line.is_open or line.is_gap) else []
        members += [part for part in parts.get(line.position, ()) if part.position in own]
        if members and members[0] is not line:
            members.insert(0, line)
        if members:
            found.append(Bundle(tuple(members), {one.position for one in members} & own))
    return found


def _steps(result: LevelResult, chosen: Sequence[Bundle]) -> tuple[Step, ...]:
    """To check first, then criticals, then the most gain for effort, then checklist order."""

    def order(bundle: Bundle) -> tuple[bool, bool, Fraction, int]:
        line = bundle.lines[0]
        weighty = line.question.floor is not None or line.question.finding is not None
        to_check = line.is_unanswered and weighty
        critical = any(one.question.floor is not None for one in bundle.own)
        return not to_check, not critical, -bundle.gain / bundle.effort, line.position

    steps = []
    weight, reached = result.score.weight, _earned(result.lines)
    for bundle in sorted(chosen, key=order):
        reached += bundle.gain
        after = reached / weight if weight else None
        steps.append(Step(bundle.lines[0], bundle.lines[1:], bundle.effort, bundle.gain, after))
    return tuple(steps)
