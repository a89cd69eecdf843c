"""Carrying answers to another version of a checklist. Source: docs/checklist-format.md, last paragraph."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from stockcheck.checklist.model import Checklist


@dataclass(frozen=True)
class Upgrade:
    """What becomes of the answered questions, by id. `moved` maps old ids to new ones."""

    carried: tuple[str, ...]
    review: tuple[str, ...]
    moved: dict[str, str]
    gone: tuple[str, ...]


def upgrade(old: Checklist, new: Checklist, answered: Collection[str]) -> Upgrade:
    """How the answers to `old` carry over to `new`.

    The same id carries; a raised revision, or another type, carries marked for review; `replaces` moves, marked for
    review as well, for another question was asked; an id that is gone keeps its answer in the history. Where several
    answers would come to one question, its own stays; else that of the first id it names under `replaces` moves.
    """
    before = {question.id for question in old.questions if question.id in answered}
    successor = {}
    for question in new.questions:
        if question.id not in before and (replaced := [one for one in question.replaces if one in before]):
            successor[replaced[0]] = question.id
    carried, review, gone = [], [], []
    moved = {}
    for question in old.questions:
        if question.id not in answered:
            continue
        if (same := new.question.get(question.id)) is not None:
            carried.append(question.id)
            if same.revision > question.revision or same.type != question.type:
                review.append(question.id)
        elif question.id in successor:
            moved[question.id] = successor[question.id]
            review.append(successor[question.id])
        else:
            gone.append(question.id)
    return Upgrade(tuple(carried), tuple(review), moved, tuple(gone))
