"""What one person has changed in one sitting, in order, and what of it can be taken back. It writes nothing.

Undoing goes back through the changes of this sitting alone: what somebody recorded on another day, or somebody else
recorded at any time, is changed by a new answer, which says whose it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import one_line

#: Changes that are listed.
MOST_LISTED = 20

Kind = Literal["answer", "note", "flag"]


@dataclass(frozen=True, eq=False)
class Change:
    """One thing that was recorded about `item`: what stood `before`, and what stands `after`. Answers may be None.

    `agreed` and `marked` say what cannot come back with what stood before: somebody else's agreement that the question
    does not apply, and the mark that the question has changed since it was answered.
    """

    kind: Kind
    item: ProfileField | Question
    before: Answer | str | bool | None
    after: Answer | str | bool | None
    at: dt.datetime
    agreed: bool = False
    marked: bool = False

    @property
    def about(self) -> tuple[str, bool, str]:
        """What it changed."""
        return self.kind, isinstance(self.item, ProfileField), self.item.id

    def in_words(self) -> str:
        """What it changed from what to what."""
        match self.kind:
            case "note":
                return _("note changed") if self.before and self.after else self._begun_or_gone()
            case "flag":
                return _("flagged") if self.after else _("flag taken away")
        return f"{_said(self, self.before)} → {_said(self, self.after)}"

    def _begun_or_gone(self) -> str:
        return _("note written") if self.after else _("note taken back")

    def taken_back(self, name: str) -> str:
        """That it was taken back, calling the item `name`: what stands now, and what cannot come back."""
        match self.kind:
            case "note":
                said = _("Undone: the note with {id} is as it was before").format(id=name)
            case "flag":
                words = _("Undone: {id} is flagged again") if self.before else _("Undone: {id} is no longer flagged")
                said = words.format(id=name)
            case _:
                words = _("Undone: {id}: {change}")
                change = f"{_said(self, self.after)} → {_said(self, self.before)}"
                said = words.format(id=name, change=change)
        if self.agreed:
            said += "  ·  " + _("its countersignature is gone: somebody else has to agree again")
        if self.marked:
            said += "  ·  " + _("look at it again: the question had changed since it was answered")
        return said

    def done_again(self, name: str) -> str:
        """That it was done again after all, calling the item `name`."""
        return _("Done again: {id}: {change}").format(id=name, change=self.in_words())


def _said(change: Change, answer: object) -> str:
    if not isinstance(answer, Answer):
        return _("no answer")
    if answer.status == "na":
        return _("Not applicable")
    return one_line(answer_in_words(change.item, answer), limit=30)


class Journal:
    """The changes of one sitting: `log` has each of them, the oldest first, whether or not it was taken back."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def add(self, change: Change) -> None:
        """Somebody changed something: what was undone before is not done again after it."""
        self.log.append(change)
        self._done.append(change)
        self._undone.clear()

    def last(self) -> Change:
        """What would be undone next. Raises `AnswerError` when there is nothing."""
        if not self._done:
            raise AnswerError(_("Nothing that was recorded in this sitting is left to undo."))
        return self._done[-1]

    def last_undone(self) -> Change:
        """What would be done again. Raises `AnswerError` when there is nothing."""
        if not self._undone:
            raise AnswerError(_("Nothing was undone that could be done again."))
        return self._undone[-1]

    def stands(self, change: Change) -> bool:
        """Whether it was not taken back."""
        return change in self._done

    def check_undo(self, change: Change) -> None:
        """Raises `AnswerError` when it was taken back already, or something newer about the same stands on it."""
        if change not in self._done:
            raise AnswerError(_("This was taken back already."))
        if any(one.about == change.about for one in self._done[self._done.index(change) + 1 :]):
            raise AnswerError(_("Something newer stands on this change: undo that first."))

    def check_redo(self, change: Change) -> None:
        """Raises `AnswerError` unless it was the last about the same to be taken back."""
        if change not in self._undone or any(
            one.about == change.about for one in self._undone[self._undone.index(change) + 1 :]
        ):
            raise AnswerError(_("Something newer stands on this change: it cannot be done again."))

    def took_back(self, change: Change) -> None:
        """`change` was undone."""
        self._done.remove(change)
        self._undone.append(change)

    def did_again(self, change: Change) -> None:
        """`change` was done again."""
        self._undone.remove(change)
        self._done.append(change)
