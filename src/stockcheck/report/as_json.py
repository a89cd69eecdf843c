"""A scorecard as JSON: every share as an exact fraction and as the percentage that is shown.

What each key means is in `json_reference`, from which docs/json.md is made.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from stockcheck import __version__
from stockcheck.answers.stored import to_json
from stockcheck.assessed import Assessed, still_to_confirm
from stockcheck.assessment.evidence import Item
from stockcheck.assessment.record import Record
from stockcheck.assessment.state import Earlier, Left, State
from stockcheck.checklist.differing import Annex
from stockcheck.checklist.model import Asked, ProfileField
from stockcheck.checklist.words import as_fraction
from stockcheck.figures import digits
from stockcheck.report import sealed, standing
from stockcheck.report.to_do import since
from stockcheck.scoring.comparison import Change, ChangeKind, Comparison
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.findings import Findings
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.route import Route
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def scorecard_as_json(assessed: Assessed) -> dict[str, Any]:
    """All figures of an assessment. Fractions are text such as ``"11/24"``; percentages text such as ``"45.8"``."""
    card, state = assessed.scorecard, assessed.state
    return {
        "stockcheck": __version__,
        "depot": state.depot,
        "depot_code": state.code,
        "marking": state.marking,
        "date": card.on.isoformat(),
        "checklist": checklist_as_json(assessed),
        "rules": card.rules.version,
        "nothing_answered": card.untouched,
        "findings": _findings(card.findings, state),
        "score": _score(card.overall),
        "domains": {name: _score(score) for name, score in card.domains},
        "sections": {section.id: _score(score) for section, score in card.sections},
        "standards": {name: _score(score) for name, score in card.standards},
        "achieved": card.achieved if card.levels else None,
        "reachable": card.reachable if card.levels else None,
        "partly_met": _ids(card.partly_met),
        "levels": [_level(result) for result in card.levels],
        "blocks_next_level": _blocks(card),
        "begun_from": _begun_from(state.earlier) if state.earlier is not None else None,
        "to_confirm": [
            {"id": item.id, "fact": isinstance(item, ProfileField), "answer": to_json(answer)}
            for item, answer in still_to_confirm(assessed)
        ],
        "gaps": [_gap(gap, assessed) for gap in card.gaps],
        "to_check": [_gap(gap, assessed) for gap in card.to_check],
        "open": _ids(card.open),
        "set_aside": [_set_aside(line, state) for line in card.set_aside],
        "accepted": [_set_aside(line, state) for line in card.not_applicable],
        "not_applicable": _ids(card.not_applicable),
        "critical_out_by_fact": [
            {"id": line.question.id, "text": line.question.text} for line in critical_out_by_fact(card)
        ],
        "facts": {
            field.id: to_json(entry.answer) if (entry := state.profile.get(field.id)) else None
            for field in assessed.checklist.profile
        },
        "route": _route(card.route) if card.route else None,
        "questions": [_line(line, card, state) for line in card.lines],
        "left": [left_as_json(one) for one in state.left.values()],
        "history": record_as_json(assessed.record),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _begun_from(earlier: Earlier) -> dict[str, Any]:
    old = earlier.state
    return {"depot": old.depot, "depot_code": old.code, "date": old.on.isoformat(), "head": earlier.head}


def left_as_json(one: Left) -> dict[str, Any]:
    """What a change of checklist has left in the history."""
    asked: Asked = one.checklist.field[one.id] if one.fact else one.checklist.question[one.id]
    return {
        "id": one.id,
        "fact": one.fact,
        "text": asked.text,
        "checklist_version": one.checklist.version,
        "answer": to_json(one.entry.answer) if one.entry else None,
        "by": one.entry.by if one.entry else None,
        "at": one.entry.at.isoformat() if one.entry else None,
        "note": one.note,
        "evidence": evidence_as_json(one.evidence),
    }


def evidence_as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """What is attached to a question; files without their content."""
    return [
        {
            "item": item.entry,
            "by": item.by,
            "at": item.at.isoformat(),
            "record": item.record or None,
            "name": item.name if item.is_file else None,
            "type": item.type if item.is_file else None,
            "size": item.size if item.is_file else None,
            "sha256": item.sha256 or None,
            "stripped": item.stripped,
            "removed": item.is_removed,
            "remark": item.remark,
        }
        for item in items
    ]


def _assessment(assessed: Assessed) -> dict[str, Any]:
    state = assessed.state
    return {"depot": state.depot, "depot_code": state.code, "date": state.on.isoformat(), "code": assessed.record.code}


def comparison_as_json(before: Assessed, after: Assessed, comparison: Comparison) -> dict[str, Any]:
    """A comparison, in the same notation."""
    both = {"before": before, "after": after}
    known = since(before, after)
    kinds = Counter(change.kind for change in comparison.changes)
    change = None
    if comparison.before is not None and comparison.after is not None:
        change = comparison.after - comparison.before
    return {
        "assessments": {when: _assessment(one) for when, one in both.items()},
        "checklists": {when: checklist_as_json(one) for when, one in both.items()},
        "rules": {when: one.scorecard.rules.version for when, one in both.items()},
        "nothing_answered": {when: one.scorecard.untouched for when, one in both.items()},
        "findings": {when: _findings(one.scorecard.findings, one.state) for when, one in both.items()},
        "achieved": {when: one.scorecard.achieved if one.scorecard.levels else None for when, one in both.items()},
        "partly_met": {when: _ids(one.scorecard.partly_met) for when, one in both.items()},
        "before": _share(comparison.before),
        "after": _share(comparison.after),
        "change": _share(change),
        "by_answers": _share(comparison.by_answers),
        "by_checklist": _share(comparison.by_checklist),
        "in_order": standing.in_order(before, after),
        "kinds": {kind.value: kinds[kind] for kind in ChangeKind},
        "changes": [_change(one, known) for one in comparison.changes],
    }


def _change(change: Change, known: Mapping[str, dt.date]) -> dict[str, Any]:
    was, now = change.before, change.after
    return {
        "id": change.question.id,
        "before_id": was.question.id if was else None,
        "change": change.kind.value,
        "credit_before": str(was.credit) if was and was.counts else None,
        "credit_after": str(now.credit) if now and now.counts else None,
        "since": known[change.question.id].isoformat() if now and change.question.id in known else None,
    }


def record_as_json(record: Record) -> dict[str, Any]:
    """What the file's own record shows; that the chain holds rules out an accident, not a forger."""
    return {
        "entries": record.entries,
        "chain_holds": record.chain_holds,
        "head": record.head,
        "code": record.code,
        "redacted": [
            {
                "entry": one.entry,
                "removed": one.removed,
                "by": one.by,
                "at": one.at.isoformat(),
                "recorded_in_entry": one.seq,
            }
            for one in record.redactions
        ],
        "sealed": bool(sealed.standing(record)),
        "seals": sealed.as_json(record.seals),
    }


