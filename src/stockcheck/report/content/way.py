"""The way to the next level: its steps as orders, what has still to be countersigned, and what is quickly won."""

from __future__ import annotations

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.content import orders
from stockcheck.report.content.parts import Cell, Column, Fact, Part, Sentence, Share, Table, Type, none, table
from stockcheck.scoring.route import Route
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scorecard import Scorecard

#: Quick wins that are told.
_WINS = 10


def title(card: Scorecard) -> str:
    """What the sheet is called: the way to a level, where there is one to reach."""
    if card.route is not None:
        return _("Way to level {level}").format(level=card.route.result.level.level)
    return _("Quick wins")


def about(card: Scorecard) -> str:
    """Its line in the contents."""
    if card.route is not None:
        return _("what stops the level, the steps to it with the least effort, quick wins")
    return _("what takes little effort and gains much")


def way(assessed: Assessed) -> list[Part]:
    """A part each: what stops the level; the steps; what waits for a countersignature; quick wins."""
    card = assessed.scorecard
    parts = []
    if nothing := headline.nothing_answered(card):
        parts.append(Part("nothing", "", (Sentence(nothing, "notice"),)))
    elif card.route is not None:
        stops = tuple(Sentence(said) for said in standing.stops(card.route.result))
        parts.append(Part("stops", _("What stops it"), stops))
    if card.route is not None:
        about = _(
            "In this order the criticals come first, then what gains most for its effort. The score is that of the "
            "level’s own questions. A changed answer may open new questions."
        )
        parts.append(Part("steps", standing.route(card.route), (Sentence(about, "remark"), _steps(card.route))))
    elif card.levels:
        parts.append(Part("steps", _("Way to the next level"), (Sentence(standing.nothing_above(card)),)))
    waiting = tuple(Fact(line.question.id, line.question.text) for line in card.set_aside if line.question.scored)
    parts.append(Part("countersign", _("Still to be countersigned"), waiting or (Sentence(none()),)))
    parts.append(Part("quick_wins", _("Quick wins: little effort, much gained, not on the way"), (_wins(card),)))
    return parts if card.levels else [*parts[:-1], Part("quick_wins", _("Little effort, much gained"), (_wins(card),))]


def _steps(route: Route) -> Table:
    least, weight = standing.threshold(route.result), route.result.score.weight
    columns = (
        Column("step", _("Step"), Type.NUMBER),
        Column("id", _("Id"), Type.ID),
        Column("order", _("Order")),
        Column("effort", _("Effort")),
        Column("points", _("Points"), Type.SHARE),
        Column("score_after", _("Score then"), Type.SHARE),
    )
    rows: list[list[Cell]] = [
        [
            number,
            step.line.question.id,
            "\n".join((orders.order_of(step.line), *map(wording.part, step.parts))),
            orders.effort(step.line.question.effort),
            Share(step.gain / weight if weight else None),
            Share(step.score_after, (least,)),
        ]
        for number, step in enumerate(route.steps, start=1)
    ]
    return table("route", columns, rows)


def _wins(card: Scorecard) -> Table:
    def wanted(line: Line) -> bool:
        return line.counts and (line.is_gap or line.is_open) and line.question.effort == 1

    lines = [line for line in card.lines if wanted(line) and line.question.id not in card.on_route]
    lines.sort(key=lambda line: (-line.shortfall, line.position))
    weight = card.overall.weight
    columns = (
        Column("step", _("No."), Type.NUMBER),
        Column("id", _("Id"), Type.ID),
        Column("order", _("Order")),
        Column("effort", _("Effort")),
        Column("points", _("Points of the whole"), Type.SHARE),
    )
    rows: list[list[Cell]] = [
        [
            number,
            line.question.id,
            orders.order_of(line),
            orders.effort(line.question.effort),
            Share(line.shortfall / weight if weight else None),
        ]
        for number, line in enumerate(lines[:_WINS], start=1)
    ]
    return table("quick_wins", columns, rows)
