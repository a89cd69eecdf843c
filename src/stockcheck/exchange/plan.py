"""A plan that came back, merged with what stands: as it was exported, as it is in the workbook, as it is now.

Nobody's words are lost unseen: where workbook and assessment have both changed a thing, and not alike, it is a
conflict, and somebody has to say whose word counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from stockcheck.assessment.actions import NOTHING, TEXTS, Action
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.scorecard import Scorecard

#: What stands in one cell of a plan; None and an empty text are the same.
Value = str | dt.date | None
#: Whose word counts in a conflict: that of the assessment, that of the workbook, or nobody's yet.
Preference = Literal["", "ours", "theirs"]


@dataclass(frozen=True)
class Row:
    """A row of a plan: the question, what the workbook says of each of `FIELDS` and where, and what was exported."""

    id: str
    filled: Mapping[str, Value]
    exported: Mapping[str, Value]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Workbook and assessment say different things, and neither is what was exported."""

    id: str
    field: str
    place: str
    exported: Value
    ours: Value
    theirs: Value


@dataclass(frozen=True)
class Merged:
    """What is new to the assessment, by question and field, and what nobody has decided."""

    changes: dict[str, dict[str, Value]]
    conflicts: list[Conflict]


def plain(name: str, value: Value) -> Value:
    """`value` as it is compared: white space that nobody sees makes no difference, and no status is an open one."""
    if name == "status":
        return value or NOTHING.status
    if not isinstance(value, str):
        return value
    lines = [line.rstrip() for line in value.strip().split("\n")]
    return ("\n".join(lines) if name in TEXTS else " ".join(value.split())) or None


def merge(rows: Iterable[Row], now: Mapping[str, Action], prefer: Preference = "") -> Merged:
    """What `rows` bring to the actions that stand `now`. A row that is missing says nothing, nor does a field."""
    merged = Merged({}, [])
    for row in rows:
        stands = now.get(row.id, NOTHING).values
        changes: dict[str, Value] = {}
        for name, filled in row.filled.items():
            before, theirs, ours = (plain(name, one) for one in (row.exported.get(name), filled, stands[name]))
            if theirs in (before, ours):
                continue
            if ours == before or prefer == "theirs":
                changes[name] = theirs
            elif not prefer:
                place = row.places.get(name, "")
                merged.conflicts.append(Conflict(row.id, name, place, before, ours, theirs))
        if changes:
            merged.changes[row.id] = changes
    return merged


def to_check_again(actions: Mapping[str, Action], card: Scorecard) -> list[Gap]:
    """What is done by the plan, and still a gap, or not checked, by the answer; the most pressing first."""
    return [gap for gap in card.pressing if actions.get(gap.line.question.id, NOTHING).status == "done"]


def is_overdue(action: Action, today: dt.date) -> bool:
    """Whether it should be done by now and is not, or its waiver has run out."""
    if action.status == "waived":
        return action.until is not None and action.until < today
    return action.status != "done" and action.due is not None and action.due < today