def checklist_as_json(assessed: Assessed) -> dict[str, Any]:
    origin, checklist = assessed.provenance, assessed.checklist
    return {
        "id": origin.id,
        "version": origin.version,
        "sha256": origin.digest,
        "provenance": origin.origin.value,
        "levels_of": checklist.levels_of,
        "annex": _annex(checklist.annex) if checklist.annex is not None else None,
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "extends": [{"id": one.id, "version": one.version, "sha256": one.digest} for one in annex.extends],
        "changed": {name: list(keys) for name, keys in annex.changed.items()},
        "dropped": [{"id": one.id, "reason": one.reason} for one in annex.dropped],
        "added": list(annex.added),
    }


def _ids(lines: Iterable[Line]) -> list[str]:
    return [line.question.id for line in lines]


def _share(share: Fraction | None, *beside: Fraction) -> dict[str, str] | None:
    return None if share is None else {"exact": str(share), "percent": digits(share, *beside)}


def _fraction(share: Fraction | None) -> str | None:
    return None if share is None else str(share)


def _findings(findings: Findings, state: State) -> dict[str, Any]:
    return {
        "found": [_finding(line, state) for line in findings.found],
        "not_checked": [_finding(line, state) for line in findings.not_checked],
    }


def _finding(line: Line, state: State) -> dict[str, Any]:
    return {
        "id": line.question.id,
        "kind": line.question.finding,
        "text": line.question.text,
        "standing": line.standing.value,
        "answer": to_json(line.answer) if line.answer else None,
        "note": state.notes.get(line.question.id, ""),
    }


def _score(score: Score, *beside: Fraction) -> dict[str, Any]:
    return {
        "lower": _share(score.lower, *beside),
        "upper": _share(score.upper, *beside),
        "answered": _share(score.answered),
        "assessed": _share(score.assessed),
        "weight": score.weight,
        "questions": score.questions,
        "open": score.open,
        "gaps": score.gaps,
        "set_aside": score.set_aside,
        "set_aside_weight": score.set_aside_weight,
        "accepted": score.accepted,
        "accepted_weight": score.accepted_weight,
    }


