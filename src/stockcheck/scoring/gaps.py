"""Gaps by priority, each with the rule that put it there, and what is to check beside them.

Source: docs/scoring.md, S-7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from stockcheck.scoring.scope import Line, Standing


class Priority(IntEnum):
    """How soon a gap should be closed; a lower number is sooner."""

    IMMEDIATE = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


class Rule(IntEnum):
    """Why a gap has its priority; the first rule that applies, in this order."""

    CRITICAL_LEVEL_1 = 1
    FOUND = 2
    CRITICAL_LEVEL_2 = 3
    FINDING = 4
    HEAVY_AND_ABSENT = 5
    CRITICAL_LEVEL_3 = 6
    HEAVY = 7
    OTHER = 8


PRIORITY_OF = {
    Rule.CRITICAL_LEVEL_1: Priority.IMMEDIATE,
    Rule.FOUND: Priority.IMMEDIATE,
    Rule.CRITICAL_LEVEL_2: Priority.HIGH,
    Rule.FINDING: Priority.HIGH,
    Rule.HEAVY_AND_ABSENT: Priority.HIGH,
    Rule.CRITICAL_LEVEL_3: Priority.MEDIUM,
    Rule.HEAVY: Priority.MEDIUM,
    Rule.OTHER: Priority.LOW,
}


@dataclass(frozen=True)
class Gap:
    """A control that falls short or, `to_check`, that nobody has looked at; and why it stands where it does.

    `parts` are the questions that fail with it: they are put right with it, and are no gaps of their own.
    """

    line: Line
    rule: Rule
    parts: tuple[Line, ...] = ()

    @property
    def priority(self) -> Priority:
        """How soon it should be closed."""
        return PRIORITY_OF[self.rule]

    @property
    def to_check(self) -> bool:
        """Whether it was never looked at: no gap, but listed with them."""
        return self.line.is_unanswered


def rule_for(line: Line) -> Rule:
    """The first rule that applies to a gap, or to an unanswered question as if it were ``unknown``."""
    question = line.question
    critical = line.is_critical_unmet
    if critical and question.level == 1:
        return Rule.CRITICAL_LEVEL_1
    if question.finding and line.standing is Standing.ANSWERED and line.credit == 0:
        return Rule.FOUND
    if critical and question.level == 2:
        return Rule.CRITICAL_LEVEL_2
    if question.finding:
        return Rule.FINDING
    if question.weight >= 4 and line.credit == 0:
        return Rule.HEAVY_AND_ABSENT
    if critical:
        return Rule.CRITICAL_LEVEL_3
    return Rule.HEAVY if question.weight >= 3 else Rule.OTHER


def gaps(lines: Iterable[Line]) -> tuple[Gap, ...]:
    """Every gap: by priority, then by shortfall falling, then in checklist order."""
    lines = tuple(lines)
    parts = parts_of(lines)
    return _sorted(Gap(line, rule_for(line), parts.get(line.position, ())) for line in lines if line.is_gap)


def to_check(lines: Iterable[Line]) -> tuple[Gap, ...]:
    """Every unanswered critical question or finding, in the order of gaps; each stands before the gaps of its
    priority.
    """
    return _sorted(
        Gap(line, rule_for(line))
        for line in lines
        if line.counts and line.is_unanswered and (line.question.floor is not None or line.question.finding)
    )


def _sorted(found: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(found, key=lambda gap: (gap.priority, -gap.line.shortfall, gap.line.position)))


def parts_of(lines: Iterable[Line]) -> dict[int, tuple[Line, ...]]:
    """The questions that fail with another, by the position of the gap that they fail with in the end."""
    root: dict[int, int] = {}
    found: dict[int, tuple[Line, ...]] = {}
    for line in lines:
        if line.parent is not None:
            top = root[line.position] = root.get(line.parent, line.parent)
            found[top] = (*found.get(top, ()), line)
    return found
