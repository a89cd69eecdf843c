"""S-9 and agreement a second time, as `naive` has the rules before them: written from docs/scoring.md alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

from stockcheck.checklist.model import Question
from tests.scoring.naive import ZERO, Asked, Depot, credit_of

# --- S-9


def predecessor(question: Question, old: Depot) -> Asked | None:
    names = [name for name in (question.id, *question.replaces) if name in old.by_id]
    for name in names:
        if name in old.answers:
            return old.by_id[name]
    return old.by_id[names[0]] if names else None


def credit_again(was: Asked, now: Asked, old: Depot) -> Fraction:
    """The old answer by the newer checklist; 0 where it no longer fits."""
    if was.how != "answered":
        return ZERO
    question, value = now.question, old.answers[was.question.id].value
    fits = {
        "control": isinstance(value, str) and value in ("yes", "partial", "no"),
        "choice": isinstance(value, str) and value in question.options,
        "several": isinstance(value, tuple) and all(word in question.options for word in value),
        "number": isinstance(value, Decimal),
        "date": isinstance(value, dt.date),
        "text": False,
    }[question.type]
    return credit_of(question, value, old.on) if fits else ZERO


def compare(old: Depot, new: Depot) -> tuple[dict[str, str], Fraction | None]:
    """What became of each question, by id, and the part of the change that is owed to answers."""
    kinds: dict[str, str] = {}
    gained, weight = ZERO, 0
    gone = {one.question.id for one in old.asked}
    for now in new.asked:
        was = predecessor(now.question, old)
        gone -= {now.question.id, *now.question.replaces}
        if was is None:
            kinds[now.question.id] = "new in checklist"
            continue
        if not now.in_scope or not was.in_scope:
            kinds[now.question.id] = (
                "unchanged"
                if now.in_scope == was.in_scope
                else "now in scope"
                if now.in_scope
                else "no longer in scope"
            )
            continue
        before = credit_again(was, now, old)
        gained += now.question.weight * (now.credit - before)
        weight += now.question.weight
        if was.unanswered != now.unanswered:
            kinds[now.question.id] = "newly answered" if was.unanswered else "no longer answered"
        elif now.credit != before:
            kinds[now.question.id] = "improved" if now.credit > before else "worsened"
        else:
            kinds[now.question.id] = "still a gap" if was.gap and now.gap else "unchanged"
    kinds.update(dict.fromkeys(gone, "removed from checklist"))
    scores = old.score(old.asked)["lower"], new.score(new.asked)["lower"]
    if None in scores:
        return kinds, None
    return kinds, gained / weight if weight else ZERO


# --- S-11


def pairwise(answers: list[Any]) -> Fraction:
    pairs = list(combinations(answers, 2))
    return Fraction(sum(one == other for one, other in pairs), len(pairs))


def alpha(units: list[list[Fraction]]) -> Fraction | None:
    """1 − observed / expected disagreement, from the coincidences of every ordered pair."""
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]
    observed = sum(
        (sum(((a - b) ** 2 for a, b in permutations(unit, 2)), ZERO) / (len(unit) - 1) for unit in units), ZERO
    )
    expected = sum(((a - b) ** 2 for a, b in permutations(values, 2)), ZERO)
    if expected == 0:
        return None
    n = len(values)
    return 1 - (observed / n) / (expected / (n * (n - 1)))
