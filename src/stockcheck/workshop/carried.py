"""Answers to one version of a checklist as answers to another: those of a participant whose file is older or newer.

By the one rule of succession (scoring.md, S-9). Nothing is guessed: what fits no question is named and left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import continued
from stockcheck.checklist import succession
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.errors import AnswerError


@dataclass(frozen=True)
class Carried:
    """The facts and answers that fit, by id; and what does not, as id and why (empty: no such question any more)."""

    facts: Mapping[str, Answer]
    answers: Mapping[str, Answer]
    left: tuple[tuple[str, str], ...]


def carried(
    old: Checklist, new: Checklist, facts: Mapping[str, Answer], answers: Mapping[str, Answer], on: dt.date
) -> Carried:
    """`facts` and `answers` to `old`, as far as they fit `new` on the date `on`."""
    left: list[tuple[str, str]] = []
    successor = {before: now for now, before in succession.predecessors(old, new, answers.keys()).items()}
    moved = {name: name for name in facts if name in new.field}
    return Carried(
        _fitted(facts, moved, old.field, new.field, on, left),
        _fitted(answers, successor, old.question, new.question, on, left),
        tuple(left),
    )


def _fitted(
    given: Mapping[str, Answer],
    moved: Mapping[str, str],
    was: Mapping[str, Asked],
    asked: Mapping[str, Asked],
    on: dt.date,
    left: list[tuple[str, str]],
) -> dict[str, Answer]:
    found = {}
    for name, answer in given.items():
        if (now := moved.get(name)) is None:
            left.append((name, ""))
            continue
        try:
            found[now] = continued(was[name], asked[now], answer, on)
        except AnswerError as error:
            left.append((name, error.message))
    return found
