"""The action plan as content: what is to be done, what the depot fills in beside it, and what was exported of that.

`rows` has a row of `to_fill_in` for each row of `actions.plan`, in the same order; how the two are found again
when the workbook comes back is the contract of `exchange.plan_sheet`.
"""

from __future__ import annotations

from stockcheck import language
from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import DATES, NOTHING, Action, status_in_words, titles
from stockcheck.exchange.plan_sheet import HEADERS
from stockcheck.report.content.parts import Cell, Column, Table, Type, table
from stockcheck.report.to_do import rows_of


def to_fill_in(assessed: Assessed) -> Table:
    """What is said of each action, its columns called as `FIELDS` are, in the order of `actions.plan`."""
    columns = [Column(name, title, Type.DATE if name in DATES else Type.TEXT) for name, title in titles().items()]
    return table("plan", columns, [_filled(assessed.state.actions.get(id_, NOTHING)) for id_ in _ids(assessed)])


def _filled(action: Action) -> list[Cell]:
    return list((action.values | {"status": status_in_words(action.status)}).values())


def exported(assessed: Assessed) -> Table:
    """The same in no language, for the sheet that says what was exported."""
    record, state = assessed.record, assessed.state
    columns = [Column(name, name, Type.DATE if name in DATES else Type.TEXT) for name in HEADERS]
    rows: list[list[Cell]] = [
        [record.first, record.head, language.current(), id_, *action.values.values()]
        for id_ in _ids(assessed)
        for action in [state.actions.get(id_, NOTHING)]
    ]
    return table("exported", columns, rows)


def _ids(assessed: Assessed) -> list[str]:
    return [one.line.question.id for one in rows_of(assessed)]
