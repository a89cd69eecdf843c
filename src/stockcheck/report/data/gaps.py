"""sc_gaps: a row a gap and a thing to check; sc_plan: a row an action, with what has been filled in about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.assessment.actions import NOTHING, Action
from stockcheck.checklist.deadline import due
from stockcheck.checklist.model import Question
from stockcheck.exchange.plan import is_overdue
from stockcheck.report.data.columns import Column, Kind, Source, listed, share, text
from stockcheck.report.to_do import rows_of, since
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.route import Step
from stockcheck.scoring.scope import Line, Standing


@dataclass(frozen=True)
class Row:
    """A question about which something is to be done, or has been said."""

    source: Source
    number: int
    gap: Gap
    kind: str
    step: tuple[int, Step] | None = None
    since: dt.date | None = None

    @property
    def line(self) -> Line:
        """How the question stands."""
        return self.gap.line

    @property
    def question(self) -> Question:
        """The question, in the checklist's own language."""
        return self.source.own(self.line.question)

    @property
    def due(self) -> dt.date | None:
        """The day by which it should be put right, as the checklist has it."""
        return due(self.question, self.source.assessed.state.on)

    @property
    def after(self) -> Fraction | None:
        """The score of the next level after its step."""
        return self.step[1].score_after if self.step else None

    @property
    def action(self) -> Action:
        """What has been filled in about it."""
        return self.source.assessed.state.actions.get(self.question.id, NOTHING)


def _pressing(source: Source) -> Iterator[Row]:
    for number, gap in enumerate(source.assessed.scorecard.pressing, 1):
        yield Row(source, number, gap, "to_check" if gap.to_check else "gap")


def _actions(source: Source) -> Iterator[Row]:
    """The rows of the action plan, in its order."""
    assessed = source.assessed
    card = assessed.scorecard
    steps = dict(enumerate(card.route.steps, 1)) if card.route else {}
    on_route = {line.question.id: (number, step) for number, step in steps.items() for line in step.lines}
    pressing = {gap.line.question.id for gap in card.pressing}
    first = since(source.previous, assessed)
    for number, gap in enumerate(rows_of(assessed), 1):
        name = gap.line.question.id
        if name in pressing:
            kind = "to_check" if gap.to_check else "gap"
        elif gap.line.standing is Standing.SET_ASIDE:
            kind = "set_aside"
        else:
            kind = "route" if name in on_route else "settled"
        yield Row(source, number, gap, kind, on_route.get(name), first.get(name))


def _parts(row: Row) -> str:
    return listed(part.question.id for part in row.gap.parts)


def _said(name: str) -> Callable[[Row], str | None]:
    return lambda row: getattr(row.action, name) or None


def _day(name: str) -> Callable[[Row], dt.date | None]:
    return lambda row: getattr(row.action, name)


GAPS: Kind[Row] = Kind(
    "sc_gaps",
    "A row a gap, and a row a critical question or finding that nobody has answered, the most pressing first (S-7).",
    (
        Column("number", "integer", "its place in that order, from 1", lambda row: row.number),
        text("kind", '"gap" or "to_check"', lambda row: row.kind),
        text(
            "priority",
            '"immediate", "high", "medium" or "low"; of what is to check, the one that it would have',
            lambda row: row.gap.priority.name.lower(),
        ),
        text(
            "rule",
            'the rule that gives it: "critical_level_1", "found", "critical_level_2", "finding", "heavy_and_absent", '
            '"critical_level_3" (3 or above), "heavy", "other"',
            lambda row: row.gap.rule.name.lower(),
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
            _parts,
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
    "A row an action: the rows of the report’s action plan, in its order, with what has been filled in about each.",
    (
        Column("number", "integer", "its number in the action plan, from 1", lambda row: row.number),
        text(
            "kind",
            '"gap" or "to_check", which are in sc_gaps; "set_aside" (waits for a countersignature), "route" (only the '
            'route to the next level needs it), "settled" (something is said of it, and it is none of these any more): '
            "the first that applies",
            lambda row: row.kind,
        ),
        text(
            "priority",
            "as in sc_gaps; of what is no gap, the one that it would have",
            lambda row: row.gap.priority.name.lower(),
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
        text("standing", "as in sc_answers", lambda row: row.line.standing.value),
        Column(
            "since",
            "date",
            "the date of the earlier assessment, given with --previous or the one that this one began from, where the "
            "question fell short both times or was open both times, or that of the first one since which it has fallen "
            "short; empty without one",
            lambda row: row.since,
            True,
        ),
        text("owner", "who is to do it, as filled in", _said("owner"), optional=True),
        Column("due", "date", "by when, as filled in", _day("due"), True),
        text(
            "status",
            '"open", "under_way", "done" or "waived", as filled in; "open" too while nobody has said anything',
            lambda row: row.action.status,
        ),
        Column("done_on", "date", "when it was done, as filled in", _day("done_on"), True),
        text("verified_by", "who has looked whether it is done", _said("verified_by"), optional=True),
        text("evidence", "what shows that it is done", _said("evidence"), optional=True),
        text("remarks", "whatever else is said of it", _said("remarks"), optional=True),
        Column("waived_until", "date", "until when it is waived", _day("until"), True),
        text("compensating_measure", "what is done instead as long as it is waived", _said("measure"), optional=True),
        Column(
            "overdue",
            "boolean",
            "whether on the day of `made_at_utc` it is late, or its waiver has run out",
            lambda row: is_overdue(row.action, row.source.made.date()),
        ),
        text("recorded_by", "who has brought the latest of that into the file", _said("by"), optional=True),
        Column("recorded_at_utc", "moment", "when", lambda row: row.action.at, True),
    ),
    _actions,
)
