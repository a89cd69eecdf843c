"""sc_gaps: a row a gap and a thing to check; sc_plan: a row an action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.deadline import due
from stockcheck.checklist.model import Question
from stockcheck.report.data.columns import Column, Kind, Source, listed, share, text
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.route import Step
from stockcheck.scoring.scope import Line


@dataclass(frozen=True)
class Row:
    """A question about which something is to be done: a gap, to be checked, or needed on the route alone."""

    source: Source
    number: int
    line: Line
    gap: Gap | None
    step: tuple[int, Step] | None = None

    @property
    def question(self) -> Question:
        """The question, in the checklist's own language."""
        return self.source.own(self.line.question)

    @property
    def kind(self) -> str:
        """What it is."""
        return "route" if self.gap is None else "to_check" if self.gap.to_check else "gap"

    @property
    def due(self) -> dt.date | None:
        """The day by which it should be put right, as the checklist has it."""
        return due(self.question, self.source.assessed.state.on)

    @property
    def after(self) -> Fraction | None:
        """The score of the next level after its step."""
        return self.step[1].score_after if self.step else None


def _pressing(source: Source) -> Iterator[Row]:
    for number, gap in enumerate(source.assessed.scorecard.pressing, 1):
        yield Row(source, number, gap.line, gap)


def _actions(source: Source) -> Iterator[Row]:
    """What presses, in that order; then what else the route needs, in the order of its steps."""
    card = source.assessed.scorecard
    steps = dict(enumerate(card.route.steps, 1)) if card.route else {}
    on_route = {line.question.id: (number, step) for number, step in steps.items() for line in step.lines}
    pressing = {gap.line.question.id: gap for gap in card.pressing}
    further = (step.line for step in steps.values() if step.line.question.id not in pressing)
    lines = (*(gap.line for gap in card.pressing), *further)
    for number, line in enumerate(lines, 1):
        name = line.question.id
        yield Row(source, number, line, pressing.get(name), on_route.get(name))


GAPS: Kind[Row] = Kind(
    "sc_gaps",
    "A row a gap, and a row a critical question or finding that nobody has answered, the most pressing first (S-7).",
    (
        Column("number", "integer", "its place in that order, from 1", lambda row: row.number),
        text("kind", '"gap" or "to_check"', lambda row: row.kind),
        text(
            "priority",
            '"immediate", "high", "medium" or "low"; of what is to check, the one that it would have',
            lambda row: row.gap.priority.name.lower() if row.gap else None,
        ),
        text(
            "rule",
            'the rule that gives it: "critical_level_1", "found", "critical_level_2", "finding", "heavy_and_absent", '
            '"critical_level_3" (3 or above), "heavy", "other"',
            lambda row: row.gap.rule.name.lower() if row.gap else None,
        ),
        text("domain", "the domain of its section", lambda row: row.line.section.domain),
        text("section_id", "its section", lambda row: row.line.section.id),
        text("question_id", "the question", lambda row: row.question.id),
        text("question", "its text", lambda row: row.question.text),
        text("standing", "as in sc_answers", lambda row: row.line.standing.value),
        Column(
            "level",
            "integer",
            "the level that it belongs to; empty without levels",
            lambda row: row.question.level if row.source.checklist.levels else None,
            True,
        ),
        Column("critical", "boolean", "whether it is critical", lambda row: row.question.floor is not None),
        *share("floor", "the credit at which it is met", lambda row: row.question.floor, optional=True),
        text("finding", '"loss" or "danger"', lambda row: row.question.finding, optional=True),
        Column("weight", "integer", "1 to 5", lambda row: row.question.weight),
        Column("effort", "integer", "1 to 3", lambda row: row.question.effort),
        Column("within_days", "integer", "days in which it should be put right", lambda row: row.question.within, True),
        *share("credit", "what the answer earns", lambda row: row.line.credit),
        *share("shortfall", "weight times the credit that is missing, 0 to 5", lambda row: row.line.shortfall),
        text(
            "parts",
            'the questions that fail with it (S-3), joined by "; "',
            lambda row: listed(part.question.id for part in row.gap.parts) if row.gap else None,
            optional=True,
        ),
        text("remedy", "what to do about it", lambda row: row.question.remedy, optional=True),
        text(
            "note",
            "the note with it",
            lambda row: row.source.assessed.state.notes.get(row.question.id),
            optional=True,
        ),
    ),
    _pressing,
)

PLAN: Kind[Row] = Kind(
    "sc_plan",
    "A row an action: what is in sc_gaps, in the same order, then what else the route to the next level needs.",
    (
        Column("number", "integer", "its place, from 1", lambda row: row.number),
        text("kind", '"gap", "to_check" or "route"', lambda row: row.kind),
        text(
            "priority",
            "as in sc_gaps; empty for `route`",
            lambda row: row.gap.priority.name.lower() if row.gap else None,
            optional=True,
        ),
        text("question_id", "the question", lambda row: row.question.id),
        text("remedy", "what to do", lambda row: row.question.remedy, optional=True),
        Column("effort", "integer", "1 to 3", lambda row: row.question.effort),
        Column("within_days", "integer", "days in which it should be put right", lambda row: row.question.within, True),
        Column("due_proposed", "date", "`assessed_on` and those days", lambda row: row.due, True),
        Column("on_route", "boolean", "whether the route to the next level needs it", lambda row: row.step is not None),
        Column(
            "route_step",
            "integer",
            "at which step of the route, from 1 (S-8)",
            lambda row: row.step[0] if row.step else None,
            True,
        ),
        *share(
            "score_after",
            "the score of the next level’s questions after that step",
            lambda row: row.after,
            optional=True,
        ),
    ),
    _actions,
)
