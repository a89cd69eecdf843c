"""Which old question a new one continues, and what becomes of the answers. Source: docs/scoring.md, S-9.

One rule serves the upgrade of an assessment and the comparison of two, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stockcheck.checklist.model import Asked, Checklist

_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,9}", re.ASCII)


def predecessors(old: Checklist, new: Checklist, answered: Collection[str]) -> dict[str, str]:
    """The old question that each new one continues, by id; a new question that continues none is left out.

    A question continues the one of its own id, or one that it names under `replaces` and that is gone. Of several,
    it is the first that was `answered` (an answer of any kind, "unknown" included), else the first that there is;
    its own id comes first, then the others as `replaces` lists them.
    """
    found: dict[str, str] = {}
    for question in new.questions:
        gone = [name for name in question.replaces if name in old.question and name not in new.question]
        names = [question.id, *gone] if question.id in old.question else gone
        if names:
            found[question.id] = next((name for name in names if name in answered), names[0])
    return found


def replaced(old: Checklist, new: Checklist) -> dict[str, str]:
    """The new question that replaces each old one that is gone, by id; those that none replaces are left out."""
    return {
        name: question.id
        for question in new.questions
        for name in question.replaces
        if name in old.question and name not in new.question
    }


def renamed_options(old: Asked, new: Asked) -> dict[str, str]:
    """What the options of `old` that are gone are called in `new`, which continues it; those that none replaces are
    left out.
    """
    return {
        name: word
        for word, option in new.options.items()
        for name in option.replaces
        if name in old.options and name not in new.options
    }


def options_by_key(old: Checklist, new: Checklist, continued: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What the options that are gone are called in `new`, by the id of its question, or `profile.` and that of its
    field; `continued` holds the old question that each new one continues.
    """
    pairs: list[tuple[str, Asked, Asked]] = [
        (f"profile.{field.id}", old.field[field.id], field) for field in new.profile if field.id in old.field
    ]
    pairs += [(now, old.question[was], new.question[now]) for now, was in continued.items()]
    return {name: renamed for name, was_asked, asked in pairs if (renamed := renamed_options(was_asked, asked))}


def is_older(new: Checklist, old: Checklist) -> bool:
    """Whether `new` is an earlier version than `old`: by its number, where both have numbers; by a question's revision
    that fell, in any case.
    """
    numbers = [_number(checklist.version) for checklist in (new, old)]
    if all(numbers) and numbers[0] != numbers[1]:
        return numbers[0] < numbers[1]
    return any(
        question.revision < old.question[question.id].revision
        for question in new.questions
        if question.id in old.question
    )


def _number(version: str) -> tuple[int, ...]:
    """A version such as "2.10" by its numbers, without noughts at its end; empty for one that is no number."""
    if not _VERSION.fullmatch(version):
        return ()
    found = [int(part) for part in version.split(".")]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found)


@dataclass(frozen=True)
class Upgrade:
    """What becomes of the answered questions, by id. `moved` maps old ids to new ones."""

    carried: tuple[str, ...]
    review: tuple[str, ...]
    moved: dict[str, str]
    gone: tuple[str, ...]


def upgrade(old: Checklist, new: Checklist, answered: Collection[str]) -> Upgrade:
    """How the answers to `old` carry over to `new`, each to the question that continues its own.

    The same id carries; a raised revision, or another type, carries marked for review; a move is marked for review as
    well, for another question was asked; an answer that no question continues stays in the history.
    """
    successor = {name: now for now, name in predecessors(old, new, answered).items()}
    carried, review, gone = [], [], []
    moved = {}
    for question in old.questions:
        if question.id not in answered:
            continue
        now = successor.get(question.id)
        if now is None:
            gone.append(question.id)
        elif now == question.id:
            carried.append(question.id)
            if new.question[now].revision > question.revision or new.question[now].type != question.type:
                review.append(now)
        else:
            moved[question.id] = now
            review.append(now)
    return Upgrade(tuple(carried), tuple(review), moved, tuple(gone))
