"""What a form changes in an assessment, compared three ways: as it was when the form was made, as it is, as it says.

Pure: what comes of it is written by `importing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import continued
from stockcheck.assessment.state import Entry, State
from stockcheck.checklist import succession
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.errors import AnswerError
from stockcheck.exchange.contract import by_key, key
from stockcheck.exchange.filled import Given, Refusal

Side = Literal["ours", "theirs"]


@dataclass(frozen=True)
class Change:
    """An answer, or a note, that the form has and the file has not."""

    asked: Asked
    place: str
    answer: Answer | None = None
    note: str = ""


@dataclass(frozen=True)
class Conflict:
    """A `change` to what the file has been given as well since the form was made: `entry`, or a note, which is `text`.

    An `entry` of None without a `text`: it was taken back.
    """

    change: Change
    entry: Entry | None = None
    text: str = ""


@dataclass
class Merge:
    """What a form comes to. `same`: how many answers and notes the file has already, or the form left as they were.

    `left_out` are the cells whose question the checklist of the assessment no longer has; `review` the questions whose
    meaning has changed since the form was made.
    """

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    left_out: list[Given] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    same: int = 0

    def settled(self, side: Side | None) -> list[Change]:
        """What is written: the changes, and with ``theirs`` those in conflict, too."""
        return [*self.changes, *(one.change for one in self.conflicts)] if side == "theirs" else list(self.changes)


def merge(given: Iterable[Given], form: Checklist, now: State, before: State | None) -> Merge:
    """What `given`, in a form of the checklist `form`, changes in `now`; `before` is how it stood when that was made.

    Without `before` nobody can say what stood in the form: whatever differs from what the file has is a conflict.
    """
    given = list(given)
    merger = _Merger(form, now, before, given)
    for one in given:
        merger.add(one)
    return merger.found


class _Merger:
    def __init__(self, form: Checklist, now: State, before: State | None, given: list[Given]) -> None:
        self._form, self._now, self._before = by_key(form), now, before
        new = now.checklist
        answered = {self._form[one.key].id for one in given if not self._is_fact(one.key)}
        self._review = set(succession.upgrade(form, new, answered).review)
        earlier = succession.predecessors(form, new, answered)
        self._successor: dict[str, Asked] = {name: new.question[to] for to, name in earlier.items()}
        self.found = Merge()

    def _is_fact(self, name: str) -> bool:
        return isinstance(self._form[name], ProfileField)

    def add(self, one: Given) -> None:
        """Compare what a form has of one question."""
        old = self._form[one.key]
        fact = isinstance(old, ProfileField)
        asked: Asked | None = self._now.checklist.field.get(old.id) if fact else self._successor.get(old.id)
        if asked is None:
            self.found.left_out.append(one)
            return
        try:
            answer = None if one.answer is None else continued(old, asked, one.answer)
        except AnswerError as error:
            self.found.refusals.append(Refusal(one.place, f"{error.message} {error.hint}".strip(), key(asked)))
            return
        changed = len(self.found.changes) + len(self.found.conflicts)
        if answer is not None:
            self._compare_answer(one, old, asked, answer)
        if one.note:
            self._compare_note(one, old, asked)
        if asked.id in self._review and not fact and len(self.found.changes) + len(self.found.conflicts) > changed:
            self.found.review.append(asked.id)

    def _compare_answer(self, one: Given, old: Asked, asked: Asked, answer: Answer) -> None:
        entry = _entry(self._now, asked)
        was = _entry(self._before, old) if self._before is not None else None
        if (was is not None and was.answer == one.answer) or (entry is not None and entry.answer == answer):
            self.found.same += 1
            return
        change = Change(asked, one.place, answer=answer)
        stood = was.answer.renamed(succession.renamed_options(old, asked)) if was else None
        if (entry.answer if entry else None) == stood:
            self.found.changes.append(change)
        else:
            self.found.conflicts.append(Conflict(change, entry))

    def _compare_note(self, one: Given, old: Asked, asked: Asked) -> None:
        note = self._now.notes.get(asked.id, "")
        was = self._before.notes.get(old.id, "") if self._before is not None else ""
        if _alike(one.note, was) or _alike(one.note, note):
            self.found.same += 1
            return
        change = Change(asked, one.note_place, note=one.note)
        if _alike(note, was):
            self.found.changes.append(change)
        else:
            self.found.conflicts.append(Conflict(change, text=note))


def _entry(state: State, asked: Asked) -> Entry | None:
    return (state.profile if isinstance(asked, ProfileField) else state.entries).get(asked.id)


def _alike(one: str, other: str) -> bool:
    """Whether two notes say the same: programs that save a workbook change white space."""
    return one.split() == other.split()
