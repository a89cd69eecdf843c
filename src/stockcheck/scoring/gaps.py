"""Gaps by priority, each with the rule that put it there. Source: docs/scoring.md, "Priority of a gap"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from stockcheck.scoring.scope import Line


class Priority(IntEnum):
    """How soon a gap should be closed; a lower number is sooner."""

    IMMEDIATE = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


class Rule(IntEnum):
    """Why a gap has its priority; the first rule that applies, in this order."""

    CRITICAL_LEVEL_1 = 1
    CRITICAL_LEVEL_2 = 2
    HEAVY_AND_ABSENT = 3
    CRITICAL_LEVEL_3 = 4
    HEAVY = 5
    OTHER = 6


PRIORITY_OF = {
    Rule.CRITICAL_LEVEL_1: Priority.IMMEDIATE,
    Rule.CRITICAL_LEVEL_2: Priority.HIGH,
    Rule.HEAVY_AND_ABSENT: Priority.HIGH,
    Rule.CRITICAL_LEVEL_3: Priority.MEDIUM,
    Rule.HEAVY: Priority.MEDIUM,
    Rule.OTHER: Priority.LOW,
}


@dataclass(frozen=True)
class Gap:
    """A control that falls short, and why it stands where it does."""

    line: Line
    rule: Rule

    @property
    def priority(self) -> Priority:
        """How soon it should be closed."""
        return PRIORITY_OF[self.rule]


def rule_for(line: Line) -> Rule:
    """The first rule that applies to a gap."""
    question = line.question
    if question.critical and question.level == 1:
        return Rule.CRITICAL_LEVEL_1
    if question.critical and question.level == 2:
        return Rule.CRITICAL_LEVEL_2
    if question.weight >= 4 and line.credit == 0:
        return Rule.HEAVY_AND_ABSENT
    if question.critical:
        return Rule.CRITICAL_LEVEL_3
    return Rule.HEAVY if question.weight >= 3 else Rule.OTHER


def gaps(lines: Iterable[Line]) -> tuple[Gap, ...]:
    """Every gap: by priority, then by shortfall falling, then in checklist order."""
    found = (Gap(line, rule_for(line)) for line in lines if line.is_gap)
    return tuple(sorted(found, key=lambda gap: (gap.priority, -gap.line.shortfall, gap.line.position)))
