"""What is to be done: the questions that the action plan lists, for people and for programs alike, and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stockcheck.assessed import Assessed, short_since
from stockcheck.scoring.comparison import compare
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


def rows_of(assessed: Assessed) -> list[Gap]:
    """The rows of the plan: `actions`, then what something is said of and is none any more, in checklist order."""
    card = assessed.scorecard
    listed = actions(card)
    known = {one.line.question.id for one in listed}
    said = {name for name, action in assessed.state.actions.items() if action.says_something} - known
    return [*listed, *(Gap(line, rule_for(line)) for line in card.lines if line.question.id in said)]


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


def since(before: Assessed | None, now: Assessed) -> dict[str, dt.date]:
    """For each question of `now` that was short `before` and is now, or open both times, by its id, the date of that
    assessment, or of the first of those before it in which it was short without a break since; empty without an
    earlier one. What nobody had looked at then is not said to have been short.
    """
    if before is None:
        return {}
    changes = compare(before.scorecard, now.scorecard).changes
    open_ = {one.question.id: before.state.on for one in changes if one.still_open}
    return open_ | short_since(before, now)
