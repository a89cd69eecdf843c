"""Small checklists and scorecards built in memory, so that each test shows its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockcheck.answers.answer import UNKNOWN, Answer, Value
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.model import Checklist
from stockcheck.scoring.scorecard import Scorecard

ON = dt.date(2026, 6, 30)
THRESHOLDS = ("0.8", "0.8", "0.8")

Given = Value | Answer | None


def control(name: str, **keys: Any) -> dict[str, Any]:
    """The raw data of a question; of type `control` unless `keys` says otherwise."""
    return {"id": name, "text": f"Is {name} in place?", **keys}


def section(name: str, *questions: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "domain": "storage", "questions": list(questions), **keys}


def options(**worth: str) -> dict[str, Any]:
    return {word: {"text": word, "credit": Decimal(credit)} for word, credit in worth.items()}


def built(
    *parts: dict[str, Any],
    thresholds: tuple[str, ...] = THRESHOLDS,
    profile: tuple[dict[str, Any], ...] = (),
    standards: tuple[str, ...] = (),
    rules: int = 2,
) -> Checklist:
    """A checklist of `parts`: whole sections, or questions that then make up one section."""
    sections = list(parts) if parts and "questions" in parts[0] else [section("one", *parts)]
    return Checklist.model_validate(
        {
            "rules": rules,
            "id": "test",
            "version": "1",
            "language": "en",
            "title": "Test",
            "levels": [
                {"level": number, "title": f"Level {number}", "threshold": Decimal(threshold)}
                for number, threshold in enumerate(thresholds, start=1)
            ],
            "standards": {name: {"title": name} for name in standards},
            "profile": list(profile),
            "sections": sections,
        }
    )


def answers(given: Mapping[str, Given]) -> dict[str, Answer]:
    """`unknown` and `na` stand for themselves, None for no answer."""
    found = {}
    for name, value in given.items():
        if value == "unknown":
            found[name] = UNKNOWN
        elif value == "na":
            found[name] = not_applicable("There is none here.")
        elif value is not None:
            found[name] = value if isinstance(value, Answer) else Answer(value)
    return found


def card(
    checklist: Checklist,
    given: Mapping[str, Given],
    profile: Mapping[str, Given] | None = None,
    on: dt.date = ON,
    accepted: Collection[str] = (),
) -> Scorecard:
    return Scorecard(checklist, answers(given), answers(profile or {}), on, accepted)


def lower(checklist: Checklist, given: Mapping[str, Given], profile: Mapping[str, Given] | None = None) -> Fraction:
    """The headline score, for a checklist in which something is in scope."""
    score = card(checklist, given, profile).overall.lower
    assert score is not None
    return score
