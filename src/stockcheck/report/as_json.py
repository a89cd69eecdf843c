"""A scorecard as JSON: every share as an exact fraction and as the percentage that is shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from stockcheck import __version__
from stockcheck.assessment.state import State
from stockcheck.language import tenths_of_percent
from stockcheck.report.assessed import Assessed
from stockcheck.scoring.comparison import Comparison
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def scorecard_as_json(assessed: Assessed) -> dict[str, Any]:
    """All figures of an assessment. Fractions are text such as ``"11/24"``; percentages text with one decimal."""
    card = assessed.scorecard
    return {
        "stockcheck": __version__,
        "depot": assessed.state.depot,
        "marking": assessed.state.marking,
        "date": card.on.isoformat(),
        "checklist": _checklist(assessed),
        "score": _score(card.overall),
        "domains": {name: _score(score) for name, score in card.domains},
        "sections": {section.id: _score(score) for section, score in card.sections},
        "standards": {name: _score(score) for name, score in card.standards},
        "achieved": card.achieved,
        "reachable": card.reachable,
        "levels": [_level(result) for result in card.levels],
        "blocks_next_level": _blocks(card),
        "gaps": [_gap(gap) for gap in card.gaps],
        "open": [line.question.id for line in card.open],
        "not_applicable": [line.question.id for line in card.not_applicable],
        "route": _route(card),
        "questions": [_line(line, assessed.state) for line in card.lines],
        "history": {"events_intact": assessed.intact, "head": assessed.head},
    }


def comparison_as_json(before: Assessed, after: Assessed, comparison: Comparison) -> dict[str, Any]:
    """A comparison, in the same notation."""
    return {
        "checklists": {"before": _checklist(before), "after": _checklist(after)},
        "before": _share(comparison.before),
        "after": _share(comparison.after),
        "by_answers": _signed(comparison.by_answers),
        "by_checklist": _signed(comparison.by_checklist),
        "changes": [
            {
                "id": change.question.id,
                "before_id": change.before.question.id if change.before else None,
                "change": change.kind.value,
            }
            for change in comparison.changes
        ],
    }


def _checklist(assessed: Assessed) -> dict[str, str]:
    origin = assessed.provenance
    return {
        "id": origin.id,
        "version": origin.version,
        "sha256": origin.digest,
        "provenance": origin.origin.value,
    }


def _share(share: Fraction | None) -> dict[str, str] | None:
    if share is None:
        return None
    tenths = tenths_of_percent(share)
    return {"exact": str(share), "percent": f"{tenths // 10}.{tenths % 10}"}


def _signed(share: Fraction | None) -> dict[str, str] | None:
    """A change may be negative; it is rounded half up by its size."""
    if share is None or share >= 0:
        return _share(share)
    tenths = tenths_of_percent(-share)
    return {"exact": str(share), "percent": f"-{tenths // 10}.{tenths % 10}"}


def _score(score: Score) -> dict[str, Any]:
    return {
        "lower": _share(score.lower),
        "upper": _share(score.upper),
        "answered": _share(score.answered),
        "weight": score.weight,
        "questions": score.questions,
        "open": score.open,
        "gaps": score.gaps,
    }


def _level(result: LevelResult) -> dict[str, Any]:
    return {
        "level": result.level.level,
        "title": result.level.title,
        "threshold": str(result.level.threshold),
        "score": _score(result.score),
        "holds": result.holds,
        "reachable": result.reachable,
        "critical_shortfalls": [line.question.id for line in result.criticals],
    }


def _blocks(card: Scorecard) -> dict[str, Any] | None:
    result = card.next_level
    if result is None:
        return None
    return {
        "level": result.level.level,
        "critical": [line.question.id for line in result.criticals],
        "missing_to_threshold": _share(result.points_missing),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    line = gap.line
    return {
        "id": line.question.id,
        "section": line.section.id,
        "priority": gap.priority.name.lower(),
        "rule": gap.rule.name.lower(),
        "level": line.question.level,
        "critical": line.question.critical,
        "weight": line.question.weight,
        "credit": str(line.credit),
        "shortfall": str(line.shortfall),
    }


def _route(card: Scorecard) -> dict[str, Any] | None:
    route = card.route
    if route is None:
        return None
    return {
        "level": route.result.level.level,
        "effort": route.effort,
        "gain": str(route.gain),
        "questions": [line.question.id for line in route.lines],
    }


def _line(line: Line, state: State) -> dict[str, Any]:
    name = line.question.id
    entry = state.entries.get(name)
    return {
        "id": name,
        "standing": line.standing.value,
        "answer": line.answer.to_json() if line.answer else None,
        "credit": str(line.credit) if line.counts else None,
        "note": state.notes.get(name, ""),
        "flagged": name in state.flags,
        "by": entry.by if entry else None,
        "at": entry.at.isoformat() if entry else None,
    }
