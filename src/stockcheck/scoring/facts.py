"""What left scope because of a fact about the depot, and not because of an answer. Source: docs/scoring.md, S-3."""

from __future__ import annotations

from stockcheck.checklist.conditions import Condition, Leaf, ProfileIs, Truth, evaluate
from stockcheck.checklist.model import Checklist
from stockcheck.scoring.scope import Line, Standing, seen
from stockcheck.scoring.scorecard import Scorecard


def critical_out_by_fact(card: Scorecard) -> tuple[Line, ...]:
    """The critical questions that would not be out of scope but for a fact about the depot, in checklist order."""
    out = _out_by_fact(card.checklist, card.line)
    return tuple(card.line[name] for name in out if card.line[name].question.floor is not None)


def _out_by_fact(checklist: Checklist, line: dict[str, Line]) -> list[str]:
    """The dormant questions whose condition is not false any more once no fact is known: nor what hangs on a question
    that has left scope so.
    """
    out: dict[str, None] = {}

    def read(leaf: Leaf) -> Truth:
        if isinstance(leaf, ProfileIs) or leaf.question in out:
            return None
        return seen(leaf, line[leaf.question])

    def may_hold(condition: Condition | None) -> bool:
        return condition is None or evaluate(condition, read) is not False

    for question in checklist.questions:
        section = checklist.section_of[question.id]
        if line[question.id].standing is Standing.DORMANT and may_hold(section.when) and may_hold(question.when):
            out[question.id] = None
    return list(out)
