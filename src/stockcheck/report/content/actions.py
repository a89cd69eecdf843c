"""The action plan: one table of everything that has to be done or found out, the most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import STATUSES
from stockcheck.checklist.deadline import due
from stockcheck.exchange.plan import is_overdue
from stockcheck.language import _
from stockcheck.report.content import orders
from stockcheck.report.content.parts import Cell, Column, Table, Type, table
from stockcheck.report.to_do import rows_of


def title() -> str:
    """What the sheet of the plan is called."""
    return _("Action plan")


def about() -> str:
    """Its line in the contents."""
    return _("one row a gap or thing to check: owner, status, due date")


def meanings() -> dict[str, str]:
    """What each status of an action means, in the order of `STATUSES`."""
    words = {
        "open": _("nobody has begun"),
        "under_way": _("begun, and not done"),
        "done": _("done; the answer changes only when it is asked again"),
        "waived": _("not done until a date, with a measure that compensates"),
    }
    return {status: words[status] for status in STATUSES}


def plan(assessed: Assessed, today: dt.date | None = None, since: Mapping[str, dt.date] | None = None) -> Table:
    """What has to be done about each gap, and what has to be found out, with what it takes and where the way leads.

    `today`: the day by which it is told what is late; `since`: the date of the first assessment in which a gap stood,
    by question, as far as that is known.
    """
    since = since or {}
    card, state = assessed.scorecard, assessed.state
    steps = {step.line.question.id: place for place, step in enumerate(card.route.steps if card.route else (), start=1)}
    late = {name for name, action in state.actions.items() if today is not None and is_overdue(action, today)}
    columns = (
        Column("number", _("No."), Type.NUMBER),
        Column("priority", _("Priority"), Type.RANK),
        Column("id", _("Id"), Type.ID),
        Column("finding", _("What was found")),
        Column("do", _("Do")),
        Column("effort", _("Effort")),
        Column("way", _("Step"), Type.NUMBER),
        Column("late", _("Late"), Type.MARK),
        Column("since", _("Since"), Type.DATE),
        Column("by", _("Proposed"), Type.DATE),
    )
    rows: list[list[Cell]] = [
        [
            number,
            one.priority,
            one.line.question.id,
            orders.finding(one.line, state.on, one.parts, state.evidence.get(one.line.question.id, ())),
            orders.order(one.line),
            orders.effort(one.line.question.effort),
            steps.get(one.line.question.id),
            _("OVERDUE") if one.line.question.id in late else "",
            since.get(one.line.question.id),
            due(one.line.question, state.on),
        ]
        for number, one in enumerate(rows_of(assessed), start=1)
    ]
    kept = {"way": bool(card.levels), "late": bool(late), "since": bool(since)}
    return table("plan", columns, rows, without=[key for key, keep in kept.items() if not keep])
