"""The action plan: one table of everything that has to be done or found out, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import orders
from stockcheck.report.content.parts import Cell, Column, Table, Type, table
from stockcheck.scoring.gaps import Gap, Priority, rule_for
from stockcheck.scoring.scorecard import Scorecard


def actions(card: Scorecard) -> list[Gap]:
    """Gaps and what is to check, and what else the way to the next level asks for; at each priority, what nobody has
    looked at and is critical or a finding comes first, and what only the way asks for last.
    """
    listed = {line.position for one in card.pressing for line in (one.line, *one.parts)}
    steps = card.route.steps if card.route else ()
    more = [Gap(step.line, rule_for(step.line), step.parts) for step in steps if step.line.position not in listed]
    waiting = [line for line in card.set_aside if line.question.scored]
    taken = listed | {one.line.position for one in more}
    more += [Gap(line, rule_for(line)) for line in waiting if line.position not in taken]
    more.sort(key=lambda one: one.line.position)
    return sorted((*card.pressing, *more), key=lambda one: one.priority)


@dataclass(frozen=True)
class Load:
    """What is to be done today: immediate gaps, and critical controls that nobody has checked."""

    gaps: int
    unchecked: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.gaps + self.unchecked


def today(card: Scorecard, among: frozenset[str] | None = None) -> Load:
    """What of the questions `among` (None: of all) is to be done today."""

    def counted(one: Gap) -> bool:
        return among is None or one.line.question.id in among

    return Load(
        sum(gap.priority is Priority.IMMEDIATE and counted(gap) for gap in card.gaps),
        sum(one.line.question.floor is not None and counted(one) for one in card.to_check),
    )


def plan(assessed: Assessed) -> Table:
    """What has to be done about each gap, and what has to be found out, with what it takes and where the way leads."""
    card, state = assessed.scorecard, assessed.state
    steps = {step.line.question.id: place for place, step in enumerate(card.route.steps if card.route else (), start=1)}
    columns = (
        Column("number", _("No."), Type.NUMBER),
        Column("priority", _("Priority"), Type.PRIORITY),
        Column("id", _("Id"), Type.ID),
        Column("finding", _("What was found")),
        Column("do", _("Do")),
        Column("effort", _("Effort")),
        Column("way", _("Step"), Type.NUMBER),
        Column("since", _("Since"), Type.DATE),
    )
    rows: list[list[Cell]] = [
        [
            number,
            one.priority,
            one.line.question.id,
            orders.finding(one.line, state.on, one.parts),
            orders.order(one.line),
            orders.effort(one.line.question.effort),
            steps.get(one.line.question.id),
            None,  # when it was first found is known to a comparison alone
        ]
        for number, one in enumerate(actions(card), start=1)
    ]
    return table("plan", columns, rows, without=() if card.levels else ("way",))