def _level(result: LevelResult) -> dict[str, Any]:
    threshold = as_fraction(result.level.threshold)
    return {
        "level": result.level.level,
        "title": result.level.title,
        "threshold": str(result.level.threshold),
        "score": _score(result.score, threshold),
        "empty": result.empty,
        "holds": result.holds,
        "reachable": result.reachable,
        "rule_a": {
            "holds": not result.points_missing,
            "threshold": _share(threshold),
            "missing": _share(result.points_missing),
        },
        "rule_b": {
            "holds": not result.domains_short,
            "domains": {
                one.domain: {
                    "score": _score(one.score, one.least),
                    "least": _share(one.least),
                    "holds": one.holds,
                    "reachable": one.reachable,
                }
                for one in result.domains
            },
        },
        "rule_c": {
            "holds": not result.criticals,
            "short": _ids(result.criticals_short),
            "unseen": _ids(result.criticals_unseen),
            "waiting": _ids(result.criticals_waiting),
            "partly_met": _ids(result.criticals_partly_met),
        },
        "rule_d": {"holds": not result.absent, "absent": _ids(result.absent)},
    }


def _blocks(card: Scorecard) -> dict[str, Any] | None:
    result = card.next_level
    if result is None:
        return None
    return {
        "level": result.level.level,
        "missing_to_threshold": _share(result.points_missing),
        "domains": [one.domain for one in result.domains_short],
        "critical": _ids(result.criticals),
        "absent": _ids(result.absent),
    }


def _gap(gap: Gap, assessed: Assessed) -> dict[str, Any]:
    card, line, question = assessed.scorecard, gap.line, gap.line.question
    return {
        "id": question.id,
        "section": line.section.id,
        "priority": gap.priority.name.lower(),
        "rule": gap.rule.name.lower(),
        "level": question.level if card.levels else None,
        "critical": question.floor is not None,
        "floor": _fraction(question.floor),
        "finding": question.finding,
        "weight": question.weight,
        "effort": question.effort,
        "within": question.within,
        "credit": str(line.credit),
        "shortfall": str(line.shortfall),
        "parts": _ids(gap.parts),
        "since": _day(assessed.short_since.get(question.id)),
    }


def _set_aside(line: Line, state: State) -> dict[str, Any]:
    entry, review = state.entries.get(line.question.id), state.accepted.get(line.question.id)
    return {
        "id": line.question.id,
        "weight": line.question.weight if line.question.scored else None,
        "critical": line.question.floor is not None,
        "reason": line.answer.justification if line.answer else None,
        "by": entry.by if entry else None,
        "countersigned_by": review.by if review else None,
        "countersigned_at": review.at.isoformat() if review else None,
    }


def _route(route: Route) -> dict[str, Any]:
    threshold = as_fraction(route.result.level.threshold)
    return {
        "level": route.result.level.level,
        "effort": route.effort,
        "gain": str(route.gain),
        "questions": _ids(route.lines),
        "steps": [
            {
                "id": step.line.question.id,
                "parts": _ids(step.parts),
                "effort": step.effort,
                "gain": str(step.gain),
                "countersign": step.to_countersign,
                "standing": step.line.standing.value,
                "score_after": _share(step.score_after, threshold),
            }
            for step in route.steps
        ],
    }


def _line(line: Line, card: Scorecard, state: State) -> dict[str, Any]:
    question = line.question
    entry = state.entries.get(question.id)
    return {
        "id": question.id,
        "section": line.section.id,
        "standing": line.standing.value,
        "answer": to_json(line.answer) if line.answer else None,
        "credit": str(line.credit) if line.counts else None,
        "upper": str(line.upper) if line.counts else None,
        "weight": question.weight if question.scored else None,
        "level": question.level if question.scored and card.levels else None,
        "floor": _fraction(question.floor),
        "met": line.is_met if line.counts and question.floor is not None else None,
        "finding": question.finding,
        "part_of": question.part_of,
        "fails_with": None if line.parent is None else card.lines[line.parent].question.id,
        "note": state.notes.get(question.id, ""),
        "evidence": evidence_as_json(state.evidence.get(question.id, ())),
        "flagged": question.id in state.flags,
        "by": entry.by if entry else None,
        "at": entry.at.isoformat() if entry else None,
    }
